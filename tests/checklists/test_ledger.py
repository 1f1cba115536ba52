from __future__ import annotations

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from cylinders import AIR, N2O, O2, ROOM, at, nitrous, oxygen, rules, stored, told
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from checklists.entry import Entry
from checklists.ledger import Bottle, How, stores
from vitals.acts import Connect, Counter, Cylinder, Done, Flow, Gauge, OrderGas, Recall, Weigh
from vitals.practice import Use

FULL_L = pytest.approx(4_076, abs=0.5)


def bottle(entries: list[Entry], minutes: float = 0.0, days: int = 0) -> Bottle:
    """Return the one cylinder that there is."""
    (found,) = stored(entries, minutes, days).bottles
    return found


def flow(l_min: float, gas: str = "o2", place: str = ROOM) -> Flow:
    return Flow(gas={"o2": O2, "n2o": N2O, "air": AIR}[gas], place=place, l_min=l_min)


def test_a_cylinder_that_nobody_has_read_holds_nobody_knows_what() -> None:
    found = bottle(told(oxygen()))
    assert (found.litres, found.how, found.read_at) == (None, None, None)


def test_a_gauge_tells_what_a_compressed_gas_comes_to() -> None:
    found = bottle(told(oxygen(), Gauge("ilt 1", 137.0)))
    assert (found.litres, found.how, found.estimated) == (6_850, How.PRESSURE, False)


def test_what_flowed_since_a_reading_is_taken_off_and_said_to_be_estimated() -> None:
    found = bottle(told(oxygen(), Gauge("ilt 1", 137.0), flow(6.0)), minutes=100)
    assert (found.litres, found.estimated) == (6_250, True)


def test_a_new_reading_says_it_better_than_what_flowed() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), flow(6.0), (100, Gauge("ilt 1", 130.0)))
    found = bottle(said, minutes=100)
    assert (found.litres, found.estimated) == (6_500, False)


def test_a_flow_is_shared_by_all_that_are_in_use_there_and_taken_from_nothing_else() -> None:
    said = told(
        oxygen("a"),
        oxygen("b"),
        oxygen("spare", Use.RESERVE),
        oxygen("elsewhere", place="Gigt"),
        *(Gauge(name, 100.0) for name in ("a", "b", "spare", "elsewhere")),
        flow(10.0),
    )
    left = {one.label.cylinder: one.litres for one in stored(said, minutes=60).bottles}
    assert left == {"a": 4_700, "b": 4_700, "spare": 5_000, "elsewhere": 5_000}


def test_a_flow_that_changes_is_reckoned_piece_by_piece_and_never_below_nothing() -> None:
    said = told(oxygen(), Gauge("ilt 1", 20.0), flow(6.0), (60, flow(0.0)), (120, flow(10.0)))
    assert bottle(said, minutes=120).litres == 640
    assert bottle(said, minutes=150).litres == 340
    assert bottle(said, minutes=500).litres == 0


def test_a_flow_ends_with_its_day() -> None:
    said = told(nitrous(), flow(2.0, "n2o"))
    midnight = bottle(said, minutes=16 * 60).litres
    assert (
        bottle(said, minutes=60, days=1).litres == midnight == pytest.approx(4_076 - 1_920, abs=1)
    )
    assert stored(said, days=1).flows == {}


def test_nitrous_oxide_that_nobody_read_weighed_or_called_full_has_no_content() -> None:
    for use in Use:
        assert bottle(told(nitrous(use=use, full=False), flow(4.0, "n2o"))).litres is None
    said = told(nitrous(use=Use.RESERVE, full=False), Connect("lattergas", Use.IN_USE))
    assert (bottle(said).litres, bottle(said).how) == (None, None)


def test_nitrous_oxide_is_full_where_who_connects_it_says_so() -> None:
    said = told(nitrous(use=Use.RESERVE, full=False), Connect("lattergas", Use.IN_USE, full=True))
    assert bottle(said).litres == FULL_L
    assert bottle(said).how is How.LEDGER
    said = told(nitrous(full=False), (5, nitrous(full=True)))
    assert bottle(said, minutes=5).litres == FULL_L
    assert bottle(said, minutes=5).estimated


def test_what_was_weighed_or_has_no_liquid_is_not_full_because_somebody_says_so() -> None:
    full = (5, Connect("lattergas", Use.IN_USE, full=True))
    weighed = told(nitrous(full=False), Weigh("lattergas", 13.84), full)
    assert bottle(weighed, minutes=5).litres == pytest.approx(1_000)
    empty = told(nitrous(full=False), Gauge("lattergas", 20.0), full)
    assert bottle(empty, minutes=5).litres is None


