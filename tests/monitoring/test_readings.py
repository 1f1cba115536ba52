"""SR-068, AM-05, AM-14: what is read so many times, and what is watched throughout."""

from __future__ import annotations

from typing import Any

import pytest
from asking import asked
from beds import text

from monitoring.obligations import Answer, Origin
from monitoring.services import service_rules
from vitals.rows import RowsError
from vitals.vocabulary import Airway, Basis, Phase

SPO2 = "pulse_oximetry"
ANAESTHETICS = ["3021", "3022", "3023", "3024", "3025"]


def counted(answer: Answer, basis: Basis) -> dict[tuple[str, str], tuple[int, float | None]]:
    """Return how many readings are asked for and how far apart, by phase and modality."""
    return {
        (row.phase.value, row.modality.value): (row.readings, row.every_s)
        for row in answer.obligations
        if row.basis is basis and row.readings is not None
    }


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_the_contract_of_2635_and_2637_is_one_reading_of_each_before_and_after(code: str) -> None:
    assert counted(asked(code), Basis.CONTRACT) == {
        (phase, modality): (1, None) for phase in ("before", "after") for modality in (SPO2, "nibp")
    }


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_after_2635_and_2637_four_readings_five_minutes_apart_are_advice(code: str) -> None:
    answer = asked(code)
    assert counted(answer, Basis.ADVISORY) == {
        ("after", modality): (4, 300.0) for modality in (SPO2, "nibp")
    }
    for modality, row in ((SPO2, "oximetry"), ("nibp", "nibp")):
        (one,) = [one for one in answer.obligations if one.rule == f"{code}.{row}.after.peer"]
        assert (one.modality.value, one.origin, one.proposal) == (modality, Origin.PEER, True)


@pytest.mark.parametrize("code", [*ANAESTHETICS, "recovery", "2622"])
def test_what_is_watched_throughout_has_no_number_of_readings(code: str) -> None:
    assert {(row.readings, row.every_s) for row in asked(code).obligations} == {(None, None)}


@pytest.mark.parametrize("known", [{}, {"bp_lowering": True}, {"airway": Airway.LMA}])
def test_recovery_asks_for_the_same_after_a_second_and_after_hours_and_names_no_time(
    known: dict[str, Any],
) -> None:
    whiles = [asked("recovery", elapsed_s=seconds, **known) for seconds in (0.0, 1.0, 36000.0)]
    assert whiles == [asked("recovery", **known)] * 3
    rows = whiles[0].obligations
    assert {row.phase for row in rows} == {Phase.RECOVERY}
    assert {(row.readings, row.every_s) for row in rows} == {(None, None)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("readings = 4", "readings = 0", "readings"),
        ("every_s = 300", "every_s = 0", "every_s"),
        ("every_s = 300", "every_s = inf", "every_s"),
        ("readings = 4\n", "", "every_s: is the time between readings: say how many"),
        ("readings = 1\n", "readings = 1\nevery_s = 300\n", "every_s: the contract names no"),
    ],
)
def test_a_number_or_an_interval_out_of_place_does_not_load(old: str, new: str, said: str) -> None:
    shipped = text("service_2635.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        service_rules(shipped.replace(old, new, 1), "f")
    assert any(said in error for error in refused.value.errors), refused.value.errors
