"""Names of adapters beside udev's own: whether each can mean one adapter only."""

from __future__ import annotations

import os

from daemon.config import Device
from firmware_bridge.ports import BY_ID, BY_PATH, Adapter
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.scene import Scene


def identity(scene: Scene) -> Result:
    """Say which adapters have no number of their own, and which device is named by such a one.

    Names under `by-id` the daemon itself refuses; those under `by-path` mean a socket.
    """
    plugged = scene.adapters
    doubtful = [one for one in plugged if _doubt(one, plugged)]
    findings = [one for row in scene.devices if (one := _named(scene, row, doubtful)) is not None]
    return found("identity", f"adapters without a number of their own {len(doubtful)}", *findings)


def _named(scene: Scene, row: Device, doubtful: list[Adapter]) -> Finding | None:
    if row.port.startswith((str(scene.root / BY_ID), str(scene.root / BY_PATH))):
        return None
    real = os.path.realpath(row.port)
    named = [one for one in doubtful if os.path.realpath(one.port) == real]
    if not named or row.port in {one.port for one in named}:
        return None
    doubt = _doubt(named[0], scene.adapters)
    what = f"{row.name}: {row.port} {doubt}, so that another may be read in its place"
    return Finding("adapter_twin", what, _way(named[0]))


def _doubt(adapter: Adapter, plugged: tuple[Adapter, ...]) -> str:
    """Return why the number of an adapter is not its own; empty where it is."""
    if adapter.itself is None:
        return ""
    serial, place = adapter.itself.serial, adapter.itself.place
    if not serial:
        return "is an adapter without a serial number"
    numbers = [(one.itself.serial, one.itself.place) for one in plugged if one.itself is not None]
    same = numbers.count((serial, place))
    return f"is one of {same} adapters with the serial number {serial}" if same > 1 else ""


def _way(adapter: Adapter) -> str:
    place = adapter.places[0] if adapter.places else f"/{BY_PATH}/..."
    return f'write port = "{place}", and label cable and socket'
