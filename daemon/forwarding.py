"""Telemetry, composed: what leaves, the outbox that holds it, and a life for each server."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from daemon.config import Config
from daemon.defects import Defects
from daemon.picture import Station
from daemon.protocol.message import Message
from daemon.protocol.messages import Snapshot
from daemon.protocol.telemetry import Sink as SinkState
from daemon.protocol.telemetry import Telemetry
from daemon.supervision import Outcome, supervise
from daemon.telling import Telling
from telemetry import topics
from telemetry.draining import Draining
from telemetry.outbox import Outbox
from telemetry.payloads import Beat
from telemetry.publishing import Publishing
from telemetry.schema import FILE, Sink, StoreError
from telemetry.series import Message as Told
from telemetry.standing import Link, Standing
from telemetry.store import Owed
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.reading import Item

LOOK_S = 1.0
LOOKS = 61
"""A rate is taken over a minute."""
AGAIN_S = 60.0
"""An outbox that cannot be opened is tried again after so long."""

NOTHING = Owed(0, None)

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Stream:
    """One sink: its life, and what was last seen of it."""

    live: Callable[[], Awaitable[None]]
    standing: Standing
    owed: Owed = NOTHING
    sent: deque[int] = field(default_factory=lambda: deque([0], LOOKS))
    """How many rows were acknowledged at each of the last looks."""

    @property
    def rate(self) -> float:
        """Return how many rows were acknowledged a second, over the last minute."""
        looks = len(self.sent) - 1
        return round((self.sent[-1] - self.sent[0]) / (looks * LOOK_S), 1) if looks else 0.0


class Forwarding:
    """Hears what dashboards are told; nothing that is shown or judged waits for it."""

    def __init__(self, config: Config, version: str, clock: Clock) -> None:
        out = config.outward
        self._clock = clock
        self.outbox = Outbox(config.data.dir / FILE, out.history, out.sinks, clock)
        self._streams: dict[Sink, _Stream] = {}
        tell: Callable[[Told], None] = _nobody
        if (server := out.influxdb) is not None:
            standing = Standing()
            life = Draining(self.outbox, server, config.site.code, clock, standing).live
            self._streams[Sink.INFLUXDB] = _Stream(life, standing)
        if (broker := out.mqtt) is not None:
            root = topics.root(broker, config.site.code)
            sink = Publishing(self.outbox, broker, root, Beat("", version), clock)
            self._streams[Sink.MQTT] = _Stream(sink.live, sink.standing)
            tell = sink.tell
        self._telling = Telling(self.outbox.put, tell, waves=out.history.waves)
        self._beds = tuple(bed.name for bed in config.beds)
        self._defects = Defects("telemetry: defect")
        self._opened = asyncio.Event()
        self._failing = ""

    def begin(self, snapshot: Snapshot) -> None:
        """Take everything as it stands when the daemon has started."""
        with self._rim():
            self._telling.begin(snapshot, self._beds, self._clock.now())

    def item(self, station: Station, item: Item) -> None:
        """Take what a device sent."""
        with self._rim():
            self._telling.item(station, item)

    def message(self, message: Message) -> None:
        """Take what dashboards are told."""
        with self._rim():
            self._telling.message(message, self._clock.now())

    @contextmanager
    def _rim(self) -> Iterator[None]:
        """Let a defect of telemetry reach nobody at a bedside; it is logged once."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the rim: whoever tells must go on
            self._defects.take(error)

    def owed(self) -> float:
        """Return which share of the outbox's quota servers are owed."""
        return self.outbox.state.fill

    def start(self, group: asyncio.TaskGroup, tell: Callable[[Message], None]) -> None:
        """Let history be kept and every server be served; `tell` hears each second how it goes."""
        lives = {"outbox": (self._keep, self._unkept), "telemetry": (self._look(tell), _unseen)}
        for sink, stream in self._streams.items():
            lives[sink] = partial(self._serve, stream), partial(_unserved, stream)
        for name, (life, ended) in lives.items():
            group.create_task(supervise(name, life, ended, self._clock), name=name)

    async def close(self) -> None:
        """Commit what waits."""
        await self.outbox.close()

    async def _keep(self) -> None:
        """Open the outbox, as soon as it can be, and let it live."""
        while not self._opened.is_set():
            try:
                await self.outbox.open()
            except StoreError as error:
                if str(error) != self._failing:
                    _LOG.error("outbox: %s", error)
                self._failing = str(error)
                await self._clock.sleep(AGAIN_S)
            else:
                self._failing = ""
                self._opened.set()
        await self.outbox.live()

    def _unkept(self, outcome: Outcome) -> None:
        self._failing = outcome.reason

    async def _serve(self, stream: _Stream) -> None:
        await self._opened.wait()
        await stream.live()

    def _look(self, tell: Callable[[Message], None]) -> Callable[[], Awaitable[None]]:
        async def looking() -> None:
            while True:
                now = self._clock.now()
                self._telling.beat(now)
                await self._count()
                tell(self.status(self._clock.now()))
                await self._clock.sleep(LOOK_S)

        return looking

    async def _count(self) -> None:
        for sink, stream in self._streams.items():
            with suppress(StoreError):  # it stays as it was seen last
                if self._opened.is_set():
                    stream.owed = await self.outbox.owed(sink)
            stream.sent.append(stream.standing.sent)

    def status(self, now: Instant) -> Telemetry:
        """Return how the streams stand."""
        state = self.outbox.state
        return Telemetry(
            at=now.rfc3339(),
            sinks=tuple(_sink(sink, stream, now) for sink, stream in self._streams.items()),
            fill=round(state.fill, 3),
            lost=state.lost,
            failing=self._failing or state.failing,
        )


def _nobody(_: Told) -> None:
    """Tell nobody: no broker is configured."""


def _sink(sink: Sink, stream: _Stream, now: Instant) -> SinkState:
    standing, oldest = stream.standing, stream.owed.oldest
    return SinkState(
        name=sink,
        link=standing.link,
        owed=stream.owed.count,
        oldest_s=None if oldest is None else max(0.0, round(now.wall - oldest / 1000, 1)),
        sent=standing.sent,
        dead=standing.dead,
        rate=stream.rate,
        error=standing.error,
    )


def _unserved(stream: _Stream, outcome: Outcome) -> None:
    stream.standing.link, stream.standing.error = Link.DOWN, outcome.reason


def _unseen(outcome: Outcome) -> None:
    _LOG.error("telemetry: %s", outcome.reason)
