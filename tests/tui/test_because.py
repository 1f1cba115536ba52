"""Why something was refused is told in the language of the screen, and in one row."""

from __future__ import annotations

import patients
import pytest
from desks import desk
from rich.cells import cell_len

from daemon.protocol.because import Because, Why
from daemon.protocol.messages import Answer, Refusal, Result
from monitoring.steps import NEXT, expected
from tui.because import because, deed
from vitals.measure import Measure
from vitals.vocabulary import CaseKind, CaseState, Word
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
CASE = "KN-261121-014"
DAILY = (
    Because(Why.RANGE, measure=Measure.TEMPERATURE, value=3.72, lowest=20.0, highest=45.0),
    Because(Why.RANGE, measure=Measure.RESPIRATORY_RATE, value=500, lowest=0.0, highest=150.0),
    Because(Why.CROSSED, measure=Measure.NIBP_SYSTOLIC, below=Measure.NIBP_DIASTOLIC),
    Because(Why.PERSON),
    Because(Why.AHEAD, deed="hand_over"),
    Because(Why.LATER, deed="hand_over"),
    Because(Why.ENTRY, deed="correct"),
    Because(Why.DEVICE, deed="conclude"),
    Because(Why.SIGN, "MK", expected=("AS", "LN", "PO")),
    Because(Why.ROLE, "MK", "combination", ("AS", "LN", "PO")),
    Because(Why.GIVEN, "TE", "hand_over", ("AS", "LN", "PO")),
    Because(Why.WORDS, expected=tuple(Word)),
    Because(Why.CLEAR),
    Because(Why.RUNNING, CASE),
    Because(Why.INITIALS, "ZZ", expected=("AS", "LN", "MK", "PO", "OW", "TE")),
    Because(Why.LEFT, "ZZ", expected=("2026-10-31",)),
    Because(Why.TIME, CASE),
    Because(Why.AGE, "121y"),
    Because(Why.LATE, value=20.0),
    Because(Why.IN_PLACE),
    Because(Why.LOCKED, "AS", value=60.0),
    Because(Why.EXPLAIN),
)
PLACES = [(kind, state) for kind in CaseKind for state in NEXT[kind] if NEXT[kind][state]]


@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words_that_one_row_holds(language: Language) -> None:
    assert {one.why for one in DAILY} | {Why.MOMENT} == set(Why)
    sight = patients.bed(patients.RUNNING, language=language)
    for told in DAILY:
        text = because(sight, told)
        assert text != told.why, "it has no words"
        assert "  " not in text
        assert cell_len(text) < SIZES[0][0], text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "state"), PLACES)
def test_a_wrong_moment_names_what_can_follow_and_one_row_holds_it(
    kind: CaseKind, state: CaseState, language: Language
) -> None:
    sight = patients.bed(patients.RUNNING, language=language)
    names = expected(kind, state)
    text = because(sight, Because(Why.MOMENT, deed="hand_over", expected=names))
    assert all(deed(sight, name) in text for name in names)
    assert not any("_" in deed(sight, name) for name in names)
    assert cell_len(text) < SIZES[0][0], text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.DANISH, "SpO2 120: muligt er 0 til 100 %"),
        (Language.NORWEGIAN, "SpO2 120: mulig er 0 til 100 %"),
        (Language.ENGLISH, "SpO2 120: 0 to 100 % is possible"),
    ],
)
async def test_a_number_that_cannot_be_is_answered_with_its_range_on_the_screen(
    language: Language, says: str, size: tuple[int, int]
) -> None:
    async with desk(patients.RUNNING, size=size, language=language) as at:
        sent = await at.press("i", "s", "1", "2", "0", "enter")
        told = Because(Why.RANGE, measure=Measure.SPO2, value=120.0, lowest=0.0, highest=100.0)
        reason, detail = Refusal.BAD_NUMBER, "spo2 120 %: expected 0 to 100"
        await at.hear(Answer(sent[-1].id, Result.REFUSED, reason, detail, because=told))
        assert at.shows(says)
        assert not at.shows("expected")


def test_a_decimal_is_written_as_the_language_writes_it() -> None:
    told = Because(Why.RANGE, measure=Measure.TEMPERATURE, value=3.7, lowest=20.0, highest=45.0)
    danish = because(patients.bed(language=Language.DANISH), told)
    assert danish == "temp 3,7: muligt er 20 til 45 °C"
    assert because(patients.bed(language=Language.ENGLISH), told).startswith("temp 3.7: ")


def test_where_nobody_may_it_says_nobody() -> None:
    told = Because(Why.SIGN, "MK")
    assert because(patients.bed(language=Language.DANISH), told).endswith("det må: ingen i dag")
