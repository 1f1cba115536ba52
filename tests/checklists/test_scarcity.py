from __future__ import annotations

import pytest
from cylinders import AIR, N2O, O2, ROOM, at, nitrous, oxygen, rules, shipped, supplied, told
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from checklists.entry import Entry
from checklists.gasrules import Trouble, gas_rules
from checklists.ordering import order_list
from checklists.scarcity import LOOKS, Scarcity, scarcities
from checklists.supply import Place
from vitals.acts import Cylinder, Flow, Gauge, OrderGas, Recall, Weigh
from vitals.practice import Gas, Responsible, Use
from vitals.vocabulary import Weight

HERE = Place(name=ROOM)
SPARE = (oxygen("reserve", Use.RESERVE, capacity_l=5.0), Gauge("reserve", 200.0))
SOUND = (oxygen(), Gauge("ilt 1", 137.0), *SPARE)


def said(
    entries: list[Entry],
    gas: Gas = O2,
    place: Place = HERE,
    *,
    minutes: float = 0.0,
    days: int = 0,
) -> dict[Trouble, Scarcity]:
    """Return what is to be said of one gas."""
    found = supplied(entries, minutes, place, days=days)[gas]
    return {one.id: one for one in scarcities(found, place, rules(), at(minutes, days))}


def holds(found: dict[Trouble, Scarcity]) -> set[Trouble]:
    return {one.id for one in found.values() if one.weight is Weight.HOLD}


def test_everything_that_may_be_said_is_looked_for() -> None:
    assert set(LOOKS) == set(Trouble)


def test_of_a_cylinder_that_was_read_and_a_full_reserve_there_is_nothing_to_say() -> None:
    assert said(told(*SOUND)) == {}


def test_oxygen_of_which_nothing_is_known_holds() -> None:
    found = said([], place=Place(name=ROOM, gases=(O2,)))
    assert holds(found) == {Trouble.STOP, Trouble.RESERVE_MISSING}
    assert Trouble.MISSING in found


@pytest.mark.parametrize("gas", [O2, AIR, N2O])
def test_a_gas_without_any_cylinder_is_ordered(gas: Gas) -> None:
    found = said([], gas, Place(name=ROOM, gases=(gas,)))
    assert found[Trouble.ABSENT].orders
    assert Trouble.ABSENT not in said(told(*SPARE))


def test_a_recalled_reserve_counts_for_none_and_a_recalled_cylinder_holds() -> None:
    spare = structs.replace(SPARE[0], lot="B7")
    found = said(told(*SOUND[:2], spare, SPARE[1], Recall("B7", "valve")))
    assert holds(found) == {Trouble.RESERVE_MISSING, Trouble.RECALLED}
    assert found[Trouble.RECALLED].cylinders == ("reserve",)


@pytest.mark.parametrize(("bar", "held"), [(12.0, False), (11.9, True)])
def test_less_than_is_kept_holds_where_there_is_no_full_reserve(bar: float, *, held: bool) -> None:
    assert (Trouble.STOP in said(told(oxygen(), Gauge("ilt 1", bar)))) is held
    assert Trouble.STOP not in said(told(oxygen(), Gauge("ilt 1", bar), *SPARE))


def test_a_reserve_that_is_missing_or_unread_holds_and_one_that_is_short_does_not() -> None:
    used = (oxygen(), Gauge("ilt 1", 137.0))
    assert holds(said(told(*used))) == {Trouble.RESERVE_MISSING}
    assert holds(said(told(*used, SPARE[0]))) == {Trouble.RESERVE_UNREAD}
    short = said(told(*used, SPARE[0], Gauge("reserve", 100.0)))
    assert (set(short), holds(short)) == ({Trouble.RESERVE_SHORT}, set())
    assert short[Trouble.RESERVE_SHORT].cylinders == ("reserve",)


def test_what_was_read_yesterday_is_to_be_read_again() -> None:
    found = said(told(*SOUND), days=1)
    assert set(found) == {Trouble.STOP, Trouble.RESERVE_UNREAD, Trouble.UNREAD}
    assert found[Trouble.UNREAD].cylinders == ("ilt 1",)


