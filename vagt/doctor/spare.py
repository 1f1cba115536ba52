"""Adapters that no device uses."""

from __future__ import annotations

import os
from collections.abc import Callable

from daemon.config import Device
from firmware_bridge.link import LinkRefusedError
from firmware_bridge.ports import Adapter
from vagt.doctor.finding import Examined, Finding, Result
from vagt.doctor.scene import Scene
from vitals.vocabulary import Fault


def adapters(scene: Scene) -> tuple[Adapter, ...]:
    """Return the adapters that no device is sure to mean."""
    ports = scene.ports
    used = {os.path.realpath(row.port) for row in scene.devices if not _doubtful(scene, row)}
    return tuple(one for one in ports.adapters if os.path.realpath(one.port) not in used)


def spare(scene: Scene, listen: Callable[[str], str] | None = None) -> Result:
    """Say which adapters wait for a device; `listen` says what is heard at one."""
    found = adapters(scene)
    findings = tuple(_unused(adapter, listen) for adapter in found)
    count = len(scene.adapters)
    what = f"plugged in {count}, used by no device {len(found)}"
    return Result((Examined("adapters", what),), findings)


def _unused(adapter: Adapter, listen: Callable[[str], str] | None) -> Finding:
    heard = f", {listen(adapter.port)}" if listen else ""
    what = f"adapter {adapter.name}: no device uses it{heard}"
    remedy = "add a [[device]] with this port, or assign a device to it (vagt devices assign)"
    return Finding("adapter_unused", what, remedy)


def _doubtful(scene: Scene, row: Device) -> bool:
    """Tell whether a device's port may mean another adapter, as seen now or by the daemon since."""
    said = None if scene.told is None else scene.told.devices.get(row.name)
    if said is not None and said.fault is Fault.AMBIGUOUS:
        return True
    try:
        scene.ports.check(row.port)
    except LinkRefusedError:
        return True
    return False
