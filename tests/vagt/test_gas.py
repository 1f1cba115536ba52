"""`vagt gas` and `vagt equipment` against a daemon that says what the test tells it to."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tellers import AT, CLINIC, GASES, Teller

from vitals import acts
from vitals.practice import Gas, Use

BY = ("--by", "AS")


@pytest.fixture
def place(tmp_path: Path) -> Teller:
    return Teller(tmp_path / "vagt.sock")


async def test_minutes_reserve_and_orders_are_told_and_what_is_not_known_is_a_dash(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("gas") == 0
    _, oxygen, nitrous, heading, o2, n2o, order = capsys.readouterr().out.splitlines()
    assert oxygen.split()[:2] == ["Oxygen", "KN"]
    assert oxygen.split()[-8:] == ["90", "228", "90", "1370", "6", "NOT", "FULL", "-"]
    assert nitrous.split()[-7:] == ["-"] * 7
    assert heading.split()[0] == "CYLINDER"
    assert o2.split()[:5] == ["O2-1", "Oxygen", "KN", "in", "use"]
    assert n2o.endswith("NOT WEIGHED")
    assert order == "order: oxygen for KN (the clinic)"


@pytest.mark.parametrize(
    ("lang", "gas", "order"),
    [
        ("da", "Lattergas", "bestil: ilt til KN (klinikken)"),
        ("nb", "Lystgass", "bestill: oksygen til KN (klinikken)"),
    ],
)
async def test_gases_are_called_as_people_call_them(
    place: Teller, capsys: pytest.CaptureFixture[str], lang: str, gas: str, order: str
) -> None:
    assert await place.run("gas", "--lang", lang) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[-1] == order
    assert told.count(gas) == 2
    assert "n2o" not in told.lower().replace("n2o-1", "")


async def test_a_cylinder_tells_lot_and_expiry_and_what_speaks_against_it(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    old = {"lot": "A1", "expires": date(2020, 1, 31), "expired": True}
    bottles = (
        replace(GASES.cylinders[0], today=False, **old),
        replace(GASES.cylinders[1], liquid_gone=True),
        replace(GASES.cylinders[1], name="N2O-2", weighed=True, kg=19.5),
    )
    place.told = (CLINIC, replace(GASES, supplies=(), cylinders=bottles))
    assert await place.run("gas") == 0
    _, o2, gone, weighed = capsys.readouterr().out.splitlines()
    assert o2.endswith("A1   2020-01-31  EXPIRED, NOT READ TODAY")
    assert gone.endswith("-    -           NO LIQUID LEFT, NOT WEIGHED")
    assert weighed.split()[-3:] == ["-", "-", "-"]


async def test_what_is_to_be_ordered_is_a_negative_answer(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("gas", "orders", "--json") == 1
    (order,) = json.loads(capsys.readouterr().out)["orders"]
    assert (order["gas"], order["orders"]) == ("o2", "operating_clinic")
    place.told = (CLINIC, replace(GASES, supplies=()))
    assert await place.run("gas", "orders") == 0


async def test_what_was_ordered_already_is_told_and_asks_for_nothing(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    ordered = tuple(replace(one, ordered_at=AT) for one in GASES.supplies)
    place.told = (CLINIC, replace(GASES, supplies=ordered))
    assert await place.run("gas", "orders", "--lang", "da") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("bestilt 2026-")
    assert line.endswith(": ilt til KN (klinikken)")
    assert await place.run("gas", "orders", "--json") == 0
    assert [one["gas"] for one in json.loads(capsys.readouterr().out)["orders"]] == ["o2"]


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (("gas", "read", "O2-1", "137,5"), acts.Gauge("O2-1", 137.5)),
        (("gas", "weigh", "N2O-1", "11.25"), acts.Weigh("N2O-1", 11.25)),
        (("gas", "use", "O2-1", "in_use"), acts.Connect("O2-1", Use.IN_USE)),
        (("gas", "flow", "o2", "6"), acts.Flow(Gas.OXYGEN, "KN", 6)),
        (("gas", "flow", "o2", "0", "--place", "kit"), acts.Flow(Gas.OXYGEN, "kit", 0)),
        (("gas", "order", "n2o"), acts.OrderGas(Gas.NITROUS_OXIDE, "KN")),
        (
            ("gas", "cylinder", "O2-2", "--gas", "o2", "--capacity-l", "5", "--fill-bar", "200",
             "--place", "kit", "--expires", "2030-01"),
            acts.Cylinder("O2-2", Gas.OXYGEN, 5, 200, "kit", expires=date(2030, 1, 31)),
        ),
        (
            ("equipment", "register", "zoll", "--what", "defibrillator", "--make", "Zoll",
             "--serial", "123", "--place", "kit", "--service-due", "30.06.2027"),
            acts.Register("zoll", "defibrillator", "Zoll", "123", "kit", date(2027, 6, 30)),
        ),
        (
            ("equipment", "serviced", "zoll", "--on", "2026-11-20"),
            acts.Serviced("zoll", date(2026, 11, 20)),
        ),
        (("equipment", "tested", "zoll"), acts.Tested("zoll")),
        (
            ("equipment", "tested", "zoll", "--failed", "no light"),
            acts.Tested("zoll", passed=False, reason="no light"),
        ),
        (("equipment", "withdraw", "zoll", "leaks"), acts.Withdraw("zoll", "leaks")),
        (("equipment", "restore", "zoll"), acts.Restore("zoll")),
    ],
)  # fmt: skip
async def test_one_thing_is_said_of_a_cylinder_a_gas_or_a_device(
    place: Teller, words: tuple[str, ...], act: acts.Act
) -> None:
    assert await place.run(*words, *BY) == 0
    assert place.acts == [act]


async def test_where_no_clinic_is_chosen_the_place_is_asked_for(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.told = (replace(CLINIC, chosen=""), GASES)
    assert await place.run("gas", "flow", "o2", "6", *BY) == 2
    assert "place is missing: a name of 1 to 32 signs" in capsys.readouterr().err


async def test_what_is_serviced_next_stands_first_on_the_register(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("equipment") == 0
    shown = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert shown == ["DEVICE", "pump", "zoll", "scale"]
    assert await place.run("equipment", "--json") == 0
    told = json.loads(capsys.readouterr().out)["machines"]
    assert [one["service_due"] for one in told] == ["2026-11-23", "2027-06-30", None]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("gas", "read", "O2-1", "900"), "bar '900' cannot be: a number from 0 to 300"),
        (("gas", "read", "O2-1", "nan"), "bar 'nan' cannot be"),
        (("gas", "weigh", "N2O-1", "0"), "kg '0' cannot be: a number above 0 to 200"),
        (("gas", "flow", "o2", "61"), "l_min '61' cannot be"),
        (("gas", "order", "he"), "invalid choice: 'he'"),
        (("gas", "use", "O2-1", "open"), "invalid choice: 'open' (choose from 'in_use', 'reserve'"),
        (("equipment", "serviced", "zoll"), "--on"),
        (("equipment", "serviced", "zoll", "--on", "soon"), "on 'soon' cannot be: write it as"),
        (("equipment", "withdraw", "zoll", ""), "reason '' cannot be: 1 to 120 signs"),
    ],
)
async def test_what_cannot_be_asked_is_one_line_and_nothing_is_said(
    place: Teller, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert await place.run(*words, *BY) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n"), place.asked) == ("", 1, [])
    assert says in told.err
