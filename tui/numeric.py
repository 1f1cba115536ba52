"""One measure in large digits: absence is `---` and says why; old numbers are dim and say so."""

from __future__ import annotations

from collections.abc import Callable

from tui import font
from tui.aging import Shown, Standing
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread
from tui.value import figure
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import DeviceState

_MARGIN = "  "


def numeric(measure: Measure) -> Callable[[Sight, int, int], list[Row]]:
    """Return the view of `measure`."""

    def view(sight: Sight, width: int, height: int) -> list[Row]:
        shown = sight.best(measure)
        tone = _tone(shown)
        text = value_text(sight, measure)[:3].rjust(3)
        digits = [fit((Span(f"{_MARGIN}{line}", tone),), width) for line in font.drawn(text)]
        rows = [_title(sight, measure, width), *digits, fit((), width)]
        return ([fit((), width), *rows] if height > len(rows) else rows)[:height]

    return view


def value_text(sight: Sight, measure: Measure) -> str:
    """Return the measure's number as text, or `---`."""
    shown = sight.best(measure)
    return figure(sight, measure, None if shown is None else shown.value)


def why(sight: Sight, shown: Shown | None) -> str:
    """Return why there is no number, or how old or uncertain it is; empty for a current one."""
    if shown is None:
        live = sight.reach is Reach.LIVE and sight.mirror.complete
        return sight.words.named("quality", Quality.UNAVAILABLE.value) if live else ""
    if shown.standing is Standing.GONE:
        return _gone(sight, shown)
    if shown.standing is Standing.OLD and shown.value is not None:
        return sight.words.text("why.age", age=sight.forms.age(shown.age_s))
    quality = shown.reading.quality
    return "" if quality is Quality.VALID else sight.words.named("quality", quality.value)


def _gone(sight: Sight, shown: Shown) -> str:
    if shown.device.state in (DeviceState.LOST, DeviceState.DEFECTIVE):
        return sight.words.named("device", shown.device.state.value)
    return sight.words.text("why.stale", age=sight.forms.age(shown.age_s))


def _title(sight: Sight, measure: Measure, width: int) -> Row:
    name = sight.words.named("title", measure.value)
    left = (
        Span(f"{_MARGIN}{name}", Tone.STRONG),
        Span(f" {measure.form.unit}  {limits_text(sight, measure)}", Tone.QUIET),
    )
    reason = why(sight, sight.best(measure))
    return spread(left, (Span(f"{reason}  ", Tone.STRONG),) if reason else (), width)


def limits_text(sight: Sight, measure: Measure) -> str:
    """Return the limits in force, `70-155` or `≥ 92`; empty while none are held to."""
    limits = sight.running.limits if sight.running else ()
    for limit in limits:
        if limit.measure is measure:
            return _range(sight, limit.lo, limit.hi, measure.form.decimals)
    return ""


def _range(sight: Sight, lo: float | None, hi: float | None, decimals: int) -> str:
    low = None if lo is None else sight.forms.number(lo, decimals)
    high = None if hi is None else sight.forms.number(hi, decimals)
    if low and high:
        return f"{low}-{high}"
    if low:
        return f"≥ {low}"
    return f"≤ {high}" if high else ""


def _tone(shown: Shown | None) -> Tone:
    if shown is None or shown.value is None:
        return Tone.QUIET
    return Tone.CHANNEL if shown.standing is Standing.FRESH else Tone.CHANNEL_OLD
