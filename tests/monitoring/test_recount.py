"""What the watch tells as it happens, against a count over every sample after the event."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from beds import AGES, at
from courses import NIBP, SPO2, rows
from followed import Followed, device
from hypothesis import given
from hypothesis import strategies as st

from monitoring.coverage import covered
from monitoring.detectors import PROVES
from monitoring.due import Due, Part
from monitoring.gaps import Record, folded
from monitoring.obligations import Origin
from monitoring.stretch import Stretch
from vitals.reading import Quality
from vitals.vocabulary import Basis, Modality, Phase

END_S = 1500.0
SCALE = {SPO2: 0.25, NIBP: 10.0}
"""Seconds between the moments on which samples may fall: some gaps, and some readings in time."""


@dataclass(frozen=True)
class Taken:
    """A sample of one of two monitors."""

    at: float
    quality: Quality
    monitor: int


@st.composite
def streams(draw: st.DrawFn, modality: Modality) -> list[Taken]:
    """Draw samples in order of time; most come soon after the one before."""
    steps = draw(st.lists(st.integers(1, 60), min_size=0, max_size=15))
    now, found = 0.0, []
    for step in steps:
        now += step * SCALE[modality]
        if now > END_S:
            break
        quality, monitor = draw(st.sampled_from(Quality)), draw(st.integers(0, 1))
        found.append(Taken(now, quality, monitor))
    return found


def stale_s(modality: Modality) -> float:
    return rows().interval_s(modality) or AGES[PROVES[modality]].stale_s


def recounted(modality: Modality, stream: list[Taken], end: float) -> list[tuple[float, float]]:
    """Return the gaps up to `end`, from the samples alone."""
    readings = [one.at for one in stream if one.quality.usable]
    found, last = [], 0.0
    for n, reading in enumerate(readings):
        allowed = stale_s(modality) if n else 0.0
        if reading - last > allowed:
            found.append((last, reading))
        last = reading
    if not readings or end - last > stale_s(modality):
        found.append((last, end))
    return found


def followed(modality: Modality, stream: list[Taken], looks: list[float]) -> Followed:
    """Watch two monitors at every sample, at random moments, and at the end."""
    bed, newest = Followed(), dict[int, Taken]()
    moments = sorted([*((one.at, one) for one in stream), *((t, None) for t in looks)], key=first)
    for now, sample in [(0.0, None), *moments, (END_S, None)]:
        if sample is not None:
            newest[sample.monitor] = sample
        views = [
            device({modality: (newest[n].at, newest[n].quality)} if n in newest else {}, now)
            for n in (0, 1)
        ]
        bed.look(now, *views)
    return bed


def first(pair: tuple[float, Taken | None]) -> float:
    return pair[0]


def due(modality: Modality) -> Due:
    whole = (Stretch(at(0), at(END_S)),)
    part = Part("rule", "source", Origin.CODE, approved=True, asked=whole, required=whole)
    return Due(Basis.CONTRACT, modality, Phase.DURING, whole[0], (part,))


def told(bed: Followed, modality: Modality) -> list[tuple[float, float]]:
    found = bed.gaps(modality)
    return [(since, END_S if until is None else until) for since, until, _ in found]


LOOKS = st.lists(st.floats(0, END_S), max_size=8)


@given(streams(SPO2), LOOKS)
def test_the_gaps_of_oximetry_are_those_that_a_count_over_all_samples_finds(
    stream: list[Taken], looks: list[float]
) -> None:
    assert told(followed(SPO2, stream, looks), SPO2) == recounted(SPO2, stream, END_S)


@given(streams(NIBP), LOOKS)
def test_the_gaps_of_blood_pressure_are_those_that_a_count_by_its_interval_finds(
    stream: list[Taken], looks: list[float]
) -> None:
    assert told(followed(NIBP, stream, looks), NIBP) == recounted(NIBP, stream, END_S)


@given(streams(SPO2), LOOKS)
def test_how_often_somebody_looks_between_readings_changes_no_gap(
    stream: list[Taken], looks: list[float]
) -> None:
    assert told(followed(SPO2, stream, looks), SPO2) == told(followed(SPO2, stream, []), SPO2)


@given(streams(SPO2), LOOKS)
def test_covered_seconds_are_those_that_a_count_over_all_samples_finds(
    stream: list[Taken], looks: list[float]
) -> None:
    found = covered(due(SPO2), followed(SPO2, stream, looks).record, (), at(END_S), rows())
    missing = sum(end - begin for begin, end in recounted(SPO2, stream, END_S))
    assert abs(found.covered_s - (END_S - missing)) < 1e-6
    assert abs(found.covered_s + found.uncovered_s - found.required_s) < 1e-6
    assert found.seen is any(one.quality.usable for one in stream)


@given(streams(SPO2), LOOKS, st.integers(0, 40))
def test_from_a_checkpoint_anywhere_the_journal_adds_up_to_the_same_record(
    stream: list[Taken], looks: list[float], place: int
) -> None:
    changes = followed(SPO2, stream, looks).changes
    whole: Record | None = None
    for change in changes:
        whole = folded(whole, change)
    kept: Record | None = None
    for change in changes[:place]:
        kept = folded(kept, change)
    kept = msgspec.json.decode(msgspec.json.encode(kept), type=Record | None)
    for change in changes[place:]:
        kept = folded(kept, change)
    assert kept == whole


@given(streams(SPO2), st.floats(0, END_S / 4), st.floats(0, 60))
def test_over_a_restart_covered_uncovered_and_undocumented_make_up_what_was_required(
    stream: list[Taken], mark: float, down: float
) -> None:
    bed = Followed()
    bed.look(0)
    for one in stream:
        if one.at > mark and bed.watch.since == at(0):
            bed.restart(mark, mark + down)
        if not mark < one.at < mark + down:
            bed.see(one.at, {SPO2: (one.at, one.quality)})
    found = covered(due(SPO2), bed.record, (), at(END_S), rows())
    parts = (found.covered_s, found.uncovered_s, found.undocumented_s)
    assert min(parts) >= 0
    assert abs(sum(parts) - found.required_s) < 1e-6
