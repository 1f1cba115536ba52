"""Which keys a patient's state asks for, and what each of them leads to; pure.

Every key works in every state: the daemon alone decides what follows from where a case stands. The
state only chooses which keys are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from daemon.protocol.account import Asked
from tui.asking import begun
from tui.commands import STARTABLE, Asker, Outcome, absent, said
from tui.sight import Sight
from vitals import deeds
from vitals.vocabulary import CaseKind, CaseState

EMERGENCY = ("!!", "emergency")
GENERAL = (
    ("A", "acknowledge"),
    ("N", "new"),
    EMERGENCY,
    ("F8", "answer"),
    ("F7", "pause"),
    ("F6", "next"),
    ("F5", "list"),
    ("F9", "morning"),
    ("F3", "move"),
    ("W", "wave"),
    ("F2", "language"),
    ("F1", "help"),
    ("Q", "quit"),
)
"""What a key does at any bed, and the id of its words under `key` and `help`."""
VIEWS = ((":", "palette"), ("F11", "recovery"), ("F10", "trend"), ("F12", "owner"))
"""What leads to another view; with its own page of the help, and shown where there is room."""
_ANAESTHETIC = {
    "N": "start",
    "L": "airway",
    "V": "ventilation",
    "T": "technique",
    "M": "medicines",
    "O": "observation",
    "I": "reading",
    "K": "call",
    "S": "end",
    "R": "recover",
    "H": "hand_over",
    "E": "conclude",
    "U": "home",
    "Y": "upset",
    "P": "repeat",
    "C": "cancel",
    "G": "age",
    "B": "explain",
    "X": "further",
}
_BLOCK = {
    "P": "pair",
    "D": "give",
    "O": "observe",
    "U": "leave",
    "I": "reading",
    "K": "call",
    "C": "cancel",
    "G": "age",
    "X": "further",
}
KEYS = (*_ANAESTHETIC.items(), *_BLOCK.items())
"""Every key that says something of a patient, and the id of its words."""
_RECOVERY, _STEPS = "KHEXYOLR", "LKSXMOVTIP"
_SHOWN: Mapping[CaseKind, Mapping[CaseState, str]] = {
    CaseKind.ANAESTHETIC: {
        CaseState.PLANNED: "NCXTG",
        CaseState.PREOP: "NCXTG",
        CaseState.ANAESTHESIA: _STEPS,
        CaseState.ENDED: "RLKX",
        CaseState.RECOVERY: _RECOVERY,
        CaseState.LATE_RECOVERY: _RECOVERY,
        CaseState.MONITORING_ENDED: "URKX",
    },
    CaseKind.BLOCK: {
        CaseState.PLANNED: "PDCX",
        CaseState.READINGS_BEFORE: "DPKX",
        CaseState.GIVEN: "PODKX",
        CaseState.READINGS_AFTER: "OPDKX",
        CaseState.OBSERVED: "UPKX",
    },
}
"""The keys of each state, those that matter most first."""
BEFORE = 4
"""So many keys that a state asks for stand before the emergency once it has begun."""
_UNMEANT = {
    **dict.fromkeys((CaseState.PLANNED, CaseState.PREOP), "RHEUYP"),
    **dict.fromkeys((CaseState.ANAESTHESIA, CaseState.ENDED), "NCEUY"),
}
"""Keys that mean nothing yet, or no longer."""
_AFTERWARDS = "NCST"
"""Keys that mean nothing once the anaesthetic is over."""
_AT_ONCE: Mapping[str, deeds.Said] = {
    "O": deeds.Attest(),
    "K": deeds.Call(),
    "Y": deeds.Upset(),
}


def shown(sight: Sight) -> list[tuple[str, str]]:
    """Return the keys that the patient's state asks for; what matters most first."""
    case = sight.open
    if case is None:
        return []
    words = _words(case.case_kind)
    own = _SHOWN[case.case_kind].get(case.state, "X")
    keys = f"B{own}" if Asked.EXPLAIN in case.asks else own
    keys = f"G{keys}" if case.emergency and case.band == UNKNOWN and "G" not in keys else keys
    named = [(key, words[key]) for key in keys]
    before = 1 if case.state in STARTABLE else len(keys) - len(own) + BEFORE
    return [*named[:before], EMERGENCY, *named[before:]]


def offered(sight: Sight) -> list[tuple[str, str]]:
    """Return every key that may say something of the patient, for the help."""
    case = sight.open
    if case is None:
        return []
    block = case.case_kind is CaseKind.BLOCK
    unmeant = "" if block else _UNMEANT.get(case.state, _AFTERWARDS)
    unmeant += "" if Asked.EXPLAIN in case.asks else "B"
    return [pair for pair in _words(case.case_kind).items() if pair[0] not in unmeant]


def pressed(sight: Sight, key: str, asker: Asker, at: float | None = None) -> Outcome | None:
    """Return what a key leads to that says something of the patient; None for any other."""
    case = sight.case
    words = _words(case.case_kind if case else CaseKind.ANAESTHETIC)
    if key not in words:
        return None
    if case is None:
        return absent(sight)
    block = case.case_kind is CaseKind.BLOCK
    if key in _AT_ONCE and not (block and key == "O"):
        return said(sight, _AT_ONCE[key], asker, at)
    form = "further_block" if block and key == "X" else words[key]
    return begun(sight, form, at)


UNKNOWN = "unknown"
"""Id of the age band of a patient whose age nobody has said."""


def _words(kind: CaseKind) -> Mapping[str, str]:
    return _BLOCK if kind is CaseKind.BLOCK else _ANAESTHETIC
