"""Every device that can be simulated, by the protocol it speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol

from devices.nonin.simulator import NoninSimulator
from devices.nonin.wire import Df2Frame, Df7Frame
from devices.simulated.patient import Patient


class Simulator(Protocol):
    """A device's end of the wire."""

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote."""
        ...

    def emit(self, elapsed_s: float) -> bytes:
        """Return what is due `elapsed_s` after the start and was not returned before."""
        ...


SIMULATORS: Mapping[str, Callable[[Patient, int], Simulator]] = MappingProxyType(
    {
        "nonin-df2": partial(NoninSimulator, Df2Frame),
        "nonin-df7": partial(NoninSimulator, Df7Frame),
    }
)
"""Each makes the simulator of a patient and a seed."""
