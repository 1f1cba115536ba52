from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import checklists
from checklists.paperrules import PaperRules, paper_rules
from checklists.papers import OnFile, paper_findings
from checklists.people import Person
from checklists.plan import Plan, Theme, faults
from checklists.readiness import State, What, readiness
from vitals.competence import Certificate, Competence
from vitals.practice import Country, Readiness
from vitals.role import Role
from vitals.rows import RowsError
from vitals.vocabulary import Weight

FILE = Path(checklists.__file__).with_name("papers.toml")
DAY = date(2026, 11, 23)
LONG_AGO = date(2020, 1, 1)
DOCTOR = Person("AS", (Role.ANAESTHESIOLOGIST, Role.OWNER))
NURSE = Person("MK", (Role.RECOVERY,))
PHYSIO = Person("FT", (Role.TECHNICIAN,), (Certificate(Competence.MUSCULOSKELETAL),))
DANISH = OnFile(people=[DOCTOR, NURSE], country=Country.DENMARK)


@cache
def rules() -> PaperRules:
    return paper_rules(FILE.read_text("utf-8"), FILE.name)


def stands(held: OnFile, day: date = DAY) -> dict[str, State]:
    """Return how each paper stands, by what it is and whose."""
    found = {f"{one.id} {one.target}".strip(): one for one in paper_findings(rules(), held, day)}
    return {name: one.state for name, one in found.items()}


def trained(*certificates: Certificate) -> OnFile:
    return replace(DANISH, people=[replace(DOCTOR, certificate=certificates)])


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_what_is_asked_for_and_is_not_there_is_missing_and_a_notice() -> None:
    asked = list(paper_findings(rules(), DANISH, DAY))
    assert {f"{one.id} {one.target}".strip() for one in asked} == {
        "co-04 AS",
        "co-05.difficult_airway AS",
        "co-05.tracheotomy AS",
        "co-05.intraosseous AS",
        "co-06.own_development AS",
        "co-06.staff_competence",
        "co-07 MK",
    }
    assert {(one.state, one.weight) for one in asked} == {(State.MISSING, Weight.NOTICE)}
    assert readiness(asked, DAY, used=True).state is Readiness.NOTICES


@pytest.mark.parametrize(
    ("left", "state"),
    [(13, State.ENDING), (0, State.ENDING), (-1, State.EXPIRED), (61, State.SOUND)],
)
@pytest.mark.parametrize("person", [DOCTOR, NURSE])
def test_an_insurance_on_file_is_told_of_before_it_ends_where_no_document_asks_for_one(
    person: Person, left: int, state: State
) -> None:
    held = replace(DANISH, people=[replace(person, insured_to=after(left))])
    (found,) = [one for one in paper_findings(rules(), held, DAY) if "insurance" in one.id]
    assert (found.state, found.weight, found.until) == (state, Weight.NOTICE, after(left))
    assert (found.target, found.approved) == (person.initials, False)


def test_an_insurance_that_is_asked_for_is_told_of_once() -> None:
    people = [replace(one, insured_to=after(13)) for one in (DOCTOR, NURSE)]
    found = stands(OnFile(people=people, country=Country.NORWAY))
    assert [name for name in found if name.startswith(("in-15", "on_file"))] == [
        "in-15 AS",
        "on_file.insurance MK",
    ]


def test_where_nobody_is_listed_nothing_is_asked_for() -> None:
    assert stands(replace(DANISH, people=[])) == {}


def test_who_has_left_is_asked_for_nothing() -> None:
    left = replace(DANISH, people=[replace(NURSE, valid_to=after(-1)), DOCTOR])
    assert "co-07 MK" not in stands(left)
    assert "co-07 MK" in stands(left, after(-1))


@pytest.mark.parametrize(
    ("competence", "name"),
    [
        (Competence.US_BLOCKS, "co-01 AS"),
        (Competence.MUSCULOSKELETAL, "co-02 AS"),
        (Competence.MANIPULATION, "co-03.manipulation AS"),
        (Competence.ACUPUNCTURE, "co-03.acupuncture AS"),
    ],
)
def test_training_is_complete_once_it_is_approved_and_sent_to_the_region(
    competence: Competence, name: str
) -> None:
    course = Certificate(competence, course_on=LONG_AGO)
    approved = replace(course, approved_on=LONG_AGO)
    sent = replace(approved, sent_on=DAY)
    said = [stands(trained(one)).get(name) for one in (course, approved, sent)]
    assert said == [State.MISSING, State.MISSING, State.SOUND]
    assert stands(trained(sent), after(-1))[name] is State.MISSING
    assert name not in stands(trained())


@pytest.mark.parametrize(
    ("days", "state"),
    [(61, State.SOUND), (60, State.ENDING), (0, State.ENDING), (-1, State.EXPIRED)],
)
def test_a_certificate_is_told_of_sixty_days_before_its_end(days: int, state: State) -> None:
    ending = Certificate(Competence.RESUSCITATION, course_on=LONG_AGO, valid_to=after(days))
    assert stands(trained(ending))["co-04 AS"] is state


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 5, 1), State.SOUND),
        (date(2024, 12, 24), State.ENDING),
        (date(2024, 11, 22), State.EXPIRED),
    ],
)
def test_a_course_grows_old_by_the_months_that_the_rows_of_competence_say(
    on: date, state: State
) -> None:
    held = replace(
        trained(Certificate(Competence.RESUSCITATION, course_on=on)),
        months={Competence.RESUSCITATION: 24},
    )
    assert stands(held)["co-04 AS"] is state
    assert stands(replace(held, months={}))["co-04 AS"] is State.SOUND


