"""Every other number, small: one tile a group, as many as there is room for, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.aging import Shown, Standing, shown
from tui.sight import Sight
from tui.span import Row, Span, Tone, clean, fit
from tui.value import ABSENT
from vitals.measure import Agent, Measure

TILE_CELLS = 20


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that are read together, and how they are written."""

    title: str
    """Id of the words before them."""
    measures: tuple[Measure, ...]
    form: str = "{}"
    timed: bool = False
    """Written with the time at which it was measured."""


GROUPS = (
    Group("tile.heart_rate", (Measure.HEART_RATE,)),
    Group("tile.etco2", (Measure.ETCO2,), "{} kPa"),
    Group(
        "tile.nibp",
        (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN),
        "{}/{} ({})",
        timed=True,
    ),
    Group("tile.respiratory_rate", (Measure.RESPIRATORY_RATE,)),
    Group("tile.fico2", (Measure.FICO2,), "{} kPa"),
    Group("tile.oxygen", (Measure.FIO2, Measure.ETO2), "{}/{} %"),
    Group("tile.agent", (Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED), "{}/{} %"),
    Group("tile.temperature", (Measure.TEMPERATURE,), "{} °C"),
    Group(
        "tile.art",
        (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN),
        "{}/{} ({})",
    ),
    Group("tile.n2o", (Measure.N2O_INSPIRED, Measure.N2O_EXPIRED), "{}/{} %"),
    Group("tile.mac", (Measure.MAC,)),
    Group("tile.gas_pressure", (Measure.GAS_PRESSURE,), "{} bar"),
    Group("tile.gas_mass", (Measure.GAS_MASS,), "{} kg"),
    Group("tile.perfusion_index", (Measure.PERFUSION_INDEX,), "{} %"),
    Group("tile.tof_ratio", (Measure.TOF_RATIO,), "{} %"),
)


def tiles(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the tiles in columns, from the left to the right and downwards."""
    columns = max(1, width // TILE_CELLS)
    found = items(sight)[: columns * height]
    rows: list[Row] = []
    for first in range(0, columns * height, columns):
        cells = [fit((span,), width // columns) for span in found[first : first + columns]]
        rows.append(fit(tuple(span for cell in cells for span in cell), width))
    return rows


def items(sight: Sight) -> list[Span]:
    """Return one span a group that any monitor of the bed measures."""
    offered = {measure for _, measure, site in sight.bed.readings if site is None}
    groups = [group for group in GROUPS if offered & set(group.measures)]
    return [*(_tile(sight, group) for group in groups), *_sites(sight)]


def _sites(sight: Sight) -> Iterator[Span]:
    """Yield one span a site, where a monitor has several of one measure."""
    for (_, measure, site), held in sorted(sight.bed.readings.items(), key=str):
        if site is None:
            continue
        found = shown(sight.bed, held, sight.now)
        number = _number(sight, found, measure)
        yield Span(f"{clean(site)} {number} {measure.form.unit}", _tone(found))


def _tile(sight: Sight, group: Group) -> Span:
    found = [sight.best(measure) for measure in group.measures]
    values = [_number(sight, one, group.measures[place]) for place, one in enumerate(found)]
    text = f"{_title(sight, group, found)} {group.form.format(*values)}"
    first = found[0]
    if group.timed and first is not None and first.value is not None:
        text += f" {sight.local_text(first.reading.at):%H:%M}"
    return Span(text, _tone(first))


def _title(sight: Sight, group: Group, shown: Sequence[Shown | None]) -> str:
    agent = next((one.reading.agent for one in shown if one and one.reading.agent), None)
    if agent is not None:
        return sight.words.named("agent", Agent(agent).value)
    return sight.words.text(group.title)


def _number(sight: Sight, shown: Shown | None, measure: Measure) -> str:
    if shown is None or shown.value is None:
        return ABSENT
    decimals = min(measure.form.decimals, 1)
    return sight.forms.number(round(shown.value, decimals), decimals)


def _tone(shown: Shown | None) -> Tone:
    if shown is None or shown.value is None:
        return Tone.QUIET
    return Tone.STRONG if shown.standing is Standing.FRESH else Tone.CHANNEL_OLD
