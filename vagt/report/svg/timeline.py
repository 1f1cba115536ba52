"""The course of a case as a picture: what was required, what is on record, what was said."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.report.sheet import Sheet
from vagt.report.svg import lanes, marks
from vagt.report.svg.scale import LEFT, WIDTH, Scale
from vagt.report.svg.shapes import KINDS, bar, line, text
from vitals.vocabulary import CaseKind, Phase, Priority
from words.catalogue import Words

WIDE = 6.0
"""Of a sign of a text, at most."""
COURSE = 40.0
"""Where the word for the stages ends."""
HEAD, STAGE, ALARMS, LEGEND = 14.0, 15.0, 14.0, 28.0
"""Heights: of the times, of the stages, of the alarms, of what the patterns mean."""


def timeline(sheet: Sheet, words: Words) -> str:
    """Return the picture; empty of a case in which nothing was begun."""
    scale = scale_of(sheet)
    if scale is None:
        return ""
    steps = HEAD + STAGE
    bars = steps + marks.LEVELS * marks.LEVEL + 3
    alarmed = bars + lanes.ROW * len(lanes.grouped(sheet))
    panel = alarmed + ALARMS
    foot = panel + (marks.PANEL if sheet.pressures else 0.0)
    body = [
        *_times(scale, foot),
        *_stages(sheet, scale, words),
        *lanes.drawn(sheet, scale, words, bars),
        *marks.entered(sheet, scale, words, steps, alarmed),
        *marks.alarms(sheet, scale, words, alarmed),
        *_pressures(sheet, scale, words, panel),
        *_legend(words, foot + 6),
    ]
    size = f'viewBox="0 0 {WIDTH:g} {foot + LEGEND:g}"'
    return f'<svg {size} class="timeline" role="img">{"".join(body)}</svg>'


def scale_of(sheet: Sheet) -> Scale | None:
    """Return the time of a case across a picture; None where nothing was begun."""
    moments = list(_moments(sheet))
    return Scale(moments) if moments else None


def _pressures(sheet: Sheet, scale: Scale, words: Words, y: float) -> Iterator[str]:
    if sheet.pressures:
        yield from marks.pressures(sheet.pressures, scale, words, y, words.text("report.typed"))


def _moments(sheet: Sheet) -> Iterator[str]:
    """Yield what the picture reaches from and to."""
    ends = [(one.begin, one.end) for lane in sheet.lanes for one in lane.required]
    ends += [(one.begin, one.end) for one in sheet.stages]
    for begin, end in ends:
        yield begin
        if end is not None:
            yield end
    yield from (one.at for one in sheet.pressures)
    yield from (one.end for lane in sheet.lanes for one in lane.gaps)
    yield from (one.at for one in sheet.entries if isinstance(one.deed, marks.STEPS))


def _times(scale: Scale, foot: float) -> Iterator[str]:
    for x, clock in scale.lines():
        yield line(f"M{x:g} {HEAD - 3:g}V{foot:g}", 0.4, "#bbb") + text(
            x, HEAD - 5, clock, anchor="middle"
        )


def _stages(sheet: Sheet, scale: Scale, words: Words) -> Iterator[str]:
    """Yield an anaesthetic or a recovery each: a line with its ends, and its name over it."""
    for place, one in enumerate(sheet.stages):
        left, right = scale(one.begin), scale.right if one.end is None else scale(one.end)
        low, name = HEAD + STAGE - 3, _named(sheet, one.phase, words)
        end = "" if one.end is None else f"M{right:g} {low - 3:g}v6"
        yield line(f"M{left:g} {low - 3:g}v6M{left:g} {low:g}H{right:g}{end}", 1.4)
        after = [scale(next_one.begin) for next_one in sheet.stages[place + 1 :]]
        yield _over(name, left, min((WIDTH, *after)), low - 3)
    yield text(0, HEAD + STAGE - 5, words.text("report.course"))


def _over(name: str, left: float, right: float, y: float) -> str:
    """Return the name of a stage, where it lies on that of no other; else none."""
    wide = WIDE * len(name)
    if left + wide < right:
        return text(left + 3, y, name)
    if right == WIDTH:
        return text(WIDTH, y, name, anchor="end")
    return text(left - 3, y, name, anchor="end") if left - wide > COURSE else ""


def _named(sheet: Sheet, phase: Phase, words: Words) -> str:
    treated = sheet.kind is CaseKind.BLOCK and phase is Phase.DURING
    return words.named("phase", "treatment" if treated else phase.value)


def _legend(words: Words, y: float) -> Iterator[str]:
    x = 0.5
    for kind in KINDS:
        said = words.text(f"report.{kind}")
        yield bar(kind, x, x + 17, y) + text(x + 21, y + 8, said)
        x += 33 + 5.2 * len(said)
    for place, priority in enumerate((Priority.HIGH, Priority.MEDIUM, Priority.LOW)):
        x = place * 90 + 8
        said = words.text("report.alarm", priority=words.named("priority", priority.value))
        yield marks.alarm(priority, x, y + 20) + text(x + 8, y + 20, said)
    yield text(LEFT + 180, y + 20, words.text("report.numbered"))