def test_in_norway_an_insurance_that_is_over_or_not_on_file_holds() -> None:
    held = OnFile(people=[DOCTOR, PHYSIO, NURSE], country=Country.NORWAY)
    assert {name for name in stands(held) if name.startswith("in-15")} == {"in-15 AS", "in-15 FT"}
    for insured_to, state in (
        (None, State.MISSING),
        (after(-1), State.EXPIRED),
        (after(60), State.ENDING),
        (after(61), State.SOUND),
    ):
        one = replace(held, people=[replace(DOCTOR, insured_to=insured_to)])
        asked = [f for f in paper_findings(rules(), one, DAY) if f.id == "in-15"]
        assert [(f.state, f.weight) for f in asked] == [(state, Weight.HOLD)]
        held_back = readiness(asked, DAY, used=True).state is Readiness.HELD
        assert held_back == (state in {State.MISSING, State.EXPIRED})


def test_in_denmark_no_insurance_and_in_norway_no_region_is_asked_for() -> None:
    blocks = [replace(DOCTOR, certificate=(Certificate(Competence.US_BLOCKS),))]
    assert "in-15 AS" not in stands(replace(DANISH, people=blocks))
    assert "co-01 AS" not in stands(OnFile(people=blocks, country=Country.NORWAY))


@pytest.mark.parametrize(
    ("dated", "valid_to", "state"),
    [
        (DAY, None, State.SOUND),
        (date(2025, 12, 23), None, State.ENDING),
        (date(2025, 12, 24), None, State.SOUND),
        (date(2025, 11, 23), None, State.ENDING),
        (date(2025, 11, 22), None, State.EXPIRED),
        (LONG_AGO, after(31), State.SOUND),
        (DAY, after(30), State.ENDING),
        (after(1), None, State.MISSING),
    ],
)
def test_a_plan_holds_a_year_unless_it_says_otherwise(
    dated: date, valid_to: date | None, state: State
) -> None:
    plans = [
        Plan(about=Theme.OWN_DEVELOPMENT, dated=dated, person="AS", valid_to=valid_to),
        Plan(about=Theme.STAFF_COMPETENCE, dated=dated, valid_to=valid_to),
        Plan(about=Theme.LATE_RECOVERY, dated=dated, person="MK", valid_to=valid_to),
    ]
    found = [
        one
        for one in paper_findings(rules(), replace(DANISH, plans=plans), DAY)
        if one.what is What.PLAN
    ]
    assert len(found) == 3
    assert {one.state for one in found} == {state}


def test_the_instruction_of_one_is_not_that_of_another() -> None:
    plans = [Plan(about=Theme.LATE_RECOVERY, dated=DAY, person="AS")]
    assert stands(replace(DANISH, plans=plans))["co-07 MK"] is State.MISSING


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-100, 100))
def test_a_paper_never_grows_better_as_days_pass(until: date, days: int) -> None:
    def rank(day: date) -> int:
        held = trained(Certificate(Competence.RESUSCITATION, course_on=LONG_AGO, valid_to=until))
        (one,) = [f for f in paper_findings(rules(), held, day) if f.id == "co-04"]
        return [State.SOUND, State.ENDING, State.EXPIRED].index(one.state)

    day = max(until + timedelta(days=days), LONG_AGO)
    assert rank(day) <= rank(day + timedelta(days=1))


def test_what_no_document_says_so_is_marked() -> None:
    norway = OnFile(people=[DOCTOR], country=Country.NORWAY)
    found = {one.id: one.approved for one in paper_findings(rules(), norway, DAY)}
    assert found["in-15"]
    assert not found["co-04"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "co-02"', 'id = "co-01"', "'co-01' stands twice"),
        ('competence = "musculoskeletal"', 'competence = "us_blocks"', "'us_blocks' stands twice"),
        ("notice_days = 60", "notice_days = 0", "[[certificate]] 1: notice_days"),
        ('weight = "hold"', 'weight = "advice"', "[[insurance]] 1: weight"),
        ('about = "late_recovery"', 'about = "own_development"', "'own_development' stands twice"),
        ('about = "late_recovery"', 'about = "own_development"', "'late_recovery' is missing"),
        ("nb = ", "no = ", "[[certificate]] 1: label.nb: is missing"),
        ("[[insurance]]", "[[assurance]]", "assurance: is unknown"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_of_the_rows_is_named(old: str, new: str, said: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    with pytest.raises(RowsError) as refused:
        paper_rules(text.replace(old, new, 1), "papers.toml")
    assert any(said in error for error in refused.value.errors)
    assert all(error.startswith("papers.toml: ") for error in refused.value.errors)


def test_what_does_not_fit_of_plans_is_named_row_by_row() -> None:
    own = Plan(about=Theme.OWN_DEVELOPMENT, dated=DAY, person="AS")
    plans = {
        1: own,
        2: own,
        3: Plan(about=Theme.LATE_RECOVERY, dated=DAY),
        4: Plan(about=Theme.STAFF_COMPETENCE, dated=DAY, person="AS"),
        5: Plan(about=Theme.LATE_RECOVERY, dated=DAY, person="XX"),
    }
    assert list(faults(plans, ["MK", "AS"])) == [
        "[[plan]] 2: own_development of AS stands twice: keep the newer one",
        "[[plan]] 3: person: is missing: say whose late_recovery it is",
        "[[plan]] 4: person: staff_competence is of the whole practice: remove it",
        "[[plan]] 5: person: 'XX' is no [[person]]: use one of AS, MK",
    ]
