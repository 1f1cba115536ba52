"""What was measured over an hour, as the daemon tells it: a dip, a gap, a cuff now and then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import sin

import scenes
from dashboards import Told
from msgspec import structs

from daemon.protocol.message import Message
from daemon.protocol.messages import Outgoing
from daemon.protocol.request import Request
from daemon.protocol.trend import Column, Mark, Span, Track, Trend, Trended
from tui.history import History
from vitals.measure import Measure
from vitals.vocabulary import Priority

PARTS = 100
MINUTE = timedelta(minutes=1)
AT = datetime.fromtimestamp(scenes.NOW.wall, UTC)


def rfc(minutes: float) -> str:
    """Return the moment so many minutes before now."""
    return f"{AT - minutes * MINUTE:%Y-%m-%dT%H:%M:%S}.000Z"


def part(value: float, spread: float = 0.0) -> Column:
    return Column(value - spread, value + spread, value)


def track(
    measure: Measure, of: Callable[[int], Column | None], device: str = "nonin", **told: object
) -> Track:
    columns = tuple(of(number) for number in range(PARTS))
    return Track(measure, device, measure.form.unit, columns, **told)  # type: ignore[arg-type]  # by name


def saturation(number: int) -> Column | None:
    """Return 98, a dip to 83 at 60 of 100, and a gap before 30."""
    if 20 <= number < 30:
        return None
    depth = max(0, 15 - 3 * abs(number - 60))
    return Column(98 - depth, min(99, 99 - depth // 2), 98 - depth)


TRACKS = (
    track(Measure.SPO2, saturation),
    track(Measure.PULSE_RATE, lambda n: None if 20 <= n < 30 else part(round(104 + 9 * sin(n)), 3)),
    track(Measure.ETCO2, lambda n: part(round(5 + sin(n / 4) / 2, 1), 0.2) if n > 30 else None),
    track(Measure.RESPIRATORY_RATE, lambda n: part(22, 2) if n > 30 else None),
    track(Measure.NIBP_SYSTOLIC, lambda n: part(round(95 + sin(n) * 9)) if n % 12 == 5 else None),
    track(Measure.NIBP_DIASTOLIC, lambda n: part(round(52 + sin(n) * 9)) if n % 12 == 5 else None),
    track(Measure.TEMPERATURE, lambda n: part(round(36.4 + n / 200, 1))),
)
MARKS = (
    Mark(rfc(46), "case_started"),
    Mark(rfc(43.6), "entry_airway", "lma"),
    Mark(rfc(24.0), "alarm_onset", "spo2_low", Priority.MEDIUM),
    Mark(rfc(22.0), "alarm_onset", "spo2_low", Priority.HIGH),
)


def trend(*tracks: Track, **told: object) -> Trend:
    """Return the answer to `t`, an hour long unless something else is said."""
    said = {"since": rfc(60), "until": rfc(0), "marks": MARKS, **told}
    return Trend("t", rfc(0), scenes.BED, tracks=tracks, **said)  # type: ignore[arg-type]  # by name


def history(answer: Trend | None, span: Span = Span.HOUR, back: int = 0) -> History:
    """Return what a dashboard holds that asked for it just now, and has the answer if any."""
    held = History()
    held.ask(Trended("t", "AS", scenes.BED, span, back), scenes.NOW)
    if answer is not None:
        held.apply(answer)
    return held


class Asked(Told):
    """A source that answers what is asked over time, once the dashboard has sent it."""

    def __init__(self, messages: Sequence[Message], answer: Message | None) -> None:
        super().__init__(messages)
        self.answer = answer
        self.hear: Callable[[Outgoing], None] | None = None

    async def run(self, receive: Callable[[Outgoing], None]) -> None:
        self.hear = receive
        await super().run(receive)

    @property
    def wanted(self) -> list[Trended]:
        """Return what was asked over time."""
        return [one for one in self.sent if isinstance(one, Trended)]

    def send(self, command: Request) -> bool:
        if isinstance(command, Trended) and self.answer is not None and self.hear is not None:
            answer = structs.replace(self.answer, id=command.id)
            asyncio.get_running_loop().call_soon(self.hear, answer)  # type: ignore[arg-type]  # it is outgoing
        return super().send(command)
