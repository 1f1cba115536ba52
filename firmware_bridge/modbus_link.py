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
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pymodbus import FramerType
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusException
from pymodbus.pdu import ModbusPDU

from firmware_bridge.checksum import crc16_modbus
from firmware_bridge.link import LinkLostError, LinkRefusedError, Received
from firmware_bridge.settings import LineSettings
from vitals.clock import Clock
from vitals.reading import Origin

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
TCP_PORT = 502

BIT_FUNCTIONS = (1, 2)
READ_FUNCTIONS = (1, 2, 3, 4)
REFUSED = 0x80

# It logs each unanswered request as an error; supervision says so once.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL + 1)


class WriteRefusedError(LinkRefusedError):
    """What was to be sent is no request to read: it never leaves this machine."""


@dataclass(frozen=True, slots=True)
class _Request:
    unit: int
    function: int
    start: int
    count: int


class ModbusLink:
    """One Modbus line; implements `Link`. `port` is a path, or `tcp://host:port`."""

    def __init__(self, port: str, settings: LineSettings, clock: Clock) -> None:
        self._port = port
        self._settings = settings
        self._clock = clock
        self._client: AsyncModbusSerialClient | AsyncModbusTcpClient | None = None
        self._requests: deque[_Request] = deque(maxlen=WAITING_REQUESTS)
        self._changed = asyncio.Event()
        self._lost = ""
        self._silent = 0
        self._free_s = float("-inf")
        self._raw = b""

    @property
    def origin(self) -> Origin:
        """Return simulated for a pseudo-terminal and for this machine itself."""
        if (address := _address(self._port)) is not None:
            return Origin.SIMULATED if _loopback(address[0]) else Origin.MEASURED
        target = os.path.realpath(self._port)
        return Origin.SIMULATED if target.startswith("/dev/pts/") else Origin.MEASURED

    async def open(self) -> None:
        """Open the line for this process alone."""
        address = _address(self._port)
        if address is None:
            _check_serial(self._port)
        self._lost, self._silent = "", 0
        self._client = self._tcp(*address) if address else self._serial()
        if not await self._client.connect():
            self.close()
            raise _unopened(self._port, tcp=address is not None)

    async def read(self) -> Received:
        """Return the next answer as an RTU frame; LinkLostError when the line is gone."""
        while True:
            if data := await self._exchange(await self._next()):
                return Received(data, self._clock.now())

    async def ask(self, data: bytes) -> bytes:
        """Send one request and return its answer; nothing when there is none."""
        return await self._exchange(_parsed(data))

    def write(self, data: bytes) -> None:
        """Queue one request to read; WriteRefusedError for anything else."""
        if self._client is None:
            raise LinkLostError(f"{self._port} is not open")
        self._requests.append(_parsed(data))
        self._changed.set()

    def close(self) -> None:
        """Let go of the line."""
        if self._client is not None:
            client, self._client = self._client, None
            client.close()
        self._requests.clear()

    async def _next(self) -> _Request:
        while not self._requests:
            self._check()
            self._changed.clear()
            await self._changed.wait()
        self._check()
        return self._requests.popleft()

    def _check(self) -> None:
        if self._lost or self._client is None:
            raise LinkLostError(self._lost or f"{self._port} is not open")

    async def _exchange(self, request: _Request) -> bytes:
        await self._clock.sleep(max(0.0, self._free_s - self._clock.now().monotonic))
        data, pause_s = await self._answer(request)
        self._free_s = self._clock.now().monotonic + pause_s
        return data

    async def _answer(self, request: _Request) -> tuple[bytes, float]:
        """Ask; return the answer, or whatever came in its place, and for how long to rest."""
        self._raw = b""
        try:
            response = await self._asked(request)
        except ConnectionException as error:
            raise LinkLostError(self._lost or _gone(self._port)) from error
        except ModbusException:
            self._check()
            self._count_silence()
            return self._raw, FLUSH_S
        self._silent = 0
        if not _answers(request, response):
            return b"", FLUSH_S
        return _frame(request, response), PAUSE_S

    async def _asked(self, request: _Request) -> ModbusPDU:
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
        return await read(request.start, count=request.count, device_id=request.unit)

    def _count_silence(self) -> None:
        self._silent = 0 if self._raw else self._silent + 1
        if self._silent >= SILENT_REQUESTS:
            raise LinkLostError(f"{self._port} does not answer: check power, wires and address")

    def _serial(self) -> AsyncModbusSerialClient:
        line = self._settings
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
            trace_connect=self._connected,
        )

    def _seen(self, sending: bool, data: bytes) -> bytes:  # noqa: FBT001  pymodbus calls it so
        """Keep what came: a good frame behind noise is lost on pymodbus and not on a driver."""
        if not sending:
            grown = self._raw and data.startswith(self._raw)
            self._raw = data if grown else (self._raw + data)[-4096:]
        return data

    def _connected(self, connected: bool) -> None:  # noqa: FBT001  pymodbus calls it so
        if not connected and self._client is not None:
            self._lost = _gone(self._port)
            self._changed.set()


