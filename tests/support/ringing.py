"""What a daemon tells of sound and calls, beside the alarms of a bed."""

from __future__ import annotations

import scenes
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.alarms import AlarmState, OpenCall, Sounding
from daemon.protocol.message import Message
from daemon.protocol.messages import Alarm, Beat, JournalState
from daemon.protocol.sound import SoundState
from tui.sight import Sight
from vitals.sounding import CallStep, SoundProfile
from vitals.vocabulary import Priority, SignalState
from words.catalogue import Language

OTHER = "Stue 2"
PHONE = "+45 12 34 56 78"
QUIET = Sounding(scenes.AT, scenes.BED, SoundProfile.THEATRE, None)
HIGH = structs.replace(QUIET, audible=Priority.HIGH)
PAUSED = structs.replace(QUIET, pause_s=102.4, paused_by="AS")
CALL = OpenCall("KN-261121-014", scenes.AT, 5.0, "PO", CallStep.ANAESTHETIST)
EVERYWHERE = structs.replace(CALL, age_s=34.0, step=CallStep.EVERYWHERE)
RING = structs.replace(CALL, age_s=754.0, step=CallStep.PHONE, phone=PHONE)
LOW: Alarm = structs.replace(
    scenes.FAST, id="nibp_overdue", priority=Priority.LOW, measure=None, value=None, limit=None
)
SEEN: Alarm = structs.replace(
    scenes.DESATURATION, state=AlarmState.ACKNOWLEDGED, signal=SignalState.ACKNOWLEDGED
)
LATCHED: Alarm = structs.replace(
    scenes.DESATURATION, id="hr_low", state=AlarmState.ENDED, signal=SignalState.LATCHED
)


PAUSED_ALARMS = (*scenes.BOTH, PAUSED)
"""Two alarms whose sound is off for a while."""


def called(*calls: OpenCall, bed: str = scenes.BED) -> Sounding:
    """Return the sound of a bed from which somebody calls."""
    return structs.replace(HIGH, bed=bed, calls=calls)


def calling() -> tuple[Message, ...]:
    """Return a high alarm, and a call from another bed that nobody answers."""
    return (*scenes.HIGH, HIGH, called(RING, bed=OTHER))


def beat(sound: SoundState) -> Beat:
    return Beat(scenes.AT, JournalState.RECORDING, 0, sound)


def greeting(*messages: Message, sound: SoundState = SoundState.ON) -> list[Message]:
    """Return what a daemon says to a new client, with its sound."""
    return [scenes.HELLO, scenes.snapshot(*messages), beat(sound)]


def bed(
    *messages: Message,
    sound: SoundState = SoundState.ON,
    later_s: float = 0.0,
    language: Language = Language.DANISH,
) -> Sight:
    """Return a running case and what is told of its sound."""
    told = greeting(*scenes.RUNNING, *messages, sound=sound)
    return sight_of(*told, later_s=later_s, language=language)
