"""What was taken and should be seen all the same: it happened, so it is kept, and it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from practices import room

from daemon.protocol.messages import Result
from tui.against import against
from vitals import acts
from vitals.practice import Ware
from vitals.vocabulary import Flag
from words.catalogue import Language, Words

DANISH = Words(Language.DANISH)
GOOD, GONE = date(2027, 6, 30), date(2025, 1, 31)
"""Beside a day of 2025."""


def pack(item: str = "dr-01", expires: date = GOOD) -> acts.Receive:
    return acts.Receive(item, Ware.DRUG, "A1", expires, 5, "kit")


async def test_what_is_in_order_has_no_flag(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        (number,) = (await one.say(pack())).rows
        for act in (acts.Take(number, 1), acts.Unseal(number, 1)):
            answer = await one.say(act)
            assert (answer.result, answer.flags, answer.detail) == (Result.RECORDED, (), "")


@pytest.mark.parametrize(
    ("act", "flag", "says"),
    [
        (pack(expires=GONE), Flag.EXPIRED, "lot A1 udløb 31.01.2025: den tæller ikke"),
        (pack("Adrenalin"), Flag.UNCOUNTED, "Adrenalin tæller ikke i minimumslageret"),
    ],
    ids=["expired", "uncounted"],
)
async def test_a_pack_that_counts_for_nothing_is_taken_in_and_told(
    tmp_path: Path, act: acts.Receive, flag: Flag, says: str
) -> None:
    async with room(tmp_path) as one:
        answer = await one.say(act)
    assert (answer.result, answer.flags) == (Result.RECORDED, (flag,))
    assert answer.against is not None
    assert against(DANISH, answer.against).startswith(says)


@pytest.mark.parametrize("handled", [acts.Take, acts.Unseal])
async def test_what_is_used_of_a_recalled_lot_is_kept_and_told(
    tmp_path: Path, handled: type[acts.Take] | type[acts.Unseal]
) -> None:
    async with room(tmp_path) as one:
        (number,) = (await one.say(pack())).rows
        await one.say(acts.Recall("A1", "letter of the maker"))
        answer = await one.say(handled(number, 1))
    assert (answer.result, answer.flags) == (Result.RECORDED, (Flag.RECALLED,))
    assert "is recalled: do not use it" in answer.detail


async def test_what_is_used_past_its_last_day_is_kept_and_told(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        (number,) = (await one.say(pack(expires=GONE))).rows
        answer = await one.say(acts.Take(number, 1))
    assert (answer.result, answer.flags) == (Result.RECORDED, (Flag.EXPIRED,))
    assert answer.against is not None
    assert "over tiden: brug den ikke" in against(DANISH, answer.against)
