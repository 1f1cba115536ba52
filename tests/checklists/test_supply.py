from __future__ import annotations

from random import Random

import pytest
from cylinders import (
    AIR,
    N2O,
    O2,
    ROOM,
    at,
    nitrous,
    oxygen,
    rules,
    sensed,
    stored,
    supplied,
    told,
)
from hypothesis import given
from hypothesis import strategies as st

from checklists.entry import Entry
from checklists.ledger import stores
from checklists.supply import Place, Reserve, predicted, supplies
from vitals.acts import Connect, Flow, Gauge, Weigh
from vitals.practice import Use

FLOW = Flow(O2, ROOM, 6.0)
BUSY = Place(name=ROOM, left=15)


def spare(bar: float | None = 200.0, **known: float | str) -> list[Entry]:
    """Return the label of a cylinder in reserve, and its reading; 5 l."""
    label = oxygen("reserve", Use.RESERVE, **{"capacity_l": 5.0, **known})
    return told(label, *([] if bar is None else [Gauge("reserve", bar)]), first=20)


def test_what_is_in_use_is_enough_for_so_many_minutes_at_the_flow_that_is_set() -> None:
    found = supplied(told(oxygen(), Gauge("ilt 1", 137.0), FLOW))[O2]
    assert (found.litres, found.l_min, int(found.now_min or 0)) == (6_850, 6.0, 1_141)
    assert (found.read_at, found.estimated, found.share) == (at(0), False, 0.685)


def test_ten_litres_at_fifty_bar_are_enough_for_fifty_minutes_in_an_emergency() -> None:
    said = told(oxygen(capacity_l=10.0), Gauge("ilt 1", 50.0), Flow(O2, ROOM, 10.0))
    assert supplied(said)[O2].now_min == 50


def test_where_no_flow_was_set_no_time_is_known() -> None:
    found = supplied(told(oxygen(), Gauge("ilt 1", 137.0)))[O2]
    assert (found.l_min, found.now_min, found.minutes) == (None, None, None)


def test_while_nothing_flows_there_is_no_time() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), Flow(O2, ROOM, 0.0))
    assert (supplied(said)[O2].l_min, supplied(said)[O2].now_min) == (0.0, None)


def test_a_reading_of_yesterday_is_none_today() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0))
    found = supplied(said, days=1)[O2]
    assert (found.litres, found.read_at, found.cases) == (None, None, None)
    assert [one.read_at for one in found.in_use] == [at(0)]


def test_the_mass_of_nitrous_oxide_holds_from_one_day_to_the_next() -> None:
    found = supplied(told(nitrous(), Weigh("lattergas", 19.5)), days=3)[N2O]
    assert found.litres == pytest.approx(4_076, abs=0.5)
    assert found.share == pytest.approx(1)


def test_the_list_of_the_day_and_what_is_kept_are_taken_off_what_there_is() -> None:
    said = told(oxygen(), Gauge("ilt 1", 137.0), FLOW)
    found = supplied([*said, *spare()], place=BUSY)[O2]
    assert found.day_l == 6_850 + 1_000 - 600 - 15 * 240
    assert found.day_min == pytest.approx(3_650 / 6)
    assert found.minutes == found.day_min
    assert found.now_min == pytest.approx(6_850 / 6)


def test_the_time_of_now_is_shown_where_it_is_the_smaller_one() -> None:
    said = told(oxygen(), Gauge("ilt 1", 20.0), FLOW)
    found = supplied([*said, *spare(capacity_l=50.0)], place=Place(name=ROOM, left=1))[O2]
    assert found.minutes == found.now_min == pytest.approx(1_000 / 6)


def test_so_many_cases_are_left_beside_what_is_kept() -> None:
    assert supplied(told(oxygen(), Gauge("ilt 1", 137.0)))[O2].cases == 26
    assert supplied(told(oxygen(), Gauge("ilt 1", 11.0)))[O2].cases == 0


def test_a_list_that_is_too_long_is_less_than_nothing() -> None:
    found = supplied(told(oxygen(), Gauge("ilt 1", 20.0), FLOW), place=BUSY)[O2]
    assert found.day_l == 1_000 - 600 - 3_600
    assert found.minutes == 0


@pytest.mark.parametrize(
    ("said", "reserve"),
    [
        ([], Reserve.MISSING),
        (spare(None), Reserve.UNREAD),
        (spare(200.0), Reserve.FULL),
        (spare(180.0), Reserve.FULL),
        (spare(179.0), Reserve.PARTIAL),
        (spare(200.0, capacity_l=2.0), Reserve.SHORT),
    ],
)
def test_a_reserve_is_a_second_cylinder_that_is_full_and_read_and_enough_for_an_hour(
    said: list[Entry], reserve: Reserve
) -> None:
    assert supplied([*told(oxygen()), *said])[O2].reserve is reserve


@pytest.mark.parametrize(
    ("said", "litres"),
    [([], None), (spare(None), None), (spare(179.0), None), (spare(200.0, capacity_l=2.0), 400.0)],
)
def test_a_reserve_tells_what_its_full_cylinders_hold(
    said: list[Entry], litres: float | None
) -> None:
    assert supplied([*told(oxygen()), *said])[O2].reserve_l == litres


def test_a_reserve_that_was_read_yesterday_is_not_read() -> None:
    assert supplied([*told(oxygen()), *spare()], days=1)[O2].reserve is Reserve.UNREAD


