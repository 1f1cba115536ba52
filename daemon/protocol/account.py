"""What of a case is on record once monitoring has ended: watched, unwatched, done without."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from vitals.vocabulary import Basis, GapCause, Modality, Phase


class Asked(StrEnum):
    """What somebody has to say before monitoring can end; `asks.<id>` are its words."""

    EXPLAIN = "explain"
    """Why it was started in spite of a hold, or with nothing asked; of a block, why something was
    injected in spite of a rule, before the patient leaves."""


class Lapse(Struct, frozen=True):
    """A stretch in which a modality gave nothing, though it was required."""

    at: str
    seconds: float
    cause: GapCause
    """What it began with; `recorder_down` is not documented, which is not the same."""
    counts: bool = True
    """False: it is excused, as a short gap that a cuff on the same limb made is."""


class Watched(Struct, frozen=True):
    """How much of what was required of one modality is on record; times in s.

    Covered, uncovered and undocumented make up what was required; what is excused is covered.
    """

    basis: Basis
    modality: Modality
    phase: Phase
    since: str
    """When the anaesthetic or recovery began that it belongs to."""
    rule: str
    required_s: float
    covered_s: float
    excused_s: float
    uncovered_s: float
    undocumented_s: float
    gaps: tuple[Lapse, ...] = ()
    """The first of them, in the order of time."""
    more: int = 0
    """So many more there are."""
    nth: int = 0
    """Which anaesthetic or recovery of the case, from 1; 0 where there is one alone."""


class Waived(Struct, frozen=True):
    """What was done without, or in spite of something."""

    what: str
    """The word of the entry: `waive`, `begin`, `recover` or `give`."""
    modality: Modality | None
    reason: str
    """Empty while nobody has given one."""
    by: str
    at: str
    holds: tuple[str, ...] = ()
    """In spite of what it was started or injected: points of the start check, or rules."""


class Attestation(Struct, frozen=True):
    """Who had the patient under clinical observation; nobody said so where `by` is empty."""

    phase: Phase
    by: tuple[str, ...]
    nth: int = 0
    """Which anaesthetic or recovery of the case, from 1; 0 where there is one alone."""


class Account(Struct, frozen=True):
    """What a case was judged by."""

    watched: tuple[Watched, ...]
    """The contract first."""
    waived: tuple[Waived, ...] = ()
    attested: tuple[Attestation, ...] = ()
