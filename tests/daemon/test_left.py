"""What is left out, out of use, used up or said twice reaches those who look and those who ask."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from manual import at
from msgspec.structs import replace
from practices import Room, room
from stocks import ROWS, said

from checklists.devicerules import device_rules
from checklists.stock import packs
from daemon import scanning
from daemon.clock import local_time
from daemon.lessening import lessened
from daemon.listed import stamp
from daemon.protocol.messages import Refusal
from daemon.protocol.practice import Checklist, Clinic, Reason, Stock
from daemon.protocol.saying import Scan
from vitals import acts
from vitals.practice import Outcome, Ware
from vitals.vocabulary import Weight

KN = acts.ChooseClinic("KN")
DEFI = acts.Register("defi", "defibrillator", "Zoll", "1", "kit")
GTIN = "07613180000116"
TODAY = local_time(at(0)).date()
PACK = acts.Receive("Carbocain", Ware.DRUG, "A1", TODAY.replace(year=TODAY.year + 1), 2, "kit")
DEVICES = resources.files("checklists").joinpath("equipment.toml").read_text("utf-8")


def reasons(one: Room, name: str) -> list[Reason]:
    return [why for why in one.last(Clinic).reasons if why.id == name]


def state(one: Room, row: str) -> str:
    told = [listed for listed in one.told if isinstance(listed, Checklist)]
    found = [each.state for listed in told for each in listed.rows if each.id == row]
    return found[-1]


async def test_what_is_left_out_is_told_with_why_and_by_whom(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        for row in ("mc-01", "mc-11"):
            await one.say(acts.Mark("machine", (row,), "kit", Outcome.NOT_APPLICABLE, "none here"))
        ((vital,), (other,)) = (reasons(one, row) for row in ("mc-01", "mc-11"))
        assert (vital.weight, other.weight) == (Weight.HOLD, Weight.NOTICE)
        assert other.label.da.endswith("ikke relevant: none here, AS")


async def test_the_last_defibrillator_out_of_use_holds_and_asks_for_its_row_anew(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        for act in (KN, DEFI, acts.Mark("emergency", ("em-01",), "kit")):
            await one.say(act)
        assert (state(one, "em-01"), reasons(one, "defibrillator")) == ("done", [])
        await one.clock.move(60.0)
        await one.say(acts.Withdraw("defi", "battery"))
        assert state(one, "em-01") == "due"
        (why,) = reasons(one, "defibrillator")
        assert (why.weight, why.label.nb) == (Weight.HOLD, "Ingen hjertestarter er i bruk")
        await one.say(acts.Restore("defi"))
        assert reasons(one, "defibrillator") == []


async def test_a_row_that_is_ticked_once_more_is_no_time_of_the_list(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(KN)
        rows = ("mc-01", "mc-02")
        await one.say(acts.Mark("machine", rows, "kit"))
        await one.say(acts.Mark("machine", rows[:1], "kit", took_s=0.0))
        assert one.last(Checklist).took_s is None
        await one.say(acts.Mark("machine", ("mc-03",), "kit", took_s=12.0))
        assert one.last(Checklist).took_s == 12.0


async def test_a_question_is_asked_once_and_the_answer_is_taken(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        asked = await one.say(replace(PACK, atc="N01BB53"))
        assert (asked.rows, asked.reason) == ((), Refusal.UNCONFIRMED)
        assert "plain mepivacaine is N01BB03" in asked.detail
        assert (await one.say(replace(PACK, atc="N01BB53", again=True))).rows == (1,)
        assert "taken in today as pack 1" in (await one.say(PACK)).detail


async def test_a_pack_that_is_used_up_is_told_with_how_much_and_when(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        for act in (KN, PACK, acts.Take(2, 1), acts.Discard(2, 1, "dropped")):
            assert (await one.say(act)).rows
        stock = one.last(Stock)
        assert stock.packs == ()
        (spent,) = stock.spent
        assert (spent.pack, spent.lot, spent.used, spent.thrown) == (2, "A1", 1, 1)
        assert spent.used_at == stamp(local_time(one.clock.now()))


async def test_a_code_whose_article_number_two_items_have_is_not_read_as_either() -> None:
    both = packs(said(replace(PACK, gtin=GTIN), replace(PACK, item="dr-06", gtin=GTIN)), ROWS)
    code = Scan("s", "AS", f"01{GTIN}1728063010A55")
    read = await scanning.read(code, both, date(2026, 11, 22))
    assert (read.refused, read.item) == ("article", "")
    assert f"GTIN {GTIN} is Carbocain on pack 1 and dr-06 on pack 2" in read.detail
    assert (await scanning.read(code, both[1:], date(2026, 11, 22))).item == "dr-06"


@pytest.mark.parametrize(
    ("old", "new"),
    [("over_days = 365", "over_days = 366"), ('rows = ["em-01"]', "rows = []")],
)
def test_a_clinic_does_not_take_away_what_an_absent_or_late_device_holds(
    old: str, new: str
) -> None:
    ours = device_rules(DEVICES, "equipment.toml")
    theirs = device_rules(DEVICES.replace(old, new), "own.toml")
    (line,) = lessened({"devices": theirs}, {"devices": ours})
    assert line.endswith("sign the row in approved_by")
    assert [*lessened({"devices": ours}, {"devices": ours})] == []
