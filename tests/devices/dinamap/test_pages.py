from __future__ import annotations

import pytest
from dinamap_blocks import CLOCK, GROUP, QRS, blocks
from hypothesis import given
from hypothesis import strategies as st

from devices.dinamap.pages import Page, Run, ecg, interleaved
from devices.dinamap.wire import Block

SIXTEEN = st.lists(st.integers(0, 1000), min_size=16, max_size=16)
PAGES = st.builds(Page, st.integers(0, 0xFFFF), st.tuples(*[st.integers(0, 255)] * 6))


def group() -> list[Block]:
    return [block for data in GROUP if (block := Block.parse(data)) is not None]


def lengths(run: Run, added: list[Block]) -> list[int]:
    return [len(done) for block in added if (done := run.add(block)) is not None]


def test_the_samples_of_four_blocks_are_interleaved() -> None:
    assert ecg(group()) == QRS


@given(SIXTEEN)
def test_interleaving_is_undone(samples: list[int]) -> None:
    sent = [Block(0, 0, (0,) * 4, each, bytes(3)) for each in interleaved(samples)]
    assert list(ecg(sent)) == samples


@pytest.mark.parametrize(("sample", "shown"), [(1000, 1000), (1001, None), (1022, None)])
def test_a_sample_above_a_thousand_is_a_mark_and_missing(sample: int, shown: int | None) -> None:
    sent = blocks(4, samples=(508,) * 5 + (sample,) * 4 + (508,) * 7)
    assert ecg(sent) == (508,) * 5 + (shown,) * 4 + (508,) * 7


def test_a_run_begins_where_its_length_divides_the_sequence() -> None:
    assert lengths(Run(4), blocks(12)) == [4, 4, 4]
    assert lengths(Run(4), blocks(12, first=1)) == [4, 4]
    assert lengths(Run(50), blocks(200)) == [50] * 4


def test_a_run_goes_on_where_the_sequence_comes_round() -> None:
    assert lengths(Run(4), blocks(12, first=196)) == [4, 4, 4]


@pytest.mark.parametrize("lost", range(4))
def test_a_group_that_lacks_a_block_is_none(lost: int) -> None:
    sent = blocks(12)
    del sent[4 + lost]
    assert lengths(Run(4), sent) == [4, 4]


@pytest.mark.parametrize("lost", [0, 1, 25, 49])
def test_a_page_that_lacks_a_block_is_none(lost: int) -> None:
    sent = blocks(150)
    del sent[50 + lost]
    assert lengths(Run(50), sent) == [50, 50]


def test_a_block_said_twice_breaks_its_run() -> None:
    sent = blocks(8)
    assert lengths(Run(4), [sent[0], sent[1], sent[1], *sent[2:]]) == [4]


def test_blocks_out_of_order_are_no_run() -> None:
    sent = blocks(4)
    assert lengths(Run(4), [sent[0], sent[2], sent[1], sent[3]]) == []


def test_what_is_cleared_is_not_finished() -> None:
    run = Run(4)
    assert lengths(run, blocks(3)) == []
    run.clear()
    assert lengths(run, blocks(5, first=3)) == [4]


@given(PAGES)
def test_a_page_survives_the_wire(page: Page) -> None:
    assert Page.parse(page.to_bytes()) == page
    assert len(page.to_bytes()) == 150


def test_the_rate_and_the_clock_stand_where_they_were_found() -> None:
    data = Page(0x0102, CLOCK).to_bytes()
    assert data[:3] == bytes.fromhex("14 01 0c")
    assert data[130:132] == b"\x01\x02"
    assert data[137:143] == bytes(CLOCK)


@pytest.mark.parametrize("start", ["00 00 00", "14 01 0d", "14 00 0c", "15 01 0c"])
def test_a_page_begins_with_its_mark(start: str) -> None:
    data = bytes.fromhex(start) + Page(60, CLOCK).to_bytes()[3:]
    assert Page.parse(data) is None


def test_a_zero_filled_page_says_nothing() -> None:
    assert Page.parse(bytes(150)) is None


@pytest.mark.parametrize("rate", [0, 0x7FFF, 0xFFFF, 0x00FF, 19, 351, 0x8000])
def test_a_code_or_an_impossible_rate_is_none(rate: int) -> None:
    assert Page(rate, CLOCK).heart_rate is None


@pytest.mark.parametrize("rate", [20, 59, 254, 256, 350])
def test_a_possible_rate_is_one(rate: int) -> None:
    assert Page(rate, CLOCK).heart_rate == rate
