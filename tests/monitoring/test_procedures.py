from __future__ import annotations

import pytest
from beds import text

from monitoring.mapping import Ambiguous, Invalid, Mapped, Unmapped, service
from monitoring.procedures import procedures
from vitals.rows import RowsError
from vitals.vocabulary import Weight

FILE = "procedures.toml"
SOURCE = 'source = { document = "A treatise on eyes", place = "p. 1" }'
LABEL = '{ en = "x", da = "x", nb = "x" }'
EYES = f"""
schema = 1
specialty = "eye"
valid_from = 2030-01-01
approved_by = "AB"
services = ["3021", "3022", "3023"]
{SOURCE}

[sites]
lid = {LABEL}
lens = {LABEL}

[sections]
I = {LABEL}

[contralateral]
8102 = "8001"

[hold]
id = "eye.airway"
weight = "hold"
under = "2y"
label = {LABEL}
{SOURCE}

[unsaid]
id = "eye.unsaid"
weight = "notice"
under = "2y"
label = {LABEL}
{SOURCE}

[[airway]]
id = "eye.lid"
site = "lid"
in_airway = false
confirmed_by = ""
{SOURCE}

[[airway]]
id = "eye.lens"
site = "lens"
in_airway = true
confirmed_by = "CD"
{SOURCE}
"""


def row(number: int, codes: str, site: str, code: str, more: str = "") -> str:
    required = [f'["{one}"]' for one in codes.split(" + ")]
    return f"""
[[procedure]]
row = {number}
section = "I"
label = {LABEL}
codes = "{codes}"
required = [{", ".join(required)}]
laterality = "na"
site = "{site}"
code = "{code}"
in_airway = {'"by_site"' if site == "unspecified" else str(number == 3).lower()}
confirmed_by = "AB"
needs_reason = false
{more}
{SOURCE}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(RowsError) as refused:
        procedures(text, "f")
    assert all(error.startswith("f: ") for error in refused.value.errors)
    return list(refused.value.errors)


def test_another_specialty_is_another_file_with_numbers_and_sites_of_its_own() -> None:
    eyes = procedures(
        EYES
        + row(1, "8001", "lid", "3021")
        + row(2, "8001", "lens", "3022")
        + row(3, "8001 + 8102", "combination", "3023")
        + row(4, "3022", "unspecified", "3021"),
        "procedures_eye.toml",
    )
    assert (eyes.specialty, list(eyes.sites)) == ("eye", ["lid", "lens"])
    assert isinstance(service(eyes, ["8001"]), Ambiguous)
    assert service(eyes, ["8001"], "lens") == Mapped(eyes.rows[1])
    assert service(eyes, ["8102", "8001"]) == Mapped(eyes.rows[2])
    assert service(eyes, ["8102"]) == Invalid("8102 without 8001")
    assert service(eyes, ["3015"]) == Unmapped(())
    assert service(eyes, ["3022", "8001"]) == Unmapped((eyes.rows[0], eyes.rows[1], eyes.rows[3]))


def test_a_hold_is_approved_once_the_procedure_and_the_site_that_decides_are_confirmed() -> None:
    given = EYES + row(3, "8102 + 8001", "lens", "3021") + row(4, "3022", "unspecified", "3021")
    fixed, anywhere = procedures(given, "f").rows
    for text_, expected in ((given, True), (given.replace('"CD"', '""'), False)):
        eyes = procedures(text_, "f")
        (held,) = eyes.planned(fixed, None, two_years=False)
        assert (held.rule, held.approved) == ("eye.airway", True)
        (held,) = eyes.planned(anywhere, "lens", two_years=False)
        assert (held.rule, held.approved) == ("eye.airway", expected)
        assert eyes.planned(anywhere, "lid", two_years=False) == ()
        (asked,) = eyes.planned(anywhere, None, two_years=False)
        assert (asked.rule, asked.weight) == ("eye.unsaid", Weight.NOTICE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('codes = "3015"', 'codes = "3016"', "are not the numbers in codes"),
        ('required = [["3015"]]', 'required = [["315"]]', "[[procedure]] 32: required"),
        ("row = 32\n", "row = 33\n", "'row 33' stands twice"),
        (
            'site = "ear"\ncode',
            'site = "eye"\ncode',
            "row 1: site: 'eye' is not one of combination, ear",
        ),
        ('code = "3021"', 'code = "3020"', "row 1: code: '3020' is not one of 3021, 3022"),
        ('section = "A"', 'section = "G"', "row 1: section: 'G' is not in [sections]"),
        ('3106 = "3006"', '3106 = "3007"', "[contralateral]: 3007 stands in no row"),
        ('3124 = "3024"', '3024 = "3124"\n3124 = "3024"', "row 5: required: no number stands"),
        ("in_airway = true\n", "", "in_airway: is missing: add it"),
        ('nb = "Biopsi"', 'nb = ""', "label"),
        ('under = "2y"', 'under = "3y"', "under"),
        ('in_airway = "by_site"', "in_airway = false", "row 50: in_airway: is 'by_site' where"),
        ('code = "3021"\nin_airway = false', 'code = "3021"\nin_airway = "by_site"', "only there"),
        ('site = "face_neck"\nin', 'site = "knee"\nin', "[[airway]]: 'knee' is no site"),
        ('site = "face_neck"\nin', 'site = "knee"\nin', "[[airway]]: 'face_neck' is missing"),
        ('site = "face_neck"\nin', 'site = "ear"\nin', "[[airway]] 'ear' stands twice"),
        ('weight = "hold"', 'weight = "stop"', "weight"),
        ("[[procedure]]", "[[proceduer]]", "proceduer: is unknown: remove it"),
    ],
)
def test_a_fault_is_named_with_its_file_and_its_row(old: str, new: str, said: str) -> None:
    assert old in text(FILE)
    found = faults(text(FILE).replace(old, new, 1))
    assert any(said in error for error in found), found


def test_two_codes_for_a_set_that_no_site_can_tell_apart_do_not_load() -> None:
    rivals = row(1, "8001", "lid", "3021") + row(2, "8001", "lid", "3022")
    other = row(3, "8001 + 8102", "lens", "3023")
    assert faults(EYES + rivals + other) == [
        "f: [[procedure]] rows 1 and 2: two codes for 8001 at lid: mend one"
    ]


def test_a_row_for_any_site_may_not_contradict_one_that_names_its_site() -> None:
    rivals = row(1, "8001", "lid", "3021") + row(2, "8001", "unspecified", "3022")
    other = row(3, "8001 + 8102", "lens", "3023")
    found = faults(EYES + rivals + other)
    assert {line.partition(" at ")[0] for line in found} == {
        "f: [[procedure]] rows 1 and 2: two codes for 8001"
    }


def test_more_choices_than_a_table_prints_are_refused_before_they_are_spelt_out() -> None:
    many = [f"{number}" for number in range(9001, 9041)]
    listed = ", ".join(f'"{number}"' for number in many)
    wide = row(1, "8001", "lid", "3021", f"optional = [{listed}]")
    wide = wide.replace('codes = "8001"', f'codes = "8001 +/- {" +/- ".join(many)}"')
    assert any("optional" in error for error in faults(EYES + wide))
