"""The lanes of a trend: what is drawn of each measure, between which values, and its figures; pure.

The bounds of a lane are where it is drawn, and nothing more: they widen with what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor

from daemon.protocol.trend import Column, Track
from daemon.protocol.trend import Trend as Told
from tui.plot import Part
from tui.prompt import Trend
from tui.sight import Sight
from tui.span import Tone, clean
from tui.tint import TINTS
from tui.value import figure
from vitals.measure import Measure

FIRST = (
    Measure.SPO2,
    Measure.HEART_RATE,
    Measure.PULSE_RATE,
    Measure.ETCO2,
    Measure.RESPIRATORY_RATE,
    Measure.NIBP_SYSTOLIC,
    Measure.ART_SYSTOLIC,
    Measure.TEMPERATURE,
)
"""What a lane is of, those that matter most first; the others come after them."""
_WITH = {
    Measure.NIBP_SYSTOLIC: (Measure.NIBP_DIASTOLIC, "tile.nibp"),
    Measure.ART_SYSTOLIC: (Measure.ART_DIASTOLIC, "tile.art"),
}
"""Measures of which the lower end of a bar is another, and the words for both."""
_NO_LANE = {
    *(Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN, Measure.NIBP_PULSE_RATE),
    *(Measure.ART_DIASTOLIC, Measure.ART_MEAN, Measure.GAS_PRESSURE, Measure.GAS_MASS),
}
"""What stands in another lane, or is no patient's."""


Limits = tuple[tuple[str, float], ...]
"""Each with the sign that it is written with."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Between which values a lane is drawn at least, and in which steps it widens."""

    low: float
    high: float
    step: float
    most: float = float("inf")


_PERCENT = Frame(0, 100, 20, 100)
_FRAMES: Mapping[Measure, Frame] = {
    Measure.SPO2: Frame(80, 100, 10, 100),
    **dict.fromkeys((Measure.HEART_RATE, Measure.PULSE_RATE), Frame(60, 120, 20)),
    Measure.ETCO2: Frame(0, 8, 2),
    Measure.FICO2: Frame(0, 2, 1),
    Measure.RESPIRATORY_RATE: Frame(0, 30, 10),
    **dict.fromkeys((Measure.NIBP_SYSTOLIC, Measure.ART_SYSTOLIC), Frame(40, 140, 20)),
    Measure.TEMPERATURE: Frame(35, 38, 1),
    **dict.fromkeys((Measure.FIO2, Measure.ETO2, Measure.TOF_RATIO), _PERCENT),
    **dict.fromkeys((Measure.N2O_INSPIRED, Measure.N2O_EXPIRED), _PERCENT),
    **dict.fromkeys((Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED), Frame(0, 4, 2)),
    Measure.MAC: Frame(0, 2, 1),
}
_OTHER = Frame(0, 10, 5)


@dataclass(frozen=True, slots=True)
class Lane:
    """One measure of one device over the whole stretch."""

    name: str
    unit: str
    device: str
    """Empty where no other device has this measure."""
    parts: tuple[Part, ...]
    bounds: tuple[float, float]
    limits: Limits
    """Of the case, where they lie between the bounds."""
    figures: tuple[str, ...]
    """Lowest with its time, highest, mean."""
    tone: Tone


def lanes(sight: Sight, prompt: Trend) -> list[Lane]:
    """Return what there is to draw, what matters most first."""
    told = sight.history.told((sight.bed_name or "", prompt.span, prompt.back))
    if told is None:
        return []
    drawn = [one for one in told.tracks if one.measure not in _NO_LANE and any(one.columns)]
    order = [*FIRST, *(one for one in Measure if one not in FIRST)]
    drawn.sort(key=lambda one: (order.index(one.measure), not one.live))
    return [_lane(sight, told, one, drawn) for one in drawn]


def _lane(sight: Sight, told: Told, track: Track, others: Iterable[Track]) -> Lane:
    several = sum(_which(one) == _which(track) for one in others) > 1
    lower = _lower(told, track)
    parts = tuple(_part(*pair) for pair in zip(track.columns, lower, strict=True))
    limits = _limits(sight, track.measure)
    low, high = _bounds(track.measure, parts, limits)
    return Lane(
        name=_name(sight, track),
        unit=track.measure.form.written,
        device=clean(track.device) if several else "",
        parts=parts,
        bounds=(low, high),
        limits=tuple(one for one in limits if low < one[1] < high),
        figures=_figures(sight, told, track, lower),
        tone=TINTS[track.measure],
    )


def _which(track: Track) -> tuple[Measure, str | None, str | None]:
    return track.measure, track.site, track.agent


def _name(sight: Sight, track: Track) -> str:
    if track.measure in _WITH:
        return sight.words.text(_WITH[track.measure][1])
    return clean(track.site) if track.site else sight.words.named("measure", track.measure.value)


def _lower(told: Told, track: Track) -> tuple[Column | None, ...]:
    """Return the columns that the lower ends of bars are of: the diastolic ones of a pressure."""
    other = _WITH.get(track.measure, (track.measure, ""))[0]
    same = (
        one
        for one in told.tracks
        if (one.measure, one.device, one.site) == (other, track.device, track.site)
        and (one.live, one.origin) == (track.live, track.origin)
    )
    found = next(same, track).columns
    return found if len(found) == len(track.columns) else track.columns


def _part(upper: Column | None, lower: Column | None) -> Part:
    if upper is None:
        return None
    return (upper if lower is None else lower).low, upper.high


def _limits(sight: Sight, measure: Measure) -> Limits:
    """Return the limits of who is watched just now."""
    case = sight.watched
    found = next((one for one in (case.limits if case else ()) if one.measure is measure), None)
    both = () if found is None else (("≥", found.lo), ("≤", found.hi))
    return tuple((sign, value) for sign, value in both if value is not None)


def _bounds(measure: Measure, parts: Iterable[Part], limits: Limits) -> tuple[float, float]:
    frame = _FRAMES.get(measure, _OTHER)
    values = [*(limit for _, limit in limits), *(value for part in parts if part for value in part)]
    low = min(frame.low, floor(min(values) / frame.step) * frame.step)
    high = max(frame.high, ceil(max(values) / frame.step) * frame.step)
    return low, max(low + frame.step, min(high, frame.most))


def _figures(
    sight: Sight, told: Told, track: Track, lower: tuple[Column | None, ...]
) -> tuple[str, ...]:
    there = [(number, one) for number, one in enumerate(track.columns) if one is not None]
    at, least = min(there, key=lambda one: one[1].low)
    peak, most = max(there, key=lambda one: one[1].high)
    mean = sum(one.mean for _, one in there) / len(there)
    bars = lower if track.measure in _WITH else ()

    def text(value: float, number: int | None, of: Callable[[Column], float]) -> str:
        under = bars[number] if bars and number is not None else None
        below = f"/{figure(sight, track.measure, of(under))}" if under else ""
        return figure(sight, track.measure, value) + below

    when = f"{moment(sight, told, (at + 0.5) / len(track.columns)):%H:%M}"
    words = sight.words.text
    return (
        f"{words('trend.min')} {text(least.low, at, lambda one: one.low)} {when}",
        f"{words('trend.max')} {text(most.high, peak, lambda one: one.high)}",
        f"{words('trend.mean')} {text(mean, None, lambda one: one.mean)}",
    )


def moment(sight: Sight, told: Told, share: float) -> datetime:
    """Return the moment so far into a stretch, by the clock of the screen."""
    since, until = (datetime.fromisoformat(one) for one in (told.since, told.until))
    lasting: timedelta = (until - since) * share
    return (since + lasting).astimezone(sight.place.zone)
