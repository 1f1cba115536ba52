from __future__ import annotations

import pytest
import scenes
from dashboards import FrozenClock, Told, lines, settings, sight_of
from digits import read_digits, read_small

from tui.app import Dashboard
from tui.board import board

BESIDE = 42
"""Columns of the numbers where they stand beside the waves."""


def numbers(shown: list[str]) -> list[str]:
    return read_digits(shown) or read_small(shown)


@pytest.mark.parametrize("height", range(12, 30))
def test_two_numbers_one_above_the_other_are_smaller_rather_than_cut(height: int) -> None:
    sight = sight_of(*scenes.greeting(*scenes.HIGH))
    rows = board(sight, BESIDE, height)
    assert len(rows) == height
    assert numbers(["".join(span.text for span in row) for row in rows]) == ["83", "132"]


@pytest.mark.parametrize("size", [(110, 34), (120, 36), (142, 37), (142, 38), (142, 45)])
async def test_both_numbers_are_whole_in_every_window_that_is_wide(size: tuple[int, int]) -> None:
    app = Dashboard(Told(scenes.greeting(*scenes.HIGH)), FrozenClock(), settings())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert numbers(lines(app)) == ["83", "132"]
