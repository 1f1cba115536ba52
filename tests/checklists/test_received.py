"""A label that does not fit what is known of such packs is refused, or asked back once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stocks import CODES, LATE, NOW, ROWS, SITE, TODAY, entry, pack, said

from checklists.received import articles, label_doubt, label_refusals
from checklists.stock import packs
from vitals.acts import Counter, Done, Receive
from vitals.practice import Ware

GTIN = "05709999123459"


def lines(act: Receive, *before: Done) -> list[str]:
    return [*label_refusals(act, said(*before), ROWS, CODES, TODAY)]


def doubt(act: Receive, *before: Done) -> str | None:
    assert lines(act, *before) == []
    return label_doubt(act, said(*before), ROWS, CODES, TODAY)


def test_one_article_number_is_one_item() -> None:
    (line,) = lines(pack("dr-01", gtin=GTIN, lot="B"), pack("dr-06", gtin=GTIN, lot="A"))
    assert line == (
        f"GTIN {GTIN} is dr-06 on pack 1, and dr-01 here: "
        "read the label again, and counter 1 if that is wrong"
    )


def test_an_article_number_is_free_again_when_the_wrong_pack_is_countered() -> None:
    before = (pack("dr-06", gtin=GTIN, lot="A"), Counter(1, "typed wrong"))
    assert lines(pack("dr-01", gtin=GTIN, lot="B"), *before) == []


def test_packs_without_an_article_number_share_none() -> None:
    stock = packs(said(pack("dr-01"), pack("dr-06", gtin=GTIN), pack("dr-02", gtin=GTIN)), ROWS)
    assert {item: one.number for item, one in articles(stock, GTIN).items()} == {
        "dr-06": 2,
        "dr-02": 3,
    }
    assert articles(stock, "") == {}


def test_a_code_that_is_not_that_of_its_row_is_refused_and_both_are_named() -> None:
    (line,) = lines(pack("dr-02", atc="C01CA24"))
    assert line == "C01CA24 is not dr-02 Atropine, which is A03BA01: mend either"
    assert lines(pack("dr-02", atc="A03BA01")) == []
    assert lines(pack("dr-01b", atc="C01CA24")) == []


def test_what_is_no_drug_is_not_taken_in_as_one() -> None:
    act = Receive("em-04", Ware.DRUG, "P1", LATE, 2, SITE)
    (line,) = lines(act)
    assert line.startswith("em-04 ")
    assert line.endswith("is of pads, and not of drug: mend either")
    assert lines(replace(act, ware=Ware.PADS)) == []


@pytest.mark.parametrize("item", ["dr-77", "DR-01", "dr-01x"])
def test_what_is_called_as_a_row_and_is_none_is_refused(item: str) -> None:
    (line,) = lines(pack(item))
    assert line.startswith(f"the minimum stock has no row {item}: expected dr-01, dr-01b, dr-02")
    assert line.endswith("or a name in words")


@pytest.mark.parametrize("item", ["Ropivacain", "xx-1", "x2-01", "dr-01-old"])
def test_any_other_name_is_a_name(item: str) -> None:
    assert lines(pack(item)) == []


def test_the_same_label_again_on_the_same_day_is_asked_back_once() -> None:
    line = doubt(pack(lot="lot-77a"), pack())
    assert line == (
        "lot lot-77a of dr-01 was taken in today as pack 1, 5 of it: "
        "if this is another, take it in with again"
    )
    assert doubt(replace(pack(), again=True), pack()) is None


@pytest.mark.parametrize(
    "act", [pack(lot="B"), pack("Adrenalin"), pack(place=SITE)], ids=["lot", "item", "place"]
)
def test_another_label_is_not_asked_back(act: Receive) -> None:
    assert doubt(act, pack()) is None


@pytest.mark.parametrize(
    ("item", "atc", "counts"),
    [
        ("Adrenalin 0,1 mg/ml 10 ml", "C01CA24", "dr-01 Adrenaline 1 mg/ml"),
        ("Adrenalin", "N01AX10", "dr-08 Propofol"),
    ],
    ids=["another strength", "another drug"],
)
def test_what_would_count_by_its_code_alone_is_asked_back(item: str, atc: str, counts: str) -> None:
    told = doubt(pack(item, atc=atc))
    assert told is not None
    assert counts in told
    assert doubt(replace(pack(item, atc=atc), again=True)) is None


@pytest.mark.parametrize("item", ["dr-01", "adrenalin 1 mg/ml", "Adrenaline 1 mg/ml"])
def test_what_is_named_as_its_row_is_not_asked_back(item: str) -> None:
    assert doubt(pack(item, atc="C01CA24")) is None


def test_the_same_label_of_the_day_before_is_not_asked_back() -> None:
    before = (entry(1, pack(), NOW - timedelta(days=1)),)
    assert label_doubt(pack(), before, ROWS, CODES, TODAY) is None


def test_two_serial_numbers_of_one_lot_are_two_packs() -> None:
    assert doubt(pack(once="b" * 16), pack(once="a" * 16)) is None
    assert doubt(pack(), pack(once="a" * 16)) is not None


def test_a_code_that_is_easily_taken_for_another_is_asked_back_once() -> None:
    act = pack("Carbocain", atc="N01BB53")
    line = doubt(act)
    assert line is not None
    assert "plain mepivacaine is N01BB03" in line
    assert line.endswith("if it is the one, take it in with again")
    assert doubt(replace(act, again=True)) is None
    assert doubt(pack("Carbocain", atc="N01BB03")) is None


def test_a_lot_with_what_may_be_a_national_number_behind_it_is_asked_back_once() -> None:
    act = pack(gtin=GTIN, lot="LOT77F7101234")
    line = doubt(act)
    assert line is not None
    assert "may be lot LOT77F with a national number 710 1234 behind it" in line
    assert doubt(replace(act, again=True)) is None


@pytest.mark.parametrize("lot", ["7101234", "LOT77F710", "LOT77F71012X4", "LOT77F7151234"])
def test_a_lot_that_no_national_number_can_stand_behind_is_not_asked_back(lot: str) -> None:
    assert doubt(pack(gtin=GTIN, lot=lot)) is None


def test_a_lot_that_was_typed_without_a_code_is_not_asked_back() -> None:
    assert doubt(pack(lot="LOT77F7101234")) is None


@given(st.sampled_from(["dr-77", "dr-02", "em-04"]), st.sampled_from(["", "C01CA24"]))
def test_saying_it_again_never_lets_in_what_cannot_be_so(item: str, atc: str) -> None:
    act = pack(item, atc=atc, gtin=GTIN, lot="B")
    again = lines(replace(act, again=True), pack(gtin=GTIN, lot="A"))
    assert again == lines(act, pack(gtin=GTIN, lot="A"))
    assert again != []
