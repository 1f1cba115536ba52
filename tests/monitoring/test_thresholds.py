from __future__ import annotations

import pytest
from beds import text
from courses import rows

from monitoring.thresholds import thresholds
from vitals.rows import RowsError
from vitals.vocabulary import Modality

SHIPPED = text("coverage.toml")


def faults(changed: str) -> str:
    with pytest.raises(RowsError) as found:
        thresholds(changed, "coverage.toml")
    return "\n".join(found.value.errors)


def test_blood_pressure_is_asked_for_as_single_readings_and_oximetry_all_the_time() -> None:
    assert rows().interval_s(Modality.NIBP) == 360.0
    assert rows().interval_s(Modality.PULSE_OXIMETRY) is None


def test_after_an_injection_peers_watch_on_for_as_long_as_the_row_of_its_code_says() -> None:
    assert rows().after_s("2622") == 600.0
    assert rows().after_s("2620") == 0.0


def test_what_ships_is_a_proposal_that_nobody_has_approved() -> None:
    assert 'proposal = true\napproved_by = ""' in SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("share = 0.95", "share = 95", "[[enough]]"),
        ("share = 0.80", "", "share"),
        ("within_s = 60.0", "within_s = inf", "within_s"),
        ('modality = "nibp"', 'modality = "clinical_observation"', "has no readings"),
        ('code = "2637"', 'code = "2635"', "'2635' stands twice"),
        ("schema = 1", "schema = 1\nbonus = 2", "bonus: is unknown"),
        ("[cuff]", "[cuff]\nbonus = 2", "cuff"),
        ("[late]", "[later]", "late: is missing"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(old: str, new: str, fault: str) -> None:
    assert old in SHIPPED
    assert fault.strip("[]") in faults(SHIPPED.replace(old, new, 1))


def test_a_modality_has_one_interval() -> None:
    row = SHIPPED[SHIPPED.index("[[interval]]") : SHIPPED.index("# For how long after")]
    assert "'nibp' stands twice" in faults(SHIPPED + row)
