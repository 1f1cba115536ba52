"""The tables of a configuration that say what is told to servers, kept, filed and backed up."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields, replace

from daemon.backup.settings import Backups
from daemon.filing import Filing
from daemon.keeping import Keeping
from daemon.tables import Table, Tables
from telemetry.schema import Sink
from telemetry.settings import Broker, History, Server

TABLES = frozenset({"influxdb", "mqtt", "history", "report", "backup", "retention"})


class Outward(Struct, frozen=True):
    """Where telemetry and reports go; nowhere by default."""

    influxdb: Server | None = None
    mqtt: Broker | None = None
    history: History = History()
    report: Filing = Filing()
    backup: Backups | None = None
    retention: Keeping = Keeping()

    @property
    def sinks(self) -> frozenset[Sink]:
        """Return the sinks that are configured."""
        told = {Sink.INFLUXDB: self.influxdb, Sink.MQTT: self.mqtt}
        return frozenset(sink for sink, server in told.items() if server is not None)


def outward(tables: Tables, folder: Path) -> Outward:
    """Return what is said of telemetry and reports; a relative path begins in `folder`."""
    return Outward(
        _placed(tables, "influxdb", Server, folder),
        _placed(tables, "mqtt", Broker, folder),
        tables.table("history", History) or History(),
        _placed(tables, "report", Filing, folder) or Filing(),
        _placed(tables, "backup", Backups, folder),
        (tables.table("retention", Keeping) if tables.has("retention") else None) or Keeping(),
    )


def _placed(tables: Tables, name: str, kind: type[Table], folder: Path) -> Table | None:
    if not tables.has(name) or (found := tables.table(name, kind)) is None:
        return None
    said = {field.name: getattr(found, field.name) for field in fields(found)}
    return replace(found, **{n: folder / of for n, of in said.items() if isinstance(of, Path)})
