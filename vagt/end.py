"""A simulated device's end of a wire: a serial port at a path, or Modbus TCP at an address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from firmware_bridge.far_end import FarEnd, Peer, pump
from firmware_bridge.gateway import Gateway
from firmware_bridge.tally import Tally
from firmware_bridge.tcp_link import SCHEME
from vitals.clock import Clock


def networked(link: str) -> bool:
    """Tell whether a link is an address and not a path."""
    return link.startswith(f"{SCHEME}://")


async def emit(
    link: str,
    peer: Peer,
    clock: Clock,
    *,
    cable_in: Callable[[float], bool],
    byte_by_byte: bool,
    ready: Callable[[str], None] = lambda _: None,
    tally: Tally | None = None,
) -> None:
    """Be the device until cancelled; `ready` is told where it is, once it is there.

    What goes over the wire is counted into `tally`, which its link must share.

    Raises FarEndError when the link cannot be had.
    """
    if networked(link):
        gateway = Gateway(link, peer, clock, byte_by_byte=byte_by_byte, tally=tally)
        await gateway.serve(cable_in=cable_in, ready=lambda: ready(gateway.port))
        return
    far_end = FarEnd(Path(link), tally)
    far_end.plug()
    ready(link)
    await pump(far_end, peer, clock, cable_in=cable_in, byte_by_byte=byte_by_byte)
