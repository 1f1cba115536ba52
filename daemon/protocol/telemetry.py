"""What is told of the streams to servers, and of the history that is kept here."""

from __future__ import annotations

from msgspec import Struct

from daemon.protocol.message import Message
from vitals.outward import Link


class Sink(Struct, frozen=True):
    """One server, and what waits for it."""

    name: str
    """`influxdb` or `mqtt`."""
    link: Link
    owed: int
    """Rows that wait: points for InfluxDB, events for MQTT."""
    oldest_s: float | None
    """Since when the oldest of them waits, in s; null when none does."""
    sent: int
    """Rows acknowledged since the daemon started."""
    dead: int
    """Rows that the server will never take, since the daemon started."""
    rate: float
    """Rows acknowledged a second, over the last minute."""
    error: str = ""
    """What was wrong last, in one English line for a technician; empty when all is well."""


class Telemetry(Message, frozen=True, tag="telemetry"):
    """How the streams stand; sent once a second."""

    at: str
    sinks: tuple[Sink, ...]
    """Those that are configured."""
    fill: float
    """Share of the outbox's quota that is owed, 0 to 1."""
    lost: int
    """Rows that were owed and went, because the outbox was full or the disk failed."""
    failing: str = ""
    """Why no history is kept, in one English line for a technician; empty when all is well."""
