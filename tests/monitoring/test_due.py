from __future__ import annotations

import msgspec
import pytest
from beds import at, book_shipped
from courses import (
    CO2,
    ECG,
    GRACE_S,
    NIBP,
    SPO2,
    WORDS,
    anaesthetic,
    dues,
    placed,
    required,
    said,
    seconds,
    told,
)

from monitoring.case import Case, Entry, problem
from monitoring.course import facts
from monitoring.due import Due, asked, broken, code_at
from monitoring.obligations import Origin
from vitals import deeds
from vitals.vocabulary import Airway, Basis, Modality, Phase, Technique

GA, MASK = deeds.Sleep(technique=Technique.GA), deeds.Sleep(technique=Technique.MASK_GA)
HALF_HOUR, HOUR = 1800.0, 3600.0
BEGIN, FINISH, RECOVER = deeds.Begin(), deeds.Finish(), deeds.Recover()
OUT = placed(Airway.NONE)


def one(case: Case, modality: Modality, phase: Phase = Phase.DURING) -> Due:
    found = [each for each in dues(case) if each.basis is Basis.CONTRACT]
    (only,) = [each for each in found if (each.modality, each.phase) == (modality, phase)]
    return only


def handed(*, bp_lowering: bool) -> deeds.HandOver:
    return deeds.HandOver(to="MK", instruction="as usual", bp_lowering=bp_lowering)


def rules(case: Case) -> list[str]:
    return [found.rule for found in broken(case, book_shipped(), at(100_000))]


def test_oximetry_is_required_from_two_minutes_after_the_start_to_the_end() -> None:
    assert required(anaesthetic(600), SPO2) == [(120, 600)]


def test_a_case_that_ends_within_the_grace_is_asked_and_has_nothing_required() -> None:
    case = anaesthetic(100)
    assert required(case, SPO2) == []
    assert seconds(one(case, SPO2).asked) == [(0, 100)]


def test_what_lasts_is_required_up_to_now() -> None:
    assert required(told((0, BEGIN)), SPO2, now=300) == [(120, 300)]


def test_capnography_is_required_from_the_placement_of_the_device_to_its_removal() -> None:
    case = anaesthetic(900, (60, placed()), (700, OUT), code="3022")
    assert required(case, CO2) == [(60, 700)]


def test_a_device_that_comes_out_and_goes_in_again_asks_each_time_and_not_between() -> None:
    again = ((60, placed()), (200, OUT), (300, placed(Airway.TUBE)), (700, OUT))
    assert required(anaesthetic(900, *again, code="3022"), CO2) == [(60, 200), (300, 700)]


def test_a_device_placed_at_the_very_start_asks_for_capnography_at_once() -> None:
    assert required(anaesthetic(900, (0, placed(Airway.TUBE)), code="3022"), CO2) == [(0, 900)]


def test_in_3025_capnography_is_required_throughout_from_the_grace_on() -> None:
    case = anaesthetic(900, (60, placed()), (700, OUT), code="3025")
    assert required(case, CO2) == [(120, 900)]


def test_a_device_in_a_mask_case_asks_for_capnography_by_the_technique() -> None:
    case = anaesthetic(600, (0, MASK), (200, placed()), code="3021")
    assert required(case, CO2) == [(200, 600)]
    assert one(case, CO2).named.rule == "3022.capnography"
    assert one(case, CO2).firm


def test_a_late_airway_entry_is_required_from_when_it_happened() -> None:
    case = anaesthetic(900, code="3022")
    assert required(case, CO2) == []
    assert required(said(case, (300, placed())), CO2) == [(300, 900)]


def test_a_corrected_entry_asks_for_nothing_any_more() -> None:
    case = anaesthetic(900, (300, placed()), code="3022")
    struck = said(case, (901, deeds.Correct(entry=2, reason="wrong patient")))
    assert required(struck, CO2) == []


@pytest.mark.parametrize("modality", [ECG, NIBP])
def test_what_duration_adds_is_required_from_the_crossing_and_the_time_to_attach(
    modality: Modality,
) -> None:
    case = anaesthetic(HOUR, code="3022")
    assert required(case, modality) == [(HALF_HOUR + 120, HOUR)]
    assert one(case, modality).named.origin is Origin.DURATION
    assert not one(case, modality).firm


