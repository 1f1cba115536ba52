"""The alarm bar: always reserved, the most urgent first, each row in its alarm's own fill."""

from __future__ import annotations

from daemon.protocol.messages import Alarm
from tui.alarmline import alarm_text
from tui.asking import typing
from tui.mirror import Held
from tui.order import acknowledgeable, flashing, lit, ordered
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, centred, fit, spread
from vitals.instant import Instant
from vitals.vocabulary import Priority

_TONES = {
    Priority.HIGH: (Tone.HIGH_DARK, Tone.HIGH_LIT),
    Priority.MEDIUM: (Tone.MEDIUM_DARK, Tone.MEDIUM_LIT),
    Priority.LOW: (Tone.LOW_DARK, Tone.LOW_LIT),
}
"""The dark and the bright half of a flash; both can be read."""


def alarmbar(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: the loss of the daemon, else the alarms, else calm."""
    if _silent(sight):
        return _lost(sight, width, height)
    alarms = ordered(sight.bed.alarms.values())
    if alarms:
        return _listed(sight, alarms, width, height)
    rows = [fit((), width) for _ in range(height)]
    if sight.reach is Reach.LIVE and sight.mirror.complete:
        calm = sight.words.text("alarm.none" if sight.watched else "alarm.idle")
        rows[height // 2] = centred(calm, width, Tone.QUIET)
    return rows


def uppermost(sight: Sight) -> Span | None:
    """Return the loss of the daemon, else the first alarm, in its fill; None when all is calm."""
    if _silent(sight):
        return _loss(sight)
    alarms = ordered(sight.bed.alarms.values())
    return (
        Span(alarm_text(sight, alarms[0]), _tone(alarms[0].message, sight.now)) if alarms else None
    )


def _silent(sight: Sight) -> bool:
    return sight.reach in (Reach.NEVER, Reach.LOST) and sight.silent


def _loss(sight: Sight) -> Span:
    word = "link.never" if sight.reach is Reach.NEVER else "link.lost"
    tone = _TONES[Priority.HIGH][lit(Priority.HIGH, sight.now)]
    return Span(f"!!! {sight.words.text(word)}", tone)


def _lost(sight: Sight, width: int, height: int) -> list[Row]:
    loss = _loss(sight)
    tone = loss.tone
    rows = [fit((), width, tone) for _ in range(height)]
    middle = (height - 1) // 2
    rows[middle] = centred(loss.text, width, tone)
    rows[middle + 1] = centred(sight.words.text("link.look"), width, tone)
    return rows


def _listed(sight: Sight, alarms: list[Held[Alarm]], width: int, height: int) -> list[Row]:
    """Return one row an alarm; the first fills what is left over, the last counts the hidden."""
    listed, hidden = alarms[:height], len(alarms) - height
    waiting = acknowledgeable(alarms)
    rows: list[Row] = []
    for number, held in enumerate(listed):
        alarm, tone = held.message, _tone(held.message, sight.now)
        key = "F4" if typing(sight.prompt) else "A"
        right = f"[{key}] {sight.words.text('key.acknowledge')} " if alarm is waiting else ""
        if hidden > 0 and held is listed[-1]:
            right = f"{sight.words.text('alarm.more', count=hidden)}  {right}"
        text = Span(f" {alarm_text(sight, held)}", tone)
        rows.append(spread((text,), (Span(right, tone),) if right else (), width, tone))
        if number == 0:
            rows += [fit((), width, tone) for _ in range(-hidden)]
    return rows


def _tone(alarm: Alarm, now: Instant) -> Tone:
    dark, bright = _TONES[alarm.priority]
    return bright if flashing(alarm) and lit(alarm.priority, now) else dark
