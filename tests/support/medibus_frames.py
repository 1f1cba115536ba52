"""MEDIBUS frames to test with, and what decoder and driver make of them."""

from __future__ import annotations

from devices.medibus.decoder import FrameDecoder
from devices.medibus.driver import MedibusDriver
from devices.medibus.wire import Answer, Code, Command, Frame, Octet
from vitals.instant import Instant
from vitals.reading import Item

NOW = Instant(0.0, 0.0)
WHOLE = 1 << 20

TEXTS_HEX = (
    "01 2a 32 33 33 6b 50 61 03 32 37 4a 41 6e 61 65 73 74 68 65 73 69 65 2d 47 61 73 20 49 53 4f"
    "46 4c 55 52 41 4e 45 03 32 43 37 64 65 75 74 73 63 68 03 30 31 0d"
)
MOMENT_HEX = "01 28 31 31 3a 31 31 3a 31 39 31 31 2d 4e 4f 56 2d 39 33 45 36 0d"
GASES_HEX = (
    "01 24 44 42 20 35 2e 31 44 41 20 30 2e 31 45 36 20 20 33 38 45 35 20 20 20 30 44 35 20 20 31"
    "34 45 31 0d"
)
PLAIN_HEX = "01 24 44 42 20 35 2e 31 44 35 20 20 31 34 37 44 0d"
APNOEA_HEX = "01 27 4f 30 44 41 50 4e 45 41 20 43 4f 32 20 20 20 39 34 0d"
OXIMETER_HEX = "01 24 45 42 20 39 38 20 45 31 20 37 30 20 37 41 0d"
STREWN = bytes.fromhex("01 24 44 42 20 d1 94 35 2e 31 44 1b 30 34 42 0d 35 20 81 20 31 34 37 44 0d")
"""The plain answer with realtime data and a NOP inside."""
TEXTS = b"233kPa\x0327JAnaesthesie-Gas ISOFLURANE\x032C7deutsch\x03"

VECTORS: dict[str, tuple[bytes, Frame]] = {
    name: (bytes.fromhex(digits), frame)
    for name, digits, frame in (
        ("call", "1b 51 36 43 0d", Command(0x51)),
        ("call answered", "01 51 35 32 0d", Answer(0x51)),
        ("who are you", "1b 52 36 44 0d", Command(0x52)),
        ("nobody", "01 52 35 33 0d", Answer(0x52)),
        ("data request", "1b 24 33 46 0d", Command(0x24)),
        ("alarm request", "1b 27 34 32 0d", Command(0x27)),
        ("nothing to report", "01 24 32 35 0d", Answer(0x24)),
        ("oximeter", OXIMETER_HEX, Answer(0x24, b"EB 98 E1 70 ")),
        ("configure", "1b 4a 24 45 42 31 30 0d", Command(0x4A, b"$EB")),
        ("configured", "01 4a 34 42 0d", Answer(0x4A)),
        ("date request", "1b 28 34 33 0d", Command(0x28)),
        ("date", MOMENT_HEX, Answer(0x28, b"11:11:1911-NOV-93")),
        ("realtime request", "1b 54 30 30 30 32 30 36 30 33 46 41 0d", Command(0x54, b"00020603")),
        ("realtime granted", "01 54 35 35 0d", Answer(0x54)),
        ("gases", GASES_HEX, Answer(0x24, b"DB 5.1DA 0.1E6  38E5   0D5  14")),
        ("plain", PLAIN_HEX, Answer(0x24, b"DB 5.1D5  14")),
        ("apnoea", APNOEA_HEX, Answer(0x27, b"O0DAPNEA CO2   ")),
        ("texts", TEXTS_HEX, Answer(0x2A, TEXTS)),
        ("refused", "01 15 31 36 0d", Answer(0x15)),
        ("nop", "1b 30 34 42 0d", Command(0x30)),
        ("nop answered", "01 30 33 31 0d", Answer(0x30)),
    )
}


def measured(data: bytes) -> bytes:
    """Return a page of measured data."""
    return Answer(Code.MEASURED, data).to_bytes()


def alarms(data: bytes = b"", page: Code = Code.ALARMS) -> bytes:
    """Return a page of alarms."""
    return Answer(page, data).to_bytes()


def decoded(data: bytes, portion: int = WHOLE) -> tuple[list[Frame | Octet], FrameDecoder]:
    """Return what a new decoder finds in `data`, and the decoder at the end of the input."""
    decoder = FrameDecoder()
    found: list[Frame | Octet] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (frame := decoder.next_frame()) is not None:
            found.append(frame)
    decoder.finish()
    return found, decoder


def items(data: bytes) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return list(MedibusDriver().receive(data, NOW))
