"""What was said, what alarmed and what was measured by hand, as marks over the time of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from daemon.report.sheet import Pressure, Sheet
from vagt.report.svg.scale import LEFT, WIDTH, Scale
from vagt.report.svg.shapes import line, text
from vitals import deeds
from vitals.deed import Deed
from vitals.vocabulary import Priority
from words.catalogue import Words

STEPS: tuple[type[Deed], ...] = (
    deeds.Begin,
    deeds.SetAirway,
    deeds.Ventilate,
    deeds.Relax,
    deeds.Finish,
    deeds.Recover,
    deeds.HandOver,
    deeds.Conclude,
    deeds.Discharge,
    deeds.Transfer,
    deeds.Resume,
    deeds.Give,
    deeds.Waive,
)
"""What of a case has a mark; everything stands in the list below it."""
LEVELS, LEVEL = 3, 10.0
"""Rows of numbers, where they would lie on one another; and the height of each."""
PANEL, TOP_MMHG = 50.0, 240.0
_ALARMS: Mapping[Priority, str] = {
    Priority.HIGH: "M-4 0L4 0L0-7Z",
    Priority.MEDIUM: "M-3.5-.6L3.5-.6L0-6.4Z",
    Priority.LOW: "M-1.5-1.5H1.5V-4.5H-1.5Z",
}


def entered(sheet: Sheet, scale: Scale, words: Words, y: float, foot: float) -> Iterator[str]:
    """Yield the number of each step of the case where it was, and a line down from it."""
    yield text(0, y + LEVEL - 1.5, words.text("report.steps"))
    free = [0.0] * LEVELS
    for entry in sheet.entries:
        if entry.struck or not isinstance(entry.deed, STEPS):
            continue
        x, said = scale(entry.at), str(entry.number)
        level = next((one for one in range(LEVELS) if free[one] <= x), 0)
        free[level] = x + 6.0 * len(said) + 3
        under = y + LEVEL * (level + 1)
        yield line(f"M{x:g} {under - LEVEL + 2:g}V{foot:g}", 0.5, "#555")
        yield text(x + 1.5, under - 1.5, said, bold=True)


def alarms(sheet: Sheet, scale: Scale, words: Words, y: float) -> Iterator[str]:
    """Yield a mark at each onset: full, empty or small by its priority."""
    yield text(0, y + 8.5, words.text("report.alarms"))
    for one in sheet.alarms:
        yield alarm(one.priority, scale(one.begin), y + 9)


def alarm(priority: Priority, x: float, y: float) -> str:
    """Return the mark of an alarm that stands on `y`."""
    fill = "#fff" if priority is Priority.MEDIUM else "#000"
    return (
        f'<path d="{_ALARMS[priority]}" transform="translate({x:g} {y:g})" fill="{fill}" '
        'stroke="#000" stroke-width="1"/>'
    )


def pressures(
    told: Iterable[Pressure], scale: Scale, words: Words, y: float, *sources: str
) -> Iterator[str]:
    """Yield blood pressures: `v` systolic, `^` diastolic, a line between."""
    yield text(0, y + 8.5, words.named("modality", "nibp"))
    for place, source in enumerate(sources, 1):
        yield text(0, y + 8.5 + 10.5 * place, source)
    for mark in (50, 100, 150, 200):
        at = _level(y, mark)
        yield line(f"M{LEFT:g} {at:g}H{WIDTH - 6:g}", 0.3, "#aaa") + text(
            LEFT - 25, at + 3, str(mark)
        )
    for one in told:
        x = scale(one.at)
        ends = [_level(y, value) for value in (one.systolic, one.diastolic) if value is not None]
        if one.systolic is not None:
            yield line(
                f"M{x - 4:g} {ends[0] - 5:g}L{x:g} {ends[0]:g}L{x + 4:g} {ends[0] - 5:g}", 1.2
            )
        if one.diastolic is not None:
            low = ends[-1]
            yield line(f"M{x - 4:g} {low + 5:g}L{x:g} {low:g}L{x + 4:g} {low + 5:g}", 1.2)
        if len(ends) > 1:
            yield line(f"M{x:g} {ends[0]:g}V{ends[1]:g}", 0.5)


def _level(y: float, value: float) -> float:
    return round(y + PANEL * (1 - min(value, TOP_MMHG) / TOP_MMHG), 1)
