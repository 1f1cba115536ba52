"""Everything that the checks look at, gathered once: no check asks the machine for more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import structs

from daemon.config import Config, Device
from firmware_bridge.ports import ROOT, Adapter, Ports
from vagt.doctor.person import Person, myself, somebody
from vagt.doctor.programs import printed
from vagt.doctor.told import Told
from vitals.instant import Instant


@dataclass(frozen=True, slots=True)
class Scene:
    """A configuration, the machine it is for, and what the daemon said."""

    file: Path
    config: Config
    now: Instant
    version: str
    """Of this program."""
    root: Path = ROOT
    """Under it lie the `dev`, `sys`, `proc`, `run`, `etc` and `opt` of the machine."""
    me: Person = field(default_factory=myself)
    told: Told | None = None
    """None while no daemon answers."""
    unheard: str = ""
    """Why none does."""
    refused: bool = False
    """Nobody was there to be asked."""
    serving: Person | None = None
    """As whom the daemon is to run by its unit; None where it is no service here."""
    run: Callable[..., str] = printed
    """Runs a program of the machine and returns what it prints; empty where it cannot."""

    @property
    def ports(self) -> Ports:
        """Return which names are in doubt just now."""
        ports = Ports(self.root)
        ports.look()
        return ports

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """Return every adapter that is plugged in."""
        return self.ports.adapters

    @property
    def keeper(self) -> Person:
        """Return who opens the ports and keeps the journal: the daemon's user, or whoever asks."""
        if self.told is not None:
            return somebody(self.told.uid)
        return self.me if self.serving is None else self.serving

    @property
    def devices(self) -> tuple[Device, ...]:
        """Return the configured devices, each at the bed and port where it stands just now."""
        return tuple(self._standing(device) for device in self.config.devices)

    def _standing(self, device: Device) -> Device:
        said = None if self.told is None else self.told.devices.get(device.name)
        if said is None:
            return device
        return structs.replace(device, bed=said.bed, port=said.port or device.port)
