"""A serial line on the event loop; the only file that imports pyserial.

The loop wakes when bytes are there (no polling, no thread); one read drains up to 4 KiB. An empty
read means unplugged: leaving the reader in place would spin a core.
"""

from __future__ import annotations

import asyncio
import errno
import os
import termios
from collections import deque
from pathlib import Path

import serial

from firmware_bridge.link import LinkLostError, LinkRefusedError, Received
from firmware_bridge.pseudo import fitting, pseudo, unsettable
from firmware_bridge.settings import LineSettings
from firmware_bridge.tally import Tally
from vitals.clock import Clock
from vitals.reading import Origin
from vitals.vocabulary import Fault

READ_SIZE = 4096
WAITING_READS = 64
"""Reads kept while nobody asks for them; beyond it the oldest is dropped (and frames with it)."""

_ABSENT = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO}
_BUSY = {errno.EAGAIN, errno.EBUSY}
_DENIED = {errno.EACCES, errno.EPERM}


class SerialLink:
    """One exclusive serial port; implements `Link`."""

    def __init__(
        self, port: str, settings: LineSettings, clock: Clock, tally: Tally | None = None
    ) -> None:
        self._port = port
        self._tally = tally or Tally()
        self._settings = settings
        self._clock = clock
        self._serial: serial.Serial | None = None
        self._reads: deque[Received] = deque(maxlen=WAITING_READS)
        self._arrived = asyncio.Event()
        self._lost = ""
        self._fault = Fault.OTHER

    @property
    def origin(self) -> Origin:
        """Return simulated for a pseudo-terminal: no monitor is wired to one."""
        return Origin.SIMULATED if pseudo(self._port) else Origin.MEASURED

    async def open(self) -> None:
        """Open the port for this process alone and start to listen."""
        with self._tally.opening():
            self._serial = self._opened()
        self._lost, self._fault = "", Fault.OTHER
        fd = self._serial.fileno()
        asyncio.get_running_loop().add_reader(fd, self._drain, fd)

    async def read(self) -> Received:
        """Return the oldest read that waits, or wait for the next; LinkLostError when unplugged."""
        while not self._reads:
            if self._lost:
                raise LinkLostError(self._lost, self._fault)
            self._arrived.clear()
            await self._arrived.wait()
        return self._reads.popleft()

    def write(self, data: bytes) -> None:
        """Send bytes; requests are short, and a line that cannot take one loses it."""
        if self._serial is None:
            raise LinkLostError(f"{self._port} is not open")
        try:
            self._tally.link_gave(os.write(self._serial.fileno(), data))
        except BlockingIOError:
            return
        except OSError as error:
            raise _unplugged(self._port) from error

    def close(self) -> None:
        """Stop listening and release the port; whoever waits for a read hears that it is closed."""
        self._stop()
        self._reads.clear()
        self._lost = self._lost or f"{self._port} was closed"
        self._arrived.set()

    def _opened(self) -> serial.Serial:
        line = fitting(self._port, self._settings)
        try:
            return serial.Serial(
                self._port,
                baudrate=line.baud,
                bytesize=line.data_bits,
                parity=line.parity,
                stopbits=line.stop_bits,
                timeout=0,
                exclusive=True,
            )
        except (serial.SerialException, OSError) as error:
            raise _translated(self._port, error.errno) from error
        except termios.error as error:  # neither of pyserial's nor of the system's
            raise LinkRefusedError(unsettable(self._port, line)) from error

    def _drain(self, fd: int) -> None:
        try:
            data = os.read(fd, READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._tally.link_took(len(data))
            self._reads.append(Received(data, self._clock.now()))
        else:
            self._lost, self._fault = str(_unplugged(self._port)), Fault.UNPLUGGED
            self._stop()
        self._arrived.set()

    def _stop(self) -> None:
        if self._serial is not None:
            asyncio.get_running_loop().remove_reader(self._serial.fileno())
            self._serial.close()
            self._serial = None
            self._tally.link_closed()


def _unplugged(port: str) -> LinkLostError:
    return LinkLostError(f"{port} was unplugged: plug it in again", Fault.UNPLUGGED)


def _translated(port: str, number: int | None) -> LinkLostError | LinkRefusedError:
    if number in _ABSENT:
        remedy = "plug the adapter in, or mend `port`"
        return LinkLostError(f"{port} is not there: {remedy}", Fault.MISSING)
    if number in _BUSY:
        held = "in use by another program: stop that program"
        return LinkRefusedError(f"{port} is {held}", Fault.IN_USE)
    if number in _DENIED:
        who = "add this user to the group that owns it (dialout)"
        return LinkRefusedError(f"{port} may not be opened: {who}", Fault.DENIED)
    kind = "a folder" if Path(port).is_dir() else "no serial port"
    return LinkRefusedError(f"{port} is {kind}: mend `port`", Fault.NO_PORT)
