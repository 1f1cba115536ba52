"""Measures that are read together, and how they are written: pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tui.aging import Shown, offering, shown
from tui.numeric import limits_text
from tui.reason import LED, told
from tui.sight import Sight
from tui.span import clean
from tui.value import ABSENT, aged, number, remembered
from vitals.measure import Agent, Measure
from vitals.reading import Note


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that are read together."""

    title: str
    """Id of the words before them."""
    measures: tuple[Measure, ...]
    form: str = "{}"
    unit: str = ""
    columns: int = 1
    """The least that its tile takes: what comes and goes in it moves no other tile."""
    timed: bool = False
    """Written with the time at which it was measured."""


NIBP = Group(
    "tile.nibp",
    (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN),
    "{}/{} ({})",
    " mmHg",
    columns=3,
    timed=True,
)
ART = Group(
    "tile.art",
    (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN),
    "{}/{} ({})",
    " mmHg",
)
GROUPS = (
    Group("title.spo2", (Measure.SPO2,), unit=" %"),
    Group("title.pulse_rate", (Measure.PULSE_RATE,), unit="/min"),
    Group("tile.heart_rate", (Measure.HEART_RATE,), unit="/min"),
    Group("tile.etco2", (Measure.ETCO2,), unit=" kPa"),
    NIBP,
    ART,
    Group("tile.respiratory_rate", (Measure.RESPIRATORY_RATE,), unit="/min"),
    Group("tile.fico2", (Measure.FICO2,), unit=" kPa"),
    Group("tile.oxygen", (Measure.FIO2, Measure.ETO2), "{}/{}", " %"),
    Group("tile.agent", (Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED), "{}/{}", " %"),
    Group("tile.n2o", (Measure.N2O_INSPIRED, Measure.N2O_EXPIRED), "{}/{}", " %"),
    Group("tile.mac", (Measure.MAC,)),
    Group("tile.temperature", (Measure.TEMPERATURE,), unit=" °C"),
    Group("measure.nibp_pulse_rate", (Measure.NIBP_PULSE_RATE,), unit="/min"),
    Group("tile.perfusion_index", (Measure.PERFUSION_INDEX,), unit=" %"),
    Group("tile.tof_ratio", (Measure.TOF_RATIO,), unit=" %"),
    Group("tile.gas_pressure", (Measure.GAS_PRESSURE,), unit=" bar"),
    Group("tile.gas_mass", (Measure.GAS_MASS,), unit=" kg"),
)
"""Every measure is in one of them; the gravest first."""


def offered(sight: Sight) -> list[Group]:
    """Return the groups of which any monitor of the bed gives something."""
    given = {measure for _, measure, site in sight.bed.readings if site is None}
    return [group for group in GROUPS if given & set(group.measures)]


def text(sight: Sight, group: Group, found: Sequence[Shown | None], room: int, most: int) -> str:
    """Return `BT 92/52 (65) mmHg 10:36` with what qualifies it.

    The unit yields where that alone makes it fit in `room` cells. Where `most` are too few, which
    is all that there are, the limits yield too, then whose it is, then all but a word of what the
    device says of it; never when it was measured.
    """
    title, time = _title(sight, group, found), _time(sight, group, found)
    limits, why = limits_text(sight, group.measures[0]), _why(sight, group, found)
    whose, brief_why = _whose(sight, group, found), _brief_why(sight, found) or why
    values, bare = (_values(sight, group, found, unit) for unit in (group.unit, ""))
    told = (
        (values, limits, time, why, whose),
        (bare, limits, time, why, whose),
        (bare, "", time, why, whose),
        (bare, "", time, why, ""),
        (bare, "", time, brief_why, ""),
    )
    whole, unitless, *less = (" ".join(p for p in (title, *parts) if p) for parts in told)
    if cell_len(unitless) <= room < cell_len(whole):
        return unitless
    return next((text for text in (whole, unitless, *less) if cell_len(text) <= most), whole)


def _brief_why(sight: Sight, found: Sequence[Shown | None]) -> str:
    """Return one word for a cuff that is being inflated; empty for everything else."""
    first = next((one for one in found if one is not None), None)
    inflating = first is not None and Note.CUFF_INFLATING in first.device.notes
    return sight.words.text("note.cuff") if inflating else ""


def brief(sight: Sight, group: Group, found: Sequence[Shown | None]) -> str:
    """Return `BT 92/52 (65) 10:36`: the numbers with their time alone."""
    values, time = _values(sight, group, found, ""), _time(sight, group, found, age=False)
    return " ".join(part for part in (_title(sight, group, found), values, time) if part)


def _values(sight: Sight, group: Group, found: Sequence[Shown | None], unit: str) -> str:
    """Return the numbers with their unit; three dashes once where there is none at all."""
    pairs = list(zip(group.measures, found, strict=False))
    if all(one is None or one.value is None for _, one in pairs):
        return ABSENT
    numbers = (number(sight, measure, one) for measure, one in pairs)
    age = next((text for _, one in pairs if (text := aged(sight, one))), "")
    return f"{group.form.format(*numbers)}{unit}{age}"


def _title(sight: Sight, group: Group, found: Sequence[Shown | None]) -> str:
    agent = next((one.reading.agent for one in found if one and one.reading.agent), None)
    if agent is not None:
        return sight.words.named("agent", Agent(agent).value)
    return sight.words.text(group.title)


def _time(sight: Sight, group: Group, found: Sequence[Shown | None], *, age: bool = True) -> str:
    """Return when it was measured where that is not now; of a cuff always with how old it is."""
    first = next((one for one in found if one is not None and one.value is not None), None)
    if first is None or remembered(first) or (first.reading.live and not group.timed):
        return ""
    time = f"{sight.local_text(first.reading.at):%H:%M}"
    told = bool(aged(sight, first)) or not age
    return time if told else f"{time} ({sight.forms.age(first.age_s)})"


def _why(sight: Sight, group: Group, found: Sequence[Shown | None]) -> str:
    """Return what the device says of it, unless that stands beside a large number already."""
    first = next((one for one in found if one is not None), None)
    if group.measures[0] in LED and (first is None or first.reading.live):
        return ""
    return told(sight, first)


def _whose(sight: Sight, group: Group, found: Sequence[Shown | None]) -> str:
    """Return the name of the device, where several measure the same now and then."""
    _, *others = offering(sight.bed, group.measures) or ("",)
    if not (group.timed and others):
        return ""
    return next((f"· {clean(one.device.name)}" for one in found if one is not None), "")


def sites(sight: Sight) -> Iterator[tuple[str, Shown | None]]:
    """Yield `O2 4,2 bar` for each site, where a monitor has several of one measure."""
    keyed = [(key, held) for key, held in sight.bed.readings.items() if key[2] is not None]
    for (_, measure, site), held in sorted(keyed, key=_place):
        found = shown(sight.bed, held, sight.now)
        unit = _UNITS.get(measure, measure.form.unit)
        value = number(sight, measure, found)
        yield f"{clean(site or '')} {value} {unit}{aged(sight, found)}", found


def _place(item: tuple[tuple[str, Measure, str | None], object]) -> tuple[int, str, str]:
    (device, measure, site), _ = item
    return list(Measure).index(measure), device, (site or "").casefold()


_UNITS = {
    measure: group.unit.strip()
    for group in GROUPS
    for measure in group.measures
    if group.unit.startswith(" ")
}
