"""What monitors gave during a case, as curves over its time: the mean, and how far it reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from daemon.report.sheet import Curve, Dot, Sheet
from tui.sight import Tongue
from vagt.report.svg import marks
from vagt.report.svg.scale import LEFT, WIDTH, Scale
from vagt.report.svg.shapes import line, text
from vagt.report.svg.timeline import scale_of
from vitals.reading import Origin

MOST = 6
"""So many curves have room; JSON has all."""
HIGH, APART = 26.0, 8.0
"""Of one curve, and between two."""
_BROKEN_S = 150.0
"""Points that lie further apart are not joined: between them nothing came."""
_PLAIN = {"Cel": "°C", "1": "", "mm[Hg]": "mmHg", "/min": "/min"}
"""What people read of a UCUM unit, where that is something else."""


def curves(sheet: Sheet, tongue: Tongue) -> str:
    """Return the picture; empty where the history has nothing of the case."""
    scale, shown = scale_of(sheet), [one for one in sheet.curves if one.points][:MOST]
    if scale is None or not (shown or sheet.readings):
        return ""
    foot = len(shown) * (HIGH + APART) + APART
    body = [part for y, one in _placed(shown) for part in _drawn(one, scale, tongue, y)]
    if sheet.readings:
        simulated = any(one.origin is Origin.SIMULATED for one in sheet.readings)
        said = tongue.words.text("report.measured") + _marked(tongue, simulated=simulated)
        body += marks.pressures(sheet.readings, scale, tongue.words, foot, said)
        foot += marks.PANEL + APART
    times = "".join(line(f"M{x:g} 0V{foot:g}", 0.3, "#ccc") for x, _ in scale.lines())
    size = f'viewBox="0 0 {WIDTH:g} {foot:g}"'
    return f'<svg {size} class="timeline" role="img">{times}{"".join(body)}</svg>'


def _placed(shown: Iterable[Curve]) -> Iterator[tuple[float, Curve]]:
    for place, one in enumerate(shown):
        yield APART + place * (HIGH + APART), one


def _drawn(curve: Curve, scale: Scale, tongue: Tongue, y: float) -> Iterator[str]:
    """Yield its name, its lowest and highest number, how far each minute reached, and its mean."""
    low, high = min(one.low for one in curve.points), max(one.high for one in curve.points)
    room = (high - low) or 1.0

    def level(value: float) -> float:
        return round(y + HIGH * (1 - (value - low) / room), 1) if high > low else y + HIGH / 2

    unit = _PLAIN.get(curve.unit, curve.unit)
    name = f"{tongue.words.named('measure', curve.measure.value)} {unit}".strip()
    yield text(0, y + 8, name, bold=True)
    simulated = curve.origin is Origin.SIMULATED
    yield text(0, y + 18, f"{curve.device}{_marked(tongue, simulated=simulated)}"[:24])
    decimals = curve.measure.form.decimals
    yield text(LEFT - 3, y + 7, tongue.forms.number(high, decimals), anchor="end")
    if high > low:
        yield text(LEFT - 3, y + HIGH + 3, tongue.forms.number(low, decimals), anchor="end")
    for run in _runs(curve.points):
        there = [(scale(one.at), level(one.high), level(one.low), level(one.mean)) for one in run]
        top = [f"{x:g} {a:g}" for x, a, _, _ in there]
        bottom = [f"{x:g} {b:g}" for x, _, b, _ in reversed(there)]
        band = "L".join((*top, *bottom))
        yield f'<path d="M{band}Z" fill="#ccc" stroke="#ccc" stroke-width="1"/>'
        yield line("M" + "L".join(f"{x:g} {m:g}" for x, _, _, m in there), 1.0)


def _runs(points: Sequence[Dot]) -> Iterator[list[Dot]]:
    """Yield points that follow one another; between two runs nothing came."""
    run = [points[0]]
    for before, after in pairwise(points):
        if _seconds(after) - _seconds(before) > _BROKEN_S:
            yield run
            run = []
        run.append(after)
    yield run


def _seconds(point: Dot) -> float:
    return datetime.fromisoformat(point.at).timestamp()


def _marked(tongue: Tongue, *, simulated: bool) -> str:
    return f" {tongue.words.named('origin', Origin.SIMULATED)}" if simulated else ""
