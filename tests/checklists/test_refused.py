"""What cannot be so of stock is refused, with what is wrong and how to mend it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stocks import CODES, KIT, ROWS, SITE, TODAY, pack, said

from checklists.refused import Known, stock_refusals
from checklists.stock import packs
from vitals import acts

KNOWN = Known(ROWS, CODES, (KIT, SITE))
ONCE = "a" * 16
TWO_DAYS = (
    "lot lot-77a has the expiry 2028-06-30 on pack 1 and 2027-01-01 here: "
    "look at both, and counter 1 if that is wrong"
)


def refusals(act: acts.Done, *before: acts.Done) -> tuple[str, ...]:
    return stock_refusals(act, said(*before), KNOWN, TODAY)


@pytest.mark.parametrize(
    "act",
    [
        pack(),
        pack(atc="C01CA24"),
        pack(expires=TODAY - timedelta(days=400)),
        acts.Recall("never seen", "x"),
        acts.ChooseClinic("KN"),
    ],
)
def test_what_can_be_so_is_taken(act: acts.Done) -> None:
    assert refusals(act) == ()


@pytest.mark.parametrize(
    "act",
    [
        acts.Take(1, 5),
        acts.Discard(1, 5, "old"),
        acts.Recount(1, 99),
        acts.Shift(1, SITE),
        acts.Unseal(1),
        acts.Warm(1),
        pack(lot="LOT77B", expires=date(2027, 1, 1)),
        pack("dr-02", expires=date(2027, 1, 1)),
    ],
)
def test_what_can_be_so_of_a_pack_that_is_there_is_taken(act: acts.Done) -> None:
    assert refusals(act, pack()) == ()


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (
            pack(lot="Y", expires=date(2036, 11, 22)),
            "2036-11-22 is no expiry, more than 10 years from today: read the label again",
        ),
        (
            pack(lot="Y", expires=date(2016, 11, 20)),
            "2016-11-20 is no expiry, more than 10 years from today: read the label again",
        ),
        (pack("Carbocain", atc="NO1BB", lot="Y"), "NO1BB: letter O: N01BB was meant"),
        (
            pack("Carbocain", atc="N01BB99", lot="Y"),
            "N01BB99: is not in the table: leave it out, or add its row to atc.toml",
        ),
        (pack(place="Loft"), "no place is called 'Loft': expected KN, Kuffert"),
        (acts.Take(7, 1), "there is no pack 7: near it are 1, 2"),
        (acts.Take(1, 6), "pack 1 has 5 left, and not 6: count it, if there are more"),
        (acts.Discard(1, 6, "x"), "pack 1 has 5 left, and not 6: count it, if there are more"),
        (acts.Shift(1, "Loft"), "no place is called 'Loft': expected KN, Kuffert"),
        (pack(once=ONCE, lot="Y"), f"this pack is there as 2 at {KIT}: count or shift that one"),
        (
            pack(lot="lot-77a", expires=date(2027, 1, 1)),
            TWO_DAYS,
        ),
    ],
)
def test_what_cannot_be_so_gets_one_line_with_the_way_on(act: acts.Done, line: str) -> None:
    assert refusals(act, pack(), pack("dr-02", lot="X", once=ONCE)) == (line,)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = refusals(pack("Carbocain", expires=date(1999, 1, 1), atc="NO1BB", place="Loft"))
    assert len(found) == 3


def test_the_same_article_under_another_name_has_its_lots_compared() -> None:
    gtin = "05709999123459"
    other = pack("Adrenalin", gtin=gtin, expires=date(2027, 1, 1))
    lines = refusals(other, pack(gtin=gtin))
    assert "2028-06-30 on pack 1 and 2027-01-01 here" in lines[-1]


def test_a_pack_that_was_countered_is_none() -> None:
    assert refusals(acts.Take(1, 1), pack(), acts.Counter(1, "wrong")) == (
        "there is no pack 1: none is taken in",
    )


def test_only_the_nearest_packs_are_named() -> None:
    before = [pack(lot=f"{number}") for number in range(1, 30)]
    assert refusals(acts.Take(40, 1), *before) == (
        "there is no pack 40: near it are 25, 26, 27, 28, 29",
    )


def test_where_no_place_is_configured_the_way_on_is_to_name_one() -> None:
    (line,) = stock_refusals(pack(), (), Known(ROWS, CODES, ()), TODAY)
    assert line.endswith("name a kit or a clinic in the configuration")


def test_a_letter_for_a_digit_comes_as_far_as_the_table_that_names_it() -> None:
    sent = msgspec.json.encode(pack(atc="NO1BB"))
    assert msgspec.json.decode(sent, type=acts.Done) == pack(atc="NO1BB")


NUMBERS = st.integers(1, 6)
SOME = st.integers(1, 4)
TAKEN: st.SearchStrategy[acts.Done] = st.one_of(
    st.builds(lambda some: replace(pack(quantity=some), again=True), SOME),
    st.builds(acts.Take, NUMBERS, SOME),
    st.builds(acts.Recount, NUMBERS, SOME),
)


@given(st.lists(TAKEN, max_size=10))
def test_what_was_not_refused_takes_exactly_what_was_there(given: list[acts.Done]) -> None:
    kept: list[acts.Done] = []
    for act in given:
        if refusals(act, *kept):
            continue
        before = {one.number: one.quantity for one in packs(said(*kept), ROWS)}
        kept.append(act)
        if isinstance(act, acts.Take):
            after = {one.number: one.quantity for one in packs(said(*kept), ROWS)}
            assert after[act.pack] == before[act.pack] - act.quantity
