"""What becomes of an alarm's sound: the rows of signals.toml, times in s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from vitals.rows import RowsError, Seconds, Source, Text, converted, parsed, repeated, single
from vitals.sounding import SoundProfile
from vitals.vocabulary import Priority


class PauseRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How long the sound of a bed is off when somebody asks for it."""

    seconds: Seconds
    heard_s: Seconds
    """So long after one has ended the bed sounds through the next."""
    source: Source


class CallRow(Struct, frozen=True, forbid_unknown_fields=True):
    """When a call that nobody answers goes further."""

    everywhere_s: Seconds
    """To every terminal."""
    phone_s: Seconds
    """And shows whom to ring."""
    source: Source

    def __post_init__(self) -> None:
        """Refuse a number to ring before every terminal was told."""
        if not self.everywhere_s <= self.phone_s:
            raise ValueError("everywhere_s <= phone_s does not hold")


class LapseRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition whose acknowledgement counts for so long only."""

    condition: Text
    after_s: Seconds
    source: Source


class ProfileRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Which alarms about the patient sound at a bed; technical ones and calls always do."""

    id: SoundProfile
    physiological: Priority
    """The lowest priority that sounds."""
    lasting_s: Seconds
    """Only once an alarm has had its priority for so long."""
    source: Source


class SignalRules(Struct, frozen=True):
    """Everything of the signal rows."""

    pause: PauseRow
    call: CallRow
    lapses: dict[str, LapseRow]
    """By condition."""
    profiles: dict[SoundProfile, ProfileRow]


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    proposal: bool
    approved_by: str
    pause: PauseRow
    call: CallRow
    lapse: Any = None
    profile: Any = None


def signal_rules(text: str, file: str) -> SignalRules:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    lapses, faults = converted(tables, file, "lapse", LapseRow)
    profiles, more = converted(tables, file, "profile", ProfileRow)
    errors += faults + more + repeated([row.condition for row in lapses], file, "lapse")
    errors += repeated([row.id.value for row in profiles], file, "profile")
    if not more:
        errors += _missing({row.id for row in profiles}, file)
    if errors or head is None:
        raise RowsError(errors)
    return SignalRules(
        head.pause,
        head.call,
        {row.condition: row for row in lapses},
        {row.id: row for row in profiles},
    )


def quieter(theirs: SignalRules, ours: SignalRules) -> Iterator[str]:
    """Yield what a clinic's rows keep silent for longer than those that ship."""
    yield from _longer("[pause] seconds", theirs.pause.seconds, ours.pause.seconds)
    if theirs.pause.heard_s < ours.pause.heard_s:
        yield f"[pause] heard_s: {theirs.pause.heard_s:g}: at least {ours.pause.heard_s:g}"
    yield from _longer("[call] everywhere_s", theirs.call.everywhere_s, ours.call.everywhere_s)
    yield from _longer("[call] phone_s", theirs.call.phone_s, ours.call.phone_s)
    for name, own in ours.lapses.items():
        if (found := theirs.lapses.get(name)) is None:
            yield f"[[lapse]] {name!r} is missing: put it back"
        else:
            yield from _longer(f"[[lapse]] {name!r} after_s", found.after_s, own.after_s)
    for profile, shipped in ours.profiles.items():
        row, name = theirs.profiles[profile], f"[[profile]] {profile.value!r}"
        yield from _longer(f"{name} lasting_s", row.lasting_s, shipped.lasting_s)
        if row.physiological.rank > shipped.physiological.rank:
            yield f"{name} physiological: {row.physiological}: at most {shipped.physiological}"


def _longer(where: str, given: float, limit: float) -> Iterable[str]:
    return [f"{where}: {given:g}: at most {limit:g}"] if given > limit else []


def _missing(given: set[SoundProfile], file: str) -> list[str]:
    lacking = [one.value for one in SoundProfile if one not in given]
    return [f"{file}: [[profile]] {one!r} is missing: add it" for one in lacking]
