"""What ails a monitor itself: on its wire, or in the monitor."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from devices.simulated.course import Steps
from devices.simulated.rows import Trouble

WIRE = frozenset({Trouble.DEAD, Trouble.NOISE})
"""What can happen to any wire."""
SUFFERS: Mapping[str, frozenset[Trouble]] = MappingProxyType(
    {
        "capnostat5": frozenset({Trouble.LINE, Trouble.ZERO}),
        "ge-dri": frozenset({Trouble.LEADS, Trouble.LINE, Trouble.ZERO, Trouble.DIATHERMY}),
    }
)
"""What a monitor that is simulated can say of itself besides, by its protocol."""


class Simulator(Protocol):
    """A device's end of the wire."""

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote."""
        ...

    def emit(self, elapsed_s: float) -> bytes:
        """Return what is due `elapsed_s` after the start and was not returned before."""
        ...


@runtime_checkable
class Sufferer(Protocol):
    """A simulator that can be in trouble itself."""

    def suffer(self, trouble: Trouble) -> None:
        """Be in this trouble from now on, and in no other."""
        ...


class Troubled:
    """A simulator with its troubles, each at its time; implements `Simulator`."""

    def __init__(self, inner: Simulator, troubles: Steps[Trouble], seed: int = 0) -> None:
        self._inner = inner
        self._troubles = troubles
        self._random = Random(seed)
        self._now = Trouble.NONE

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote, unless the wire is broken."""
        if self._now is not Trouble.DEAD:
            self._inner.receive(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return what is due, as it arrives."""
        now = self._troubles.at(elapsed_s)
        if now is not self._now and isinstance(self._inner, Sufferer):
            self._inner.suffer(now)
        self._now = now
        data = self._inner.emit(elapsed_s)
        match now:
            case Trouble.DEAD:
                return b""
            case Trouble.NOISE:
                return self._random.randbytes(len(data))
            case _:
                return data
