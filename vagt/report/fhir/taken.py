"""What was measured, as plain rows: whoever has some makes them, and nobody else knows of FHIR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from daemon.protocol.cases import Entry
from daemon.report.sheet import Curve, Pressure
from vitals import deeds
from vitals.measure import Measure
from vitals.reading import Origin

CUFF = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC)
"""Told together; the mean with them, or as its own."""


class Value(NamedTuple):
    """One number, or that nobody knows it."""

    measure: Measure
    value: float | None
    low: float | None = None
    high: float | None = None
    """With the lowest: of a time, over which `value` is the mean."""
    unit: str = ""
    """UCUM; empty: the measure's own."""


class Source(NamedTuple):
    """Where a number comes from."""

    origin: Origin = Origin.MANUAL
    by: str = ""
    """Initials of who typed it in or took it over; empty: nobody did."""
    device: str = ""
    """The monitor, where it is known."""
    agent: str = ""
    site: str = ""
    history: bool = False
    """True: from the local history, which is kept for less long than the journal."""


class Taken(NamedTuple):
    """What was measured at one moment: one number, or the pressures of one cuff."""

    at: str
    """RFC 3339; of a mean when its time began."""
    values: tuple[Value, ...]
    source: Source = Source()


def pressures(rows: Iterable[Pressure]) -> Iterator[Taken]:
    """Yield blood pressures; one of the two that was not told is absent."""
    for one in rows:
        pair = zip(CUFF, (one.systolic, one.diastolic), strict=True)
        source = _said(one.by, one.manual)._replace(device=one.device or "")
        if one.origin is not None:
            source = source._replace(origin=one.origin)
        yield Taken(one.at, tuple(Value(*each) for each in pair), source)


def numbers(entries: Iterable[Entry]) -> Iterator[Taken]:
    """Yield what else was typed in or taken over; what a correction struck is not told."""
    for one in entries:
        match one.deed:
            case _ if one.struck:
                continue
            case deeds.Pair(spo2=share, manual=typed):
                yield Taken(one.at, (Value(Measure.SPO2, share),), _said(one.by, typed))
            case deeds.Measured(measure=measure, value=value) if measure not in CUFF:
                yield Taken(one.at, (Value(measure, value),), Source(by=one.by))
            case _:
                pass


def kept(curves: Iterable[Curve], readings: Iterable[Pressure]) -> Iterator[Taken]:
    """Yield what monitors gave as the local history has it: curves, and pressures of cuffs."""
    for one in curves:
        agent = one.agent.value if one.agent else ""
        source = Source(one.origin, "", one.device, agent, one.site or "", history=True)
        points = ((dot.at, dot.mean, dot.low, dot.high) for dot in one.points)
        yield from curve(one.measure, one.unit, points, source)
    for row in pressures(readings):
        yield row._replace(source=row.source._replace(history=True))


def curve(
    measure: Measure, unit: str, points: Iterable[tuple[str, float, float, float]], source: Source
) -> Iterator[Taken]:
    """Yield one measure of a monitor over time: moment, mean, lowest and highest of each point."""
    for at, mean, low, high in points:
        yield Taken(at, (Value(measure, mean, low, high, unit),), source)


def _said(by: str, typed: bool) -> Source:  # noqa: FBT001 - as entries have it
    return Source(Origin.MANUAL if typed else Origin.MEASURED, by)
