"""SR-090 to SR-094: what a service asks of the person who gives it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from beds import text
from msgspec.structs import replace

from monitoring.competence import (
    CompetenceRules,
    competence_rules,
    course_findings,
    service_findings,
)
from vitals.competence import Certificate, Competence
from vitals.rows import RowsError

DAY = date(2026, 11, 21)
BEFORE = date(2020, 1, 1)
EMERGENCIES = (
    Competence.RESUSCITATION,
    Competence.DIFFICULT_AIRWAY,
    Competence.TRACHEOTOMY,
    Competence.INTRAOSSEOUS,
)
ASKED = {
    "2622": Competence.US_BLOCKS,
    "5000": Competence.US_BLOCKS,
    "2626": Competence.MUSCULOSKELETAL,
    "2637": Competence.MUSCULOSKELETAL,
    "2641": Competence.MUSCULOSKELETAL,
    "2623": Competence.MANIPULATION,
    "2624": Competence.ACUPUNCTURE,
}


@cache
def shipped() -> CompetenceRules:
    return competence_rules(text("competence.toml"), "competence.toml")


def held(competence: Competence) -> Certificate:
    return Certificate(competence, course_on=BEFORE, approved_on=BEFORE, sent_on=BEFORE)


def missing(code: str, *certificates: Certificate) -> list[str]:
    found = service_findings(shipped(), certificates, code, DAY)
    return [f"{one.weight} {one.rule}" for one in found]


@pytest.mark.parametrize("code", ASKED)
@pytest.mark.parametrize("competence", Competence)
def test_a_service_is_held_until_its_own_competence_is_on_file(
    code: str, competence: Competence
) -> None:
    expected = [] if competence is ASKED[code] else [f"hold {code}.competence"]
    assert missing(code, held(competence)) == expected
    assert missing(code) == [f"hold {code}.competence"]


@pytest.mark.parametrize("code", ["2635", "2620", "3021", "3023", "2640"])
def test_a_service_whose_text_asks_for_no_training_is_never_held(code: str) -> None:
    assert missing(code) == []


@pytest.mark.parametrize("code", ASKED)
def test_the_document_is_approved_and_sent_to_the_region_by_the_day(code: str) -> None:
    done = held(ASKED[code])
    hold = [f"hold {code}.competence"]
    assert missing(code, replace(done, sent_on=None)) == hold
    assert missing(code, replace(done, sent_on=None, approved_on=None)) == hold
    assert missing(code, replace(done, sent_on=DAY)) == []
    assert missing(code, replace(done, sent_on=DAY + timedelta(days=1))) == hold


def test_acupuncture_given_by_staff_is_held_until_their_own_training_is_on_file() -> None:
    """The rule is of whoever gives it: another's certificate or another training is no answer."""
    assert missing("2624", held(Competence.ACUPUNCTURE)) == []
    assert missing("2624", held(Competence.MANIPULATION)) == ["hold 2624.competence"]
    assert missing("2624", Certificate(Competence.ACUPUNCTURE)) == ["hold 2624.competence"]


@pytest.mark.parametrize("code", ["2623", "2624"])
def test_the_documents_of_acupuncture_and_manipulation_go_to_the_region_too(code: str) -> None:
    (row,) = [row for row in shipped().demands if row.code == code]
    assert row.needs == ("course", "approved", "sent")


def test_training_in_blocks_may_be_part_of_the_specialists_own_and_needs_no_course() -> None:
    trained = replace(held(Competence.US_BLOCKS), course_on=None)
    assert missing("2622", trained) == missing("5000", trained) == []
    scanned = replace(held(Competence.MUSCULOSKELETAL), course_on=None)
    assert missing("2637", scanned) == ["hold 2637.competence"]


def test_a_certificate_holds_on_its_last_day_and_not_on_the_next() -> None:
    done = held(Competence.US_BLOCKS)
    assert missing("2622", replace(done, valid_to=DAY)) == []
    assert missing("2622", replace(done, valid_to=DAY - timedelta(days=1))) != []


def courses(*certificates: Certificate) -> list[str]:
    found = list(course_findings(shipped(), certificates, DAY))
    assert not any(one.approved for one in found)
    return [f"{one.weight} {one.rule}" for one in found]


def test_emergency_courses_without_a_date_are_notices_and_no_holds() -> None:
    expected = [f"notice course.{one.value}" for one in EMERGENCIES]
    assert courses() == expected
    assert courses(*(Certificate(one) for one in EMERGENCIES)) == expected


@pytest.mark.parametrize("competence", EMERGENCIES)
def test_a_course_is_old_a_day_after_its_months(competence: Competence) -> None:
    others = [Certificate(one, course_on=DAY) for one in EMERGENCIES if one is not competence]
    assert courses(Certificate(competence, course_on=date(2024, 11, 21)), *others) == []
    old = Certificate(competence, course_on=date(2024, 11, 20))
    assert courses(old, *others) == [f"notice course.{competence.value}"]
    to_come = Certificate(competence, course_on=DAY + timedelta(days=1))
    assert courses(to_come, *others) == [f"notice course.{competence.value}"]


def test_a_document_was_taken_approved_and_sent_in_this_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        Certificate(Competence.US_BLOCKS, approved_on=DAY, sent_on=BEFORE)
    with pytest.raises(ValueError, match="without approved_on"):
        Certificate(Competence.US_BLOCKS, sent_on=DAY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('competence = "us_blocks"', 'competence = "blocks"', "[[demand]] 1: competence"),
        ('needs = ["approved", "sent"]', "needs = []", "[[demand]] 1: needs"),
        ('id = "5000.competence"', 'id = "2622.competence"', "'2622.competence' stands twice"),
        ('code = "5000"', 'code = "2622"', "'2622 us_blocks' stands twice"),
        ('competence = "tracheotomy"', 'competence = "intraosseous"', "stands twice"),
        ("months = 24", "months = -1", "[[refresher]] 1: months"),
        ("[[refresher]]", "[[refreshers]]", "refreshers: is unknown: remove it"),
        ("valid_from = 2019-04-01", 'valid_from = "soon"', "valid_from"),
    ],
)
def test_a_fault_of_a_competence_row_is_named(old: str, new: str, said: str) -> None:
    assert old in text("competence.toml")
    with pytest.raises(RowsError) as refused:
        competence_rules(text("competence.toml").replace(old, new, 1), "competence.toml")
    assert all(error.startswith("competence.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)
