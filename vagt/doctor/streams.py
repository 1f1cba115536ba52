"""The servers that telemetry goes to, the secrets for them, and what waits."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from daemon.protocol.telemetry import Sink, Telemetry
from vagt.doctor.credentials import source
from vagt.doctor.finding import Examined, Finding, Result, found, seen
from vagt.doctor.scene import Scene
from vitals.outward import Link

_OPEN = stat.S_IRWXO
NEARLY = 0.5
"""From this share of the quota on, what is owed is worth a line."""


def streams(scene: Scene) -> Result:
    """Say whether every configured server takes what is sent, and whether history is kept."""
    findings = [*_secrets(scene), *_plain(scene)]
    said = None if scene.told is None else scene.told.telemetry
    if said is None:
        names = ", ".join(sorted(scene.config.outward.sinks)) or "none configured"
        what = f"{names}; how they stand only the daemon knows"
        return Result((Examined("telemetry", what),), tuple(findings))
    findings += [*_servers(said), *_kept(said)]
    told = ", ".join(f"{sink.name} {sink.link}, {sink.owed} waiting" for sink in said.sinks)
    what = told or "no server configured: history is kept here alone"
    return found("telemetry", what, *findings) if findings else seen("telemetry", what)


def _servers(said: Telemetry) -> Iterator[Finding]:
    for sink in said.sinks:
        if sink.link is not Link.UP:
            what = f"{sink.name}: {sink.link}: {sink.error or 'no connection yet'}"
            yield Finding(f"{sink.name}_{sink.link}", what, _remedy(sink))
        if sink.dead:
            what = f"{sink.name}: {sink.dead} rows that it will never take"
            yield Finding("dead_letters", what, "see `vagt telemetry dead-letters`")


def _remedy(sink: Sink) -> str:
    if sink.link is Link.REFUSED:
        return "mend what it says; it is tried again each minute"
    return "see that the server is on and can be reached; nothing is lost meanwhile"


def _kept(said: Telemetry) -> Iterator[Finding]:
    if said.failing:
        yield Finding("history_failing", f"history: {said.failing}", "until then none is kept")
    if said.fill >= NEARLY:
        what = f"outbox: {said.fill:.0%} of its quota waits for servers"
        yield Finding("outbox_filling", what, "mend the server, or remove its table")
    if said.lost:
        what = f"outbox: {said.lost} rows that were owed are lost since it was begun"
        yield Finding("outbox_lost", what, "raise `quota_mib` of [history], or mend the server")


def _plain(scene: Scene) -> Iterator[Finding]:
    """Yield what goes over a network in the clear: it is health data."""
    out = scene.config.outward
    for name, server in (("influxdb", out.influxdb), ("mqtt", out.mqtt)):
        if server is not None and not server.encrypted:
            what = f"{name}: health data go over the network unencrypted"
            yield Finding("unencrypted", what, "use https:, or `tls = true`")


def _secrets(scene: Scene) -> Iterator[Finding]:
    """Yield what is wrong of the files that only the daemon's user is to read."""
    out = scene.config.outward
    files: list[Path | None] = [out.influxdb.token_file if out.influxdb else None]
    if out.mqtt is not None:
        files += [out.mqtt.password_file, out.mqtt.key_file]
    files.append(scene.config.patients.key_file)
    for file in files:
        if file is not None and (finding := _secret(scene, file)) is not None:
            yield finding


def _secret(scene: Scene, file: Path) -> Finding | None:
    """Return what is wrong of a secret; who may read one that systemd hands on is told there."""
    kept = source(scene.root, file)
    try:
        mode = kept.stat().st_mode
    except PermissionError:
        return None
    except OSError as error:
        what = f"{kept}: {(error.strerror or str(error)).lower()}"
        return Finding("secret_missing", what, "write the secret there, and restart the daemon")
    if mode & _OPEN and kept == file:
        what = f"{file}: everybody on this machine can read it"
        return Finding("secret_open", what, f"chmod o= {file}")
    return None
