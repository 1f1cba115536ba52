"""`vagt decode`: a device's bytes, raw or captured, to JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial

from devices.catalogue import PROTOCOLS
from devices.contract import Counts, Driver, ProtocolEntry
from firmware_bridge.capture import CaptureError
from vagt import maps, output, registers
from vagt.input import START, Chunk, chunks
from vagt.main import UsageError
from vitals.instant import Instant
from vitals.reading import Item, Notes, Reading, WaveBlock

SILENCE_S = 0.15
"""Longer than any frame's bytes may be apart."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the protocol and the file."""
    parser.add_argument("protocol", metavar="PROTOCOL", help="see `vagt protocols`")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="bytes or a capture; - is the input"
    )
    parser.add_argument("--map", metavar="F", help="the register map that modbus is read with")
    parser.add_argument("--json", action="store_true", help="changes nothing: it is JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Print readings, waves and a summary; 1 when there was no good frame."""
    entry = PROTOCOLS.get(arguments.protocol)
    if entry is None:
        known = ", ".join(PROTOCOLS)
        raise UsageError(f"no protocol is called {arguments.protocol!r}; the known are {known}")
    decode = _decoder(entry, arguments.map)
    try:
        counts = decode(chunks(arguments.file))
    except CaptureError as error:
        raise UsageError(f"{arguments.file}: {error}") from error
    _print_summary(counts)
    return 0 if counts.frames else 1


def _decoder(entry: ProtocolEntry, named: str | None) -> Callable[[Iterator[Chunk]], Counts]:
    """Return what makes lines of the bytes."""
    options = maps.options(entry, named)
    if entry.mapped is not None and options.map is None:
        return registers.decode
    return partial(_decode, entry.driver(options))


def _decode(driver: Driver, stream: Iterator[Chunk]) -> Counts:
    receiving = False
    for chunk in _then_silence(stream):
        items = driver.receive(chunk.data, chunk.at)
        if not receiving and driver.counts.frames:
            receiving = True
            output.json_line({"kind": "device", "state": "receiving"})
        for item in items:
            _print_item(item)
    return driver.finish()


def _then_silence(stream: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yield the chunks and then none for a while: a frame that never ends hides no other."""
    at = START
    for chunk in stream:
        yield chunk
        at = chunk.at
    yield Chunk(b"", Instant(at.monotonic + SILENCE_S, at.wall + SILENCE_S))


def _print_item(item: Item) -> None:
    match item:
        case Reading():
            output.json_line(
                {
                    "kind": "reading",
                    "measure": item.measure,
                    "value": item.measure.rounded(item.value),
                    "unit": item.measure.form.unit,
                    "quality": item.quality,
                    **({"site": item.site} if item.site else {}),
                }
            )
        case WaveBlock():
            output.json_line(
                {
                    "kind": "wave",
                    "channel": item.channel,
                    "rate_hz": item.rate_hz,
                    "unit": item.unit,
                    "samples": item.samples,
                }
            )
        case Notes():
            for note in sorted(item.notes):
                output.json_line({"kind": "device", "state": note})


def _print_summary(counts: Counts) -> None:
    output.json_line(
        {
            "kind": "summary",
            "frames": counts.frames,
            "bad_frames": counts.bad_frames,
            "discarded_bytes": counts.discarded_bytes,
        }
    )
