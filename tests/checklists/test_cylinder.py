from __future__ import annotations

import pytest
from cylinders import nitrous, oxygen, rules
from hypothesis import given
from hypothesis import strategies as st

from checklists.cylinder import (
    ContentError,
    compressed_l,
    full_l,
    liquid_gone,
    minutes_left,
    weighed_l,
)
from checklists.gasrules import Compressed, Liquefied
from vitals.practice import Gas

bars = st.floats(0, 229)


def compressed() -> Compressed:
    row = rules().kept[Gas.OXYGEN]
    assert isinstance(row, Compressed)
    return row


def liquefied() -> Liquefied:
    row = rules().kept[Gas.NITROUS_OXIDE]
    assert isinstance(row, Liquefied)
    return row


@pytest.mark.parametrize(
    ("capacity_l", "bar", "litres"),
    [(50.0, 200.0, 10_000), (50.0, 137.0, 6_850), (5.0, 200.0, 1_000), (10.0, 50.0, 500)],
)
def test_a_compressed_gas_is_its_pressure_by_its_capacity(
    capacity_l: float, bar: float, litres: float
) -> None:
    assert compressed_l(oxygen(capacity_l=capacity_l), bar, compressed()) == litres


@pytest.mark.parametrize(
    ("litres", "l_min", "minutes"),
    [(6_850, 6.0, 1_141), (500, 10.0, 50), (600, 10.0, 60), (0, 6.0, 0)],
)
def test_a_content_is_enough_for_so_many_minutes(litres: float, l_min: float, minutes: int) -> None:
    assert int(minutes_left(litres, l_min) or 0) == minutes


def test_what_is_kept_is_not_used_up_and_less_than_that_is_nothing() -> None:
    assert minutes_left(1_000, 10.0, kept_l=600) == 40
    assert minutes_left(500, 10.0, kept_l=600) == 0


def test_while_nothing_flows_there_is_no_time_and_no_endless_one() -> None:
    assert minutes_left(6_850, 0.0) is None


def test_nitrous_oxide_is_what_it_weighs_above_its_tare() -> None:
    assert weighed_l(nitrous(), 19.5, liquefied()) == pytest.approx(4_076, abs=0.5)
    assert weighed_l(nitrous(), 12.0, liquefied()) == 0


def test_a_full_cylinder_is_told_from_its_label() -> None:
    assert full_l(oxygen(), compressed()) == 10_000
    assert full_l(nitrous(), liquefied()) == pytest.approx(4_076, abs=0.5)


@pytest.mark.parametrize(("bar", "gone"), [(51.0, False), (45.0, False), (44.9, True), (0.0, True)])
def test_a_low_vapour_pressure_says_that_the_liquid_is_gone(bar: float, *, gone: bool) -> None:
    assert liquid_gone(nitrous(), bar, liquefied()) is gone


@pytest.mark.parametrize("bar", [900.0, 230.1, float("inf"), float("nan"), -1.0])
def test_a_pressure_that_no_gauge_shows_is_refused(bar: float) -> None:
    with pytest.raises(ContentError, match=r"(read it again|read the gauge again)"):
        compressed_l(oxygen(), bar, compressed())


def test_a_warm_cylinder_may_show_a_little_more_than_it_was_filled_to() -> None:
    assert compressed_l(oxygen(), 229.9, compressed()) == pytest.approx(11_495)


@pytest.mark.parametrize(
    ("tare_kg", "kg", "said"),
    [
        (12.0, 11.9, "11.9 kg is below the tare of lattergas, 12 kg: weigh the whole cylinder"),
        (12.0, float("nan"), "is below the tare of lattergas"),
        (12.0, 20.3, "20.3 kg is more than lattergas can weigh, 20.2 kg: weigh it again"),
        (None, 19.5, "the tare of lattergas is not known: enter its label again, with the tare"),
    ],
)
def test_a_mass_that_cannot_be_so_is_refused_with_the_way_on(
    tare_kg: float | None, kg: float, said: str
) -> None:
    with pytest.raises(ContentError) as refused:
        weighed_l(nitrous(tare_kg=tare_kg), kg, liquefied())
    assert said in str(refused.value)


@given(bars, bars, st.floats(0.01, 60))
def test_less_pressure_never_gives_more_minutes(one: float, other: float, l_min: float) -> None:
    less, more = sorted((one, other))
    minutes = [minutes_left(compressed_l(oxygen(), b, compressed()), l_min) for b in (less, more)]
    assert minutes[0] is not None
    assert minutes[1] is not None
    assert minutes[0] <= minutes[1]


@given(st.floats(0, 20_000), st.floats(0.01, 60), st.floats(0.01, 60))
def test_more_flow_never_gives_more_minutes(litres: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert (minutes_left(litres, more) or 0) <= (minutes_left(litres, less) or 0)
