"""Modbus over TCP and over serial lines; the only file that imports pymodbus.

Requests and answers are RTU frames on this side whatever the wire carries, so that a driver reads
captures, serial lines and TCP alike. Answers are made by `read` itself, one request at a time:
there is no task that could outlive the link, and pymodbus neither retries nor reconnects.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import struct
import termios
from collections import deque
from pathlib import Path

from pymodbus import FramerType
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusException
from pymodbus.pdu import ModbusPDU

from firmware_bridge.heeded import heeded
from firmware_bridge.link import LinkLostError, LinkRefusedError, Received
from firmware_bridge.pseudo import fitting, pseudo, unsettable
from firmware_bridge.request import Request, crc
from firmware_bridge.settings import LineSettings
from firmware_bridge.tally import Tally
from firmware_bridge.tcp_link import SCHEME, address
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.reading import Origin
from vitals.vocabulary import Fault

TIMEOUT_S = 0.5
"""How long an answer is waited for, and a connection."""
FLUSH_S = 0.5
"""Nothing is asked for so long after an answer failed: RTU answers carry no number, so one that
comes late would be taken for the next request's."""
PAUSE_S = 0.02
"""Between an answer and the next request; pymodbus makes none."""
SILENT_REQUESTS = 20
"""After so many without an answer the wire is opened anew; pymodbus would keep a dead one."""
WAITING_REQUESTS = 16
WAITING_S = 1.0
"""A request that could not be sent for so long is dropped: who asked has given it up."""
TCP_PORT = 502

REFUSED = 0x80

# It logs each unanswered request as an error; supervision says so once.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL + 1)


class ModbusLink:
    """One Modbus line; implements `Link`. `port` is a path, or `tcp://host:port`."""

    def __init__(
        self, port: str, settings: LineSettings, clock: Clock, tally: Tally | None = None
    ) -> None:
        self._port = port
        self._tally = tally or Tally()
        self._settings = settings
        self._clock = clock
        self._client: AsyncModbusSerialClient | AsyncModbusTcpClient | None = None
        self._requests: deque[tuple[Request, Instant]] = deque(maxlen=WAITING_REQUESTS)
        self._changed = asyncio.Event()
        self._lost = ""
        self._silent = 0
        self._free_s = float("-inf")
        self._raw = b""
        self._part = b""

    @property
    def origin(self) -> Origin:
        """Return simulated for a pseudo-terminal and for this machine itself."""
        if (found := _address(self._port)) is not None:
            return Origin.SIMULATED if _loopback(found[0]) else Origin.MEASURED
        return Origin.SIMULATED if pseudo(self._port) else Origin.MEASURED

    async def open(self) -> None:
        """Open the line for this process alone."""
        found = _address(self._port)
        if found is None:
            _check_serial(self._port)
        self._lost, self._silent = "", 0
        self._client = self._tcp(*found) if found else self._serial()
        try:
            with self._tally.opening():
                connected = await heeded(self._client.connect())
        except termios.error as error:  # pymodbus lets it through
            self.close()
            raise LinkRefusedError(unsettable(self._port, self._settings)) from error
        if not connected:
            self.close()
            raise _unopened(self._port, tcp=found is not None)

    async def read(self) -> Received:
        """Return the next answer as an RTU frame; LinkLostError when the line is gone."""
        while True:
            if data := await self._exchange(await self._next()):
                return Received(data, self._clock.now())

    async def ask(self, data: bytes) -> bytes:
        """Send one request and return its answer; nothing when there is none."""
        return await self._exchange(Request.parse(data))

    def write(self, data: bytes) -> None:
        """Queue one request to read; WriteRefusedError for anything else."""
        if self._client is None:
            raise LinkLostError(f"{self._port} is not open")
        self._requests.append((Request.parse(data), self._clock.now()))
        self._changed.set()

    def close(self) -> None:
        """Let go of the line; whoever waits for an answer hears that it is closed."""
        if self._client is not None:
            client, self._client = self._client, None
            client.close()
        self._tally.link_closed()
        self._requests.clear()
        self._changed.set()

    async def _next(self) -> Request:
        while True:
            self._check()
            while self._requests:
                request, asked = self._requests.popleft()
                if self._clock.now().seconds_since(asked) <= WAITING_S:
                    return request
            self._changed.clear()
            await self._changed.wait()

    def _check(self) -> None:
        if self._lost or self._client is None:
            raise LinkLostError(self._lost or f"{self._port} is not open", _fault(self._port))

    async def _exchange(self, request: Request) -> bytes:
        await self._clock.sleep(max(0.0, self._free_s - self._clock.now().monotonic))
        data, pause_s = await self._answer(request)
        self._free_s = self._clock.now().monotonic + pause_s
        return data

    async def _answer(self, request: Request) -> tuple[bytes, float]:
        """Ask; return the answer, or whatever came in its place, and for how long to rest."""
        self._raw = b""
        try:
            response = await self._asked(request)
        except ConnectionException as error:
            raise LinkLostError(self._lost or _gone(self._port), _fault(self._port)) from error
        except ModbusException:
            self._check()
            self._count_silence()
            return self._raw, FLUSH_S
        self._silent = 0
        if not _answers(request, response):
            return b"", FLUSH_S
        return _frame(request, response), PAUSE_S

    async def _asked(self, request: Request) -> ModbusPDU:
        self._check()
        client = self._client
        if client is None:
            raise ConnectionException(self._port)
        read = {
            1: client.read_coils,
            2: client.read_discrete_inputs,
            3: client.read_holding_registers,
            4: client.read_input_registers,
        }[request.function]
        return await heeded(read(request.start, count=request.count, device_id=request.unit))

    def _count_silence(self) -> None:
        self._silent = 0 if self._raw else self._silent + 1
        if self._silent >= SILENT_REQUESTS:
            remedy = "check power, wires and address"
            raise LinkLostError(f"{self._port} does not answer: {remedy}", Fault.UNREACHABLE)

    def _serial(self) -> AsyncModbusSerialClient:
        line = fitting(self._port, self._settings)
        return AsyncModbusSerialClient(
            self._port,
            framer=FramerType.RTU,
            baudrate=line.baud,
            bytesize=line.data_bits,
            parity=line.parity,
            stopbits=line.stop_bits,
            reconnect_delay=0,
            timeout=TIMEOUT_S,
            retries=0,
            trace_packet=self._seen,
            trace_connect=self._connected,
        )

    def _tcp(self, host: str, port: int) -> AsyncModbusTcpClient:
        return AsyncModbusTcpClient(
            host,
            port=port,
            reconnect_delay=0,
            timeout=TIMEOUT_S,
            retries=0,
            trace_packet=self._counted,
            trace_connect=self._connected,
        )

    def _seen(self, sending: bool, data: bytes) -> bytes:  # noqa: FBT001  pymodbus calls it so
        """Keep what came: a good frame behind noise is lost on pymodbus and not on a driver."""
        self._counted(sending, data)
        if not sending:
            grown = self._raw and data.startswith(self._raw)
            self._raw = data if grown else (self._raw + data)[-4096:]
        return data

    def _counted(self, sending: bool, data: bytes) -> bytes:  # noqa: FBT001  likewise
        """Count what is new: pymodbus shows an answer anew from its beginning as it grows."""
        if sending:
            self._tally.link_gave(len(data))
            self._part = b""
        else:
            known = len(self._part) if data.startswith(self._part) else 0
            self._tally.link_took(len(data) - known)
            self._part = data
        return data

    def _connected(self, connected: bool) -> None:  # noqa: FBT001  pymodbus calls it so
        if not connected and self._client is not None:
            self._tally.link_closed()
            self._lost = _gone(self._port)
            self._changed.set()


