"""What keeps the kit from being ready: things by name, the worst first, each of them once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from practices import BED, Room, room

from daemon.clock import local_time
from daemon.protocol.practice import Clinic, Stock
from vitals import acts
from vitals.practice import Outcome, Ware
from words.catalogue import Language, Words
from words.wanting import Wanting, read

KIT = "kit"
ROW = acts.Mark("emergency", ("em-01",), KIT, Outcome.FAILED, "battery")
DEVICE = acts.Register("def-1", "defibrillator", "Zoll", "7", KIT)


def pack(one: Room, item: str, days: int, lot: str, quantity: int = 5) -> acts.Receive:
    expires = local_time(one.clock.now()).date() + timedelta(days=days)
    return acts.Receive(item, Ware.DRUG, lot, expires, quantity, KIT)


def named(one: Room) -> list[Wanting | str]:
    one.look()
    things, _ = read("; ".join(one.desk.practising.kit(BED).reasons))
    return things


async def test_a_failed_thing_that_saves_a_life_is_named_before_packs_that_are_over(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        await one.say(acts.ChooseClinic("KN"))
        for lot in ("A", "B"):
            await one.say(pack(one, "dr-01", -1, lot))
        await one.say(pack(one, "dr-02", 500, "R"))
        await one.say(acts.Recall("R", "glass"))
        await one.say(ROW)
        things = named(one)
        assert isinstance(things[0], Wanting)
        assert things[0].state == "failed"
        told = Words(Language.DANISH).hold("kit " + "; ".join(one.desk.practising.kit(BED).reasons))
        assert told.startswith("udstyr ikke klart: ")
        assert ": ikke i orden (kit)" in told
        labels = [thing.da for thing in things if isinstance(thing, Wanting)]
        assert len(labels) == len(set(labels)) == 3


async def test_a_failed_defibrillator_and_its_row_are_one_thing_of_those_named(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        for act in (acts.ChooseClinic("KN"), DEVICE, ROW):
            await one.say(act)
        await one.say(acts.Tested("def-1", passed=False, reason="no shock"))
        reasons = one.last(Clinic).reasons
        assert {why.id for why in reasons[:2]} == {"def-1", "em-01"}
        assert (
            sum(thing.state == "failed" for thing in named(one) if isinstance(thing, Wanting)) == 1
        )


async def test_a_recalled_pack_is_called_so_and_has_no_day(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        for act in (acts.ChooseClinic("KN"), pack(one, "dr-01", 500, "LOT77A")):
            await one.say(act)
        await one.say(acts.Recall("LOT77A", "glass"))
        (why,) = [why for why in one.last(Clinic).reasons if why.what == "pack"]
        assert (why.state, why.until, why.until_at) == ("recalled", None, "")


async def test_of_a_recalled_drug_it_is_said_too_that_there_is_too_little(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        for act in (acts.ChooseClinic("KN"), pack(one, "dr-01", 500, "LOT77A")):
            await one.say(act)
        await one.say(acts.Recall("LOT77A", "glass"))
        one.look()
        found = one.desk.practising.reckoning.reckoned(one.desk.ward.state, one.clock.now()).ready
        drug = {why.state.value for why in found.reasons if why.thing == "dr-01"}
        assert drug >= {"recalled", "short"}
        (label,) = {why.label.da for why in found.reasons if why.about == "dr-01"}
        states = {
            thing.state for thing in named(one) if isinstance(thing, Wanting) and thing.da == label
        }
        assert states >= {"recalled", "short"}


async def test_two_packs_of_one_drug_that_end_together_are_one_line(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(acts.ChooseClinic("KN"))
        for lot in ("A", "B"):
            await one.say(pack(one, "dr-01", -1, lot))
        assert sum(why.state == "expired" for why in one.last(Clinic).reasons) == 1


async def test_one_opened_vial_has_a_line_and_an_hour_of_its_own(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(acts.ChooseClinic("KN"))
        number = (await one.say(pack(one, "dr-08", 500, "P"))).rows[0]
        await one.say(acts.Unseal(number, 1))
        opened, closed = [line for line in one.last(Stock).packs if line.pack == number]
        assert (opened.quantity, closed.quantity) == (1, 4)
        begun, ends = map(datetime.fromisoformat, (opened.opened_at, opened.until_at))
        assert ends - begun == timedelta(hours=12)
        assert (closed.until_at, closed.opened_at) == ("", "")
        assert (opened.first, closed.first) == (True, False)
