"""The other side of a pseudo-terminal: it pumps anything that can `receive` and `emit`."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import termios
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from firmware_bridge.tally import Tally
from vitals.clock import Clock

TICK_S = 0.02
BYTE_S = 10 / 9600
"""One byte on a 9600 baud line, start and stop bit included."""
ROOM = 4095
"""What waits unread on a near side at most (Linux, drivers/tty/n_tty.c, N_TTY_BUF_SIZE)."""
LOOKS = 10_000
"""For what was sent to arrive: a second and more, of real time."""
YIELDS = 100
"""After so many looks that left the processor to whoever waits for it each look is after a nap."""
NAP_S = 0.0001


class FarEndError(Exception):
    """The link path cannot be used; the message says how to mend it."""


class Peer(Protocol):
    """A device's end of the wire."""

    def receive(self, data: bytes) -> None:
        """Take what the other side wrote."""
        ...

    def emit(self, elapsed_s: float) -> bytes:
        """Return everything that is due up to `elapsed_s` and was not returned before."""
        ...


class FarEnd:
    """A pseudo-terminal whose near side is found under `path`, as a plugged-in adapter would be.

    With a tally both ends are in this process: bytes are counted, and what is sent arrives whole.
    """

    def __init__(self, path: Path, tally: Tally | None = None) -> None:
        self._path = path
        self._tally = tally
        self._master = -1
        self._slave = -1
        self._come = b""
        if tally is not None:
            tally.fetch = self._fetch

    @property
    def plugged(self) -> bool:
        """Tell whether the near side exists just now."""
        return self._master >= 0

    def plug(self) -> None:
        """Make the near side appear; FarEndError when the path is taken by something else."""
        if self._path.exists() and not self._path.is_symlink():
            raise FarEndError(f"{self._path} exists and is no link: choose another path")
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        try:
            self._path.unlink(missing_ok=True)
            self._path.symlink_to(os.ttyname(self._slave))
        except OSError as error:
            self._close()
            raise FarEndError(f"{self._path} cannot be made: {error.strerror}") from error

    def unplug(self) -> None:
        """Pull the cable: readers of the near side see the end of input."""
        if self.plugged:
            self._path.unlink(missing_ok=True)
            self._close()
            self._come = b""
            if self._tally is not None:
                self._tally.far_cut()

    def written(self) -> bytes:
        """Return what the near side wrote since the last call."""
        self._fetch()
        come, self._come = self._come, b""
        return come

    def send(self, data: bytes) -> None:
        """Put bytes on the wire; what a full line cannot take is lost, as on a real one."""
        try:
            if self._tally is None:
                os.write(self._master, data)
            else:
                self._tally.far_gave(self._hand_over(data))
        except BlockingIOError:
            return

    def _fetch(self) -> None:
        try:
            come = os.read(self._master, 4096) if self.plugged else b""
        except BlockingIOError:
            return
        self._come += come
        if self._tally is not None:
            self._tally.far_took(len(come))

    def _hand_over(self, data: bytes) -> int:
        """Write what the near side has room for and return, when it is there, how much that is.

        The kernel may hand one write on in portions; a reader in this process sees none of them
        before the last, so that it reads the same however busy the machine is.
        """
        if not data:
            return 0
        waited = _unread(self._slave)
        given = os.write(self._master, data[: max(0, ROOM - waited)])
        for look in range(LOOKS):
            if _unread(self._slave) >= waited + given:
                break
            os.sched_yield() if look < YIELDS else select.select((), (), (), NAP_S)
        return given

    def _close(self) -> None:
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = -1


def _unread(near: int) -> int:
    """Return how many bytes have come to a near side and were not read (FIONREAD, ioctl_tty(2))."""
    return int(struct.unpack("i", fcntl.ioctl(near, termios.FIONREAD, bytes(4)))[0])


async def pump(
    far_end: FarEnd,
    peer: Peer,
    clock: Clock,
    *,
    cable_in: Callable[[float], bool],
    byte_by_byte: bool = False,
    tick_s: float = TICK_S,
) -> None:
    """Run the device's end until cancelled, pulling the cable whenever `cable_in` says so."""
    started = clock.now()
    try:
        while True:
            elapsed_s = clock.now().seconds_since(started)
            if cable_in(elapsed_s) != far_end.plugged:
                far_end.unplug() if far_end.plugged else far_end.plug()
            due = peer.emit(elapsed_s)
            if far_end.plugged:
                if written := far_end.written():
                    peer.receive(written)
                await _send(far_end, due, clock, byte_by_byte=byte_by_byte)
            await clock.sleep(tick_s)
    finally:
        far_end.unplug()


async def _send(far_end: FarEnd, data: bytes, clock: Clock, *, byte_by_byte: bool) -> None:
    if not byte_by_byte:
        far_end.send(data)
        return
    begun = clock.now()
    for index in range(len(data)):
        far_end.send(data[index : index + 1])
        due_s = (index + 1) * BYTE_S
        await clock.sleep(max(0.0, due_s - clock.now().seconds_since(begun)))
