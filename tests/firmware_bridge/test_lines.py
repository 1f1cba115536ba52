from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.lines import LONGEST, LineCutter


def cut(data: bytes, portion: int = 1 << 20) -> tuple[list[bytes], int]:
    """Return the lines that begin with a plus, and how many bytes are in none of them."""
    cutter, lines = LineCutter(), []
    for start in range(0, len(data), portion):
        cutter.feed(data[start : start + portion])
        while (line := cutter.next_line()) is not None:
            good = line.startswith(b"+")
            cutter.settle(accepted=good)
            lines += [line] * good
    cutter.finish()
    return lines, cutter.discarded_bytes


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_a_line_ends_in_any_way_and_its_end_is_part_of_it(end: bytes) -> None:
    assert cut(b"+one" + end + b"+two" + end) == ([b"+one", b"+two"], 0)


def test_a_line_feed_shares_the_fate_of_the_return_before_it() -> None:
    assert cut(b"-one\r\n+two\r\n") == ([b"+two"], len(b"-one\r\n"))


def test_a_line_that_does_not_end_is_passed_over_in_bounded_memory() -> None:
    data = b"x" * (20 * LONGEST) + b"\n+one\n"
    assert cut(data, 100) == ([b"+one"], 20 * LONGEST + 1)


def test_an_unfinished_line_is_discarded() -> None:
    assert cut(b"+one\r\n+two") == ([b"+one"], 4)


@given(st.binary(), st.integers(1, 8))
def test_portions_make_no_difference(data: bytes, portion: int) -> None:
    lines = data.replace(b"\x00", b"\n+")
    assert cut(lines, portion) == cut(lines)
