"""`vagt sound`: what alarms sound like, through the device that the daemon would use."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from daemon import config
from daemon.aplay import Aplay
from daemon.clock import SystemClock
from daemon.config import ConfigError
from daemon.loudness import faint, loudness
from daemon.speaker import SpeakerError
from monitoring.bursts import BurstRow, Tone, ToneRules
from monitoring.tones import samples, starts
from vagt import output, rules
from vagt.main import UsageError

REFUSED = 1
_DEFAULT = "default: %(default)s"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to play and where the device is named."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="test")
    test = verbs.add_parser("test", help="play each burst once, and say what it was")
    test.add_argument("--config", type=Path, default=config.DEFAULT_PATH, help=_DEFAULT)
    test.add_argument("--priority", choices=[tone.value for tone in Tone], help="this one alone")


def run(arguments: argparse.Namespace) -> int:
    """Play, or say in one line why nothing is heard and return 1."""
    try:
        settings = config.read(arguments.config).sound
    except ConfigError as error:
        raise UsageError(str(error)) from error
    found = rules.chosen(arguments)
    rules.warn("sound", found)
    if faults := faint(settings, found.tones):
        raise UsageError(f"{arguments.config}: {faults[0]}")
    tones = [Tone(arguments.priority)] if arguments.priority else list(Tone)
    volume = loudness(settings, found.tones)
    output.line(f"{settings.device}, {volume} %{_off(settings.off)}")
    try:
        asyncio.run(_play(settings.device, volume, found.tones, tones))
    except SpeakerError as error:
        output.error(f"vagt sound: {error}")
        return REFUSED
    return 0


async def _play(device: str, volume: int, found: ToneRules, tones: Sequence[Tone]) -> None:
    clock = SystemClock()
    speaker = Aplay(device, clock)
    for number, tone in enumerate(tones):
        if number:
            await clock.sleep(1.0)
        row = found.bursts[tone]
        await speaker.play(samples(found, row, volume))
        output.line(f"{_told(row)}: played")


def _told(row: BurstRow) -> str:
    pulses, priority = len(starts(row)), f"{row.priority} priority"
    who = f"call, {priority}" if row.id is Tone.CALL else priority
    return f"{who}: {pulses} pulses of {row.f0_hz:g} Hz, again after {row.interval_s:g} s"


def _off(off: bool) -> str:  # noqa: FBT001 - the setting itself
    return "; off by the configuration: the daemon plays nothing" if off else ""
