"""`vagt decode`: a device's bytes, raw or captured, to JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from devices.catalogue import PROTOCOLS
from devices.contract import Counts, Driver, Options
from firmware_bridge.capture import CaptureError
from vagt import output
from vagt.input import Chunk, chunks
from vagt.main import UsageError
from vitals.reading import Item, Notes, Reading, WaveBlock


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the protocol and the file."""
    parser.add_argument("protocol", metavar="PROTOCOL", help="see `vagt protocols`")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="bytes or a capture; - is the input"
    )
    parser.add_argument("--json", action="store_true", help="changes nothing: it is JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Print readings, waves and a summary; 1 when there was no good frame."""
    entry = PROTOCOLS.get(arguments.protocol)
    if entry is None:
        known = ", ".join(PROTOCOLS)
        raise UsageError(f"no protocol is called {arguments.protocol!r}; the known are {known}")
    driver = entry.driver(Options())
    try:
        _decode(driver, chunks(arguments.file))
    except CaptureError as error:
        raise UsageError(f"{arguments.file}: {error}") from error
    counts = driver.finish()
    _print_summary(counts)
    return 0 if counts.frames else 1


def _decode(driver: Driver, stream: Iterator[Chunk]) -> None:
    receiving = False
    for chunk in stream:
        items = driver.receive(chunk.data, chunk.at)
        if not receiving and driver.counts.frames:
            receiving = True
            output.json_line({"kind": "device", "state": "receiving"})
        for item in items:
            _print_item(item)


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
