"""A label that is said again: what is not said stays, and what differs is asked about once."""

from __future__ import annotations

from datetime import date

import pytest
from cylinders import N2O, nitrous, oxygen, rules, stored, told
from msgspec import structs

from checklists.gasrefusal import gas_doubt
from vitals.acts import Connect, Cylinder, Weigh
from vitals.practice import Gas, Use

KNOWN = nitrous(lot="A1", expires=date(2028, 1, 31))
BARE = Cylinder("lattergas", N2O, 10.0, 51.0, "Gigt")


def test_what_is_not_said_again_of_a_cylinder_stays_as_it_was() -> None:
    (found,) = stored(told(KNOWN, Weigh("lattergas", 13.84), (5, BARE)), 5).bottles
    assert found.label == structs.replace(BARE, tare_kg=12.0, lot="A1", expires=KNOWN.expires)
    assert (found.use, found.kg) == (Use.IN_USE, 13.84)
    assert found.litres == pytest.approx(1_000)


def test_what_is_said_again_of_a_cylinder_holds() -> None:
    mended = structs.replace(BARE, use=Use.RESERVE, tare_kg=12.5, lot="B2")
    (found,) = stored(told(BARE, (5, mended)), 5).bottles
    assert (found.use, found.label.tare_kg, found.label.lot) == (Use.RESERVE, 12.5, "B2")


def test_a_cylinder_that_comes_is_in_reserve_where_nobody_says_otherwise() -> None:
    (found,) = stored(told(BARE)).bottles
    assert found.use is Use.RESERVE


def test_after_an_empty_cylinder_nothing_of_its_label_is_left() -> None:
    said = told(KNOWN, (1, Connect("lattergas", Use.EMPTY)), (5, BARE))
    (found,) = stored(said, 5).bottles
    assert (found.label, found.use) == (BARE, Use.RESERVE)


@pytest.mark.parametrize(
    ("said", "told_of"),
    [
        ({"tare_kg": 13.0}, "tare 12 kg, and 13 kg here"),
        ({"lot": "B2"}, "lot A1, and B2 here"),
        ({"expires": date(2029, 1, 31)}, "expiry 2028-01-31, and 2029-01-31 here"),
        ({"capacity_l": 5.0}, "water capacity 10 l, and 5 l here"),
        ({"fill_bar": 44.0}, "fill pressure 51 bar, and 44 bar here"),
        ({"gas": Gas.AIR}, "gas n2o, and air here"),
    ],
)
def test_a_label_unlike_the_one_that_is_known_is_asked_about_once(
    said: dict[str, object], told_of: str
) -> None:
    act, there = structs.replace(KNOWN, **said), stored(told(KNOWN))
    line = gas_doubt(there, act)
    assert line is not None
    assert line.startswith(f"lattergas is entered as: {told_of}: read the label")
    assert gas_doubt(there, structs.replace(act, again=True)) is None
    empty = stored(told(KNOWN, Connect("lattergas", Use.EMPTY)))
    assert gas_doubt(empty, act) is None


@pytest.mark.parametrize("act", [BARE, KNOWN, oxygen(), Weigh("lattergas", 13.0)])
def test_of_what_fits_what_is_known_nothing_is_asked(act: Cylinder | Weigh) -> None:
    assert gas_doubt(stored(told(KNOWN)), act) is None


def test_a_reserve_has_a_name_of_its_own_in_every_language() -> None:
    for row in rules().kept.values():
        assert row.reserve_label != row.label