@pytest.mark.parametrize(("bar", "low"), [(50.0, False), (49.9, True)])
def test_a_low_pressure_is_told_of_with_the_cylinder_and_holds_nothing(
    bar: float, *, low: bool
) -> None:
    found = said(told(oxygen(), Gauge("ilt 1", bar), *SPARE))
    assert (Trouble.PRESSURE in found) is low
    assert holds(found) == set()
    if low:
        one = found[Trouble.PRESSURE]
        assert (one.value, one.limit, one.cylinders) == (bar, 50.0, ("ilt 1",))


def test_less_than_two_cases_are_told_of() -> None:
    small = oxygen(capacity_l=5.0)
    assert Trouble.CASES in said(told(small, Gauge("ilt 1", 95.9), *SPARE))
    assert Trouble.CASES not in said(told(small, Gauge("ilt 1", 96.0), *SPARE))


def test_a_list_that_is_longer_than_the_gas_is_told_of_and_ordered() -> None:
    entries = told(oxygen(), Gauge("ilt 1", 52.0), *SPARE)
    assert Trouble.LIST not in said(entries, place=Place(name=ROOM, left=12))
    found = said(entries, place=Place(name=ROOM, left=13))[Trouble.LIST]
    assert (found.orders, found.weight) == (True, Weight.NOTICE)


def test_less_than_one_and_a_half_lists_of_tomorrow_after_today_is_ordered() -> None:
    entries = told(oxygen(), Gauge("ilt 1", 64.0), *SPARE)
    assert Trouble.TOMORROW not in said(entries, place=Place(name=ROOM, left=5, next=6))
    found = said(entries, place=Place(name=ROOM, left=5, next=7))[Trouble.TOMORROW]
    assert found.orders
    assert found.value == pytest.approx(2_400 / (7 * 240))


def test_what_runs_out_within_half_an_hour_is_told_of() -> None:
    entries = told(oxygen(), Gauge("ilt 1", 12.0), *SPARE, Flow(O2, ROOM, 20.0))
    assert Trouble.SOON not in said(entries)
    assert said(entries, minutes=1)[Trouble.SOON].value == pytest.approx(29)


@pytest.mark.parametrize(
    ("net_kg", "troubles"),
    [
        (2.25, set()),
        (2.24, {Trouble.ORDER_SHARE}),
        (1.51, {Trouble.ORDER_SHARE}),
        (1.49, {Trouble.ORDER_SHARE, Trouble.SHARE}),
    ],
)
def test_little_nitrous_oxide_is_ordered_and_never_holds(
    net_kg: float, troubles: set[Trouble]
) -> None:
    found = said(told(nitrous(), Weigh("lattergas", 12.0 + net_kg)), N2O)
    assert (set(found), holds(found)) == (troubles, set())


def test_liquid_that_is_gone_is_told_of() -> None:
    entries = told(nitrous(), Gauge("lattergas", 44.0))
    assert said(entries, N2O)[Trouble.LIQUID_GONE].cylinders == ("lattergas",)


@pytest.mark.parametrize(("net_kg", "gone"), [(7.5, False), (0.8, True), (None, False)])
def test_liquid_is_gone_only_where_no_cylinder_in_use_is_known_to_have_some(
    net_kg: float | None, *, gone: bool
) -> None:
    entries = told(nitrous("a"), nitrous("b", tare_kg=None), Gauge("b", 20.0))
    weighed = [] if net_kg is None else told(Weigh("a", 12.0 + net_kg), first=9)
    assert (Trouble.LIQUID_GONE in said([*entries, *weighed], N2O)) is gone


def test_a_reserve_that_is_full_does_not_make_up_for_liquid_that_is_gone_in_use() -> None:
    entries = told(nitrous("a"), nitrous("b", Use.RESERVE), Gauge("a", 20.0), Weigh("b", 19.5))
    assert Trouble.LIQUID_GONE in said(entries, N2O)


def test_air_holds_only_where_the_machine_needs_it() -> None:
    entries = told(oxygen("luft", gas=AIR), Gauge("luft", 5.0))
    assert holds(said(entries, AIR)) == set()
    needing = Place(name=ROOM, needed=(O2, AIR))
    assert holds(said(entries, AIR, needing)) == {Trouble.STOP}


def test_oxygen_holds_also_where_nobody_said_that_the_machine_needs_it() -> None:
    assert Trouble.STOP in holds(said(told(oxygen()), place=Place(name=ROOM, needed=())))


