"""A measure's value as plain text: a number, how old it is once it is old, or `---`."""

from __future__ import annotations

from tui.aging import Shown, Standing
from tui.sight import Sight
from tui.span import clean
from vitals.measure import Measure
from vitals.reading import Quality

ABSENT = "---"
DOUBTFUL = "?"
"""Behind a number that its device itself is not sure of."""
DECIMALS = 1
"""More than a tenth is not read off a screen."""


def figure(sight: Sight, measure: Measure, value: float | int | None) -> str:
    """Return a value of `measure` as it is written, or `---` where there is none."""
    if value is None:
        return ABSENT
    decimals = min(measure.form.decimals, DECIMALS)
    return sight.forms.number(round(value, decimals) + 0.0, decimals)  # + 0.0: never `-0,0`


def number(sight: Sight, measure: Measure, shown: Shown | None) -> str:
    """Return `97`, `97?` where the device is not sure of it, or `---`."""
    text = figure(sight, measure, None if shown is None else shown.value)
    return text + DOUBTFUL if shown is not None and doubtful(shown) else text


def doubtful(shown: Shown) -> bool:
    """Tell whether a number is shown that its device is not sure of."""
    return shown.value is not None and shown.reading.quality is Quality.QUESTIONABLE


def remembered(shown: Shown) -> bool:
    """Tell whether a monitor had a number before anybody listened: nobody knows from when."""
    return doubtful(shown) and not shown.reading.live


def aged(sight: Sight, shown: Shown | None) -> str:
    """Return ` (7,6 s)` for a number that is old or was measured once; else empty."""
    if shown is None or shown.value is None or remembered(shown):
        return ""
    if shown.standing is Standing.FRESH and shown.reading.live:
        return ""
    return f" ({sight.forms.age(shown.age_s)})"


def plain(sight: Sight, measure: Measure, shown: Shown | None, site: str | None = None) -> str:
    """Return `SpO2 97`, `SpO2 97 (7,6 s)` once it is old, or `SpO2 ---`; a site names itself."""
    name = clean(site) if site else sight.words.named("measure", measure.value)
    return f"{name} {number(sight, measure, shown)}{aged(sight, shown)}"
