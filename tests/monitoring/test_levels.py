from __future__ import annotations

from itertools import pairwise

import pytest
from beds import book_shipped
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitoring.age import age
from monitoring.facts import Facts
from monitoring.obligations import BINDING, Answer, level, obligations
from monitoring.technique import DEVICES
from vitals.vocabulary import Airway, Basis, Modality, Obligation, Phase, Technique, Ventilation

BOOK = book_shipped()
ANAESTHETICS = ["3021", "3022", "3023", "3024", "3025"]
CODES = sorted(set(BOOK.services) - {"5000"})
Place = tuple[Modality, Phase, Basis]


def maybe(given: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | given


@st.composite
def known(draw: st.DrawFn) -> Facts:
    """Draw facts of which any may be missing, and that do not exclude each other."""
    technique = draw(maybe(st.sampled_from(Technique)))
    airways = [one for one in Airway if technique is not Technique.MASK_GA or one not in DEVICES]
    return structs.replace(
        Facts(),
        technique=technique,
        airway=draw(maybe(st.sampled_from(airways))),
        ventilation=draw(maybe(st.sampled_from(Ventilation))),
        contact=draw(maybe(st.booleans())),
        age=draw(maybe(st.sampled_from([age("20d"), age("23m"), age("2y"), age("40y")]))),
        elapsed_s=draw(maybe(st.floats(0, 86400))),
        relaxant=draw(maybe(st.booleans())),
        bp_lowering=draw(maybe(st.booleans())),
    )


def binding(answer: Answer) -> dict[Place, int]:
    """Return how much each place binds."""
    return {
        (row.modality, row.phase, row.basis): BINDING.index(row.obligation)
        for row in answer.obligations
    }


def required(answer: Answer) -> set[Place]:
    return {
        (row.modality, row.phase, row.basis)
        for row in answer.obligations
        if row.obligation is Obligation.REQUIRED
    }


@given(st.sampled_from(ANAESTHETICS), known(), st.floats(0, 86400), st.floats(0, 86400))
def test_neither_level_nor_obligation_falls_as_minutes_rise(
    code: str, facts: Facts, one: float, other: float
) -> None:
    early, late = (structs.replace(facts, elapsed_s=s) for s in sorted((one, other)))
    assert BOOK.rank(level(BOOK, code, early) or "") <= BOOK.rank(level(BOOK, code, late) or "")
    before, after = (binding(obligations(BOOK, code, f)) for f in (early, late))
    assert all(after[place] >= much for place, much in before.items())


@pytest.mark.parametrize(("lower", "higher"), [*pairwise(ANAESTHETICS)])
@given(facts=known())
def test_a_higher_code_requires_all_that_a_lower_one_requires(
    lower: str, higher: str, facts: Facts
) -> None:
    less, more = (required(obligations(BOOK, code, facts)) for code in (lower, higher))
    assert less <= more


@given(st.sampled_from(CODES), known())
def test_one_row_stands_for_a_modality_a_phase_and_a_basis(code: str, facts: Facts) -> None:
    answer = obligations(BOOK, code, facts)
    assert len(binding(answer)) == len(answer.obligations)


@given(st.sampled_from(CODES), known())
def test_nothing_stays_conditional_once_its_condition_is_known(code: str, facts: Facts) -> None:
    told = structs.replace(
        facts,
        airway=facts.placed or Airway.MASK,
        relaxant=bool(facts.relaxant),
        bp_lowering=bool(facts.bp_lowering),
    )
    answer = obligations(BOOK, code, told)
    assert Obligation.CONDITIONAL not in {row.obligation for row in answer.obligations}


@given(st.sampled_from(CODES), known(), st.sampled_from(Airway))
def test_learning_the_airway_makes_nothing_conditional(
    code: str, facts: Facts, airway: Airway
) -> None:
    before = structs.replace(facts, airway=None)
    if facts.technique is Technique.MASK_GA and airway in DEVICES:
        return
    after = structs.replace(before, airway=airway)
    told, untold = (obligations(BOOK, code, one).obligations for one in (after, before))
    conditional = {row.rule for row in untold if row.obligation is Obligation.CONDITIONAL}
    assert {r.rule for r in told if r.obligation is Obligation.CONDITIONAL} <= conditional


@given(st.sampled_from(CODES), known())
def test_a_relaxant_never_changes_what_the_contract_says(code: str, facts: Facts) -> None:
    said, other = (
        obligations(BOOK, code, structs.replace(facts, relaxant=given)).obligations
        for given in (True, None)
    )
    assert [row for row in said if row.basis is Basis.CONTRACT] == [
        row for row in other if row.basis is Basis.CONTRACT
    ]


@given(st.sampled_from(ANAESTHETICS), known())
def test_no_fact_takes_a_required_row_of_the_code_away(code: str, facts: Facts) -> None:
    plain = required(obligations(BOOK, code, Facts()))
    assert plain <= required(obligations(BOOK, code, facts))


@given(st.sampled_from(ANAESTHETICS), known())
def test_the_level_is_never_below_the_code_that_was_asked_for(code: str, facts: Facts) -> None:
    assert BOOK.rank(level(BOOK, code, facts) or "") >= BOOK.rank(code)