def test_a_cylinder_that_comes_back_full_was_filled_anew() -> None:
    said = told(
        nitrous(full=False),
        Weigh("lattergas", 12.1),
        Connect("lattergas", Use.EMPTY),
        (5, Connect("lattergas", Use.IN_USE, full=True)),
    )
    found = bottle(said, minutes=5)
    assert found.litres == FULL_L
    assert (found.kg, found.estimated) == (None, True)


def test_nitrous_oxide_that_was_called_full_and_not_weighed_is_reckoned_by_what_flowed() -> None:
    whole = bottle(told(nitrous()))
    assert whole.litres == FULL_L
    assert (whole.how, whole.estimated) == (How.LEDGER, True)
    assert bottle(told(nitrous(), flow(4.0, "n2o")), minutes=100).litres == pytest.approx(
        3_676, abs=0.5
    )


def test_nitrous_oxide_that_was_weighed_is_what_it_weighed() -> None:
    found = bottle(told(nitrous(), Weigh("lattergas", 13.84)))
    assert found.litres == pytest.approx(1_000)
    assert (found.how, found.kg, found.estimated) == (How.MASS, 13.84, False)
    assert bottle(told(nitrous())).kg is None


@pytest.mark.parametrize("bar", [0.0, 44.9, 51.0, 60.0])
def test_a_pressure_of_nitrous_oxide_is_kept_and_says_nothing_of_its_content(bar: float) -> None:
    found = bottle(told(nitrous(), Weigh("lattergas", 13.84), Gauge("lattergas", bar)))
    assert found.litres == pytest.approx(1_000)
    assert (found.bar, found.liquid_gone) == (bar, bar < 45)


def test_a_pressure_that_falls_while_gas_flows_does_not_say_that_the_liquid_is_gone() -> None:
    said = told(nitrous(), flow(6.0, "n2o"), (5, Gauge("lattergas", 40.0)))
    assert bottle(said, minutes=5).liquid_gone is None
    closed = told((6, flow(0.0, "n2o")), (10, Gauge("lattergas", 40.0)), first=9)
    assert bottle([*said, *closed], minutes=10).liquid_gone is True


def test_a_new_cylinder_under_an_old_name_is_read_anew() -> None:
    said = told(oxygen(lot="A1"), Gauge("ilt 1", 20.0), (5, oxygen(lot="B2")))
    assert bottle(said, minutes=5).litres is None


def test_a_new_cylinder_after_an_empty_one_is_full_again_by_its_label() -> None:
    said = told(
        nitrous(),
        Weigh("lattergas", 12.1),
        Connect("lattergas", Use.EMPTY),
        (5, nitrous()),
    )
    assert bottle(said, minutes=5).litres == FULL_L


def test_a_label_that_is_said_again_of_the_same_cylinder_keeps_what_was_read() -> None:
    said = told(oxygen(), Gauge("ilt 1", 20.0), (5, oxygen(place="Gigt", lot="A1")))
    found = bottle(said, minutes=5)
    assert (found.litres, found.label.place) == (1_000, "Gigt")


def test_an_empty_cylinder_stands_nowhere() -> None:
    said = told(oxygen(), Connect("ilt 1", Use.EMPTY))
    assert stored(said).at((ROOM, O2)) == ()


def test_a_gas_is_ordered_until_a_cylinder_of_it_comes() -> None:
    said = told(oxygen(), (5, OrderGas(O2, ROOM)))
    found = stored(said, minutes=5).ordered[ROOM, O2]
    assert (found.at, found.by) == (at(5), "AS")
    come = told((60, oxygen("ilt 2", Use.RESERVE)), first=9)
    assert stored([*said, *come], minutes=60).ordered == {}


@pytest.mark.parametrize(
    ("later", "waits"),
    [
        (oxygen(lot="B7"), True),
        (oxygen(place="Gigt"), True),
        (oxygen(capacity_l=10.0), False),
        (oxygen("ilt 2"), False),
    ],
)
def test_an_order_stays_where_only_the_label_of_what_is_there_is_said_again(
    later: Cylinder, *, waits: bool
) -> None:
    said = told(oxygen(), (5, OrderGas(O2, ROOM)), (60, later))
    assert bool(stored(said, minutes=60).ordered) is waits


def test_what_is_filled_anew_has_come() -> None:
    said = told(oxygen(), OrderGas(O2, ROOM), (5, Connect("ilt 1", Use.EMPTY)), (60, oxygen()))
    assert stored(said, minutes=60).ordered == {}


def test_a_cylinder_of_a_recalled_lot_is_recalled_however_the_lot_is_spelt() -> None:
    said = told(oxygen(lot="B-7"), oxygen("ilt 2"), Recall("b7", "valve"))
    assert [one.recalled for one in stored(said).bottles] == [True, False]