def _answers(request: Request, response: ModbusPDU) -> bool:
    """Tell whether a response has the unit, the function and the count of the request.

    pymodbus takes any response for the answer, a shorter one and one of another function too.
    """
    if response.dev_id != request.unit or response.function_code & ~REFUSED != request.function:
        return False
    if response.isError():
        return True
    if request.of_bits:
        return len(response.bits) == (request.count + 7) // 8 * 8
    return len(response.registers) == request.count


def _frame(request: Request, response: ModbusPDU) -> bytes:
    if response.isError():
        body = bytes([request.unit, request.function | REFUSED, response.exception_code])
    elif request.of_bits:
        packed = sum(bit << place for place, bit in enumerate(response.bits))
        size = len(response.bits) // 8
        body = bytes([request.unit, request.function, size]) + packed.to_bytes(size, "little")
    else:
        words = struct.pack(f">{request.count}H", *response.registers)
        body = bytes([request.unit, request.function, len(words)]) + words
    return body + crc(body)


def _address(port: str) -> tuple[str, int] | None:
    """Return host and number of an address; None for a path."""
    return address(port, TCP_PORT) if port.startswith(f"{SCHEME}://") else None


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_serial(port: str) -> None:
    path = Path(port)
    if not path.exists():
        remedy = "plug the adapter in, or mend `port`"
        raise LinkLostError(f"{port} is not there: {remedy}", Fault.MISSING)
    if not path.is_char_device():
        raise LinkRefusedError(f"{port} is no serial port: mend `port`", Fault.NO_PORT)
    if not os.access(port, os.R_OK | os.W_OK):
        who = "add this user to the group that owns it (dialout)"
        raise LinkRefusedError(f"{port} may not be opened: {who}", Fault.DENIED)


def _unopened(port: str, *, tcp: bool) -> LinkLostError | LinkRefusedError:
    if tcp:
        remedy = "check power, network and address"
        return LinkLostError(f"{port} does not answer: {remedy}", Fault.UNREACHABLE)
    held = "in use by another program: stop that program"
    return LinkRefusedError(f"{port} is {held}", Fault.IN_USE)


def _fault(port: str) -> Fault:
    return Fault.UNREACHABLE if _address(port) else Fault.UNPLUGGED


def _gone(port: str) -> str:
    if _address(port):
        return f"{port} closed the connection: check power and network"
    return f"{port} was unplugged: plug it in again"
