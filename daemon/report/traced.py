"""What monitors gave during a case, from the local history: what is left of it, and no error.

The history is kept for less long than the journal, so that no figure rests on this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from msgspec import structs

from daemon.report.sheet import Curve, Dot, Kept, Pressure, Sheet
from daemon.tracks import tracks
from telemetry import history
from telemetry.history import Asked
from telemetry.schema import FILE, StoreError, reader
from telemetry.series import Series
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Origin

MINUTE_MS, DAY_MS = 60_000, 86_400_000
MOST = 720
"""Points of a curve in one bed, and pressures of a case; of what lasts longer no more than a day
is told."""
_HIGH, _LOW = Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC
_CUFF = frozenset({_HIGH, _LOW, Measure.NIBP_MEAN, Measure.NIBP_PULSE_RATE})
_SUPPLY = frozenset({Measure.GAS_PRESSURE, Measure.GAS_MASS})
_CURVES = frozenset(str(one) for one in Measure if one not in _CUFF | _SUPPLY)
_PRESSURES = frozenset({str(_HIGH), str(_LOW)})
_ARRIVES = (deeds.Prepare, deeds.Begin, deeds.Pair, deeds.Give)
"""From the first of these on what is measured at the bed is the patient's own."""
_BROKEN = (sqlite3.Error, StoreError, ArithmeticError, KeyError, TypeError, ValueError)
"""What a damaged file comes to: it may also hold what the product never wrote."""
Key = tuple[Measure, str, str, Origin, str, str]
"""What one curve is of."""


def traced(folder: Path, sheets: Iterable[Sheet], now: Instant) -> tuple[Sheet, ...]:
    """Return sheets with what is left of the history of each; `now` is the last that is known."""
    every, path = tuple(sheets), folder / FILE
    if not path.is_file():
        return every
    try:
        with closing(reader(path)) as connection:
            return tuple(_traced(connection, one, now) for one in every)
    except _BROKEN:
        return tuple(structs.replace(one, history=Kept.UNREADABLE) for one in every)


def _traced(connection: sqlite3.Connection, sheet: Sheet, now: Instant) -> Sheet:
    try:
        return _read(connection, sheet, now)
    except _BROKEN:
        return structs.replace(sheet, history=Kept.UNREADABLE)


def _read(connection: sqlite3.Connection, sheet: Sheet, now: Instant) -> Sheet:
    parts = list(_parts(sheet, round(now.wall * 1000)))
    kept = _kept(connection, sheet, parts, round(now.wall * 1000))
    if kept is Kept.GONE or not parts:
        return structs.replace(sheet, history=kept)
    found: dict[Key, Curve] = {}
    for part in parts:
        for curve in _curves(connection, part):
            key = _key(curve)
            before = found[key].points if key in found else ()
            found[key] = structs.replace(curve, points=(*before, *curve.points))
    order = list(Measure)
    curves = sorted(found.values(), key=lambda one: (order.index(one.measure), _key(one)))
    told = islice((one for part in parts for one in _pressures(connection, part)), MOST)
    return structs.replace(sheet, history=kept, curves=tuple(curves), readings=tuple(told))


def _parts(sheet: Sheet, now: int) -> Iterator[Asked]:
    """Yield where the patient lay when, from the moment at which it had come."""
    came = [one.at for one in sheet.entries if isinstance(one.deed, _ARRIVES) and not one.struck]
    if not came:
        return
    first = _ms(min(came))
    for stay in sheet.stays:
        since = max(first, _ms(stay.begin))
        until = min(first + DAY_MS, now + 1 if stay.end is None else _ms(stay.end))
        if since < until:
            yield Asked(since, until, stay.bed, None, "vitals")


def _kept(connection: sqlite3.Connection, sheet: Sheet, parts: list[Asked], now: int) -> Kept:
    """Return how much of a case the history reaches: its oldest is thrown away first."""
    if not parts:
        return Kept.WHOLE
    found = connection.execute("SELECT at FROM point ORDER BY id LIMIT 1").fetchone()
    if found is None or found[0] >= parts[-1].until:
        return Kept.GONE
    ends = now if sheet.over is None else _ms(sheet.over)
    whole = found[0] <= parts[0].since and ends <= parts[-1].until
    return Kept.WHOLE if whole else Kept.PART


def _curves(connection: sqlite3.Connection, part: Asked) -> Iterator[Curve]:
    """Yield each measure over a stay: lowest, highest and mean of each minute, or of more."""
    lasts = part.until - part.since
    columns = max(1, min(MOST, lasts // MINUTE_MS))
    width = -(-lasts // columns)
    moments = [_at(part.since + place * width) for place in range(columns)]
    asked = Asked(part.since, part.until, part.bed, _CURVES, part.measurement)
    for one in tracks(connection, asked, columns):
        told = zip(moments, one.columns, strict=True)
        points = tuple(Dot(at, of.mean, of.low, of.high) for at, of in told if of is not None)
        agent, site = one.agent, one.site
        yield Curve(one.measure, one.device, one.unit, one.origin, agent, site, points)


def _pressures(connection: sqlite3.Connection, part: Asked) -> Iterator[Pressure]:
    """Yield what cuffs measured, each once; what somebody typed in is told as what was said."""
    asked = Asked(part.since, part.until, part.bed, _PRESSURES, part.measurement)
    found: dict[tuple[int, str, Origin], dict[str, float | int | None]] = {}
    for point in history.points(connection, asked):
        if (origin := Origin(point.series.tag("origin"))) is not Origin.MANUAL:
            key = point.at, point.series.tag("device"), origin
            found.setdefault(key, {})[point.series.field] = _whole(point.series, point.value)
    for (at, device, origin), pair in sorted(found.items()):
        values = pair.get(_HIGH), pair.get(_LOW)
        yield Pressure(_at(at), *values, by="", manual=False, device=device, origin=origin)


def _whole(series: Series, value: float) -> float | int | None:
    return Measure(series.field).rounded(value)


def _key(curve: Curve) -> Key:
    agent = curve.agent.value if curve.agent else ""
    return curve.measure, curve.device, curve.unit, curve.origin, agent, curve.site or ""


def _ms(moment: str) -> int:
    return round(datetime.fromisoformat(moment).timestamp() * 1000)


def _at(moment: int) -> str:
    return Instant(0.0, moment / 1000).rfc3339()
