"""A measure's value as plain text: a number, how old it is once it is old, or `---`."""

from __future__ import annotations

from tui.aging import Shown, Standing
from tui.sight import Sight
from tui.span import clean
from vitals.measure import Measure

ABSENT = "---"


def figure(sight: Sight, measure: Measure, value: float | int | None) -> str:
    """Return a value of `measure` as it is written, or `---` where there is none."""
    return ABSENT if value is None else sight.forms.number(value, measure.form.decimals)


def plain(sight: Sight, measure: Measure, shown: Shown | None, site: str | None = None) -> str:
    """Return `SpO2 97`, `SpO2 97 (7,6 s)` once it is old, or `SpO2 ---`; a site names itself."""
    value = None if shown is None else shown.value
    name = clean(site) if site else sight.words.named("measure", measure.value)
    text = f"{name} {figure(sight, measure, value)}"
    if shown is None or value is None or shown.standing is Standing.FRESH:
        return text
    return f"{text} ({sight.forms.age(shown.age_s)})"
