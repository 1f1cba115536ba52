"""Replies of a Modbus device whose map is not known: bare registers, one JSON line each."""

from __future__ import annotations

from collections.abc import Iterable

from devices.contract import Counts
from devices.modbus.driver import ABANDONED_AFTER_S
from devices.modbus.framing import Anything, ReplyDecoder
from devices.modbus.wire import Refusal, Reply
from vagt import output
from vagt.input import Chunk

PORTION = 1024


def decode(stream: Iterable[Chunk]) -> Counts:
    """Print every reply and exception, of whatever unit, and return the counts."""
    decoder = ReplyDecoder(Anything())
    heard_s: float | None = None
    for data, at in stream:
        if heard_s is not None and at.monotonic - heard_s > ABANDONED_AFTER_S:
            _print(decoder.abandon())
        heard_s = at.monotonic
        for start in range(0, len(data), PORTION):
            decoder.feed(data[start : start + PORTION])
            while (frame := decoder.next_frame()) is not None:
                _print([frame])
    _print(decoder.abandon())
    return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)


def _print(frames: Iterable[Reply | Refusal]) -> None:
    for frame in frames:
        output.json_line({"kind": "device", **_told(frame)})


def _told(frame: Reply | Refusal) -> dict[str, object]:
    asked = {"device": frame.unit, "function": int(frame.function)}
    if isinstance(frame, Refusal):
        return {"state": "exception", **asked, "exception": frame.code.name.lower()}
    if frame.function.of_bits:
        bits = [int(frame.bit(place)) for place in range(len(frame.data) * 8)]
        return {"state": "registers", **asked, "bits": bits}
    return {"state": "registers", **asked, "words": [f"{word:04X}" for word in frame.words]}
