"""Two devices whose ports were exchanged: each hears what the other is to hear."""

from __future__ import annotations

from itertools import combinations

from daemon.config import Device
from vagt.doctor.finding import Finding, Result
from vagt.doctor.scene import Scene


def swapped(scene: Scene) -> Result:
    """Say which two devices have one another's port, as what they cannot read shows."""
    pairs = combinations(scene.devices, 2)
    return Result(findings=tuple(_swap(a, b) for a, b in pairs if _crossed(scene, a, b)))


def _crossed(scene: Scene, one: Device, other: Device) -> bool:
    return _hears(scene, one, other.protocol) and _hears(scene, other, one.protocol)


def _hears(scene: Scene, row: Device, protocol: str) -> bool:
    look = scene.told.looks.get(row.name) if scene.told else None
    return look is not None and protocol in look.protocols and row.protocol not in look.protocols


def _swap(one: Device, other: Device) -> Finding:
    what = f"{one.name} and {other.name}: each hears what looks like the other's monitor"
    remedy = f"plug the two cables the other way round, or give {one.name} the port {other.port}"
    return Finding("ports_swapped", what, f"{remedy} and {other.name} the port {one.port}")
