"""The frame of every message: 85, length, code, data, exclusive or, with two bytes escaped.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), message structure.
"""

from __future__ import annotations

from firmware_bridge.checksum import xor8

HEADER = 0x85
"""Begins a message and stands nowhere else on the wire."""
ESCAPE = 0x80
"""This byte plus the next is the byte that was meant."""
ESCAPED = frozenset((0x00, HEADER - ESCAPE))
"""All that may follow an escape."""


def escaped(plain: bytes) -> bytes:
    """Return `plain` as it is sent behind the header."""
    return b"".join(
        bytes((ESCAPE, byte - ESCAPE)) if byte in (ESCAPE, HEADER) else bytes((byte,))
        for byte in plain
    )


def sealed(code: int, data: bytes = b"") -> bytes:
    """Return a whole message; the sum is of the plain bytes and is escaped like them."""
    plain = bytes((1 + len(data), code)) + data
    return bytes((HEADER,)) + escaped(plain + bytes((xor8(plain),)))
