"""Cases as the daemon tells them, from plan to verdict; and what keys lead to there."""

from __future__ import annotations

from dataclasses import replace

import scenes
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.cases import CaseVerdict, Entry, Found, GateItem, GateState, Ground
from daemon.protocol.message import Message
from daemon.protocol.request import Request
from tui.commands import Asker, Hush, Look
from tui.pressing import Pressed, pressed
from tui.prompt import IDLE, Press, Prompt, Stay
from tui.sight import Sight
from vitals import deeds
from vitals.deed import Deed
from vitals.deeds import Said
from vitals.vocabulary import (
    Airway,
    Basis,
    CaseKind,
    CaseState,
    Check,
    Flag,
    Modality,
    Verdict,
    Weight,
)
from words.catalogue import Language

SOURCE = "Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 8, pp. 78-83"
ASKER = Asker("AS", 7)


def point(
    name: str,
    state: GateState = GateState.MISSING,
    weight: Weight = Weight.HOLD,
    detail: str = "",
) -> GateItem:
    return GateItem(name, state, weight, SOURCE, detail)


UNREADY = (
    *(point(check) for check in Check if check is not Check.EXAMINATION),
    point(Check.EXAMINATION, weight=Weight.NOTICE),
    point("asa"),
    point("kit", GateState.UNKNOWN, Weight.NOTICE),
    point("live", GateState.DONE, detail=Modality.PULSE_OXIMETRY),
)
HELD = (*UNREADY, point("recovery", detail="Stue 2 KN-261121-013"), point("planned"))
READY = (
    *(point(check, GateState.DONE) for check in Check),
    point("asa", GateState.DONE, detail="1"),
    point("kit", GateState.UNKNOWN, Weight.NOTICE),
    point("live", GateState.DONE, detail=Modality.PULSE_OXIMETRY),
)


def entry(number: int, deed: Said, minute: int, *flags: Flag, struck: bool = False) -> Entry:
    """Return something that happened at 10:`minute` by the clock of the screen."""
    at = f"2026-11-21T09:{minute:02d}:00.000Z"
    return Entry(number, at, at, deed, "AS", flags, struck)


STORY = (
    entry(1, deeds.Begin(), 29),
    entry(2, deeds.SetAirway(airway=Airway.LMA), 31),
    entry(3, deeds.SetAirway(airway=Airway.NONE), 39),
    entry(4, deeds.Finish(), 40),
    entry(5, deeds.Recover(), 41),
    entry(6, deeds.HandOver(to="MK", instruction="vågen på 20 min", bp_lowering=False), 42),
)
RUNNING = structs.replace(scenes.CASE, age_s=761.0, entries=STORY[:2], next_s=900.0)
PLANNED = structs.replace(
    scenes.CASE, state=CaseState.PLANNED, cells=(), gate=UNREADY, planned="3021", age_s=4.0
)
ENDED = structs.replace(RUNNING, state=CaseState.ENDED, entries=STORY[:4], next_s=None)
EARLY = structs.replace(ENDED, state=CaseState.RECOVERY, entries=STORY[:5])
LATE = structs.replace(EARLY, state=CaseState.LATE_RECOVERY, entries=STORY)
GROUNDS = (
    Ground(Modality.CAPNOGRAPHY, "3022.capnography", 0.0, 600.0, "never_seen"),
    Ground(None, "3022.two_years", None, None, "rule_broken"),
)
ADVICE = (Ground(Modality.ECG, "pffs.ecg", 0.0, 600.0, "never_seen"),)
JUDGED = structs.replace(
    LATE,
    state=CaseState.MONITORING_ENDED,
    code="3022",
    planned="3021",
    duration_code="3021",
    verdicts=(
        CaseVerdict(Basis.CONTRACT, Verdict.FAIL, GROUNDS),
        CaseVerdict(Basis.ADVISORY, Verdict.REVIEW, ADVICE),
    ),
)
EMERGENCY = structs.replace(
    RUNNING, emergency=True, code="", planned="", band="unknown", entries=STORY[:1]
)
BLOCK = structs.replace(
    scenes.CASE,
    case_kind=CaseKind.BLOCK,
    state=CaseState.READINGS_BEFORE,
    code="2635",
    planned="2635",
    band="adult",
    cells=(),
    findings=(
        Found("injection.series", Weight.HOLD, SOURCE),
        Found("injection.equipment", Weight.NOTICE, SOURCE),
    ),
)


def bed(*said: Message, prompt: Prompt = IDLE, language: Language = Language.DANISH) -> Sight:
    """Return a bed with an oximeter and what is said."""
    return sight_of(*scenes.greeting(*scenes.IDLE, *said), prompt=prompt, language=language)


def keyed(sight: Sight, *keys: str) -> Pressed:
    """Return what keys lead to, one after another; a word of several signs is typed."""
    outcome: Pressed = sight.prompt
    for key in keys:
        for sign in [key] if key in NAMED else key:
            assert not isinstance(outcome, Request | tuple | Stay | Hush | Look | Press), (
                f"{sign!r} comes after it was sent"
            )
            prompt = sight.prompt if outcome is None else outcome
            sight = asked(sight, prompt)
            outcome = pressed(sight, sign, ASKER)
    return outcome


NAMED = (
    *("enter", "escape", "backspace", "left", "right", "up", "down", "pageup", "pagedown"),
    *("shift+up", "shift+down"),
)


def asked(sight: Sight, prompt: Prompt) -> Sight:
    """Return the same sight with another prompt."""
    return replace(sight, prompt=prompt)


def deed_of(outcome: Pressed) -> Said:
    """Return what is said of the case, or fail."""
    command = outcome.command if isinstance(outcome, Stay) else outcome
    deed = getattr(command, "deed", None)
    assert isinstance(deed, Deed), outcome
    return deed  # type: ignore[return-value]  # every deed is one that can be said
