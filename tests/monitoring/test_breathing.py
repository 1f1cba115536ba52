from __future__ import annotations

from typing import Any

import pytest
from beds import LIMITS, Watch, bed, oximeter
from hypothesis import given
from hypothesis import strategies as st
from monitors import capnograph

from monitoring.conditions import Presence
from monitoring.detectors import DETECTORS
from monitoring.limits import Range
from monitoring.notices import notices
from monitoring.signals import Cue
from monitoring.view import BedView, Breathed
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import Airway, DeviceState, Phase, Priority

APNOEA_S = 20.0
NEVER = Breathed(waving=True)
CO2 = {
    **LIMITS,
    Measure.ETCO2: Range(lo=3.5, hi=7.5),
    Measure.FICO2: Range(hi=0.7),
    Measure.RESPIRATORY_RATE: Range(lo=12),
}


def quiet(seconds: float, *, proof_s: float | None = 30.0) -> Breathed:
    """Return what a capnograph has had when no breath came for so long."""
    return Breathed(seconds, None if proof_s is None else seconds + proof_s, waving=True)


def breathing(
    came: Breathed, *others: Any, notes: frozenset[Note] = frozenset(), **known: Any
) -> BedView:
    given: dict[str, Any] = {"apnoea_s": APNOEA_S, "limits": CO2, **known}
    return bed(capnograph(breathed=came, notes=notes), *others, **given)


def found(condition: str, seen: BedView) -> tuple[Presence, Priority | None]:
    (finding,) = DETECTORS[condition](seen)
    return finding.presence, finding.priority


def onsets(seen: BedView) -> dict[str, Priority]:
    """Return what is an alarm at once of no breath, and how urgent."""
    watch = Watch()
    changes = [*watch.see(seen), *watch.pass_s(1, seen)]
    breath = ("apnoea", "co2_lost")
    return {one.key.condition: one.priority for one in changes if one.key.condition in breath}


@pytest.mark.parametrize("airway", [Airway.MASK, Airway.LMA, Airway.TUBE])
def test_no_breath_with_an_airway_is_high_after_the_time_of_the_band(airway: Airway) -> None:
    known: dict[str, Any] = {"airway": airway, "airway_s": 300.0, "breathed": True}
    assert onsets(breathing(quiet(APNOEA_S - 0.1), **known)) == {}
    assert onsets(breathing(quiet(APNOEA_S), **known)) == {"apnoea": Priority.HIGH}


def test_an_infant_has_a_shorter_time() -> None:
    known: dict[str, Any] = {"airway": Airway.MASK, "airway_s": 300.0, "apnoea_s": 15.0}
    assert onsets(breathing(quiet(14.9), **known)) == {}
    assert onsets(breathing(quiet(15.0), **known)) == {"apnoea": Priority.HIGH}


def test_before_any_airway_and_any_breath_it_is_information_only() -> None:
    seen = breathing(NEVER)
    assert onsets(seen) == {}
    assert list(notices(seen)) == ["no_breath_yet"]


def test_before_any_airway_it_is_medium_once_breaths_were_seen_and_offers_the_airway() -> None:
    seen = breathing(quiet(APNOEA_S))
    assert onsets(seen) == {"apnoea": Priority.MEDIUM}
    assert list(notices(seen)) == ["airway_placed"]
    assert onsets(breathing(quiet(APNOEA_S, proof_s=None))) == {}


def test_breaths_that_were_seen_before_a_restart_count() -> None:
    seen = breathing(NEVER, breathed=True)
    assert onsets(seen) == {"apnoea": Priority.MEDIUM}


def test_an_airway_that_is_recorded_meanwhile_makes_it_high() -> None:
    watch = Watch()
    watch.see(breathing(quiet(APNOEA_S)))
    late = breathing(quiet(30), airway=Airway.MASK, airway_s=25.0)
    (change,) = watch.see(late)
    assert (change.cue, change.priority) == (Cue.ESCALATED, Priority.HIGH)


