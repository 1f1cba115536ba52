from __future__ import annotations

import pytest
from beds import alarms_shipped, text
from courses import rows as coverage_shipped

from monitoring.alarmrules import alarm_rules
from monitoring.detectors import DETECTORS
from vitals.measure import Measure
from vitals.rows import RowsError
from vitals.vocabulary import AlarmKind, Modality, Priority

SHIPPED = alarms_shipped()
ROWS = SHIPPED.conditions
LOW, MEDIUM, HIGH = Priority
PHYSIOLOGICAL, TECHNICAL = AlarmKind

# kind, priority, onset filter, latching, escalation, extreme
TABLE = {
    "spo2_low": (PHYSIOLOGICAL, MEDIUM, 5.0, "never", 20.0, 0.0),
    "no_pulse": (PHYSIOLOGICAL, HIGH, 5.0, "always", None, None),
    "apnoea": (PHYSIOLOGICAL, HIGH, 0.0, "high", 20.0, None),
    "co2_lost": (PHYSIOLOGICAL, HIGH, 0.0, "never", None, None),
    "hr_low": (PHYSIOLOGICAL, MEDIUM, 5.0, "high", None, 5.0),
    "hr_high": (PHYSIOLOGICAL, MEDIUM, 5.0, "never", None, 5.0),
    "nibp_low": (PHYSIOLOGICAL, MEDIUM, 0.0, "never", None, None),
    "map_low": (PHYSIOLOGICAL, MEDIUM, 0.0, "never", None, None),
    "nibp_high": (PHYSIOLOGICAL, LOW, 0.0, "never", None, None),
    "etco2_high": (PHYSIOLOGICAL, MEDIUM, 10.0, "never", None, None),
    "etco2_low": (PHYSIOLOGICAL, MEDIUM, 10.0, "never", None, None),
    "fico2_high": (PHYSIOLOGICAL, MEDIUM, 15.0, "never", None, None),
    "rr_low": (PHYSIOLOGICAL, MEDIUM, 15.0, "never", None, None),
    "probe_off": (TECHNICAL, MEDIUM, 5.0, "never", None, None),
    "lead_off": (TECHNICAL, MEDIUM, 5.0, "never", None, None),
    "co2_off": (TECHNICAL, MEDIUM, 5.0, "never", None, None),
    "stale": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "stale_co2": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "stale_ecg": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "never_seen": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "never_seen_co2": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "never_seen_ecg": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "never_seen_nibp": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "nibp_overdue": (TECHNICAL, LOW, 0.0, "never", None, None),
    "link_lost": (TECHNICAL, MEDIUM, 5.0, "never", None, None),
    "driver_defect": (TECHNICAL, MEDIUM, 0.0, "never", None, None),
    "recorder_failure": (TECHNICAL, MEDIUM, 0.0, "always", None, None),
    "rules_unusable": (TECHNICAL, LOW, 0.0, "never", None, None),
    "clock_jump": (TECHNICAL, LOW, 0.0, "always", None, None),
    "sound_unusable": (TECHNICAL, MEDIUM, 0.0, "always", None, None),
    "gas_low": (TECHNICAL, LOW, 10.0, "never", None, None),
    "outbox_full": (TECHNICAL, LOW, 0.0, "never", None, None),
}


def test_every_row_has_a_detector_and_every_detector_a_row() -> None:
    assert ROWS.keys() == DETECTORS.keys() == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_condition_has_the_urgency_and_the_timing_of_the_table(name: str) -> None:
    row = ROWS[name]
    timing = (row.onset_s, row.latches, row.escalate_s, row.extreme_s)
    assert (row.kind, row.priority, *timing) == TABLE[name]


def test_nothing_but_slow_breath_and_breath_that_is_breathed_in_again_waits_above_ten_seconds() -> (
    None
):
    late = {row.id for row in ROWS.values() if row.onset_s > 10 or row.off_s > 10}
    assert late == {"fico2_high", "rr_low"}


def test_what_stands_around_the_conditions_has_its_rows() -> None:
    given = SHIPPED.allowances
    breath, pressure = given.breathing, given.pressure
    assert (given.pulse.ecg_s, given.cuff.hold_s) == (10.0, 60.0)
    assert (breath.breaths, breath.lost_s, breath.settle_s) == (3, 15.0, 30.0)
    assert breath.suspect_s == 10.0
    assert (pressure.deep, pressure.late_s, pressure.missed) == (0.8, 60.0, 2.0)
    assert (given.waking.hr_high_s, given.waking.upset_s) == (60.0, 300.0)
    assert (given.gas.low_min, given.gas.near_min) == (30.0, 10.0)
    assert given.outbox.full == 0.9


def test_a_number_that_is_low_or_fast_goes_on_waiting_until_it_would_be_stale() -> None:
    for name, measure in [
        ("spo2_low", Measure.SPO2),
        ("hr_low", Measure.PULSE_RATE),
        ("hr_high", Measure.PULSE_RATE),
    ]:
        assert ROWS[name].forget_s == SHIPPED.freshness[measure].stale_s == 10.0


def test_a_number_that_is_typed_stands_as_long_as_a_blood_pressure_does() -> None:
    assert SHIPPED.allowances.typed.within_s == coverage_shipped().interval_s(Modality.NIBP)


def test_there_is_one_grace_of_two_minutes() -> None:
    assert SHIPPED.induction.grace_s == 120.0


