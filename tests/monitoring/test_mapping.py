from __future__ import annotations

from collections import defaultdict

import pytest
from beds import text
from hypothesis import given
from hypothesis import strategies as st
from printed import Printed, base, other_side, rows

from monitoring.mapping import Ambiguous, Invalid, Mapped, Outcome, Unmapped, service
from monitoring.procedures import procedures
from vitals.vocabulary import Weight

SHIPPED = procedures(text("procedures.toml"), "procedures.toml")
PRINTED = rows()
ANY_SITE = ("combination", "unspecified")
NUMBERS = sorted(SHIPPED.printed)
AIRWAY = {18, 32, 33, 35, 36, 37, 38, 40, 41, 49}


def by_numbers() -> dict[frozenset[str], list[Printed]]:
    found: defaultdict[frozenset[str], list[Printed]] = defaultdict(list)
    for row in PRINTED:
        for numbers in row.spelt:
            found[numbers].append(row)
    return dict(found)


SETS = by_numbers()
VALID = sorted(SETS, key=sorted)


def asked(numbers: str, site: str | None = None) -> Outcome:
    return service(SHIPPED, numbers.split(), site)


def code(outcome: Outcome) -> str:
    assert isinstance(outcome, Mapped), outcome
    return outcome.code


def near(outcome: Outcome) -> list[int]:
    assert isinstance(outcome, Unmapped), outcome
    return [row.row for row in outcome.near]


@pytest.mark.parametrize("row", PRINTED, ids=[row.name for row in PRINTED])
def test_a_printed_row_maps_its_sets_to_its_service(row: Printed) -> None:
    site = None if row.site in ANY_SITE else row.site
    for numbers in row.spelt:
        assert code(service(SHIPPED, sorted(numbers), site)) == row.service, numbers


@pytest.mark.parametrize("row", PRINTED, ids=[row.name for row in PRINTED])
def test_a_printed_row_stands_in_the_table_as_printed(row: Printed) -> None:
    held = SHIPPED.rows[row.row - 1]
    assert (held.row, held.section, held.codes) == (row.row, row.section, row.numbers)
    assert (held.label.da, held.code) == (row.procedure, row.service)
    assert (held.laterality, held.site) == (row.laterality, row.site)
    assert held.source.place.startswith("Bilag 2, ")
    assert f"row {row.row}, p. 9" in held.source.place


def test_the_rows_spell_out_104_sets_and_no_other_set_has_a_service() -> None:
    assert len(PRINTED) == 57
    assert len(SETS) == 104
    assert SHIPPED.sets.keys() == SETS.keys()


@pytest.mark.parametrize("numbers", VALID, ids=[" ".join(sorted(one)) for one in VALID])
def test_every_valid_set_maps_as_printed_two_of_them_with_their_site(
    numbers: frozenset[str],
) -> None:
    services = {row.service for row in SETS[numbers]}
    if len(services) > 1:
        assert numbers in ({"3053"}, {"3053", "3153"})
        assert isinstance(service(SHIPPED, sorted(numbers)), Ambiguous)
    else:
        assert {code(service(SHIPPED, sorted(numbers)))} == services


@pytest.mark.parametrize(
    ("numbers", "candidates", "among"),
    [("3053", ["3022", "3024"], [9, 30, 36, 37]), ("3053 3153", ["3022", "3023"], [10, 30])],
)
def test_a_foreign_body_is_ambiguous_until_the_site_is_given(
    numbers: str, candidates: list[str], among: list[int]
) -> None:
    found = asked(numbers)
    assert isinstance(found, Ambiguous)
    assert found.candidates == candidates
    assert [row.row for row in found.rows] == among


@pytest.mark.parametrize(
    ("numbers", "site", "expected"),
    [
        ("3053", "ear", "3022"),
        ("3053", "nose", "3022"),
        ("3053", "mouth_throat", "3022"),
        ("3053", "larynx_oesophagus", "3024"),
        ("3053 3153", "ear", "3023"),
        ("3053 3153", "nose", "3022"),
        ("3005", "nasopharynx", "3022"),
        ("3044", "face_neck", "3024"),
    ],
)
def test_the_site_chooses_among_the_rows_that_name_one(
    numbers: str, site: str, expected: str
) -> None:
    assert code(asked(numbers, site)) == expected


@pytest.mark.parametrize("site", SHIPPED.sites)
def test_rows_of_combinations_and_of_no_site_accept_any(site: str) -> None:
    assert code(asked("3030 3058", site)) == "3024"
    assert code(asked("3035", site)) == "3022"
    assert code(asked("3005", site)) == "3022"


@pytest.mark.parametrize(
    ("numbers", "site", "rows_named"),
    [
        ("3053", "larynx_pharynx", [9, 30, 36, 37]),
        ("3053 3153", "mouth_throat", [10, 30]),
        ("3009", "nose", [2]),
        ("3051", "nose", [51]),
    ],
)
def test_a_site_that_no_row_of_the_set_has_maps_to_nothing(
    numbers: str, site: str, rows_named: list[int]
) -> None:
    assert near(asked(numbers, site)) == rows_named


def test_septum_apart_turbinate_and_sinus_of_one_side_are_3024_by_decision() -> None:
    found = asked("3027 3033")
    assert isinstance(found, Mapped)
    assert (found.code, found.row.row) == ("3024", 47)
    assert "bare set 3027 and 3033" in found.row.decision
    assert [code(asked(f"3027 3033 {n}")) for n in ("3127", "3133", "3127 3133")] == ["3025"] * 3


