"""Words of the command line become acts, or one line says what may stand there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagt.acted import made
from vagt.main import UsageError
from vitals import acts
from vitals.acts import Act, Cylinder, Flow, Gauge, Mark, Receive
from vitals.practice import Gas, Use, Ware

LABEL = {
    "item": "dr-01",
    "ware": "drug",
    "lot": "A1",
    "expires": "2027-11",
    "quantity": "10",
    "place": "kit",
}


def test_words_become_the_act_that_they_say() -> None:
    pack = made(Receive, {**LABEL, "atc": "C01CA24", "nothing": "of it"})
    assert pack == Receive("dr-01", Ware.DRUG, "A1", date(2027, 11, 30), 10, "kit", atc="C01CA24")
    gas = {"cylinder": "O2-1", "gas": "o2", "capacity_l": "10", "fill_bar": "200", "place": "KN"}
    assert made(Cylinder, {**gas, "use": "in_use", "tare_kg": None}) == Cylinder(
        "O2-1", Gas.OXYGEN, 10, 200, "KN", Use.IN_USE
    )


@pytest.mark.parametrize("text", ["137.5", "137,5"])
def test_a_number_may_have_a_decimal_comma(text: str) -> None:
    assert made(Gauge, {"cylinder": "O2-1", "bar": text}) == Gauge("O2-1", 137.5)


def test_what_is_left_out_is_as_the_act_has_it() -> None:
    assert made(acts.Tested, {"device": "zoll", "reason": None}) == acts.Tested("zoll")


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (Gauge, {"cylinder": "O2-1", "bar": "900"}, "bar '900' cannot be: a number from 0 to 300"),
        (Gauge, {"cylinder": "O2-1", "bar": "300.1"}, "bar '300.1' cannot be"),
        (Gauge, {"cylinder": "O2-1"}, "bar is missing: a number from 0 to 300"),
        (
            acts.Take,
            {"pack": "1", "quantity": "0"},
            "quantity '0' cannot be: a whole number from 1",
        ),
        (acts.Take, {"pack": "1", "quantity": "-3"}, "quantity '-3' cannot be"),
        (acts.Take, {"pack": "1", "quantity": "1.5"}, "quantity '1.5' cannot be"),
        (acts.Take, {"pack": "0", "quantity": "1"}, "pack '0' cannot be: a whole number from 1"),
        (Receive, {**LABEL, "expires": "2027-13"}, "expires '2027-13' cannot be: write it as"),
        (Receive, {**LABEL, "expires": "2027-02-30"}, "expires '2027-02-30' cannot be"),
        (Receive, {**LABEL, "atc": "n01bb02"}, "atc 'n01bb02' cannot be: an ATC code as N01BB02"),
        (Receive, {**LABEL, "gtin": "123"}, "gtin '123' cannot be: the 14 digits below the code"),
        (Flow, {"gas": "o2", "place": "", "l_min": "6"}, "place '' cannot be: a name of 1 to 32"),
        (Mark, {"list": "m", "rows": (), "target": "k"}, "rows () cannot be: each a name"),
    ],
)
def test_what_cannot_be_is_told_with_what_may_stand_there(
    kind: type[Act], given: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError) as told:
        made(kind, given)
    assert says in str(told.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(UsageError) as told:
        made(Receive, {**LABEL, "expires": "soon", "quantity": "many"})
    assert str(told.value).count("cannot be") == 2


@given(st.text(max_size=8) | st.floats().map(str))
def test_no_text_becomes_a_pressure_that_no_gauge_shows(text: str) -> None:
    try:
        bar = made(Gauge, {"cylinder": "O2-1", "bar": text}).bar
    except UsageError:
        return
    assert 0 <= bar <= 300
