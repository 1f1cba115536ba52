"""A simulated device's end of a wire: a serial port at a path, or Modbus TCP at an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firmware_bridge.far_end import TICK_S, FarEnd, Peer, pump
from firmware_bridge.gateway import Gateway
from firmware_bridge.tally import Tally
from firmware_bridge.tcp_link import SCHEME
from vitals.clock import Clock


@dataclass(frozen=True, slots=True)
class Manner:
    """How a device's bytes come."""

    byte_by_byte: bool = False
    """Each alone, as slowly as on a line of 9600 baud."""
    tick_s: float = TICK_S
    """How often it acts."""
    tally: Tally | None = None
    """Where they are counted, shared with its link in this process."""


def networked(link: str) -> bool:
    """Tell whether a link is an address and not a path."""
    return link.startswith(f"{SCHEME}://")


async def emit(
    link: str,
    peer: Peer,
    clock: Clock,
    *,
    cable_in: Callable[[float], bool],
    manner: Manner,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Be the device until cancelled; `ready` is told where it is, once it is there.

    Raises FarEndError when the link cannot be had.
    """
    single, tick_s, tally = manner.byte_by_byte, manner.tick_s, manner.tally
    if networked(link):
        gateway = Gateway(link, peer, clock, byte_by_byte=single, tally=tally)

        def found() -> None:
            ready(gateway.port)

        await gateway.serve(cable_in=cable_in, ready=found, tick_s=tick_s)
        return
    far_end = FarEnd(Path(link), tally)
    far_end.plug()
    ready(link)
    await pump(far_end, peer, clock, cable_in=cable_in, byte_by_byte=single, tick_s=tick_s)
