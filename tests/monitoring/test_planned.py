from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import CPR, DAY, MORROW, plan, tables

from monitoring.note import names_person
from monitoring.planned import Planned, SlipError, Typed, aged, planned
from vitals.listing import Slip
from vitals.vocabulary import CaseKind, Side


def slip(typed: Callable[[], object]) -> SlipError:
    with pytest.raises(SlipError) as raised:
        typed()
    return raised.value


@pytest.mark.parametrize(
    ("codes", "code", "kind", "procedures"),
    [
        (("3005",), "3022", CaseKind.ANAESTHETIC, ("3005",)),
        (("3005", "3015"), "3023", CaseKind.ANAESTHETIC, ("3005", "3015")),
        (("ana:3022",), "3022", CaseKind.ANAESTHETIC, ()),
        (("3021",), "3021", CaseKind.ANAESTHETIC, ()),
        (("3005", "ana:3022"), "3022", CaseKind.ANAESTHETIC, ("3005",)),
        (("ent:9999", "ana:3024"), "3024", CaseKind.ANAESTHETIC, ("9999",)),
        (("2635",), "2635", CaseKind.BLOCK, ()),
    ],
)
def test_procedures_or_a_code_give_the_service(
    codes: tuple[str, ...], code: str, kind: CaseKind, procedures: tuple[str, ...]
) -> None:
    found = plan(*codes)
    assert (found.code, found.kind, found.procedures) == (code, kind, procedures)


@pytest.mark.parametrize(
    ("codes", "why", "words"),
    [
        ((), Slip.NO_CODE, "there is no code"),
        (("3022",), Slip.EITHER_CODE, "write ana:3022 or ent:3022"),
        (("3021", "ana:3022"), Slip.TWO_CODES, "3021 and 3022 are anaesthesia codes"),
        (("305",), Slip.UNKNOWN_CODE, "write four digits"),
        (("9999",), Slip.UNKNOWN_CODE, "neither a procedure of the table nor one of 2620, "),
        (("ana:3005",), Slip.UNKNOWN_CODE, "3005 is neither"),
        (("0120",), Slip.WITHDRAWN_CODE, "is withdrawn"),
        (("2265",), Slip.CODE_NOT_ALONE, "goes with an anaesthetic"),
        (("5000",), Slip.CODE_NOT_ALONE, "goes with an anaesthetic"),
        (("3005", "3021"), Slip.OTHER_CODE, "3005 belongs to 3022: leave 3021 out"),
        (("ent:9999",), Slip.UNMAPPED, "add the anaesthesia code, as ana:3023"),
        (("3005", "3005"), Slip.IMPOSSIBLE, "3005 stands twice: mend"),
        (("3106",), Slip.IMPOSSIBLE, "3106 without 3006: mend"),
        (("3053",), Slip.NO_SITE, "add one of ear, larynx_oesophagus, mouth_throat, nose"),
    ],
)
def test_what_is_no_code_says_what_it_is_and_how_to_mend_it(
    codes: tuple[str, ...], why: Slip, words: str
) -> None:
    found = slip(lambda: plan(*codes))
    assert found.slip is why
    assert words in found.detail


@pytest.mark.parametrize(
    ("site", "code"), [("ear", "3022"), ("nose", "3022"), ("larynx_oesophagus", "3024")]
)
def test_the_site_decides_where_the_procedures_do_not(site: str, code: str) -> None:
    assert plan("3053", site=site).code == code
    assert plan("3053", site=site).site == site


def test_a_site_that_there_is_not_is_told_with_those_there_are() -> None:
    found = slip(lambda: plan("3053", site="knee"))
    assert found.slip is Slip.UNKNOWN_SITE
    assert "one of ear, nose, nasopharynx" in found.detail


def test_the_sample_of_an_ambiguous_code_is_still_one() -> None:
    rows = tables().procedures.sets[frozenset({"3053"})]
    assert len({row.code for row in rows}) > 1


@pytest.mark.parametrize(
    ("age", "why"),
    [("", Slip.NO_AGE), (" ", Slip.NO_AGE), ("0y", Slip.BAD_AGE), ("4 år", Slip.BAD_AGE)],
)
def test_an_age_is_asked_for_in_its_form(age: str, why: Slip) -> None:
    assert slip(lambda: plan("3005", age=age)).slip is why


