"""Whether an alarm would be heard; nothing is played."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from daemon.aplay import Aplay
from daemon.clock import SystemClock
from daemon.protocol.sound import SoundState
from daemon.speaker import SpeakerError
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene

_LET = "let the daemon's user into the group audio"
_LISTEN = "`vagt sound test` plays what an alarm sounds like"


def taken(device: str) -> str:
    """Return why a device does not take samples; empty where it does."""
    try:
        asyncio.run(Aplay(device, SystemClock()).play(b""))
    except SpeakerError as error:
        return str(error)
    return ""


def sound(scene: Scene, ask: Callable[[str], str] = taken) -> Result:
    """Say through what alarms are heard, and whether the daemon, or else this user, can use it."""
    settings = scene.config.sound
    if settings.off:
        return seen("sound", "off by the configuration: no alarm is heard")
    said = None if scene.told is None else scene.told.sound
    reason = "" if said is SoundState.ON else ask(settings.device)
    if not reason and said is SoundState.UNUSABLE:
        refused = f"takes what {scene.me.name} plays and refuses the daemon"
        reason = f"{settings.device}: {refused}: {_LET}"
    if reason:
        what, _, remedy = reason.rpartition(": ")
        finding = Finding("sound_unusable", f"sound: {what}", remedy)
        return found("sound", f"{settings.device}: unusable", finding)
    return seen("sound", f"{settings.device}: takes what is played; {_LISTEN}")
