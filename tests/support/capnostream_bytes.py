"""Capnostream messages to test with, and what decoder and driver make of them."""

from __future__ import annotations

from dataclasses import replace

from devices.capnostream.driver import CapnostreamDriver
from devices.capnostream.envelope import HEADER, escaped
from devices.capnostream.framing import FrameDecoder
from devices.capnostream.numerics import Numerics
from devices.capnostream.wire import Identity, Message, Wave, message
from firmware_bridge.checksum import xor8
from vitals.instant import Instant
from vitals.reading import Item

NOW = Instant(0.0, 0.0)
WHOLE = 1 << 20

BREATHING_HEX = (
    "85 1c 01 5a 49 7a 00 26 00 0e 62 48 00 00 00 00 00 00 1e 3c 0f 1e 05 08 64 55 8c 32 01 00 c6"
)
MISSING_HEX = (
    "85 1c 01 5a 49 7a 00 ff ff ff ff ff 08 00 00 00 01 40 1e 3c 0f 1e 05 08 64 80 05 8c 32 01 04a6"
)
IDENTITY_HEX = (
    "85 1f 04 56 34 35 2e 36 37 20 30 32 2f 32 34 2f 32 30 30 38 20 42 33 35 35 39 38 37 36 35 34"
    "20 20 1d"
)
BREATHING = Numerics(
    time=0x5A497A00,
    etco2=38,
    fico2=0,
    respiratory_rate=14,
    spo2=98,
    pulse_rate=72,
    slow_status=0,
    events=bytes(3),
    co2_alarms=0,
    spo2_alarms=0,
    no_breath_s=30,
    limits=bytes((60, 15, 30, 5, 8, 100, 85, 140, 50)),
    unit=1,
    extended=0,
)
MISSING = replace(
    BREATHING,
    etco2=255,
    fico2=255,
    respiratory_rate=255,
    spo2=255,
    pulse_rate=255,
    slow_status=8,
    co2_alarms=1,
    spo2_alarms=0x40,
    limits=bytes((60, 15, 30, 5, 8, 100, 133, 140, 50)),
    extended=4,
)
VECTORS: dict[str, tuple[bytes, Wave | Numerics | Identity]] = {
    name: (bytes.fromhex(digits), parsed)
    for name, digits, parsed in (
        ("escaped fraction", "85 05 00 07 0c 80 00 00 8e", Wave(7, 0x0C80, 0)),
        ("escaped number", "85 05 00 80 05 25 40 08 ed", Wave(0x85, 0x2540, 0x08)),
        ("escaped sum", "85 05 00 80 05 05 00 05 80 00", Wave(0x85, 0x0500, 0x05)),
        ("line off", "85 05 00 09 00 00 41 4d", Wave(9, 0, 0x41)),
        ("breathing", BREATHING_HEX, BREATHING),
        ("missing", MISSING_HEX, MISSING),
        ("identity", IDENTITY_HEX, Identity("V45.67 02/24/2008 B355987654  ")),
    )
}


def summed(plain: bytes) -> bytes:
    """Return a message of any plain bytes, whatever its length says."""
    return bytes((HEADER,)) + escaped(plain + bytes((xor8(plain),)))


def decoded(data: bytes, portion: int = WHOLE) -> tuple[list[Message], FrameDecoder[Message]]:
    """Return what a new decoder finds in `data`, and the decoder at the end of the input."""
    decoder: FrameDecoder[Message] = FrameDecoder(message)
    found: list[Message] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (one := decoder.next_frame()) is not None:
            found.append(one)
    decoder.finish()
    return found, decoder


def items(*messages: bytes) -> list[Item]:
    """Return what a new driver makes of `messages`."""
    return list(CapnostreamDriver().receive(b"".join(messages), NOW))
