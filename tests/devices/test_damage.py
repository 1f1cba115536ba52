"""What holds of every protocol alike: any bytes, cut anywhere, in any portions."""

from __future__ import annotations

from random import Random

import pytest
from damage import received
from flipping import Stream, shown, streams
from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import PROTOCOLS
from devices.contract import Driver, Options
from vitals.instant import Instant

STREAMS = list(streams())
LATER = Instant(10.0, 10.0)
ANY = {
    "random": Random(11).randbytes(60_000),
    "seven bits": bytes(byte & 0x7F for byte in Random(12).randbytes(60_000)),
    "zeros": bytes(20_000),
    "ones": b"\xff" * 20_000,
}


def made(name: str) -> Driver:
    return PROTOCOLS[name].driver(Options())


@pytest.mark.parametrize("stream", STREAMS, ids=lambda one: f"{one.protocol} {one.name}")
def test_a_stream_cut_at_any_byte_shows_nothing_that_it_does_not_show_whole(stream: Stream) -> None:
    for place, (at, data) in enumerate(stream.records):
        before = stream.records[:place]
        whole = shown(stream, (*before, (at, data)))
        for length in range(len(data)):
            assert shown(stream, (*before, (at, data[:length]))).within(whole)


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("stream", STREAMS, ids=lambda one: f"{one.protocol} {one.name}")
def test_a_stream_shows_the_same_byte_by_byte_and_in_threes(stream: Stream, portion: int) -> None:
    parts = [
        (at, data[start : start + portion])
        for at, data in stream.records
        for start in range(0, len(data), portion)
    ]
    assert shown(stream, parts) == shown(stream, stream.records)


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("kind", ANY)
def test_no_bytes_make_a_driver_fail_and_each_is_counted_once(name: str, kind: str) -> None:
    driver = made(name)
    received(driver, ANY[kind], 1000)
    driver.due(LATER)
    driver.receive(b"", LATER)
    counts = driver.finish()
    assert counts.discarded_bytes <= len(ANY[kind])
    assert counts.frames + counts.discarded_bytes >= (len(ANY[kind]) if not counts.frames else 1)


@pytest.mark.parametrize("name", PROTOCOLS)
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_whatever_comes_in_whatever_pieces_no_driver_fails(name: str, parts: list[bytes]) -> None:
    driver = made(name)
    for count, part in enumerate(parts):
        driver.due(Instant(count, count))
        driver.receive(part, Instant(count, count))
    assert driver.finish().discarded_bytes <= sum(map(len, parts))
