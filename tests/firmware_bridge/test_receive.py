from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.receive import PORTION, ReceiveBuffer, frames


def filled(data: bytes, limit: int = 4096) -> ReceiveBuffer:
    buffer = ReceiveBuffer(limit)
    buffer.feed(data)
    return buffer


def test_bytes_come_out_in_the_order_they_came_in() -> None:
    buffer = filled(b"abc")
    buffer.feed(b"def")
    assert (buffer.take(4), buffer.take(4)) == (b"abcd", b"ef")
    assert buffer.discarded == 0


def test_peeking_takes_nothing() -> None:
    buffer = filled(b"abc")
    assert buffer.peek(2) == b"ab"
    assert buffer.peek(9) == b"abc"
    assert len(buffer) == 3


def test_what_is_skipped_is_counted() -> None:
    buffer = filled(b"abc")
    buffer.skip()
    assert (buffer.peek(9), buffer.discarded) == (b"bc", 1)
    buffer.skip(9)
    assert (len(buffer), buffer.discarded) == (0, 3)


def test_at_the_limit_nothing_is_dropped_and_beyond_it_the_oldest_is() -> None:
    assert filled(b"abcd", limit=4).discarded == 0
    buffer = filled(b"abcde", limit=4)
    assert (buffer.peek(9), buffer.discarded) == (b"bcde", 1)


def test_a_megabyte_leaves_the_limit() -> None:
    buffer = filled(bytes(1 << 20))
    assert len(buffer) == 4096
    assert buffer.discarded == (1 << 20) - 4096


@given(st.lists(st.one_of(st.binary(max_size=20), st.integers(0, 20), st.integers(-20, -1))))
def test_every_byte_is_waiting_taken_or_discarded(steps: list[bytes | int]) -> None:
    buffer = ReceiveBuffer(limit=16)
    fed = taken = 0
    for step in steps:
        if isinstance(step, bytes):
            buffer.feed(step)
            fed += len(step)
        elif step >= 0:
            taken += len(buffer.take(step))
        else:
            buffer.skip(-step)
        assert len(buffer) <= 16
        assert len(buffer) + taken + buffer.discarded == fed


class Pairs:
    """Frames of two bytes, out of a bounded buffer."""

    def __init__(self) -> None:
        self.buffer = ReceiveBuffer()

    def feed(self, data: bytes) -> None:
        self.buffer.feed(data)

    def next_frame(self) -> bytes | None:
        return self.buffer.take(2) if len(self.buffer) >= 2 else None


def test_a_read_longer_than_the_buffer_loses_no_byte() -> None:
    pairs = Pairs()
    assert b"".join(frames(pairs, bytes(10_001))) == bytes(10_000)
    assert (pairs.buffer.discarded, len(pairs.buffer)) == (0, 1)


def test_a_frame_is_given_out_before_the_next_bytes_are_fed() -> None:
    pairs = Pairs()
    next(frames(pairs, bytes(5000)))
    assert len(pairs.buffer) == PORTION - 2