def test_the_next_crossing_leaves_no_hole_in_what_an_earlier_one_added() -> None:
    case = anaesthetic(3 * HOUR, code="3022")
    assert required(case, ECG) == [(HALF_HOUR + 120, 3 * HOUR)]


def test_another_procedure_asks_from_when_it_was_told_and_gives_time_to_attach() -> None:
    case = anaesthetic(1200, (400, deeds.Rebook(code="3023", reason="more")), code="3021")
    assert required(case, ECG) == [(520, 1200)]
    assert one(case, ECG).firm


def test_once_the_code_asks_too_what_duration_added_is_firm() -> None:
    later = deeds.Rebook(code="3023", reason="more")
    case = anaesthetic(HOUR, (2400, later), code="3022")
    assert required(case, ECG) == [(HALF_HOUR + 120, HOUR)]
    assert one(case, ECG).named.rule == "3023.ecg"
    assert one(case, ECG).firm


def test_recovery_is_required_from_its_beginning_until_monitoring_ended() -> None:
    after = ((700, RECOVER), (1500, WORDS), (4000, deeds.Discharge()))
    case = said(anaesthetic(600), *after)
    assert required(case, SPO2, phase=Phase.RECOVERY) == [(700, 1500)]


def test_blood_pressure_in_recovery_hangs_on_what_the_anaesthetic_was_combined_with() -> None:
    case = said(anaesthetic(600), (700, RECOVER))
    lowered = said(case, (800, handed(bp_lowering=True)), (1500, WORDS))
    plain = said(case, (800, handed(bp_lowering=False)), (1500, WORDS))
    assert required(lowered, NIBP, phase=Phase.RECOVERY) == [(800, 1500)]
    assert required(plain, NIBP, phase=Phase.RECOVERY) == []


def test_moved_with_the_device_in_place_capnography_stays_required() -> None:
    case = anaesthetic(600, (100, placed()), code="3022")
    case = said(case, (700, deeds.Recover(device_in_place=True)), (800, OUT), (900, WORDS))
    assert required(case, CO2, phase=Phase.RECOVERY) == [(700, 800)]


def test_a_second_anaesthetic_stands_for_itself_with_its_own_code_and_grace() -> None:
    case = anaesthetic(600, (60, placed()), code="3022")
    again = deeds.Resume(code="3023", reason="bleeding")
    case = said(case, (700, RECOVER), (1000, again), (2000, FINISH))
    assert required(case, SPO2) == [(120, 600), (1120, 2000)]
    assert required(case, ECG) == [(1120, 2000)]
    assert required(case, CO2) == [(60, 600)]


def test_an_emergency_without_a_code_is_held_to_the_least_anaesthetic() -> None:
    case = told((0, BEGIN), (600, FINISH), code="")
    assert one(case, SPO2).named.rule == "3021.oximetry"
    assert required(case, ECG) == []


def test_a_supplement_inherits_what_its_anaesthetic_asks() -> None:
    assert required(anaesthetic(600, code="5000"), SPO2) == [(120, 600)]


def test_what_peers_advise_is_due_beside_it_and_never_firm() -> None:
    found = [one for one in dues(anaesthetic(600)) if one.basis is Basis.ADVISORY]
    assert {one.modality for one in found} == {CO2, ECG, NIBP}
    assert not any(one.firm for one in found)


def test_nothing_is_due_of_what_was_not_begun() -> None:
    assert dues(told((0, deeds.Prepare()))) == ()


def test_the_code_is_the_one_in_force_at_the_time() -> None:
    case = anaesthetic(600, (300, deeds.Rebook(code="3023", reason="more")))
    assert (code_at(case, at(299)), code_at(case, at(300))) == ("3021", "3023")


def test_a_device_under_the_second_birthday_breaks_the_rule_of_the_code() -> None:
    assert rules(anaesthetic(600, (60, placed()), code="3022", two_years=False)) == ["3022.age"]
    assert rules(anaesthetic(600, (60, placed()), code="3022", two_years=None)) == []


def test_sedation_breaks_the_rule_of_3025_once_however_often_something_is_entered() -> None:
    sedation = deeds.Sleep(technique=Technique.SEDATION)
    attest = deeds.Attest()
    case = anaesthetic(600, (0, sedation), (100, attest), (200, attest), code="3025")
    assert rules(case) == ["3025.sedation"]


