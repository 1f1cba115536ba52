"""The life of the InfluxDB sink: what is owed goes out in order, and is forgotten once taken."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telemetry.batch import Size
from telemetry.failure import Course, Trouble, TroubleError, pause_s
from telemetry.influx import Influx, connected
from telemetry.line import line
from telemetry.outbox import Outbox
from telemetry.schema import Sink, StoreError
from telemetry.series import Point, Series
from telemetry.settings import Server
from telemetry.standing import Link, Standing
from telemetry.store import Dead, Row
from vitals.clock import Clock

PROBE = Series("vagt", "probe", "1")
"""What any server of the write API takes."""
IDLE_S = 1.0
"""When nothing is owed, the next look is after so long."""

_LOG = logging.getLogger(__name__)


class Draining:
    """Sends what the outbox owes; `standing` says how that goes."""

    def __init__(
        self, outbox: Outbox, server: Server, site: str, clock: Clock, standing: Standing
    ) -> None:
        self._outbox = outbox
        self._server = server
        self._site = site
        self._clock = clock
        self._standing = standing
        self._size = Size()
        self._pause_s = 0.0
        self._proven = False
        """Whether the server has taken anything of the batch in hand."""

    async def live(self) -> None:
        """Connect and send, for ever; trouble is told in `standing`, and waited out."""
        while True:
            try:
                async with connected(self._server) as influx:
                    await self._drain(influx)
            except TroubleError as error:
                await self._rest(error.trouble)
            except StoreError as error:
                await self._rest(Trouble(Course.WAIT, str(error)))

    async def _drain(self, influx: Influx) -> None:
        while True:
            rows = await self._outbox.points(self._size.rows)
            if not rows:
                await self._clock.sleep(IDLE_S)
                continue
            self._proven = False
            await self._send(influx, rows)

    async def _send(self, influx: Influx, rows: Sequence[Row[Point]]) -> bool:
        """Send rows and keep that they are taken; return whether none of them is left.

        Rows behind one that is left are not to be sent: `taken` would pass over it.
        """
        try:
            await influx.write([line(row.item, self._site) for row in rows])
        except TroubleError as error:
            return await self._less(influx, rows, error.trouble)
        self._proven = True
        self._size.taken()
        await self._taken(rows)
        self._well()
        return True

    async def _less(self, influx: Influx, rows: Sequence[Row[Point]], trouble: Trouble) -> bool:
        """Go on after a refusal: with fewer rows, or without the one that is refused."""
        if trouble.course in (Course.HALVE, Course.SLOW):
            self._size.halve(len(rows))
        if trouble.course not in (Course.HALVE, Course.SPLIT):
            raise TroubleError(trouble)
        if len(rows) == 1:
            await self._prove(influx, trouble)
            await self._bury(rows[0], trouble)
            self._well()
            return True
        if trouble.course is Course.HALVE:
            return False
        middle = len(rows) // 2
        return await self._send(influx, rows[:middle]) and await self._send(influx, rows[middle:])

    async def _prove(self, influx: Influx, trouble: Trouble) -> None:
        """Make sure that it is the row: a server that refuses everything is not to empty the queue.

        Raises TroubleError where it does.
        """
        if self._proven:
            return
        now = round(self._clock.now().wall * 1000)
        try:
            await influx.write([line(Point(PROBE, now, 1.0), self._site)])
        except TroubleError as error:
            if error.trouble.course in (Course.HALVE, Course.SPLIT):
                raise TroubleError(Trouble(Course.STOP, trouble.reason)) from error
            raise
        self._proven = True

    async def _bury(self, row: Row[Point], trouble: Trouble) -> None:
        at = round(self._clock.now().wall * 1000)
        dead = Dead(at, Sink.INFLUXDB, line(row.item, self._site), trouble.reason)
        await self._outbox.buried(Sink.INFLUXDB, [dead])
        await self._outbox.taken(Sink.INFLUXDB, row.id)
        self._standing.dead += 1

    async def _taken(self, rows: Sequence[Row[Point]]) -> None:
        await self._outbox.taken(Sink.INFLUXDB, rows[-1].id)
        self._standing.sent += len(rows)

    def _well(self) -> None:
        if self._standing.error:
            _LOG.warning("influxdb: takes what is sent again")
        self._standing.link, self._standing.error = Link.UP, ""
        self._pause_s = 0.0

    async def _rest(self, trouble: Trouble) -> None:
        """Say what is wrong, once, and pause."""
        if trouble.reason != self._standing.error:
            _LOG.warning("influxdb: %s", trouble.reason)
        stopped = trouble.course is Course.STOP
        self._standing.link = Link.REFUSED if stopped else Link.DOWN
        self._standing.error = trouble.reason
        self._pause_s = pause_s(trouble, self._pause_s)
        await self._clock.sleep(self._pause_s)
