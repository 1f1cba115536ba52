"""How much of what was required of a case was watched: what was due, held to what is on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from monitoring.attested import Attested, Waiver, attested, waivers
from monitoring.case import Case
from monitoring.course import spans
from monitoring.due import Broken, Due, broken, due
from monitoring.gaps import Gap, Record
from monitoring.moments import Single, advised, course, singles
from monitoring.obligations import Book
from monitoring.spite import unexplained_injections, unexplained_start
from monitoring.stretch import Stretch, common, joined, longest_s, total_s, without
from monitoring.thresholds import Thresholds
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import GapCause, Modality

ROUNDING_S = 1e-6
"""Moments are kept to the microsecond."""
_NUMBERS: dict[Modality, frozenset[Measure]] = {
    Modality.PULSE_OXIMETRY: frozenset({Measure.SPO2}),
    Modality.NIBP: frozenset({Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN}),
}
"""What a person may read of a modality; a pair is of both."""


class Hole(Struct, frozen=True):
    """What of a gap lies where the modality was required."""

    stretch: Stretch
    causes: tuple[GapCause, ...]
    counts: bool
    """False: watched all the same, as a short gap that a cuff made is."""
    documented: bool
    """False: nobody knows, because the recorder was down."""


class Covered(Struct, frozen=True):
    """One modality on one basis in one span: how much of what was required was watched.

    Covered, uncovered and undocumented seconds make up the required ones.
    """

    due: Due
    required_s: float
    covered_s: float
    undocumented_s: float
    holes: tuple[Hole, ...]
    seen: bool
    """Whether there was any reading; where nothing was required yet, while it was asked for."""
    lost: bool
    """Whether the recorder was down for longer than can be passed over."""

    @property
    def uncovered_s(self) -> float:
        """Return for how long it was not monitored, though the recorder ran."""
        return max(0.0, self.required_s - self.covered_s - self.undocumented_s)

    @property
    def excused_s(self) -> float:
        """Return how much of what is covered is so by a gap that a cuff made."""
        return total_s(joined(hole.stretch for hole in self.holes if not hole.counts))

    @property
    def longest_s(self) -> float:
        """Return the longest time without a break of which nothing is on record."""
        return longest_s(hole.stretch for hole in self.holes if hole.counts)

    @property
    def unwatched_s(self) -> float:
        """Return the longest time without a break in which it was not monitored."""
        known = (hole for hole in self.holes if hole.counts and hole.documented)
        return longest_s(hole.stretch for hole in known)


class Account(Struct, frozen=True):
    """Everything that a case is judged by."""

    begun: bool
    """False: nothing was begun, and there is nothing to judge."""
    grace_s: float
    rows: tuple[Covered, ...]
    singles: tuple[Single, ...]
    attested: tuple[Attested, ...]
    waivers: tuple[Waiver, ...]
    broken: tuple[Broken, ...]
    unexplained: tuple[str, ...] = ()
    """In spite of what it was started, where nobody said why."""
    ungrounded: tuple[str, ...] = ()
    """In spite of what something was injected, where nobody said why."""


def accounted(
    case: Case,
    book: Book,
    record: Record | None,
    now: Instant,
    rules: Thresholds,
    *,
    grace_s: float,
) -> Account:
    """Return what a case comes to up to now; `record` is None where nothing was recorded of it.

    Computed anew each time from what is known now, so that a late entry or a correction counts.
    """
    block = course(case)
    asked = due(case, book, now, grace_s=grace_s)
    if block is not None:
        asked = (*asked, *advised(block, book, now, rules))
    timed = (one for one in asked if one.modality is not Modality.CLINICAL_OBSERVATION)
    return Account(
        begun=block is not None or bool(spans(case)),
        grace_s=grace_s,
        rows=tuple(covered(one, record, _typed(case, one), now, rules) for one in timed),
        singles=() if block is None else tuple(singles(block, book, record, now)),
        attested=attested(case, book, asked),
        waivers=waivers(case),
        broken=broken(case, book, now),
        unexplained=unexplained_start(case),
        ungrounded=unexplained_injections(case),
    )


def covered(
    asked: Due, record: Record | None, typed: Iterable[Instant], now: Instant, rules: Thresholds
) -> Covered:
    """Return how much of what was due was watched; `typed` are readings of it by hand."""
    single_s = single(asked, rules)
    gaps = tuple(_gaps(asked, record, now))
    if single_s is not None:
        gaps = tuple(_split(gaps, sorted(typed, key=lambda at: at.monotonic), now))
    required = asked.required
    window = asked.asked if single_s is not None or not required else required
    seen = _seen(window, gaps, now)
    # A single reading is due only after a while; where none was ever taken, none covers that while.
    held_s = single_s if seen else None
    holes = tuple(hole for gap in gaps for hole in _holes(gap, asked, now, rules, held_s))
    down = joined(hole.stretch for hole in holes if hole.counts and not hole.documented)
    off = without((one.stretch for one in holes if one.counts and one.documented), down)
    required_s, undocumented_s = total_s(required), total_s(down)
    covered_s = max(0.0, required_s - undocumented_s - total_s(off)) if seen else 0.0
    return Covered(
        asked,
        required_s,
        covered_s,
        undocumented_s,
        holes,
        seen,
        _lost(window, gaps, now, rules),
    )


def single(asked: Due, rules: Thresholds) -> float | None:
    """Return for how long one reading holds, in s; None for what is watched all the time."""
    if asked.every_s is not None:
        return asked.every_s + rules.late.within_s
    return rules.interval_s(asked.modality)


def _typed(case: Case, asked: Due) -> list[Instant]:
    """Return when a person read what is due and typed it in."""
    numbers = _NUMBERS.get(asked.modality, frozenset())
    return [
        entry.at
        for entry in case.told
        if (isinstance(entry.deed, deeds.Pair) and numbers)
        or (isinstance(entry.deed, deeds.Measured) and entry.deed.measure in numbers)
    ]


def _gaps(asked: Due, record: Record | None, now: Instant) -> Iterator[Gap]:
    """Yield the gaps of a modality; before the record began nothing is documented."""
    begin = now if record is None else record.since
    if begin.monotonic > asked.span.begin.monotonic:
        down = (GapCause.RECORDER_DOWN,)
        yield Gap(asked.modality, asked.span.begin, down, from_reading=False, until=begin)
    yield from () if record is None else record.of(asked.modality)


def _split(gaps: Iterable[Gap], typed: Sequence[Instant], now: Instant) -> Iterator[Gap]:
    """Yield the gaps as readings that were typed in cut them."""
    for gap in gaps:
        end = gap.stretch(now).end.monotonic
        left = gap
        for at in typed:
            if gap.since.monotonic < at.monotonic < end:
                yield structs.replace(left, until=at, to_reading=True)
                left = structs.replace(left, since=at, from_reading=True)
        yield left


def _holes(
    gap: Gap, asked: Due, now: Instant, rules: Thresholds, single_s: float | None
) -> Iterator[Hole]:
    """Yield what of a gap lies in what is required.

    A single reading holds for its interval, and the first is due an interval after it is required.
    """
    whole = gap.stretch(now)
    squeezed = gap.cause is GapCause.CUFF_SAME_LIMB and whole.seconds <= rules.cuff.within_s
    for stretch in common([whole], asked.required):
        if single_s is None or stretch.seconds > single_s:
            yield Hole(stretch, gap.causes, not squeezed, gap.documented)


def _seen(window: Sequence[Stretch], gaps: Sequence[Gap], now: Instant) -> bool:
    """Tell whether there was a reading: something is covered, or a gap begins or ends at one."""
    if total_s(without(window, (gap.stretch(now) for gap in gaps))) > ROUNDING_S:
        return True
    ends = [gap.since for gap in gaps if gap.from_reading]
    ends += [gap.until for gap in gaps if gap.until is not None and gap.to_reading]
    return any(one.holds(at) for one in window for at in ends)


def _lost(window: Sequence[Stretch], gaps: Sequence[Gap], now: Instant, rules: Thresholds) -> bool:
    """Tell whether what is documented is by itself less than what is enough."""
    down = common((gap.stretch(now) for gap in gaps if not gap.documented), window)
    whole_s = total_s(window)
    return whole_s - total_s(down) + ROUNDING_S < rules.enough.share * whole_s
