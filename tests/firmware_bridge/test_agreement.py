from __future__ import annotations

import pytest

from firmware_bridge.agreement import Agreement


def told(values: list[float | None]) -> list[bool]:
    agreement = Agreement()
    return [agreement.tell("spo2", value) for value in values]


@pytest.mark.parametrize(
    ("values", "believed"),
    [
        ([97, 97], [False, False]),
        ([97, 97, 97, 97], [False, False, True, True]),
        ([97, 97, 33, 97], [False] * 4),
        ([97, 97, None, 97], [False] * 4),
        ([97, 97, 97, 96, 97], [False, False, True, False, False]),
    ],
)
def test_the_third_in_a_row_that_says_so_is_believed(
    values: list[float | None], believed: list[bool]
) -> None:
    assert told(values) == believed


def test_each_thing_is_counted_by_itself() -> None:
    agreement = Agreement()
    for rate in (70, 71):
        agreement.tell("pulse_rate", rate)
        agreement.tell("spo2", 97)
    assert agreement.tell("spo2", 97)
    assert not agreement.tell("pulse_rate", 72)


def test_a_frame_behind_lost_bytes_follows_none() -> None:
    agreement = Agreement()
    for _ in range(2):
        agreement.follow(4)
        agreement.tell("spo2", 97)
    agreement.follow(4)
    assert agreement.tell("spo2", 97)
    agreement.follow(5)
    assert not agreement.tell("spo2", 97)
