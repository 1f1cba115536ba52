"""Gases and devices on the screen: a mark is the worst of its row, and what is reckoned says so."""

from __future__ import annotations

import mornings
import pytest
from mornings import KIT
from msgspec import structs

from daemon.protocol.daylist import Phrase
from daemon.protocol.practice import CylinderLine, Equipment, Gases, Supply
from tui.morning import morningview
from tui.prompt import Morning, Part
from vitals.practice import Gas, Use
from words.catalogue import Language

NITROUS = CylinderLine(
    name="N2O-1",
    gas=Gas.NITROUS_OXIDE,
    place=KIT,
    use=Use.IN_USE,
    capacity_l=10.0,
    bar=None,
    kg=None,
    litres=None,
    estimated=False,
    read_at="",
    today=False,
    weighed=False,
)


def drawn(
    *supplies: Supply,
    cylinders: tuple[CylinderLine, ...] = (),
    language: Language = Language.DANISH,
) -> list[str]:
    told = Gases(cylinders=cylinders, supplies=supplies)
    prompt = Morning(part=Part.GAS, greeted=True)
    sight = mornings.bed(told, prompt=prompt, language=language)
    rows = ("".join(span.text for span in row) for row in morningview(sight, 120, 20))
    return [" ".join(row.split()) for row in rows if row.strip()]


def supply(**fields: object) -> Supply:
    return structs.replace(mornings.ENOUGH, **fields)


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"reserve": True, "spare": "full"}, "✓"),
        ({"reserve": None}, "✓"),
        ({"reserve": False, "spare": "short"}, "!"),
        ({"reserve": False}, "!"),
        ({"reserve": True, "state": "unweighed"}, "!"),
        ({"reserve": True, "state": "not_read", "holds": True}, "✗"),
        ({"reserve": False, "state": "no_reserve"}, "✗"),
    ],
)
def test_the_mark_of_a_gas_is_the_worst_of_its_row(fields: dict[str, object], mark: str) -> None:
    (row,) = [one for one in drawn(supply(**fields)) if f"Ilt · {KIT}" in one]
    assert row.split("Ilt")[0].strip("▸ ") == mark


@pytest.mark.parametrize("language", list(Language))
def test_a_gas_of_which_there_is_no_cylinder_says_so_and_who_orders_it(language: Language) -> None:
    none = supply(gas=Gas.NITROUS_OXIDE, litres=None, reserve=None, state="none", wanted=True)
    told = " ".join(drawn(none, language=language))
    words = {Language.DANISH: "INGEN FLASKE", Language.NORWEGIAN: "INGEN FLASKE"}
    assert words.get(language, "NO CYLINDER") in told
    orders = {Language.DANISH: "bestil: lattergas", Language.NORWEGIAN: "bestill: lystgass"}
    assert orders.get(language, "order: nitrous oxide") in told


@pytest.mark.parametrize(
    ("spare", "language", "said"),
    [
        ("missing", Language.DANISH, "reserve ✗ mangler"),
        ("unread", Language.NORWEGIAN, "reserve ✗ ikke lest av i dag"),
        ("partial", Language.DANISH, "reserve ✗ ikke fuld"),
        ("short", Language.DANISH, "reserve ✗ 400 af 600 l"),
        ("short", Language.ENGLISH, "reserve ✗ 400 of 600 l"),
    ],
)
def test_a_reserve_that_is_not_enough_says_why(spare: str, language: Language, said: str) -> None:
    told = drawn(supply(spare=spare, spare_l=400.0, least_l=600.0), language=language)
    assert said in " ".join(told)


@pytest.mark.parametrize(
    ("litres", "state", "count"), [(6850.0, "not_read", 1), (None, "not_read", 2)]
)
def test_what_is_said_of_the_reserve_is_said_once(
    litres: float | None, state: str, count: int
) -> None:
    one = supply(spare="unread", holds=True, state=state, litres=litres, minutes=None, cases=None)
    assert " ".join(drawn(one)).count("ikke aflæst i dag") == count


def test_what_is_reckoned_says_so_and_what_nobody_weighed_is_a_dash() -> None:
    lat = {"gas": Gas.NITROUS_OXIDE, "reserve": None, "state": "unweighed"}
    reckoned = structs.replace(NITROUS, litres=4076.0, estimated=True)
    told = drawn(supply(**lat, litres=4076.0, estimated=True), cylinders=(reckoned,))
    assert "4.076 l beregnet" in told[2]
    assert "ikke vejet" in " ".join(told[2:4])
    assert any(row.endswith("4.076 l beregnet · ikke vejet") for row in told)
    unknown = {"litres": None, "minutes": None, "cases": None}
    told = drawn(supply(**lat, **unknown), cylinders=(NITROUS,))
    assert "--- l" in told[2]
    assert any(row.startswith("? N2O-1") and row.endswith("ikke vejet") for row in told)
    assert "4.076" not in " ".join(told)


def test_a_reading_is_as_old_as_whole_minutes_and_below_one_is_now() -> None:
    sight = mornings.bed()
    fresh = structs.replace(mornings.BOTTLE, read_at=sight.now.rfc3339())
    (row,) = [one for one in drawn(cylinders=(fresh,)) if "O2-12" in one]
    assert row.endswith("(nu)")


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"state": "in_use"}, "✓"),
        ({"state": "service_due"}, "!"),
        ({"state": "service_over"}, "!"),
        ({"state": "service_over", "holds": True}, "✗"),
        ({"state": "failed"}, "✗"),
        ({"state": "first_use", "holds": True}, "?"),
    ],
)
def test_the_mark_of_a_device_is_what_it_weighs_and_its_kind_is_in_the_language(
    fields: dict[str, object], mark: str
) -> None:
    title = Phrase("defibrillator", "hjertestarter", "hjertestarter")
    device = structs.replace(mornings.ZOLL, title=title, **fields)
    prompt = Morning(part=Part.EQUIPMENT, greeted=True)
    sight = mornings.bed(Equipment((device,)), prompt=prompt)
    rows = ("".join(span.text for span in row) for row in morningview(sight, 120, 20))
    (told,) = [one for one in rows if "zoll" in one]
    assert "zoll · hjertestarter" in told
    assert told.split("zoll")[0].strip("▸ ") == mark


def test_the_foot_of_what_is_missing_has_the_document_alone_and_that_it_is_a_proposal() -> None:
    why = structs.replace(
        mornings.REASONS[0],
        source="ADR 2023, packing instruction P200: product proposal",
        document="ADR 2023",
        approved=False,
    )
    prompt = Morning(part=Part.MISSING, greeted=True)
    sight = mornings.bed(structs.replace(mornings.CHOSEN, reasons=(why,)), prompt=prompt)
    told = " ".join(
        "".join(span.text for span in row).strip() for row in morningview(sight, 120, 20)
    )
    assert "ADR 2023 · IKKE GODKENDT" in told
    assert "proposal" not in told