def test_in_an_emergency_it_is_high_from_the_first_once_breaths_were_seen() -> None:
    assert onsets(breathing(quiet(APNOEA_S - 0.1), emergency=True)) == {}
    assert onsets(breathing(quiet(APNOEA_S), emergency=True)) == {"apnoea": Priority.HIGH}
    assert onsets(breathing(NEVER, emergency=True)) == {}


def test_a_tube_through_which_no_breath_ever_came_is_high() -> None:
    """Where it lies is not where the breath is."""
    known: dict[str, Any] = {"airway": Airway.TUBE, "seen": ()}
    assert onsets(breathing(NEVER, airway_s=19.9, **known)) == {}
    assert onsets(breathing(NEVER, airway_s=20.0, **known)) == {"apnoea": Priority.HIGH}


def test_after_the_removal_a_line_on_the_table_is_no_apnoea_until_breaths_come_again() -> None:
    gone: dict[str, Any] = {"airway": Airway.NONE, "airway_s": 60.0, "breathed": True}
    assert onsets(breathing(quiet(62), **gone)) == {}
    assert onsets(breathing(quiet(25, proof_s=10), **gone)) == {"apnoea": Priority.MEDIUM}


def test_after_the_removal_it_stays_medium_however_long_it_lasts() -> None:
    """The line goes with the airway: only before one is it known to be the patient's own."""
    watch = Watch()
    watch.pass_s(90, breathing(quiet(25), airway=Airway.NONE, airway_s=60.0))
    assert watch.alarm("apnoea").priority is Priority.MEDIUM
    planned = Watch()
    planned.pass_s(19, breathing(quiet(25)))
    assert planned.alarm("apnoea").priority is Priority.MEDIUM
    planned.pass_s(2, breathing(quiet(45)))
    assert planned.alarm("apnoea").priority is Priority.HIGH


def test_in_an_emergency_breaths_that_were_seen_before_the_removal_count() -> None:
    gone: dict[str, Any] = {"airway": Airway.NONE, "airway_s": 60.0, "breathed": True}
    assert onsets(breathing(NEVER, emergency=True, **gone)) == {"apnoea": Priority.HIGH}
    assert onsets(breathing(NEVER, **gone)) == {}


@pytest.mark.parametrize("airway", [Airway.LMA, Airway.TUBE])
def test_co2_lost_through_a_device_while_spo2_is_known_owns_the_event(airway: Airway) -> None:
    known: dict[str, Any] = {"airway": airway, "airway_s": 300.0}
    assert onsets(breathing(quiet(14.9), oximeter(), **known)) == {}
    assert onsets(breathing(quiet(15), oximeter(), **known)) == {"co2_lost": Priority.HIGH}
    late = breathing(quiet(60), oximeter(), **known)
    assert onsets(late) == {"co2_lost": Priority.HIGH}
    assert list(notices(late)) == ["airway_removed"]


@pytest.mark.parametrize(
    "blind",
    [
        oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE),
        oximeter(Quality.INVALID, Quality.INVALID),
        oximeter(age_s=10.1),
    ],
)
def test_without_spo2_it_is_an_apnoea(blind: Any) -> None:
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    assert onsets(breathing(quiet(15), blind, **known)) == {}
    assert onsets(breathing(quiet(20), blind, **known)) == {"apnoea": Priority.HIGH}


def test_the_event_stays_one_when_spo2_is_lost_too() -> None:
    watch = Watch()
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    watch.see(breathing(quiet(25), oximeter(), **known))
    watch.pass_s(1, breathing(quiet(26), oximeter(age_s=11), **known))
    assert {"apnoea", "co2_lost"} & watch.alarming() == {"co2_lost"}


@pytest.mark.parametrize("condition", ["apnoea", "co2_lost"])
def test_the_first_breath_ends_it_at_once(condition: str) -> None:
    watch = Watch()
    spo2 = [oximeter()] if condition == "co2_lost" else []
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    watch.see(breathing(quiet(25), *spo2, **known))
    watch.pass_s(5, breathing(quiet(30), *spo2, **known))
    assert condition in watch.alarming()
    watch.pass_s(0.1, breathing(quiet(0.1), *spo2, **known))
    assert condition not in watch.alarming()


