"""What monitors gave during a case, as curves over its time: the mean, and how far it reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from daemon.report.sheet import Curve, Dot, Pressure, Sheet
from tui.sight import Tongue
from vagt.report.svg import marks
from vagt.report.svg.scale import LEFT, WIDTH, Scale
from vagt.report.svg.shapes import line, text
from vagt.report.svg.timeline import scale_of
from vitals.measure import Measure
from vitals.reading import Origin

MOST = 5
"""So many measures have room; JSON has all."""
HIGH, APART = 21.0, 8.0
"""Of one measure, and between two."""
_BROKEN_S = 150.0
"""Points that lie further apart are not joined: between them nothing came."""
_PLAIN = {"Cel": "°C", "1": "", "mm[Hg]": "mmHg"}
"""What people read of a UCUM unit, where that is something else."""
Panel = list[Curve]
"""Curves of one measure by one unit: of several monitors."""


def curves(sheet: Sheet, tongue: Tongue) -> str:
    """Return the picture; empty where the history has nothing of the case."""
    scale, panels = scale_of(sheet), _panels(sheet)
    if scale is None or not (panels or sheet.readings):
        return ""
    foot = len(panels) * (HIGH + APART) + APART
    body: list[str] = []
    for place, panel in enumerate(panels):
        body += _drawn(panel, scale, tongue, APART + place * (HIGH + APART))
    if sheet.readings:
        said = (tongue.words.text("report.measured"), *_simulated(sheet.readings, tongue))
        body += marks.pressures(sheet.readings, scale, tongue.words, foot, *said)
        foot += marks.PANEL
    times = "".join(line(f"M{x:g} 0V{foot:g}", 0.3, "#ccc") for x, _ in scale.lines())
    size = f'viewBox="0 0 {WIDTH:g} {foot:g}"'
    return f'<svg {size} class="timeline" role="img">{times}{"".join(body)}</svg>'


def devices(sheet: Sheet, tongue: Tongue) -> str:
    """Return which monitors each measure is of: `SpO2: gas-1, oximeter-1; puls: gas-1`."""
    told = (
        f"{tongue.words.named('measure', panel[0].measure.value)}: "
        f"{', '.join(dict.fromkeys(one.device for one in panel))}"
        for panel in _panels(sheet)
    )
    cuffs = ", ".join(dict.fromkeys(one.device for one in sheet.readings if one.device))
    nibp = (f"{tongue.words.named('modality', 'nibp')}: {cuffs}",) if cuffs else ()
    return "; ".join((*told, *nibp))


def _panels(sheet: Sheet) -> list[Panel]:
    """Return what is drawn, measure by measure."""
    found: dict[tuple[Measure, str], Panel] = {}
    for one in sheet.curves:
        if one.points:
            found.setdefault((one.measure, one.unit), []).append(one)
    return list(found.values())[:MOST]


def _drawn(panel: Panel, scale: Scale, tongue: Tongue, y: float) -> Iterator[str]:
    """Yield its name, its lowest and highest number, and each curve of it."""
    points = [point for one in panel for point in one.points]
    low, high = min(one.low for one in points), max(one.high for one in points)
    first = panel[0]
    unit, decimals = _PLAIN.get(first.unit, first.unit), first.measure.form.decimals
    name = f"{tongue.words.named('measure', first.measure.value)} {unit}".strip()
    yield text(0, y + 8, name, bold=True)
    yield from (text(0, y + 18, said) for said in _simulated(panel, tongue))
    yield text(LEFT - 3, y + 6, tongue.forms.number(high, decimals), anchor="end")
    if high > low:
        yield text(LEFT - 3, y + HIGH + 2, tongue.forms.number(low, decimals), anchor="end")
    level = Level(low, high, y)
    runs = [run for one in panel for run in _runs(one.points)]
    yield from (_band(run, scale, level) for run in runs)
    yield from (_mean(run, scale, level) for run in runs)


class Level(NamedTuple):
    """From the lowest number of a panel to its highest."""

    low: float
    high: float
    y: float

    def __call__(self, value: float) -> float:
        """Return where a number lies."""
        room = self.high - self.low
        share = (value - self.low) / room if room else 0.5
        return round(self.y + HIGH * (1 - share), 1)


def _band(run: Sequence[Dot], scale: Scale, level: Level) -> str:
    """Return how far numbers reached, from the lowest to the highest of each point."""
    top = [f"{scale(one.at):g} {level(one.high):g}" for one in run]
    foot = [f"{scale(one.at):g} {level(one.low):g}" for one in reversed(run)]
    return f'<path d="M{"L".join((*top, *foot))}Z" fill="#ccc" stroke="#ccc" stroke-width="1"/>'


def _mean(run: Sequence[Dot], scale: Scale, level: Level) -> str:
    if len(run) == 1:
        x, y = scale(run[0].at), level(run[0].mean)
        return line(f"M{x - 1.5:g} {y:g}h3", 1.0)
    return line("M" + "L".join(f"{scale(one.at):g} {level(one.mean):g}" for one in run), 1.0)


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


def _simulated(told: Iterable[Curve | Pressure], tongue: Tongue) -> Iterator[str]:
    """Yield that something of it was measured on nobody."""
    if any(one.origin is Origin.SIMULATED for one in told):
        yield tongue.words.named("origin", Origin.SIMULATED)