@pytest.mark.parametrize("full", [True, False])
def test_nitrous_oxide_that_was_never_weighed_is_told_of_and_holds_nothing(*, full: bool) -> None:
    label = nitrous(full=full)
    found = said(told(label), N2O)
    assert found[Trouble.UNWEIGHED].cylinders == ("lattergas",)
    assert (holds(found), found[Trouble.UNWEIGHED].orders) == (set(), False)
    assert Trouble.UNWEIGHED not in said(told(label, Weigh("lattergas", 19.5)), N2O)


@pytest.mark.parametrize(("gas", "held"), [(O2, {Trouble.EXPIRED}), (N2O, set())])
def test_what_is_out_of_date_is_told_of_from_the_day_after(gas: Gas, held: set[Trouble]) -> None:
    last = at(0).date()
    label: Cylinder = {O2: SOUND[0], N2O: nitrous()}[gas]
    entries = told(structs.replace(label, expires=last), Gauge("ilt 1", 137.0), *SPARE)
    assert Trouble.EXPIRED not in said(entries, gas)
    fresh = told(Gauge("ilt 1", 137.0), Gauge("reserve", 200.0), days=1, first=20)
    found = said([*entries, *fresh], gas, days=1)
    assert found[Trouble.EXPIRED].cylinders == (label.cylinder,)
    assert holds(found) == held


def test_what_holds_comes_first_and_says_by_which_document() -> None:
    entries = told(oxygen(), Gauge("ilt 1", 10.0))
    found = list(said(entries).values())
    weights = [one.weight for one in found]
    assert weights == sorted(weights, key=list(Weight).index)
    assert {one.approved for one in found} == {False}
    assert all(one.source for one in found)


def test_a_row_that_somebody_has_approved_is_told_so() -> None:
    old = 'approved_by = ""'
    before, row, after = shipped().partition('id = "stop"')
    approved = gas_rules(before + row + after.replace(old, 'approved_by = "AS"', 1), "gases.toml")
    found = supplied(told(oxygen(), Gauge("ilt 1", 1.0)))[O2]
    told_so = {one.id: one.approved for one in scarcities(found, HERE, approved, at(0))}
    assert {trouble for trouble, said_so in told_so.items() if said_so} == {Trouble.STOP}


def test_what_is_to_be_ordered_names_who_orders_and_why() -> None:
    entries = told(*SOUND, nitrous(), Weigh("lattergas", 13.0))
    found = supplied(entries)
    every = [one for gas in found for one in scarcities(found[gas], HERE, rules(), at(0))]
    (order,) = order_list(found.values(), every, {N2O: Responsible.CLINIC})
    assert (order.place, order.gas, order.who) == (ROOM, N2O, Responsible.CLINIC)
    assert (order.why, order.ordered) == ((Trouble.SHARE, Trouble.ORDER_SHARE), None)


def test_what_nobody_was_named_for_is_ordered_by_agreement() -> None:
    found = supplied(told(oxygen(), Gauge("ilt 1", 137.0)))
    every = scarcities(found[O2], HERE, rules(), at(0))
    (order,) = order_list(found.values(), every, {})
    assert (order.who, order.why) == (Responsible.AGREEMENT, (Trouble.RESERVE_MISSING,))


def test_what_was_ordered_is_shown_after_what_is_still_to_be() -> None:
    entries = told(
        oxygen(), Gauge("ilt 1", 137.0), OrderGas(O2, ROOM), nitrous(), Weigh("lattergas", 13.0)
    )
    # A cylinder that is entered after an order is taken for what was ordered: of its own gas alone.
    found = supplied(entries)
    every = [one for gas in found for one in scarcities(found[gas], HERE, rules(), at(0))]
    orders = order_list(found.values(), every, {})
    assert [(one.gas, one.ordered is not None) for one in orders] == [(N2O, False), (O2, True)]


def test_what_was_ordered_early_is_shown_without_a_reason() -> None:
    found = supplied(told(*SOUND, OrderGas(O2, ROOM)))
    (order,) = order_list(found.values(), [], {})
    assert (order.why, order.ordered is not None) == ((), True)


@given(st.floats(0, 229), st.floats(0, 229))
def test_less_pressure_never_lifts_a_hold(one: float, other: float) -> None:
    less, more = sorted((one, other))
    held = [holds(said(told(oxygen(), Gauge("ilt 1", bar)))) for bar in (less, more)]
    assert held[1] <= held[0]
