from __future__ import annotations

from datetime import date

import pytest
from cylinders import AIR, N2O, O2, ROOM, at, nitrous, oxygen, rules, stored, told
from msgspec import structs

from checklists.gasrefusal import gas_refusal
from vitals.acts import (
    ChooseClinic,
    Connect,
    Cylinder,
    Done,
    Flow,
    Gauge,
    OrderGas,
    Weigh,
)
from vitals.practice import Use

SAID = told(oxygen(), nitrous(), Cylinder("luft", AIR, 10.0, 200.0, "Gigt"))


def refusal(act: Done) -> str | None:
    return gas_refusal(stored(SAID), act, rules(), at(0))


@pytest.mark.parametrize(
    "act",
    [
        oxygen("ilt 2"),
        oxygen(expires=date(2026, 11, 19)),
        Gauge("ilt 1", 0.0),
        Gauge("ilt 1", 229.0),
        Gauge("lattergas", 51.0),
        Weigh("lattergas", 12.0),
        Weigh("lattergas", 20.0),
        Connect("ilt 1", Use.EMPTY),
        Connect("lattergas", Use.IN_USE, full=True),
        Flow(O2, ROOM, 6.0),
        OrderGas(N2O, "Gigt"),
        ChooseClinic("KN"),
    ],
)
def test_what_can_be_so_is_not_refused(act: Done) -> None:
    assert refusal(act) is None


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Gauge("ilt 1", 900.0), "900 bar is more than ilt 1 can hold, which is filled to 200 bar"),
        (Gauge("ilt 1", 900.0), "read the gauge again, or mend its label"),
        (Gauge("ilt 1", float("nan")), "is no pressure of a gauge: read it again"),
        (Gauge("lattergas", 110.0), "110 bar is more than lattergas can hold"),
        (Weigh("lattergas", 11.9), "is below the tare of lattergas, 12 kg: weigh the whole"),
        (Weigh("lattergas", 60.0), "60 kg is more than lattergas can weigh, 20.2 kg"),
        (Weigh("ilt 1", 60.0), "ilt 1 holds oxygen, which is not weighed: read its gauge"),
        (Gauge("ilt 9", 100.0), "there is no cylinder ilt 9: expected ilt 1, lattergas, luft"),
        (Weigh("ilt 9", 100.0), "there is no cylinder ilt 9"),
        (Connect("ilt 9", Use.IN_USE), "there is no cylinder ilt 9"),
        (oxygen("ilt 2", full=True), "ilt 2 holds oxygen, whose gauge says whether it is full"),
        (Connect("ilt 1", Use.IN_USE, full=True), "says whether it is full: read it"),
        (Flow(O2, "Gigt", 6.0), f"no cylinder of oxygen stands at Gigt: expected {ROOM}"),
        (oxygen(expires=date(2106, 1, 1)), "2106-01-01 is no expiry of ilt 1"),
        (oxygen(expires=date(1926, 1, 1)), "more than 10 years from today: read its label again"),
    ],
)
def test_what_cannot_be_so_is_refused_in_one_line_with_the_way_on(act: Done, said: str) -> None:
    found = refusal(act)
    assert found is not None
    assert said in found
    assert "\n" not in found


def test_a_mass_without_a_tare_is_refused_until_the_label_has_one() -> None:
    bare = told(structs.replace(nitrous(), tare_kg=None))
    act = Weigh("lattergas", 19.5)
    found = gas_refusal(stored(bare), act, rules(), at(0))
    assert found == "the tare of lattergas is not known: enter its label again, with the tare"
    mended = [*bare, *told((1, nitrous()), first=9)]
    assert gas_refusal(stored(mended, 1), act, rules(), at(1)) is None


def test_before_anything_was_entered_the_way_on_is_the_label() -> None:
    found = gas_refusal(stored([]), Gauge("ilt 1", 100.0), rules(), at(0))
    assert found == "there is no cylinder ilt 1: enter the label of one first"