@pytest.mark.parametrize("airway", [Airway.LMA, Airway.MASK])
@pytest.mark.parametrize("spo2", [True, False])
def test_a_capnograph_that_falls_silent_ends_nothing(airway: Airway, *, spo2: bool) -> None:
    watch = Watch()
    probe = [oximeter()] if spo2 else []
    owner = "co2_lost" if spo2 and airway is Airway.LMA else "apnoea"
    known: dict[str, Any] = {"airway": airway, "airway_s": 300.0, "apnoea_s": APNOEA_S}
    watch.see(breathing(quiet(25), *probe, **known))
    for state in (DeviceState.SILENT, DeviceState.LOST, DeviceState.DEFECTIVE):
        watch.pass_s(10, bed(capnograph(breathed=quiet(60), state=state), *probe, **known))
        assert owner in watch.alarming()
    watch.pass_s(10, bed(*probe, **known))
    assert owner in watch.alarming()


@pytest.mark.parametrize("condition", ["apnoea", "co2_lost"])
def test_a_capnograph_that_is_silent_says_neither_that_breath_comes_nor_that_it_does_not(
    condition: str,
) -> None:
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0, "apnoea_s": APNOEA_S}
    gas = capnograph(breathed=quiet(60), state=DeviceState.SILENT)
    assert found(condition, bed(gas, oximeter(), **known))[0] is Presence.UNKNOWN


def test_where_spo2_is_not_known_a_lost_co2_is_neither_there_nor_gone() -> None:
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    assert found("co2_lost", breathing(quiet(16), **known))[0] is Presence.UNKNOWN


def test_the_removal_is_offered_as_soon_as_it_can_be_an_alarm() -> None:
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    assert list(notices(breathing(quiet(14.9), oximeter(), **known))) == []
    assert list(notices(breathing(quiet(15), oximeter(), **known))) == ["airway_removed"]


@pytest.mark.parametrize("note", [Note.ZEROING, Note.WARMING_UP, Note.CHECK_SAMPLING_LINE])
def test_a_line_that_tells_nothing_tells_of_no_apnoea(note: Note) -> None:
    known: dict[str, Any] = {"airway": Airway.MASK, "airway_s": 300.0}
    assert onsets(breathing(quiet(60), notes=frozenset({note}), **known)) == {}


def test_a_capnograph_without_a_wave_is_taken_at_its_word() -> None:
    known: dict[str, Any] = {"airway": Airway.MASK, "airway_s": 300.0}
    told = frozenset({Note.NO_BREATH})
    without = Breathed(last_s=2.0, proof_s=10.0)
    assert onsets(breathing(without, notes=told, **known)) == {"apnoea": Priority.HIGH}
    assert onsets(breathing(quiet(5), notes=told, **known)) == {}


def test_the_word_alone_of_a_capnograph_without_a_wave_or_a_rate_is_taken() -> None:
    known: dict[str, Any] = {"airway": Airway.MASK, "airway_s": 300.0}
    told = frozenset({Note.NO_BREATH})
    assert onsets(breathing(Breathed(), notes=told, **known)) == {"apnoea": Priority.HIGH}
    assert onsets(breathing(Breathed(), **known)) == {}


def test_at_the_bed_to_which_a_patient_was_moved_it_counts_from_the_arrival() -> None:
    known: dict[str, Any] = {"airway": Airway.MASK, "airway_s": 300.0, "breathed": True}
    assert onsets(breathing(NEVER, arrived_s=2.0, **known)) == {}
    assert onsets(breathing(NEVER, arrived_s=20.0, **known)) == {"apnoea": Priority.HIGH}


def test_an_old_case_without_a_time_has_no_apnoea() -> None:
    assert onsets(breathing(quiet(60), apnoea_s=None, airway=Airway.MASK, airway_s=90.0)) == {}


@given(st.floats(0, 120), st.sampled_from([None, *Airway]), st.booleans(), st.booleans())
def test_no_breath_is_never_two_alarms(
    seconds: float,
    airway: Airway | None,
    known: bool,  # noqa: FBT001 - drawn
    emergency: bool,  # noqa: FBT001 - drawn
) -> None:
    spo2 = [oximeter()] if known else []
    seen = breathing(quiet(seconds), *spo2, airway=airway, airway_s=200.0, emergency=emergency)
    both = [found(name, seen)[0] for name in ("apnoea", "co2_lost")]
    assert both != [Presence.PRESENT, Presence.PRESENT]


