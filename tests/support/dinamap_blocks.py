"""DINAMAP bytes to test with: recorded blocks, and blocks composed at will."""

from __future__ import annotations

from collections.abc import Iterable

from damage import received

from devices.dinamap.driver import DinamapDriver
from devices.dinamap.pages import Page, interleaved
from devices.dinamap.wire import Block
from vitals.reading import Item

RECORDED = [
    bytes.fromhex(block)
    for block in (
        "00 0e 60 00 06 01 9c 7f 1f c7 f1 fc 00 00 00 f6 09 ff",
        "31 01 60 00 06 01 d7 7f 5f d7 f1 fd 00 00 00 ea 15 ce",
        "44 01 60 00 06 02 64 88 23 c7 a9 fc 7d df 00 18 e7 bb",
        "96 0a 60 00 06 01 a3 7e df c7 ed fc 14 01 0c 39 c6 69",
    )
]
"""Four blocks of the recording published with Zeriam/dinamap-reader."""
GROUP = [
    bytes.fromhex(block)
    for block in (
        "44 01 60 00 06 02 64 88 23 c7 a9 fc 7d df 00 18 e7 bb",
        "45 01 60 00 06 02 6b 8b 62 87 a9 fc 11 01 00 2c d3 ba",
        "46 01 60 00 06 02 71 8f e1 17 cd fd 00 02 00 3a c5 b9",
        "47 01 60 00 06 02 78 92 9f d7 ed fc 00 80 00 14 eb b8",
    )
]
"""Four successive blocks of it, with a QRS."""
QRS = (544, 557, 575, 586, 572, 552, 529, 509, 490, 490, 499, 507, 508, 508, 509, 508)
CLOCK = (12, 4, 12, 9, 30, 1)


def blocks(
    count: int, rate: int = 60, first: int = 0, samples: Iterable[int] = (508,) * 16
) -> list[Block]:
    """Return successive blocks whose pages say `rate`."""
    page = Page(rate, CLOCK).to_bytes()
    ecg = interleaved(list(samples))
    return [
        Block(
            sequence=number % 200,
            status=0x06,
            first=(384, 0, 384, 412),
            ecg=ecg[number % 4],
            slow=page[3 * (number % 50) : 3 * (number % 50) + 3],
        )
        for number in range(first, first + count)
    ]


def on_the_wire(sent: Iterable[Block]) -> bytes:
    return b"".join(block.to_bytes() for block in sent)


def items(data: bytes, portion: int = 1 << 20) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(DinamapDriver(), data, portion)
