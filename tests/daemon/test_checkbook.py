"""Which checklists are in force: what is wanted, the last good ones, or what ships."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from clinics import BED, Clinic, clinic, daemon, ear
from practices import act, ask

from daemon import checkbook, config
from daemon.journal.store import FILE
from daemon.protocol.rules import RulesState
from vitals.rows import RowsError

TODAY = date(2026, 11, 22)
OWN = """
schema = 1
valid_from = 2026-01-01
id = "garage"
label = { en = "Garage", da = "Garage", nb = "Garasje" }
[[group]]
id = "car"
label = { en = "Car", da = "Bil", nb = "Bil" }
[[row]]
id = "ga-01"
label = { en = "Car locked", da = "Bil låst", nb = "Bil låst" }
group = "car"
interval = "day"
scope = "kit"
hold = false
responsible = "anaesthesiologist"
source = { document = "Our own instruction", place = "p. 1" }
"""


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    (tmp_path / "lists").mkdir()
    return clinic(tmp_path, extra='[checklists]\ndir = "lists"\n')


@pytest.fixture
def own(place: Clinic) -> Path:
    place.data.mkdir()
    return place.root / "lists" / "garage.toml"


def chosen(place: Clinic, day: date = TODAY) -> checkbook.Checkbook:
    return checkbook.chosen(config.read(place.config), day)


def test_what_ships_is_in_order_and_named_by_its_hash() -> None:
    book = checkbook.load()
    assert (book.state, book.errors, len(book.hash)) == (RulesState.IN_ORDER, (), 64)
    assert book.lists.find("machine") is not None


def test_a_clinic_adds_a_list_of_its_own(place: Clinic, own: Path) -> None:
    own.write_text(OWN)
    book = chosen(place)
    assert book.state is RulesState.IN_ORDER
    assert book.lists.find("garage") is not None
    assert book.hash != checkbook.load().hash


def test_rows_of_stock_are_the_clinic_s_own_where_it_has_such_a_file(
    place: Clinic, own: Path
) -> None:
    text = checkbook.shipped()["supplies.toml"].text.replace("order_days = ", "order_days = 1")
    own.with_name("supplies.toml").write_text(text)
    found = chosen(place)
    assert (found.state, found.errors) == (RulesState.IN_ORDER, ())
    assert found.supplies.ahead.order_days > checkbook.load().supplies.ahead.order_days


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("garage.toml", OWN.replace('scope = "kit"', 'scope = "car"'), "scope"),
        ("garage.toml", OWN.replace("2026-01-01", "2027-01-01"), "has not come yet"),
        ("gases.toml", "schema = 1", "gases.toml"),
        ("supplies.toml", "nonsense", "supplies.toml"),
    ],
)
def test_a_wrong_file_is_named_and_what_ships_is_in_force(
    place: Clinic, own: Path, name: str, text: str, line: str
) -> None:
    own.with_name(name).write_text(text)
    found = chosen(place)
    assert found.state is RulesState.SHIPPED
    assert found.hash == checkbook.load().hash
    assert any(line in one and str(own.parent / name) in one for one in found.errors)
    with pytest.raises(RowsError):
        checkbook.wanted(config.read(place.config), TODAY)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("supplies.toml", "hold = true", "hold = false"),
        ("supplies.toml", 'id = "dr-01"', 'id = "dr-99"'),
        ("gases.toml", 'holds = ["o2", "air"]', "holds = []"),
        ("gases.toml", "reserve_min = 60.0", "reserve_min = 1.0"),
        ("equipment.toml", 'weight = "hold"', 'weight = "notice"'),
        ("papers.toml", 'weight = "hold"', 'weight = "notice"'),
    ],
)
def test_no_file_of_a_clinic_takes_a_hold_away_silently(
    place: Clinic, own: Path, name: str, before: str, after: str
) -> None:
    text = checkbook.shipped()[name].text
    assert before in text
    own.with_name(name).write_text(text.replace(before, after))
    found = chosen(place)
    assert found.state is RulesState.SHIPPED
    assert any("sign the row in approved_by" in one for one in found.errors)
    own.with_name(name).write_text(text)
    assert chosen(place).state is RulesState.IN_ORDER


def test_the_last_good_lists_stay_in_force_while_the_new_ones_are_wrong(
    place: Clinic, own: Path
) -> None:
    own.write_text(OWN)
    checkbook.keep(chosen(place), place.data)
    own.write_text("nonsense")
    found = chosen(place)
    assert found.state is RulesState.KEPT
    assert found.lists.find("garage") is not None
    (place.data / checkbook.FOLDER / "current").write_text("nonsense")
    assert chosen(place).state is RulesState.SHIPPED


def test_a_folder_that_is_not_there_is_named_with_its_table(place: Clinic) -> None:
    (place.root / "lists").rmdir()
    found = chosen(place)
    assert found.state is RulesState.SHIPPED
    assert any("`dir` of [checklists]" in one for one in found.errors)


async def test_a_wrong_file_never_stops_the_daemon_and_is_in_the_journal(place: Clinic) -> None:
    (place.root / "lists" / "garage.toml").write_text("nonsense")
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
    with closing(sqlite3.connect(place.data / FILE)) as journal:
        bodies = journal.execute("SELECT body FROM event WHERE kind = 'lists_unusable'").fetchall()
    (body,) = (msgspec.json.decode(one) for (one,) in bodies)
    assert body["in_force"] == "shipped"
    assert "garage.toml" in body["errors"][0]


async def test_a_start_is_held_once_the_clinic_is_chosen_and_not_ready_and_goes_on_anyway(
    place: Clinic,
) -> None:
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            await act(hears, "clinic", site="KN")
            held = await hears.ask("start", code="3022", age="4y")
            assert held["reason"] == "held"
            assert any(one.startswith("kit ") for one in held["holds"])
            again = await hears.ask("start", code="3022", age="4y", anyway=True)
            assert again["result"] == "recorded"
            await hears.hear(lambda: hears.of("checklist", target=again["case"]))
            emergency = await hears.ask("emergency", bed=BED)
            assert emergency["result"] == "recorded"
            signed = await ask(
                hears, "act", act={"do": "sign", "list": "recovery", "target": "nobody"}
            )
            assert signed["reason"] == "bad_act"