def co2(condition: str, etco2: float, fico2: float = 0.0, rate: float = 20, **known: Any) -> str:
    given: dict[str, Any] = {
        "limits": CO2,
        "airway": Airway.LMA,
        "airway_s": 300.0,
        "apnoea_s": 20.0,
        **known,
    }
    return found(condition, bed(capnograph(etco2, fico2, rate), **given))[0].value


@pytest.mark.parametrize(
    ("condition", "etco2", "seen"),
    [
        ("etco2_high", 7.5, "absent"),
        ("etco2_high", 7.6, "present"),
        ("etco2_low", 3.5, "absent"),
        ("etco2_low", 3.4, "present"),
    ],
)
def test_etco2_alarms_beyond_its_limits_and_not_at_them(
    condition: str, etco2: float, seen: str
) -> None:
    assert co2(condition, etco2) == seen


@pytest.mark.parametrize("condition", ["etco2_high", "etco2_low", "fico2_high"])
def test_co2_waits_for_three_breaths(condition: str) -> None:
    watch = Watch()
    value = {"etco2_high": (8.0, 0.0), "etco2_low": (3.0, 0.0), "fico2_high": (5.0, 0.8)}
    known: dict[str, Any] = {
        "limits": CO2,
        "airway": Airway.LMA,
        "airway_s": 300.0,
        "apnoea_s": 20.0,
    }
    seen = bed(capnograph(*value[condition]), oximeter(), **known)
    watch.see(seen)
    wait_s = 15 if condition == "fico2_high" else 10
    assert watch.pass_s(wait_s - 0.1, seen) == []
    assert [(c.key.condition, c.priority) for c in watch.pass_s(0.1, seen)] == [
        (condition, Priority.MEDIUM)
    ]


@pytest.mark.parametrize("airway", [None, Airway.MASK, Airway.NONE])
def test_a_low_etco2_is_display_only_without_a_device_in_the_airway(airway: Airway | None) -> None:
    assert co2("etco2_low", 2.0, airway=airway) == "absent"
    assert co2("etco2_high", 8.0, airway=airway) == "present"


def test_a_low_etco2_is_display_only_for_half_a_minute_after_an_airway_event() -> None:
    assert co2("etco2_low", 2.0, airway_s=29.9) == "unknown"
    assert co2("etco2_low", 2.0, airway_s=30.0) == "present"


def test_a_low_etco2_is_no_alarm_of_its_own_where_no_breath_comes() -> None:
    known: dict[str, Any] = {"limits": CO2, "airway": Airway.LMA, "airway_s": 300.0}
    seen = bed(capnograph(1.0, breathed=quiet(15)), **known)
    assert found("etco2_low", seen)[0] is Presence.UNKNOWN


def test_fico2_alarms_above_its_limit() -> None:
    assert co2("fico2_high", 5, 0.7) == "absent"
    assert co2("fico2_high", 5, 0.71) == "present"


@pytest.mark.parametrize(("rate", "seen"), [(12, "absent"), (11, "present")])
def test_slow_breath_alarms_in_recovery_alone(rate: float, seen: str) -> None:
    assert co2("rr_low", 5, 0, rate, phase=Phase.RECOVERY) == seen
    assert co2("rr_low", 5, 0, rate, phase=Phase.DURING) == "absent"


def test_a_profile_without_a_limit_ends_what_it_no_longer_holds() -> None:
    watch = Watch()
    known: dict[str, Any] = {"airway": Airway.LMA, "airway_s": 300.0}
    high = bed(capnograph(8.0), oximeter(), limits=CO2, **known)
    watch.see(high)
    watch.pass_s(10, high)
    assert watch.alarming() == {"etco2_high"}
    watch.pass_s(2, bed(capnograph(8.0), oximeter(), limits=LIMITS, phase=Phase.RECOVERY, **known))
    assert watch.alarming() == set()
