from __future__ import annotations

import pytest
from beds import at, text
from told import case, entry, times

from monitoring.case import arrived, judged, with_entry
from monitoring.courserules import course_rules
from vitals import deeds
from vitals.rows import RowsError
from vitals.vocabulary import Airway, Flag

SHIPPED = text("course.toml")
TWO_HOURS_S = 7200.0


@pytest.mark.parametrize("deed", [deeds.Call(), deeds.SetAirway(airway=Airway.TUBE)])
def test_what_is_always_taken_is_flagged_when_it_lies_long_before_its_case(
    deed: deeds.Said,
) -> None:
    here = case(opened=at(20_000))
    begun = with_entry(here, entry(here, deeds.Begin(), at(20_000 - TWO_HOURS_S)))
    fits = entry(begun, deed, at(20_000 - TWO_HOURS_S), entered=at(20_100))
    early = entry(begun, deed, at(20_000 - TWO_HOURS_S - 1), entered=at(20_100))
    assert judged(begun, fits, times()).flags == (Flag.LATE,)
    assert judged(begun, early, times()).flags == (Flag.OUT_OF_ORDER, Flag.LATE)


def test_a_patient_is_at_a_bed_since_the_case_was_opened_or_moved_there() -> None:
    here = case()
    assert arrived(here) == at(0)
    moved = with_entry(here, entry(here, deeds.Move(bed="bed 2"), at(60)))
    assert arrived(moved) == at(60)
    back = with_entry(moved, entry(moved, deeds.Correct(entry=1, reason="slip"), at(90)))
    assert arrived(back) == at(0)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("after_s = 900.0", "after_s = 0", "late.after_s"),
        ("most_s = 7200.0", "most_s = inf", "before.most_s"),
        ("waiting_s = 43200.0", "", "quiet.waiting_s: is missing: add it"),
        ("[quiet]", "[quite]", "quite: is unknown: remove it"),
    ],
)
def test_a_fault_of_a_time_is_named(old: str, new: str, fault: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RowsError) as found:
        course_rules(SHIPPED.replace(old, new, 1), "course.toml")
    assert fault in "\n".join(found.value.errors)


def test_no_time_is_approved_by_anybody() -> None:
    assert 'proposal = true\napproved_by = ""' in SHIPPED
