"""What of what was required is on record: each lane held to the gaps of its modality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from second.asked import Lane
from second.course import standing
from second.journal import Case, Gap
from second.rows import Row, file
from second.stretches import A_LITTLE_S, Stretch, common, joined, longest, seconds, without

_TYPED = {
    "pulse_oximetry": {"spo2"},
    "nibp": {"nibp_systolic", "nibp_diastolic", "nibp_mean"},
}


@dataclass(frozen=True)
class Hole:
    """What of a gap lies where it was required."""

    stretch: Stretch
    causes: tuple[str, ...]
    counts: bool
    documented: bool


@dataclass(frozen=True)
class Watched:
    """A lane, and what of it is on record."""

    lane: Lane
    holes: tuple[Hole, ...]
    seen: bool
    lost: bool
    """The recorder was down for more than can be passed over."""
    single: bool

    @property
    def required_s(self) -> float:
        return seconds(self.lane.required)

    @property
    def undocumented_s(self) -> float:
        return seconds(self._down)

    @property
    def uncovered_s(self) -> float:
        off = [one.stretch for one in self.holes if one.counts and one.documented]
        return seconds(without(off, self._down))

    @property
    def excused_s(self) -> float:
        return seconds(one.stretch for one in self.holes if not one.counts)

    @property
    def covered_s(self) -> float:
        return self.required_s - self.uncovered_s - self.undocumented_s

    @property
    def _down(self) -> list[Stretch]:
        return joined(one.stretch for one in self.holes if one.counts and not one.documented)

    def judged(self, grace_s: float) -> tuple[str, str] | None:
        """Return result and why; None where nothing is to be said."""
        advice = self.lane.basis == "advisory"
        if self.seen:
            return None if self._enough() else self._gapped(advice=advice)
        if self.lost:
            return "review", "not_documented"
        if not self.required_s or seconds(self.lane.asked) <= grace_s + A_LITTLE_S:
            return "review", "too_short"
        return "fail" if advice or self.lane.firm else "review", "never_seen"

    def _enough(self) -> bool:
        row = file("coverage")["enough"]
        missing_s = self.required_s - self.covered_s
        single_s = longest(one.stretch for one in self.holes if one.counts)
        little = missing_s <= row["unwatched_s"] + A_LITTLE_S
        short = single_s <= row["longest_s"] + A_LITTLE_S
        share = missing_s <= (1 - row["share"]) * self.required_s + A_LITTLE_S
        return bool(share or (little and short))

    def _gapped(self, *, advice: bool) -> tuple[str, str]:
        row = file("coverage")["advice"]
        known = [one.stretch for one in self.holes if one.counts and one.documented]
        long = not self.single and longest(known) > row["longest_s"] + A_LITTLE_S
        documented_s = self.required_s - self.undocumented_s
        if advice and (long or self.covered_s + A_LITTLE_S < row["share"] * documented_s):
            return "fail", "gaps"
        return "review", "not_documented" if self.lost else "gaps"


def watched(case: Case, lane: Lane, now: float) -> Watched:
    """Return what of a lane is on record."""
    holds_s = _holds_s(lane)
    gaps = [*_before(case, lane), *(one for one in case.gaps if one.modality == lane.modality)]
    if holds_s is not None:
        gaps = list(_cut(gaps, _typed(case, lane.modality), now))
    window = lane.asked if holds_s is not None or not lane.required else lane.required
    seen = _seen(window, gaps, now)
    least_s = holds_s if holds_s is not None and seen else 0.0
    holes = (one for gap in gaps for one in _holes(gap, lane, now, least_s))
    return Watched(lane, tuple(holes), seen, _lost(window, gaps, now), holds_s is not None)


def _holds_s(lane: Lane) -> float | None:
    """Return for how long a single reading holds; None for what is watched all the time."""
    rows: Row = file("coverage")
    if lane.every_s is not None:
        return float(lane.every_s + rows["late"]["within_s"])
    found = [row["within_s"] for row in rows["interval"] if row["modality"] == lane.modality]
    return float(found[0]) if found else None


def _before(case: Case, lane: Lane) -> Iterator[Gap]:
    """Yield the time before the record began."""
    begin = lane.asked[-1][1] if case.recorded is None else case.recorded
    if begin > lane.begin:
        yield Gap(lane.modality, lane.begin, ["recorder_down"], since_reading=False, until=begin)


def _typed(case: Case, modality: str) -> list[float]:
    numbers = _TYPED.get(modality, set())
    return [
        one.at
        for one in standing(case)
        if (one.word == "pair" and numbers)
        or (one.word == "reading" and one.deed["measure"] in numbers)
    ]


def _cut(gaps: Iterable[Gap], typed: Sequence[float], now: float) -> Iterator[Gap]:
    for gap in gaps:
        begin, since_reading = gap.since, gap.since_reading
        for at in typed:
            if begin < at < _end(gap, now):
                yield Gap(gap.modality, begin, gap.causes, since_reading, at, until_reading=True)
                begin, since_reading = at, True
        yield Gap(gap.modality, begin, gap.causes, since_reading, gap.until, gap.until_reading)


def _holes(gap: Gap, lane: Lane, now: float, least_s: float) -> Iterator[Hole]:
    whole = gap.since, _end(gap, now)
    cuff = gap.causes[0] == "cuff_same_limb"
    excused = cuff and whole[1] - whole[0] <= file("coverage")["cuff"]["within_s"]
    for one in common([whole], lane.required):
        if one[1] - one[0] > least_s:
            yield Hole(one, tuple(gap.causes), not excused, gap.documented)


def _seen(window: Sequence[Stretch], gaps: Sequence[Gap], now: float) -> bool:
    if seconds(without(window, [(one.since, _end(one, now)) for one in gaps])) > A_LITTLE_S:
        return True
    ends = [one.since for one in gaps if one.since_reading]
    ends += [one.until for one in gaps if one.until is not None and one.until_reading]
    return any(begin <= at <= end for begin, end in window for at in ends)


def _lost(window: Sequence[Stretch], gaps: Sequence[Gap], now: float) -> bool:
    down = common([(one.since, _end(one, now)) for one in gaps if not one.documented], window)
    missing = 1 - float(file("coverage")["enough"]["share"])
    return seconds(down) > missing * seconds(window) + A_LITTLE_S


def _end(gap: Gap, now: float) -> float:
    return now if gap.until is None else gap.until
