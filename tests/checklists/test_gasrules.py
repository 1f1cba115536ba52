from __future__ import annotations

import pytest
from beds import alarms_shipped
from cylinders import AIR, N2O, O2, rules, shipped

from checklists.gasrules import Compressed, Liquefied, Trouble, gas_rules
from vitals.rows import RowsError


def test_what_ships_has_a_row_for_each_gas_and_each_thing_that_is_said_of_one() -> None:
    assert {gas: type(row) for gas, row in rules().kept.items()} == {
        O2: Compressed,
        AIR: Compressed,
        N2O: Liquefied,
    }
    assert set(rules().thresholds) == set(Trouble)


def test_oxygen_for_an_hour_at_ten_litres_a_minute_is_kept_and_no_nitrous_oxide() -> None:
    assert rules().kept[O2].reserve_l == 600
    assert rules().kept[N2O].reserve_l == 0


def test_nitrous_oxide_never_holds() -> None:
    assert [row.id for row in rules().thresholds.values() if N2O in row.holds] == []


def test_what_holds_is_want_of_oxygen_or_air_and_what_is_out_of_date() -> None:
    holding = {row.id for row in rules().thresholds.values() if row.holds}
    reserve = {Trouble.RESERVE_MISSING, Trouble.RESERVE_UNREAD}
    wanted = {Trouble.STOP, Trouble.EXPIRED, Trouble.RECALLED, *reserve}
    assert holding == wanted


@pytest.mark.parametrize(
    ("trouble", "limit"),
    [
        (Trouble.PRESSURE, 50.0),
        (Trouble.CASES, 2.0),
        (Trouble.TOMORROW, 1.5),
        (Trouble.SHARE, 0.2),
        (Trouble.ORDER_SHARE, 0.3),
        (Trouble.SOON, 30.0),
        (Trouble.STOP, None),
    ],
)
def test_a_threshold_has_the_number_of_the_table(trouble: Trouble, limit: float | None) -> None:
    assert rules().thresholds[trouble].limit == limit


def test_it_is_said_on_the_list_when_the_alarm_would_sound_at_the_bed() -> None:
    assert rules().thresholds[Trouble.SOON].limit == alarms_shipped().allowances.gas.low_min


def test_every_row_is_the_products_reading_until_somebody_approves_it() -> None:
    rows = (*rules().kept.values(), *rules().thresholds.values(), rules().trend, rules().usage)
    assert {row.approved for row in rows} == {False}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('gas = "o2"', 'gas = "air"', "[[compressed]] 'air' stands twice: keep one"),
        ('gas = "o2"', 'gas = "air"', "[[compressed]] o2: is missing: add it"),
        ('gas = "o2"', 'gas = "no2"', "[[compressed]] 1: gas"),
        ("kg_per_l = 0.00184", "", "[[liquefied]] 1: kg_per_l: is missing: add it"),
        ("most_fill = 1.15", "most_fill = 0.5", "[[compressed]] 1: most_fill"),
        ("case_l = 240.0", "case_l = inf", "[[compressed]] 1: case_l"),
        ("case_l = 240.0", "case_l = nan", "[[compressed]] 1: case_l"),
        ('da = "ilt", ', "", "[[compressed]] 1: label.da: is missing: add it"),
        ('id = "stop"', 'id = "soon"', "[[threshold]] 'soon' stands twice: keep one"),
        ('id = "stop"', 'id = "soon"', "[[threshold]] stop: is missing: add it"),
        ("below_bar = 50.0", "", "[[threshold]] pressure: below_bar: is missing: add it"),
        ("below_bar = 50.0", "below_min = 50.0", "[[threshold]] pressure: below_min: does not"),
        ("holds = []", 'holds = ["n2o"]', "holds: 'n2o' never holds: remove it"),
        ("holds = []", 'holds = ["air"]', "holds: 'air' is not among gases: add it there"),
        ("readings = 3", "readings = 2", "trend.readings"),
        ("[usage]", "[usages]", "usage: is missing: add it"),
        ("[usage]", "[usages]", "usages: is unknown: remove it"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_is_named_with_its_file_its_row_and_its_key(old: str, new: str, said: str) -> None:
    assert old in shipped()
    with pytest.raises(RowsError) as refused:
        gas_rules(shipped().replace(old, new, 1), "gases.toml")
    assert all(error.startswith("gases.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)


def test_no_row_loads_without_its_source() -> None:
    whole = shipped().split("source = ")
    for row in range(1, len(whole)):
        parts = [*whole]
        parts[row] = parts[row].partition("\n")[2]
        bad = "source = ".join(parts[:row]) + "source = ".join(parts[row:])
        with pytest.raises(RowsError, match=r"source: is missing"):
            gas_rules(bad, "gases.toml")


def test_every_fault_of_a_file_is_listed_and_not_the_first_alone() -> None:
    bad = shipped()
    for old, new in [
        ("schema = 1", "schema = 9"),
        ("case_l = 240.0", ""),
        ("kg_per_l = 0.00184", "kg_per_l = -1"),
        ('id = "stop"', 'id = "halt"'),
    ]:
        bad = bad.replace(old, new, 1)
    with pytest.raises(RowsError) as refused:
        gas_rules(bad, "gases.toml")
    assert len(refused.value.errors) == 4