def test_the_reserve_of_a_kit_that_is_there_counts() -> None:
    said = [*told(oxygen()), *spare(place="Kuffert")]
    assert supplied(said)[O2].reserve is Reserve.MISSING
    near = Place(name=ROOM, nearby=("Kuffert",))
    assert supplied(said, place=near)[O2].reserve is Reserve.FULL


def test_a_reserve_out_of_date_is_none_and_its_last_day_is_still_in_date() -> None:
    last, before = at(0).date(), at(0, days=-1).date()
    for expires, reserve in ((last, Reserve.FULL), (before, Reserve.MISSING)):
        label = oxygen("reserve", Use.RESERVE, expires=expires)
        said = told(label, Gauge("reserve", 200.0))
        assert supplied(said)[O2].reserve is reserve


def test_a_gas_that_is_worked_with_is_there_though_nobody_entered_a_cylinder() -> None:
    found = supplied([], place=Place(name=ROOM, gases=(O2, AIR)))
    assert list(found) == [O2, AIR]
    assert (found[O2].litres, found[O2].reserve) == (None, Reserve.MISSING)
    assert supplied([]) == {}


def test_what_a_panel_reads_tells_how_fast_a_gas_goes() -> None:
    live = sensed(*((n, Gauge("ilt 1", 137.0 - 0.2 * n)) for n in range(11)))
    found = supplied(told(oxygen()), minutes=10, live=live)[O2]
    assert found.litres == 6_750
    assert found.l_min == pytest.approx(10)
    assert found.now_min == pytest.approx(675)
    assert found.trend is not None
    assert found.trend.fit == pytest.approx(1)


def test_the_faster_of_what_was_set_and_what_is_seen_is_reckoned_with() -> None:
    live = sensed(*((n, Gauge("ilt 1", 137.0 - 0.2 * n)) for n in range(11)))
    for set_l_min, l_min in ((4.0, 10.0), (15.0, 15.0)):
        said = told(oxygen(), Flow(O2, ROOM, set_l_min))
        assert supplied(said, minutes=10, live=live)[O2].l_min == pytest.approx(l_min)


def test_a_change_of_cylinder_cuts_what_a_panel_has_read() -> None:
    live = sensed(*((n, Gauge("ilt 1", 137.0 - 0.2 * n)) for n in range(11)))
    said = told(oxygen(), (6, Connect("ilt 1", Use.RESERVE)), (7, Connect("ilt 1", Use.IN_USE)))
    assert supplied(said, minutes=10, live=live)[O2].trend is None


def test_a_scale_tells_of_nitrous_oxide_what_a_pressure_never_does() -> None:
    weighed = sensed(*((n, Weigh("lattergas", 19.5 - 0.0092 * n)) for n in range(11)))
    pressed = sensed(*((n, Gauge("lattergas", 51.0 - n)) for n in range(11)))
    found = [supplied(told(nitrous()), minutes=10, live=one)[N2O] for one in (weighed, pressed)]
    assert [one.l_min for one in found] == [pytest.approx(5), None]


def test_each_gas_that_flows_is_foreseen_and_no_other() -> None:
    said = told(
        oxygen(),
        Gauge("ilt 1", 137.0),
        FLOW,
        nitrous(),
        Flow(N2O, ROOM, 0.0),
        oxygen("luft", gas=AIR),
        Flow(AIR, ROOM, 2.0),
    )
    found = predicted(supplied(said).values())
    assert found == {ROOM: {O2: pytest.approx(6_850 / 6), AIR: None}}


def test_what_nobody_entered_is_foreseen_nowhere() -> None:
    assert predicted(supplied(told(FLOW), place=Place(name=ROOM, gases=(O2,))).values()) == {}


bars = st.floats(0, 229)


@given(bars, bars, st.floats(0.1, 60), st.integers(0, 400))
def test_less_pressure_never_gives_more_minutes(
    one: float, other: float, l_min: float, passed: int
) -> None:
    minutes = []
    for bar in sorted((one, other)):
        said = told(oxygen(), Gauge("ilt 1", bar), Flow(O2, ROOM, l_min))
        minutes.append(supplied(said, minutes=passed, place=BUSY)[O2].minutes)
    assert minutes[0] is not None
    assert minutes[1] is not None
    assert minutes[0] <= minutes[1]


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 102)), max_size=8))
def test_the_minutes_of_nitrous_oxide_never_depend_on_a_pressure(
    read: list[tuple[int, float]],
) -> None:
    said = told(nitrous(), Weigh("lattergas", 15.0), Flow(N2O, ROOM, 4.0))
    live = sensed(*((minutes, Gauge("lattergas", bar)) for minutes, bar in read))
    plain = supplied(said, minutes=60)[N2O]
    assert supplied(said, minutes=60, live=live)[N2O].minutes == plain.minutes


@given(st.randoms())
def test_the_order_of_what_is_given_never_matters(chance: Random) -> None:
    said = [*told(oxygen(), Gauge("ilt 1", 137.0), FLOW, (30, Gauge("ilt 1", 120.0))), *spare()]
    live = sensed(*((n, Gauge("ilt 1", 120.0 - 0.2 * n)) for n in range(31, 42)))
    mixed, shuffled = [*said], [*live]
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    given_so = supplies(stored(said, 45), rules(), BUSY, at(45))
    assert supplies(stored(mixed, 45), rules(), BUSY, at(45)) == given_so
    seen = stores(said, rules(), at(45), live)
    assert stores(mixed, rules(), at(45), shuffled) == seen
