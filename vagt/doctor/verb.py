"""`vagt doctor`: what is wrong, each with how to mend it; it changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from daemon import config
from daemon.clock import SystemClock
from daemon.config import ConfigError
from firmware_bridge.ports import ROOT
from vagt import output
from vagt.doctor.backups import backups
from vagt.doctor.board import board
from vagt.doctor.card import card
from vagt.doctor.certificates import certificates
from vagt.doctor.clock import clock
from vagt.doctor.credentials import credentials
from vagt.doctor.daemon import daemon, socket
from vagt.doctor.daemons import daemons
from vagt.doctor.devices import devices
from vagt.doctor.disk import disk, journal
from vagt.doctor.finding import Examined, Finding, Result, seen
from vagt.doctor.grabbers import grabbers
from vagt.doctor.heat import heat
from vagt.doctor.identity import identity
from vagt.doctor.installed import installed, serving, unconfigured
from vagt.doctor.kept import kept
from vagt.doctor.latency import latency
from vagt.doctor.listening import heard
from vagt.doctor.login import login
from vagt.doctor.mounts import mounts
from vagt.doctor.power import power
from vagt.doctor.reports import reports
from vagt.doctor.retention import retention
from vagt.doctor.rights import groups
from vagt.doctor.rules import rules
from vagt.doctor.scene import Scene
from vagt.doctor.sound import sound
from vagt.doctor.spare import spare
from vagt.doctor.streams import streams
from vagt.doctor.swapped import swapped
from vagt.doctor.told import UnheardError, ask
from vagt.main import WRONG_USE

BEFORE: tuple[Callable[[Scene], Result], ...] = (
    *(rules, kept, installed, board, power, heat, card, mounts),
    *(groups, grabbers, login, latency, identity, devices, swapped),
)
"""The checks up to the adapters that no device uses."""
BEHIND: tuple[Callable[[Scene], Result], ...] = (
    *(daemon, daemons, socket, sound, clock, disk, journal, reports),
    *(backups, retention, streams, certificates, credentials),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the configuration and how much to do."""
    parser.add_argument(
        "--config", type=Path, default=config.DEFAULT_PATH, help="default: %(default)s"
    )
    parser.add_argument(
        "--listen",
        action="store_true",
        help="open each port that no device uses and listen; nothing is sent",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Say what was looked at and what is to be mended; 1 where anything is."""
    try:
        settings = config.read(arguments.config)
    except ConfigError as error:
        half = unconfigured(ROOT, arguments.config)
        for line in [half] if half else error.errors:
            output.error(f"vagt doctor: {line}")
        return WRONG_USE
    scene = _scene(arguments.config, settings)
    results = list(examinations(scene, listen=arguments.listen))
    checked = [one for result in results for one in result.checked]
    findings = [one for result in results for one in result.findings]
    if arguments.json:
        output.json_line({"findings": findings, "checked": checked})
    else:
        _print(checked, findings)
    return 1 if findings else 0


def _scene(file: Path, settings: config.Config) -> Scene:
    scene = Scene(file, settings, SystemClock().now(), version("vagt"))
    scene = replace(scene, serving=serving(scene.root))
    try:
        return replace(scene, told=ask(settings.socket.path))
    except UnheardError as error:
        return replace(scene, unheard=str(error))
    except OSError as error:
        return replace(scene, unheard=(error.strerror or str(error)).lower(), refused=True)


def examinations(scene: Scene, *, listen: bool = False) -> Iterator[Result]:
    """Make the checks in the order of a technician's walk: from the plug to the record."""
    yield _configuration(scene)
    for check in BEFORE:
        yield check(scene)
    yield spare(scene, partial(heard, clock=SystemClock()) if listen else None)
    for check in BEHIND:
        yield check(scene)


def _configuration(scene: Scene) -> Result:
    beds, count = len(scene.config.beds), len(scene.config.devices)
    return seen("config", f"{scene.file}: in order; beds {beds}, devices {count}")


def _print(checked: list[Examined], findings: list[Finding]) -> None:
    width = max(len(one.id) for one in checked)
    for one in checked:
        output.line(f"{one.id:{width}}  {one.what}")
    output.line(f"{len(findings)} to mend" if findings else "nothing to mend")
    for finding in findings:
        output.line(f"- {finding}")