def _parsed(data: bytes) -> _Request:
    intact = len(data) == struct.calcsize(">BBHHH") and data[-2:] == _crc(data[:-2])
    if not intact or data[1] not in READ_FUNCTIONS:
        shown = data[:8].hex(" ") or "nothing"
        raise WriteRefusedError(f"{shown} is no request to read: only functions 1 to 4 are sent")
    request = _Request(*struct.unpack_from(">BBHH", data))
    most = 2000 if request.function in BIT_FUNCTIONS else 125
    if not 1 <= request.count <= most:
        raise WriteRefusedError(f"{request.count} at once is not possible: ask for 1 to {most}")
    return request


def _answers(request: _Request, response: ModbusPDU) -> bool:
    """Tell whether a response has the unit, the function and the count of the request.

    pymodbus takes any response for the answer, a shorter one and one of another function too.
    """
    if response.dev_id != request.unit or response.function_code & ~REFUSED != request.function:
        return False
    if response.isError():
        return True
    if request.function in BIT_FUNCTIONS:
        return len(response.bits) == (request.count + 7) // 8 * 8
    return len(response.registers) == request.count


def _frame(request: _Request, response: ModbusPDU) -> bytes:
    if response.isError():
        body = bytes([request.unit, request.function | REFUSED, response.exception_code])
    elif request.function in BIT_FUNCTIONS:
        packed = sum(bit << place for place, bit in enumerate(response.bits))
        size = len(response.bits) // 8
        body = bytes([request.unit, request.function, size]) + packed.to_bytes(size, "little")
    else:
        words = struct.pack(f">{request.count}H", *response.registers)
        body = bytes([request.unit, request.function, len(words)]) + words
    return body + _crc(body)


def _crc(body: bytes) -> bytes:
    return struct.pack("<H", crc16_modbus(body))


def _address(port: str) -> tuple[str, int] | None:
    """Return host and port of a TCP address; None for a path."""
    if not port.startswith("tcp://"):
        return None
    try:
        found = urlsplit(port)
        host, number = found.hostname, found.port
    except ValueError:
        host, number = None, None
    if not host:
        raise LinkRefusedError(f"{port} is no address: write tcp://host:port")
    return host, number or TCP_PORT


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_serial(port: str) -> None:
    path = Path(port)
    if not path.exists():
        raise LinkLostError(f"{port} is not there: plug the adapter in, or mend `port`")
    if not path.is_char_device():
        raise LinkRefusedError(f"{port} is no serial port: mend `port`")
    if not os.access(port, os.R_OK | os.W_OK):
        who = "add this user to the group that owns it (dialout)"
        raise LinkRefusedError(f"{port} may not be opened: {who}")


def _unopened(port: str, *, tcp: bool) -> LinkLostError | LinkRefusedError:
    if tcp:
        return LinkLostError(f"{port} does not answer: check power, network and address")
    return LinkRefusedError(f"{port} is in use by another program: stop that program")


def _gone(port: str) -> str:
    if _address(port):
        return f"{port} closed the connection: check power and network"
    return f"{port} was unplugged: plug it in again"