def test_an_emergency_breaks_no_rule_of_a_code_that_nobody_chose() -> None:
    intravenous = ((10, GA), (10, OUT))
    assert rules(anaesthetic(600, *intravenous, code="3021")) == ["3021.intravenous"]
    assert rules(anaesthetic(600, *intravenous, code="")) == []


def test_an_airway_from_long_before_the_start_asks_for_nothing_before_it() -> None:
    early = (-10 * HOUR, deeds.SetAirway(airway=Airway.LMA))
    case = anaesthetic(1200, early, code="3022")
    assert required(case, CO2) == [(0, 1200)]


AGAIN = (1000.0, deeds.Resume(code="3021", reason="bleeding"))
TWICE = ((700.0, RECOVER), (800.0, handed(bp_lowering=True)), AGAIN, (2000.0, FINISH))


def lasting(case: Case, now: float) -> dict[Modality, tuple[float, float]]:
    """Return since when what is asked for just now is, and until when it may be attached."""
    found = asked(case, book_shipped(), at(now), grace_s=GRACE_S)
    start = at(0)
    return {
        modality: (one.since.seconds_since(start), one.until.seconds_since(start))
        for modality, one in found.items()
    }


def test_what_time_asks_for_may_be_attached_from_when_time_came_to_it() -> None:
    case = told((0, BEGIN))
    assert lasting(case, HALF_HOUR - 10)[SPO2] == (0, 120)
    assert ECG not in lasting(case, HALF_HOUR - 10)
    for now in (HALF_HOUR, HALF_HOUR + 500):
        found = lasting(case, now)
        assert found[ECG] == found[NIBP] == (HALF_HOUR, HALF_HOUR + 120)


def test_what_a_technique_asks_for_has_time_and_what_hangs_on_a_device_has_none() -> None:
    assert lasting(told((0, BEGIN), (400, placed())), 500)[CO2] == (400, 400)
    case = told((0, BEGIN), (400, deeds.Rebook(code="3025", reason="x")))
    assert lasting(case, 400)[CO2] == (400, 520)


def test_what_is_asked_for_throughout_is_so_since_the_anaesthetic_began() -> None:
    case = anaesthetic(600, (300, handed(bp_lowering=True)), code="3025")
    recovered = said(case, (700, RECOVER))
    assert lasting(recovered, 800)[SPO2] == (0, 700)
    assert lasting(case, 650)[SPO2] == (0, 120)


def test_what_is_no_longer_asked_for_has_no_time() -> None:
    case = told((0, BEGIN), (60, placed()), (300, OUT), code="3022")
    assert CO2 in lasting(case, 200)
    assert CO2 not in lasting(case, 400)


@pytest.mark.parametrize(
    ("second", "asked"),
    [(False, [(800, 1000)]), (True, [(800, 1000), (2100, 2900)])],
)
def test_a_second_hand_over_says_it_of_the_second_anaesthetic(
    *, second: bool, asked: list[tuple[float, float]]
) -> None:
    late = (2100.0, RECOVER), (2200.0, handed(bp_lowering=second)), (2900.0, WORDS)
    case = said(anaesthetic(600), *TWICE, *late)
    assert required(case, NIBP, phase=Phase.RECOVERY) == asked


def test_each_of_two_anaesthetics_says_which_it_is_and_one_alone_does_not() -> None:
    twice = said(anaesthetic(600), *TWICE)
    found = [(one.phase, one.nth) for one in dues(twice) if one.modality is SPO2]
    assert found == [(Phase.DURING, 1), (Phase.RECOVERY, 0), (Phase.DURING, 2)]


def test_recovery_takes_the_device_out_and_saying_it_again_afterwards_is_fine() -> None:
    case = said(anaesthetic(600, (60, placed())), (700, RECOVER))
    assert facts(case, at(699)).device
    assert facts(case, at(700)).airway is Airway.NONE
    again = Entry(number=9, deed=OUT, at=at(720), entered=at(720), by="AS")
    assert problem(case, again) == ""


def test_what_an_older_journal_kept_of_a_move_to_recovery_was_said_whole() -> None:
    assert msgspec.json.decode(b'{"do":"recover"}', type=deeds.Said) == deeds.Recover(clear=True)