def test_what_is_said_of_a_later_moment_counts_for_nothing_yet() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), (60, Gauge("ilt 1", 100.0)))
    assert bottle(said, minutes=59).litres == 6_850


@pytest.mark.parametrize("act", [Gauge("ilt 1", 900.0), Weigh("ilt 1", 70.0), Gauge("ilt 2", 9.0)])
def test_a_reading_that_cannot_be_so_counts_for_nothing(act: Done) -> None:
    assert bottle(told(oxygen(), Gauge("ilt 1", 137.0), (5, act)), minutes=5).litres == 6_850


def test_what_was_countered_was_not_so() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), (5, Gauge("ilt 1", 13.7)), (6, Counter(3, "slip")))
    assert bottle(said, minutes=10).litres == 6_850


def test_a_late_entry_counts_from_when_it_was_so() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), (100, flow(6.0)), (50, flow(6.0)))
    assert bottle(said, minutes=100).litres == 6_550


def test_in_an_hour_that_is_missing_on_the_wall_nothing_flowed() -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    began = datetime(2026, 3, 29, 1, 0, tzinfo=zone)
    first: list[Done] = [oxygen(), Gauge("ilt 1", 137.0), flow(6.0)]
    said = [Entry(n, began, began.date(), "AS", act) for n, act in enumerate(first, 1)]
    (found,) = stores(said, rules(), began.replace(hour=4)).bottles
    assert found.litres == 6_850 - 2 * 360


acts: st.SearchStrategy[Done] = st.sampled_from(
    [
        oxygen(),
        oxygen("ilt 2", Use.RESERVE),
        nitrous(),
        Connect("ilt 1", Use.EMPTY),
        Connect("ilt 2", Use.IN_USE),
        Gauge("ilt 1", 137.0),
        Gauge("ilt 2", 200.0),
        Gauge("lattergas", 30.0),
        Weigh("lattergas", 15.0),
        flow(6.0),
        flow(4.0, "n2o"),
        OrderGas(O2, ROOM),
        Counter(2, "slip"),
    ]
)
days = st.lists(st.tuples(st.integers(0, 600), acts), max_size=14).map(lambda one: told(*one))


@given(days, st.randoms())
def test_the_order_of_what_is_given_never_matters(said: list[Entry], chance: Random) -> None:
    mixed = [*said]
    chance.shuffle(mixed)
    assert stored(mixed, minutes=600) == stored(said, minutes=600)


@given(days)
def test_no_content_is_below_nothing_or_above_a_warm_full_cylinder(said: list[Entry]) -> None:
    for one in stored(said, minutes=600).bottles:
        assert one.litres is None or 0 <= one.litres <= 11_500


@given(days, st.floats(0, 102))
def test_no_content_of_nitrous_oxide_ever_depends_on_a_pressure(
    said: list[Entry], bar: float
) -> None:
    other = [
        structs.replace(one, act=Gauge("lattergas", bar))
        if isinstance(one.act, Gauge) and one.act.cylinder == "lattergas"
        else one
        for one in said
    ]
    left = [
        [one for one in stored(lists, minutes=600).bottles if one.label.gas is N2O]
        for lists in (said, other)
    ]
    for one, two in zip(*left, strict=True):
        unknown = [each for each in (one, two) if each.litres is None and each.liquid_gone]
        assert unknown or one.litres == two.litres


def test_a_label_is_all_that_a_cylinder_needs() -> None:
    plain = Cylinder("luft", AIR, 10.0, 200.0, ROOM)
    assert [one.use for one in stored(told(plain)).bottles] == [Use.RESERVE]


@pytest.mark.parametrize("bar", [0.0, 44.9])
def test_what_was_only_reckoned_is_unknown_once_the_gauge_says_that_the_liquid_is_gone(
    bar: float,
) -> None:
    reckoned = bottle(told(nitrous(), Gauge("lattergas", bar)))
    assert (reckoned.litres, reckoned.how, reckoned.estimated) == (None, None, False)
    assert reckoned.liquid_gone is True
    drawn = told(nitrous(), Weigh("lattergas", 13.84), flow(1.0, "n2o"))
    closed = told((20, flow(0.0, "n2o")), (30, Gauge("lattergas", bar)), first=9)
    assert bottle([*drawn, *closed], minutes=30).litres is None


def test_a_cylinder_whose_liquid_is_gone_is_known_again_once_it_is_weighed() -> None:
    said = told(nitrous(), Gauge("lattergas", 20.0), (5, Weigh("lattergas", 12.1)))
    assert bottle(said, minutes=5).litres == pytest.approx(54, abs=1)


def test_a_gauge_that_stands_as_it_should_leaves_what_was_reckoned() -> None:
    assert bottle(told(nitrous(), Gauge("lattergas", 51.0))).litres == FULL_L
