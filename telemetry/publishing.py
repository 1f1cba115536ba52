"""The life of the MQTT sink: state as it stands, events in order until each is taken."""

from __future__ import annotations

import logging
from contextlib import suppress

import msgspec

from telemetry import topics
from telemetry.broker import DeniedError, Wire, connected
from telemetry.discovery import announcements
from telemetry.failure import Course, Trouble, TroubleError, pause_s
from telemetry.outbox import Outbox
from telemetry.payloads import Beat
from telemetry.schema import Sink, StoreError
from telemetry.series import Message
from telemetry.settings import Broker
from telemetry.standing import Link, Standing
from vitals.clock import Clock
from vitals.instant import Instant

TICK_S = 0.25
BEAT_S = 1.0
BEATS = 10
"""Of so many, one says `online` again."""
EVENTS = 100
"""Events taken from the outbox at a time."""
DENIED_S = 60.0
"""What the broker denied is tried again after so long: somebody has to mend its rights."""

_LOG = logging.getLogger(__name__)


class Publishing:
    """Tells the broker what `tell` is told, and the events that the outbox owes."""

    def __init__(self, outbox: Outbox, broker: Broker, root: str, beat: Beat, clock: Clock) -> None:
        self._outbox = outbox
        self._broker = broker
        self._root = root
        self._beat = beat
        self._clock = clock
        self._state: dict[str, Message] = {}
        self._changed: dict[str, Message] = {}
        self._announced: set[str] = set()
        self._beats = 0
        self._denied: dict[str, tuple[str, Instant]] = {}
        self._pause_s = 0.0
        self.standing = Standing()

    def tell(self, message: Message) -> None:
        """Take the state of a topic, which replaces the last; never waits."""
        self._state[message.topic] = self._changed[message.topic] = message

    async def live(self) -> None:
        """Connect and tell, for ever; trouble is told in `standing`, and waited out."""
        while True:
            try:
                async with connected(self._broker, self._path(topics.ONLINE)) as wire:
                    await self._serve(wire)
            except TroubleError as error:
                await self._rest(error.trouble)

    async def _serve(self, wire: Wire) -> None:
        """Tell everything that is so, and then what changes."""
        self._changed = dict(self._state)
        self._announced.clear()
        beaten: Instant | None = None
        while True:
            now = self._clock.now()
            await self._tell_state(wire, now)
            with suppress(StoreError):  # the outbox says so itself; states go on
                await self._tell_events(wire, now)
            if beaten is None or now.seconds_since(beaten) >= BEAT_S:
                beaten = now
                await self._tell_life(wire, now)
            self._stand()
            await self._clock.sleep(TICK_S)

    async def _tell_life(self, wire: Wire, now: Instant) -> None:
        """Beat; and say `online` again, now and then.

        Where a network broke, the broker misses the end of the connection, and tells its last will
        when another has long begun.
        """
        beat = msgspec.structs.replace(self._beat, at=now.rfc3339())
        await self._said(wire, topics.BEAT, msgspec.json.encode(beat), now)
        self._beats += 1
        if self._beats % BEATS == 0:
            await self._said(wire, topics.ONLINE, b"online", now, retain=True)

    async def _tell_state(self, wire: Wire, now: Instant) -> None:
        changed, self._changed = self._changed, {}
        for topic, message in changed.items():
            await self._announce(wire, message)
            await self._said(wire, topic, message.payload, now, retain=True)

    async def _tell_events(self, wire: Wire, now: Instant) -> None:
        """Tell the owed events in order; one that is denied is owed still."""
        for row in await self._outbox.messages(EVENTS):
            message = row.item
            if not await self._said(wire, message.topic, message.payload, now):
                return
            await self._outbox.taken(Sink.MQTT, row.id)
            self.standing.sent += 1

    async def _announce(self, wire: Wire, message: Message) -> None:
        if not self._broker.home_assistant:
            return
        for topic, payload in announcements(self._root, message, self._announced):
            try:
                await wire.publish(topic, payload, retain=True)
            except DeniedError as error:
                _LOG.warning("mqtt: %s: mend the rights of `user`", error)

    async def _said(
        self, wire: Wire, topic: str, payload: bytes, now: Instant, *, retain: bool = False
    ) -> bool:
        """Publish below the site's topic; tell whether the broker took it."""
        taken = await self._taken(wire, topic, payload, now, retain=retain)
        if not taken and topic in self._state:
            self._changed.setdefault(topic, self._state[topic])
        return taken

    async def _taken(
        self, wire: Wire, topic: str, payload: bytes, now: Instant, *, retain: bool
    ) -> bool:
        denied = self._denied.get(topic)
        if denied is not None and now.seconds_since(denied[1]) < DENIED_S:
            return False
        try:
            await wire.publish(self._path(topic), payload, retain=retain)
        except DeniedError as error:
            self._denied[topic] = f"{error}: mend the rights of `user`", now
            return False
        self._denied.pop(topic, None)
        return True

    def _stand(self) -> None:
        """Say how it stands: refused while anything is denied."""
        error = next((reason for reason, _ in self._denied.values()), "")
        self._tell_error(error)
        self.standing.link = Link.REFUSED if error else Link.UP
        self._pause_s = 0.0

    async def _rest(self, trouble: Trouble) -> None:
        """Say what is wrong, once, and pause."""
        self._denied.clear()
        self._tell_error(trouble.reason)
        stopped = trouble.course is Course.STOP
        self.standing.link = Link.REFUSED if stopped else Link.DOWN
        self._pause_s = pause_s(trouble, self._pause_s)
        await self._clock.sleep(self._pause_s)

    def _tell_error(self, error: str) -> None:
        if error != self.standing.error:
            _LOG.warning("mqtt: %s", error or "all is well again")
        self.standing.error = error

    def _path(self, topic: str) -> str:
        return f"{self._root}/{topic}"
