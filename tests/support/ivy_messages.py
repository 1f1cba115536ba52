"""Ivy 450C bytes to test with: messages composed at will, and what a driver makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from damage import received

from devices.contract import Options
from devices.ivy450c.driver import IvyDriver
from devices.ivy450c.text import Line, Text
from devices.ivy450c.wire import Message
from vitals.measure import Channel
from vitals.reading import Item, WaveBlock

ARTERIAL = Options(p1="art")

RECORDED_TEXT = Text(
    hr=Line(("80",), "ECG-II-DIAG"),
    rr=Line(("35",), "APNEA: 20 SEC"),
    etco2=Line(("",)),
    spo2=Line(("100",), "PR=80 "),
    nibp=Line(("121", "75", "92", "80")),
    p1=Line(("111", "73", "88")),
    p2=Line(("", "", ""), "NO TRANSDUCER"),
    t1=Line(("",)),
    t2=Line(("",)),
)
WAVES = Message(
    ecg=bytes(range(50, 250)),
    resp=bytes(range(100, 150)),
    pleth=bytes(range(120, 170)),
    p1=bytes(range(73, 123)),
    p2=b"\xfb" * 50,
    text=RECORDED_TEXT,
)


def message(**lines: Line) -> bytes:
    """Return a message like the recorded ones, but for `lines`."""
    return replace(WAVES, text=replace(RECORDED_TEXT, **lines)).to_bytes()


def items(data: bytes, options: Options = ARTERIAL) -> list[Item]:
    """Return what a new driver makes of `data`."""
    return received(IvyDriver(options), data)


def samples(found: Sequence[Item], channel: Channel) -> list[float | None]:
    """Return all the samples of a channel."""
    blocks = [item for item in found if isinstance(item, WaveBlock) and item.channel is channel]
    return [sample for block in blocks for sample in block.samples]