@pytest.mark.parametrize(
    ("age", "band", "two_years"),
    [
        ("20d", "neonate", False),
        ("8m", "infant", False),
        ("23m", "y1_2", False),
        ("24m", "y2_5", True),
        ("2y", "y2_5", True),
        ("40y", "adult", True),
    ],
)
def test_an_age_becomes_a_band_and_an_answer_and_is_not_kept(
    age: str,
    band: str,
    two_years: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    found = plan("3021", age=age)
    assert (found.band, found.two_years, found.aged_on) == (band, two_years, DAY)
    assert f'"{age}"' not in msgspec.json.encode(found).decode()


@pytest.mark.parametrize(("age", "held"), [("23m", 1), ("2y", 0)])
@pytest.mark.parametrize("codes", [("3015",), ("3015", "3005"), ("ent:3015", "ent:9999", "3021")])
def test_a_procedure_in_the_airway_is_held_under_two_years_already_in_the_plan(
    codes: tuple[str, ...], age: str, held: int
) -> None:
    found = plan(*codes, age=age)
    assert [one.rule for one in found.holds] == ["ent.in_airway.age"] * held
    for one in found.holds:
        assert not one.approved
        assert "chapter 3" in one.source
        assert one.label.da.startswith("Indgreb i luftvejene")


def test_a_procedure_that_is_in_the_airway_at_one_site_is_held_there_alone() -> None:
    assert plan("3053", site="mouth_throat", age="8m").holds
    assert not plan("3053", site="ear", age="8m").holds


@pytest.mark.parametrize(
    ("site", "rules"),
    [
        ("", ["ent.in_airway.unsaid"]),
        ("ear", []),
        ("mouth_throat", ["ent.in_airway.age"]),
    ],
)
def test_where_the_site_decides_what_is_in_the_airway_it_is_asked_for(
    site: str, rules: list[str]
) -> None:
    assert [one.rule for one in plan("3034", site=site, age="8m").holds] == rules
    assert plan("3034", site=site, age="2y").holds == ()


def test_nothing_is_held_for_a_code_alone_or_outside_the_airway() -> None:
    assert not plan("3021", age="8m").holds
    assert not plan("3006", age="8m").holds


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("x" * 21, Slip.NOTE_LONG),
        ("født 010120", Slip.NOTE_NUMBER),
        ("3015 også", Slip.NOTE_NUMBER),
        (CPR, Slip.PATIENT_NUMBER),
        (CPR.replace("-", ""), Slip.PATIENT_NUMBER),
        (f"ring {CPR}, haster meget", Slip.PATIENT_NUMBER),
    ],
)
def test_a_note_is_short_and_says_nothing_that_names(note: str, why: Slip) -> None:
    found = slip(lambda: plan("3005", note=note))
    assert found.slip is why
    assert note not in found.detail


def test_a_note_is_kept_on_one_line() -> None:
    assert plan("3005", note=" mor\tmed\n først ").note == "mor med først"
    assert plan("3005", note="x" * 20).note == "x" * 20


@given(
    st.sampled_from(["codes", "age", "site", "note"]),
    st.sampled_from([CPR, CPR.replace("-", ""), CPR.replace("-", " ")]),
)
def test_a_persons_number_is_refused_wherever_it_stands_and_never_said_again(
    place: str, number: str
) -> None:
    fields = {"codes": ("3005",), "age": "4y", "site": "", "note": ""}
    fields[place] = (number,) if place == "codes" else number
    found = slip(lambda: planned(tables(), msgspec.convert(fields, Typed), DAY))
    assert found.slip is Slip.PATIENT_NUMBER
    assert not names_person(found.detail)


def test_an_age_said_anew_gives_band_answer_day_and_holds_anew() -> None:
    before = planned(
        tables(), Typed(codes=("3015",), age="23m", side=Side.BOTH, note="mor med"), DAY
    )
    after = aged(tables(), before, "2y", MORROW)
    assert (after.band, after.two_years, after.aged_on, after.holds) == ("y2_5", True, MORROW, ())
    same = msgspec.structs.replace(after, band=before.band, two_years=False, aged_on=DAY)
    assert after.chosen != before.chosen
    as_before = msgspec.structs.replace(same, holds=before.holds, chosen=before.chosen)
    assert as_before == before
    assert slip(lambda: aged(tables(), before, CPR, MORROW)).slip is Slip.PATIENT_NUMBER


@pytest.mark.parametrize("codes", [("3005",), ("3053",), ("ent:9999", "3021"), ("2635",)])
def test_every_plan_can_be_said_again(codes: tuple[str, ...]) -> None:
    before = plan(*codes, site="ear" if codes == ("3053",) else "")
    assert aged(tables(), before, "4y", DAY) == before


def test_a_plan_survives_being_written_down() -> None:
    found = plan("3015", age="8m")
    assert msgspec.json.decode(msgspec.json.encode(found), type=Planned) == found