def test_a_patient_who_was_moved_has_as_long_as_a_gap_may_last_that_is_nobodys_failure() -> None:
    longest_s = coverage_shipped().enough.longest_s
    assert SHIPPED.allowances.arrival.grace_s == longest_s == 30.0


def test_every_measure_has_an_age_at_which_it_is_old_and_one_at_which_it_is_gone() -> None:
    ages = {measure: (row.fresh_s, row.stale_s) for measure, row in SHIPPED.freshness.items()}
    assert set(ages) == set(Measure)
    assert all(fresh_s < stale_s for fresh_s, stale_s in ages.values())
    assert ages[Measure.SPO2] == ages[Measure.ETCO2] == ages[Measure.HEART_RATE] == (3.0, 10.0)
    assert ages[Measure.RESPIRATORY_RATE] == (3.0, 20.0)
    assert ages[Measure.NIBP_SYSTOLIC] == (360.0, 600.0)


@pytest.mark.parametrize("latches", ["never", "high", "always"])
def test_a_note_stays_as_its_row_says(latches: str) -> None:
    row = next(row for row in ROWS.values() if row.latches == latches)
    staying = [priority for priority in Priority if row.latched(priority)]
    assert staying == {"never": [], "high": [HIGH], "always": list(Priority)}[latches]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "spo2_low"', 'id = "spo2_lo"', "[[condition]] 'spo2_lo' is unknown: remove it"),
        ('id = "spo2_low"', 'id = "spo2_lo"', "[[condition]] 'spo2_low' is missing: add it"),
        ('id = "no_pulse"', 'id = "spo2_low"', "[[condition]] 'spo2_low' stands twice"),
        ("onset_s = 5.0", "", "[[condition]] 1: onset_s: is missing: add it"),
        ("onset_s = 5.0", "onset_s = inf", "[[condition]] 1: onset_s"),
        ("onset_s = 5.0", "onset_s = nan", "[[condition]] 1: onset_s"),
        ("onset_s = 5.0", "onset_s = -1", "[[condition]] 1: onset_s"),
        ('latches = "never"', 'latches = "maybe"', "[[condition]] 1: latches"),
        ('priority = "medium"', 'priority = "urgent"', "[[condition]] 1: priority"),
        ("escalate_s = 20", "escalates = 20", "[[condition]] 1: escalates: is unknown: remove it"),
        ('measure = "pulse_rate"', 'measure = "spo2"', "[[freshness]] 'pulse_rate' is missing"),
        ('measure = "pulse_rate"', 'measure = "spo2"', "[[freshness]] 'spo2' stands twice"),
        ("fresh_s = 3.0", "fresh_s = 10.0", "[[freshness]] 1: fresh_s < stale_s"),
        ("[induction]", "[induktion]", "induction: is missing: add it"),
        ("[induction]", "[induktion]", "induktion: is unknown: remove it"),
        ("grace_s = 120.0", 'grace_s = "long"', "induction.grace_s"),
        ("rise_kpa = 1.0", "rise_kpa = 0.5", "breathing: fall_kpa < rise_kpa does not hold"),
        ("deep = 0.8", "deep = 1.1", "pressure.deep"),
        ("hold_s = 60.0", "hold_s = inf", "cuff.hold_s"),
        ("upset_s = 300.0", "upset_s = 3600.0", "waking.upset_s"),
        ("near_min = 10.0", "near_min = 30.0", "gas: near_min < low_min does not hold"),
        ("low_min = 30.0", "low_min = inf", "gas.low_min"),
        ("missed = 2.0", "missed = 1.0", "pressure.missed"),
        ("schema = 1", "schema = 2", "schema"),
        ("[[condition]]", "[[conditon]]", "conditon: is unknown: remove it"),
        ("[[condition]]", "[[conditon]]", "[[condition]] 'spo2_low' is missing: add it"),
    ],
)
def test_a_fault_is_named_with_its_file_its_row_and_its_key(old: str, new: str, said: str) -> None:
    shipped = text("alarms.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        alarm_rules(shipped.replace(old, new, 1), "alarms.toml")
    found = refused.value.errors
    assert all(error.startswith("alarms.toml: ") for error in found)
    assert any(said in error for error in found)


@pytest.mark.parametrize("row", range(1, 13))
def test_no_row_loads_without_its_source(row: int) -> None:
    parts = text("alarms.toml").split("source = ")
    parts[row] = parts[row].partition("\n")[2]
    bad = "source = ".join(parts[:row]) + "source = ".join(parts[row:])
    with pytest.raises(RowsError, match=r"source(: is missing|`)"):
        alarm_rules(bad, "alarms.toml")


def test_an_empty_source_is_no_source() -> None:
    bad = text("alarms.toml").replace('document = "ISO 80601-2-61"', 'document = ""', 1)
    with pytest.raises(RowsError, match=r"source\.document"):
        alarm_rules(bad, "alarms.toml")


def test_every_fault_of_a_file_is_listed_and_not_the_first_alone() -> None:
    bad = text("alarms.toml")
    for old, new in [
        ("schema = 1", "schema = 9"),
        ("off_s = 1.0", 'off_s = "x"'),
        ("forget_s = 3.0", ""),
        ('id = "hr_low"\nkind = "physiological"', 'id = "hr_low"\nkind = "odd"'),
        ("stale_s = 10.0", "stale_s = -1"),
        ("grace_s = 120.0", ""),
    ]:
        assert old in bad
        bad = bad.replace(old, new, 1)
    with pytest.raises(RowsError) as refused:
        alarm_rules(bad, "alarms.toml")
    assert len(refused.value.errors) == 6