@pytest.mark.parametrize(
    ("numbers", "rows_named"),
    [
        ("3030 3033 3133", [27, 43, 45, 46]),
        ("3030 3058 3158", [29, 44, 45]),
        ("3027 3030 3127", [22, 42, 46]),
        ("3009 3037", [2, 34, 40, 41]),
        ("3033 3058", [26, 28, 45]),
        ("3005 3015 3056", [41, 49]),
        ("3027 3058", [21, 28]),
        ("5016 5116", []),
        ("3015 3057", [32, 33, 41]),
    ],
)
def test_a_combination_that_is_not_printed_is_never_guessed(
    numbers: str, rows_named: list[int]
) -> None:
    assert near(asked(numbers)) == rows_named


@pytest.mark.parametrize("numbers", ["9999", "3021", "5000", "3105", "3015 9999", "3109 9999"])
def test_a_number_that_is_not_printed_maps_to_nothing_and_nothing_is_near(numbers: str) -> None:
    assert asked(numbers) == Unmapped(())


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ("3015 3015", "3015 stands twice"),
        ("9999 3005 3005 9999", "3005 stands twice; 9999 stands twice"),
        ("3109", "3109 without 3009"),
        ("3005 3109", "3109 without 3009"),
        ("3015 3109 3037", "3109 without 3009"),
        ("5101", "5101 without 5001"),
        ("3153", "3153 without 3053"),
        ("3158", "3158 without 3058"),
        ("3030 3033 3027 3158", "3158 without 3058"),
    ],
)
def test_numbers_that_cannot_stand_so_are_invalid_and_say_why(numbers: str, reason: str) -> None:
    assert asked(numbers) == Invalid(reason)


@pytest.mark.parametrize("number", [number for number in NUMBERS if other_side(number)])
def test_no_number_of_the_other_side_stands_without_its_own(number: str) -> None:
    assert asked(number) == Invalid(f"{number} without {base(number)}")


def test_the_digits_of_an_anaesthesia_service_are_another_number_here() -> None:
    found = {number: code(asked(number)) for number in ("3022", "3023", "3024", "3025")}
    assert found == {"3022": "3021", "3023": "3021", "3024": "3023", "3025": "3024"}


@given(st.lists(st.sampled_from([*NUMBERS, "9999"]), min_size=1, max_size=6))
def test_only_a_printed_set_ever_has_a_service_and_order_never_matters(numbers: list[str]) -> None:
    found = service(SHIPPED, numbers)
    assert service(SHIPPED, numbers[::-1]) == found
    printed = len(set(numbers)) == len(numbers) and frozenset(numbers) in SETS
    assert isinstance(found, Mapped | Ambiguous) == printed


@pytest.mark.parametrize("row", PRINTED, ids=[row.name for row in PRINTED])
def test_only_the_last_group_needs_a_stated_judgement(row: Printed) -> None:
    assert SHIPPED.rows[row.row - 1].needs_reason == (row.section == "F")


@pytest.mark.parametrize("row", PRINTED, ids=[row.name for row in PRINTED])
def test_a_procedure_in_the_airway_is_held_at_planning_before_the_second_birthday(
    row: Printed,
) -> None:
    here = SHIPPED.rows[row.row - 1]
    expected = ["ent.in_airway.age"] if row.row in AIRWAY else []
    expected = ["ent.in_airway.unsaid"] if row.site == "unspecified" else expected
    assert [held.rule for held in SHIPPED.planned(here, None, two_years=False)] == expected
    assert SHIPPED.planned(here, None, two_years=True) == ()
    assert SHIPPED.planned(here, None, two_years=None) == ()


@pytest.mark.parametrize(
    ("site", "within"),
    [
        ("ear", False),
        ("nose", False),
        ("nasopharynx", True),
        ("mouth_throat", True),
        ("larynx_pharynx", True),
        ("larynx_oesophagus", True),
        ("face_neck", False),
    ],
)
def test_what_may_be_anywhere_is_in_the_airway_as_the_site_is_that_is_stated(
    site: str, *, within: bool
) -> None:
    biopsy = SHIPPED.rows[54]
    assert SHIPPED.airways[site].in_airway is within
    assert SHIPPED.in_airway(biopsy, site) is within
    rules = [held.rule for held in SHIPPED.planned(biopsy, site, two_years=False)]
    assert rules == (["ent.in_airway.age"] if within else [])


def test_without_a_site_it_is_unknown_whether_a_biopsy_is_in_the_airway() -> None:
    unsaid = [row.row for row in SHIPPED.rows if SHIPPED.in_airway(row, None) is None]
    assert unsaid == [row.row for row in PRINTED if row.site == "unspecified"]
    (held,) = SHIPPED.planned(SHIPPED.rows[54], None, two_years=False)
    assert (held.weight, held.rule, held.approved) == (Weight.HOLD, "ent.in_airway.unsaid", False)


def test_a_site_changes_nothing_where_the_numbers_tell_it() -> None:
    grommet, adenoids = SHIPPED.rows[1], SHIPPED.rows[17]
    assert SHIPPED.in_airway(grommet, "larynx_pharynx") is False
    assert SHIPPED.in_airway(adenoids, "ear") is True


def test_the_hold_names_its_rule_and_that_no_doctor_has_confirmed_the_procedure() -> None:
    (held,) = SHIPPED.planned(SHIPPED.rows[17], None, two_years=False)
    assert (held.weight, held.rule, held.approved) == (Weight.HOLD, "ent.in_airway.age", False)
    assert "chapter 3" in held.source
    assert {row.confirmed_by for row in SHIPPED.rows} == {""}
