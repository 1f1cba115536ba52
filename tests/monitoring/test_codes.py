from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.library import load
from monitoring.codes import CodeError, Codes, Problem

LIBRARY = load()
DAY = LIBRARY.durations.valid_from
CODES = Codes(LIBRARY.book(DAY), LIBRARY.withdrawn, LIBRARY.procedures)


def refused(typed: str) -> tuple[Problem, str]:
    with pytest.raises(CodeError) as caught:
        CODES.anaesthetic(typed)
    return caught.value.problem, str(caught.value)


@pytest.mark.parametrize("typed", ["3022", "ana:3022"])
def test_a_bare_code_is_one_of_anaesthesia(typed: str) -> None:
    assert CODES.known(typed) == CODES.anaesthetic(typed) == CODES.book.services["3022"].service


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("3026", Problem.UNKNOWN),
        ("", Problem.UNKNOWN),
        ("ent:3022", Problem.UNKNOWN),
        ("ana:ent:3022", Problem.UNKNOWN),
        ("2625", Problem.WITHDRAWN),
        ("ana:2625", Problem.WITHDRAWN),
        ("5000", Problem.NOT_ALONE),
        ("2266", Problem.NOT_ALONE),
        ("2635", Problem.NO_ANAESTHETIC),
        ("recovery", Problem.NO_ANAESTHETIC),
    ],
)
def test_every_other_code_is_refused_with_what_is_wrong_with_it(
    typed: str, problem: Problem
) -> None:
    assert refused(typed)[0] is problem


def test_a_refusal_offers_the_codes_that_would_do_where_it_was_asked() -> None:
    assert refused("3026")[1] == "no code '3026'; the codes are 3021, 3022, 3023, 3024, 3025"
    with pytest.raises(CodeError, match=r"the codes are 2265, 2266, .*, recovery$"):
        CODES.known("3026")


def test_a_number_of_a_procedure_is_told_with_its_name_and_its_anaesthesia() -> None:
    said = refused("ent:3005")[1]
    assert said.startswith("ent:3005 is 'Removal of adenoids")
    assert said.endswith("its anaesthesia is 3022")
    assert refused("3005")[1] == f"no code '3005'; {said}"
    assert refused("ent:2103")[1].endswith("3021, on a medical judgement that is stated")


@given(st.text(max_size=12) | st.text(max_size=6).map("ent:{}".format))
def test_any_text_is_a_service_or_is_refused_in_one_line(typed: str) -> None:
    said = ""
    try:
        CODES.known(typed)
    except CodeError as error:
        said = str(error)
    assert said.isprintable()
    assert bool(said) is (typed.removeprefix("ana:") not in CODES.book.services)
