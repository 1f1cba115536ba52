"""What clients are told of gases: the worst word for a place, and each cylinder by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from practices import TWO, Room, room

from daemon.protocol.messages import Refusal
from daemon.protocol.practice import Clinic, CylinderLine, Gases, Supply
from vitals import acts
from vitals.practice import Gas, Use
from vitals.vocabulary import Weight

KN = acts.ChooseClinic("KN")
OXYGEN = acts.Cylinder("ilt", Gas.OXYGEN, 50.0, 200.0, "KN", Use.IN_USE)
SPARE = structs.replace(OXYGEN, cylinder="reserve", use=Use.RESERVE)
NITROUS = acts.Cylinder("lat", Gas.NITROUS_OXIDE, 10.0, 51.0, "KN", Use.IN_USE, tare_kg=12.0)
FULL = (KN, OXYGEN, SPARE, acts.Gauge("ilt", 137.0), acts.Gauge("reserve", 200.0))


async def said(one: Room, *all_of: acts.Done) -> None:
    for act in all_of:
        answer = await one.say(act)
        assert answer.rows, answer.detail


def supply(one: Room, gas: Gas = Gas.OXYGEN) -> Supply:
    (found,) = [told for told in one.last(Gases).supplies if told.gas is gas]
    return found


def bottle(one: Room, name: str) -> CylinderLine:
    (found,) = [told for told in one.last(Gases).cylinders if told.name == name]
    return found


@pytest.mark.parametrize(
    ("more", "state", "wanted"),
    [
        ((), "ok", False),
        ((acts.Connect("reserve", Use.EMPTY),), "no_reserve", True),
        ((acts.Connect("reserve", Use.EMPTY), acts.Gauge("ilt", 5.0)), "hold", True),
        ((acts.Gauge("ilt", 1.08), acts.Flow(Gas.OXYGEN, "KN", 6.0)), "soon", False),
        ((acts.Gauge("reserve", 100.0),), "order", True),
    ],
)
async def test_what_holds_or_is_alarmed_of_comes_before_what_is_to_be_ordered(
    tmp_path: Path, more: tuple[acts.Done, ...], state: str, *, wanted: bool
) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, *FULL, *more)
        assert (supply(one).state, supply(one).wanted) == (state, wanted)


async def test_what_runs_out_soon_says_so_also_where_it_is_to_be_ordered(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        air = structs.replace(OXYGEN, cylinder="luft", gas=Gas.AIR)
        await said(one, KN, air, acts.Gauge("luft", 1.08), acts.Flow(Gas.AIR, "KN", 6.0))
        assert (supply(one, Gas.AIR).state, supply(one, Gas.AIR).wanted) == ("soon", True)


async def test_of_what_nobody_has_read_it_is_said_that_it_is_unread(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, KN, OXYGEN, SPARE)
        assert (supply(one).state, supply(one).wanted) == ("not_read", False)


async def test_a_reserve_that_is_missing_is_called_by_its_own_name(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, *FULL, acts.Connect("reserve", Use.EMPTY))
        told = [why for why in one.last(Clinic).reasons if why.what == "gas" and why.id == "o2"]
        assert [(why.state, why.label.da) for why in told] == [("missing", "reserveilt")]
        await said(one, acts.Gauge("ilt", 5.0))
        told = [why for why in one.last(Clinic).reasons if why.what == "gas" and why.id == "o2"]
        assert ("little", "ilt") in [(why.state, why.label.da) for why in told]


@pytest.mark.parametrize("full", [False, True])
async def test_nitrous_oxide_that_nobody_weighed_is_never_enough(
    tmp_path: Path, *, full: bool
) -> None:
    async with room(tmp_path, TWO) as one:
        label = structs.replace(NITROUS, use=Use.RESERVE)
        await said(one, KN, label, acts.Connect("lat", Use.IN_USE, full=full))
        found = supply(one, Gas.NITROUS_OXIDE)
        assert (found.state, found.holds, found.estimated) == ("unweighed", False, full)
        assert found.litres == (4076.1 if full else None)
        told = [why for why in one.last(Clinic).reasons if (why.what, why.id) == ("gas", "n2o")]
        assert [(why.state, why.weight) for why in told] == [("not_weighed", Weight.NOTICE)]
        await said(one, acts.Weigh("lat", 19.5))
        found = supply(one, Gas.NITROUS_OXIDE)
        assert (found.state, found.estimated) == ("ok", False)


@pytest.mark.parametrize(
    ("capacity_l", "more", "spare", "spare_l", "holds"),
    [
        (10.0, (acts.Connect("reserve", Use.EMPTY),), "missing", None, True),
        (10.0, (), "unread", None, True),
        (10.0, (acts.Gauge("reserve", 100.0),), "partial", None, False),
        (2.0, (acts.Gauge("reserve", 200.0),), "short", 400.0, False),
        (10.0, (acts.Gauge("reserve", 200.0),), "full", 2000.0, False),
    ],
)
async def test_of_a_reserve_it_is_told_what_speaks_against_it(
    tmp_path: Path,
    capacity_l: float,
    more: tuple[acts.Done, ...],
    spare: str,
    spare_l: float | None,
    *,
    holds: bool,
) -> None:
    async with room(tmp_path, TWO) as one:
        reserve = structs.replace(SPARE, capacity_l=capacity_l)
        await said(one, KN, OXYGEN, reserve, acts.Gauge("ilt", 137.0), *more)
        found = supply(one)
        assert (found.spare, found.spare_l, found.least_l) == (spare, spare_l, 600.0)
        assert (found.reserve, found.holds) == (spare == "full", holds)


async def test_a_cylinder_whose_liquid_is_gone_says_so_of_itself_alone(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        other = structs.replace(NITROUS, cylinder="tom", tare_kg=None)
        await said(one, KN, NITROUS, other, acts.Weigh("lat", 19.5), acts.Gauge("tom", 20.0))
        assert (supply(one, Gas.NITROUS_OXIDE).state, bottle(one, "lat").liquid_gone) == (
            "ok",
            False,
        )
        assert bottle(one, "tom").liquid_gone
        assert (bottle(one, "lat").weighed, bottle(one, "tom").weighed) == (True, False)


async def test_a_cylinder_tells_its_lot_and_that_it_is_out_of_date(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        old = structs.replace(OXYGEN, lot="A1", expires=date(2020, 1, 31))
        await said(one, KN, old, acts.Gauge("ilt", 137.0), SPARE, acts.Gauge("reserve", 200.0))
        line = bottle(one, "ilt")
        assert (line.lot, line.expires, line.expired) == ("A1", date(2020, 1, 31), True)
        assert (line.weighed, bottle(one, "reserve").expired) == (None, False)
        assert supply(one).state == "expired"


async def test_another_label_under_a_known_name_is_asked_back_once(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, KN, NITROUS)
        other = structs.replace(NITROUS, tare_kg=13.0)
        asked = await one.say(other)
        assert (asked.rows, asked.reason) == ((), Refusal.UNCONFIRMED)
        await said(one, structs.replace(other, again=True))


async def test_nitrous_oxide_without_any_cylinder_is_said_to_be_none_and_is_to_be_ordered(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, *FULL, NITROUS, acts.Connect("lat", Use.EMPTY))
        found = supply(one, Gas.NITROUS_OXIDE)
        assert (found.state, found.wanted, found.holds) == ("none", True, False)


async def test_a_gas_that_is_not_there_or_not_read_is_one_line_and_never_called_too_little(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, KN)
        reasons = [
            (why.label.da, why.state) for why in one.last(Clinic).reasons if why.what == "gas"
        ]
        assert ("ilt", "missing") in reasons
        assert len(reasons) == len(set(reasons))
        await said(one, OXYGEN, SPARE)
        reasons = [
            (why.label.da, why.state) for why in one.last(Clinic).reasons if why.what == "gas"
        ]
        assert [state for label, state in reasons if label == "ilt"] == ["not_read"]


async def test_a_recall_of_a_lot_is_of_its_cylinders_too(tmp_path: Path) -> None:
    async with room(tmp_path, TWO) as one:
        await said(one, KN, structs.replace(OXYGEN, lot="B7"), SPARE, acts.Recall("b-7", "valve"))
        assert (bottle(one, "ilt").recalled, bottle(one, "reserve").recalled) == (True, False)
        assert (supply(one).state, supply(one).wanted) == ("recalled", True)
        states = {why.state for why in one.last(Clinic).reasons if why.what == "gas"}
        assert "recalled" in states
