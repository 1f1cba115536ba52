"""Whether the anaesthetist of a case can be called at once: said once, and lost with her terminals.

The last part of recovery may be somebody else's only while the anaesthetist can be called
(Modernisering af anæstesiologisk speciallægepraksis, FAPS, RLTN, chapter 3, p. 15).
"""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from monitoring.case import Case
from monitoring.stretch import latest
from vitals import deeds
from vitals.instant import Instant
from vitals.rows import Seconds, Source, Text, whole


class Terminal(Struct, frozen=True, forbid_unknown_fields=True):
    """For how long no terminal of somebody may answer before she counts as out of reach."""

    id: Text
    within_s: Seconds
    source: Source


class ReachRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Every row of reach.toml."""

    schema: Literal[1]
    valid_from: datetime.date
    proposal: bool
    approved_by: str
    terminal: Terminal


def reach_rules(text: str, file: str) -> ReachRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    return whole(text, file, ReachRules)


class Pledge(Struct, frozen=True):
    """What was said last of whether the anaesthetist can be called at once."""

    yes: bool
    entered: Instant


def pledge(case: Case) -> Pledge | None:
    """Return the last word on it; None while there is none of whoever is the anaesthetist now."""
    said: Pledge | None = None
    for entry in case.told:
        match entry.deed:
            case deeds.Reach(callable=yes):
                said = Pledge(yes, entry.entered)
            case deeds.Relieve():
                said = None
            case _:
                pass
    return said


def reachable(case: Case) -> bool | None:
    """Tell whether its anaesthetist can be called at once; None while nobody has said so.

    However long ago it was said, it holds until it is taken back or was lost.
    """
    said, lost = pledge(case), case.unreached
    if said is None:
        return None
    return said.yes and (lost is None or said.entered.monotonic > lost.monotonic)


def out_of_reach(said: Instant, heard: Instant, now: Instant, rules: ReachRules) -> bool:
    """Tell whether no terminal of somebody has answered for longer than may be.

    `said` is when she was last called reachable: nothing is asked of the time before.
    """
    return now.seconds_since(latest(said, heard)) > rules.terminal.within_s
