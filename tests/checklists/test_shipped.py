"""The lists as they ship: every row of the documents, how often, about what, and what holds."""

from __future__ import annotations

import re

import pytest
from ticks import shipped

from checklists.template import Ask, Template
from vitals.practice import Country, Interval, Responsible, Scope


def numbered(prefix: str, *numbers: range) -> list[str]:
    return [f"{prefix}-{number:02}" for one in numbers for number in one]


def picked(prefix: str, *numbers: int) -> list[str]:
    return [f"{prefix}-{number:02}" for number in numbers]


IDS = {
    "machine": [*numbered("mc", range(1, 31)), *numbered("mb", range(1, 5))],
    "site": numbered("st", range(1, 6)),
    "emergency": numbered("em", range(1, 21)),
    "airway": numbered("aw", range(1, 12)),
    "drugs": numbered("dr", range(1, 17)),
    "anaphylaxis": numbered("an", range(1, 12)),
    "ultrasound": ["us-01"],
    "pain": numbered("pc", range(1, 7)),
    "preop": numbered("po", range(1, 19)),
    "who": numbered("wh", range(1, 8), range(11, 18), range(21, 26)),
    "recovery": numbered("rc", range(1, 14)),
    "injection": numbered("in", range(1, 17)),
    "competence": numbered("co", range(1, 8)),
    "internal": numbered("ic", range(1, 4)),
}
HOLDS = {
    *picked("mc", 1, 2, 4, 5, 10, 11, 12, 15, 19, 20, 21, 23, 25, 26, 29),
    *picked("mb", 1, 3),
    *picked("em", 1, 2, 4, 5, 12, 13, 15, 16, 17),
    *picked("aw", 1, 2, 3, 4, 5, 7),
    *picked("an", 1, 10, 11),
    *picked("pc", 2, 3, 5, 6),
    "in-15",
    "st-02",
}
OFTEN = {
    Interval.WEEK: {"mc-30", "em-02", "em-05"},
    Interval.MONTH: {
        *picked("em", 3, 6, 7, 8, 9, 11, 16, 17, 18, 19, 20),
        *picked("aw", 7, 8, 9),
        *picked("an", 1, 2, 4, 5, 6, 9, 10),
        "st-01",
        "pc-01",
    },
    Interval.YEAR: {"aw-10", "an-11", "in-15", *IDS["competence"], *IDS["internal"]},
    Interval.USE: {"em-12"},
    Interval.EVENT: {"mc-23", "mb-04", "an-08", "po-18"},
}
ROWS = {row.id: row for one in shipped().templates for row in one.rows}


def ask(name: str, row: str) -> Ask:
    return shipped().asks[name, row]


def test_every_row_of_every_list_is_there_and_none_besides() -> None:
    assert {one.id: [row.id for row in one.rows] for one in shipped().templates} == IDS


def test_every_row_is_worded_in_three_languages() -> None:
    told = {row.id: (row.label.en, row.label.da, row.label.nb) for row in ROWS.values()}
    assert [name for name, words in told.items() if min(map(len, words)) < 4] == []


@pytest.mark.parametrize("one", shipped().templates, ids=lambda one: one.id)
def test_every_group_of_a_list_has_rows_and_no_other_is_named(one: Template) -> None:
    assert {row.group for row in one.rows} == {group.id for group in one.groups}


def test_the_rows_that_hold_are_those_that_the_documents_hold() -> None:
    assert {row.id for row in ROWS.values() if row.hold} == HOLDS


@pytest.mark.parametrize("interval", OFTEN)
def test_the_rows_of_an_interval_are_those_of_the_documents(interval: Interval) -> None:
    assert {row.id for row in ROWS.values() if row.interval is interval} == OFTEN[interval]


def test_gases_suction_and_scavenging_are_the_clinics_and_the_rest_of_the_machine_travels() -> None:
    there = {row.id: row.scope for row in ROWS.values() if row.id.startswith("mc-")}
    assert {name for name, scope in there.items() if scope is Scope.SITE} == {
        "mc-04", "mc-05", "mc-06", "mc-07", "mc-10", "mc-17",
    }  # fmt: skip
    assert set(there.values()) == {Scope.KIT, Scope.SITE, Scope.DEVICE}


def test_the_operating_clinic_answers_for_its_rooms_suction_and_scavenging() -> None:
    rooms = [ROWS[name] for name in ("st-01", "st-02", "st-03", "st-04", "mc-10", "mc-17")]
    assert {row.responsible for row in rooms} == {Responsible.CLINIC}
    assert ROWS["st-05"].responsible is Responsible.AGREEMENT


def test_a_row_that_holds_in_one_country_says_so() -> None:
    found = {row.id: row.country for row in ROWS.values() if row.country is not None}
    assert {name for name, one in found.items() if one is Country.DENMARK} == {
        "co-01", "co-02", "co-03",
    }  # fmt: skip
    assert {"in-15", "in-16", "in-06"} <= found.keys()


def test_the_five_words_always_apply() -> None:
    assert [row.id for row in ROWS.values() if row.always] == numbered("rc", range(5, 10))


def test_surgical_safety_is_confirmed_in_three_groups() -> None:
    found = shipped().find("who")
    assert found is not None
    assert {group.id: group.label.da for group in found.groups} == {
        "sign_in": "Check ind", "time_out": "Time-out", "sign_out": "Check ud",
    }  # fmt: skip


def test_a_row_with_dates_is_asked_for_twice_each_at_its_own_interval() -> None:
    present, dated = ask("emergency", "em-04"), ask("emergency", "em-04.date")
    assert (present.interval, dated.interval) == (Interval.DAY, Interval.WEEK)
    assert (present.dated, dated.dated) == (False, True)
    assert present.row == dated.row
    assert present.label == present.row.label
    for one in ("en", "da", "nb"):
        assert getattr(present.label, one) != getattr(dated.label, one)


def test_a_row_without_services_is_asked_for_by_those_of_its_list() -> None:
    assert "3021" in ask("machine", "mc-01").codes
    assert ask("pain", "pc-06").codes == ("2635", "2637")
    assert ask("emergency", "em-01").codes == ()


def test_what_no_document_says_is_called_a_proposal_and_nobody_has_signed_it() -> None:
    own = {row.id for row in ROWS.values() if "product proposal" in row.source.place}
    assert own == {row.id for row in ROWS.values() if row.proposal}
    assert own == {row.id for row in ROWS.values() if not row.approved}


@pytest.mark.parametrize(
    ("row", "danish"),
    [
        ("mc-01", "Selvekspanderende ventilationspose på plads og virker"),
        ("mc-12", "Fordamper fyldt, låst på plads, påfyldning lukket, slukket"),
        ("em-01", "Hjertestarter: indikator viser klar"),
        ("aw-01", "Videolaryngoskop opladet, blade til spædbarn, barn og voksen"),
        ("po-14", "Fyldt 2 år ved tube/larynxmaske"),
        ("rc-01", "Sikre, frie luftveje, tube/LM fjernet, ikke i dyb anæstesi/sedation"),
        ("an-11", "Den, der har fået opgaven delegeret, kan bruge udstyret (dato)"),
    ],
)
def test_a_danish_label_is_one_that_a_clinician_would_write(row: str, danish: str) -> None:
    assert ROWS[row].label.da == danish


def test_no_label_has_the_words_that_were_mended() -> None:
    told = " ".join(row.label.da for row in ROWS.values())
    assert not re.search(r"Nødvogn|Iltskyl|Skraber,|Kalk ikke|klar-lampe|Selvoppustelig", told)
