"""How far a clinic's own file may go where what ships is a proposal."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants import without
from ownrules import FILES, Wanted, edited, wanting


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    return wanting(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("mg = 7.5", "mg = 12"), "betamethasone: mg: 12 mg count as 40 mg, weaker than as it"),
        (("mg = 7.5", "mg = 75"), "betamethasone: mg: 75 mg count as 40 mg, which nobody may sign"),
        (("least = 0.5", "least = 0.1"), "[bound]: least: is 0.1, and 0.5 in the contract"),
    ],
    ids=["weaker", "beyond the bound", "the bound"],
)
def test_a_steroid_does_not_count_for_less_without_a_name_nor_beyond_the_bound(
    wanted: Wanted, change: tuple[str, str], says: str
) -> None:
    (line,) = wanted(steroids=edited("steroids", change))
    assert line.startswith("own/steroids.toml: ")
    assert says in line


def test_a_doctor_signs_a_weaker_equivalent_within_the_bound(wanted: Wanted) -> None:
    drug = FILES["steroids.toml"].text.index('drug = "betamethasone"')
    head, row = FILES["steroids.toml"].text[:drug], FILES["steroids.toml"].text[drug:]
    row = row.replace("mg = 7.5", "mg = 12", 1).replace('approved_by = ""', 'approved_by = "AS"', 1)
    assert wanted(steroids=head + row) == ()


def test_the_floor_of_spo2_that_ships_bounds_the_file_of_a_clinic(wanted: Wanted) -> None:
    low = "spo2 = { lo = 90, desat = 85 }", "spo2 = { lo = 84, desat = 80 }"
    floor, band = wanted(limits=edited("limits", low, ("spo2_floor = 85", "spo2_floor = 50")))
    assert floor == (
        "own/limits.toml: spo2_floor: is 50, and 85 in what ships, which no clinic may go below:"
        " write that, or more"
    )
    assert band == (
        "own/limits.toml: [[band]] neonate: spo2.lo: 84 is below the floor of 85: raise it"
    )
    at_floor = low[0], low[1].replace("84", "85")
    assert wanted(limits=edited("limits", at_floor)) == ()


def test_a_reading_of_a_silence_may_be_left_out_and_is_no_contract_unless_signed(
    wanted: Wanted,
) -> None:
    text = FILES["service_3023.toml"].text
    assert wanted(service_3023=without(text, "ban", 2)) == ()
    head, ban = text.split('id = "3023.nitrous_oxide"')
    ban = ban.replace("proposal = true", "proposal = false")
    (line,) = wanted(service_3023=f'{head}id = "3023.nitrous_oxide"{ban}')
    assert "[[ban]] 3023.nitrous_oxide: proposal: is false, and nobody has signed" in line
    signed = ban.replace('approved_by = ""', 'approved_by = "AS"')
    assert wanted(service_3023=f'{head}id = "3023.nitrous_oxide"{signed}') == ()
