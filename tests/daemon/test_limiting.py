"""Limits that are changed for one case, over the socket of a real daemon and over its death."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

PEOPLE = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist"]

[[person]]
initials = "MK"
roles = ["recovery"]
"""
BLUE = Patient(PatientRow(bed=BED, age="4y", spo2=89, pulse_rate=118))
WHY = "cyanotic heart disease"


def journalled(place: Clinic, kind: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row["body"] for row in rows if row["kind"] == kind]


def case(hears: Ear) -> dict[str, Any]:
    return hears.of("case", bed=BED)[-1]


def limit(hears: Ear, measure: str = "spo2") -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [one for one in case(hears)["limits"] if one["measure"] == measure]
    return found


async def started(hears: Ear, age: str = "4y") -> str:
    answer = await hears.ask("start", code="3021", age=age)
    assert answer["result"] == "recorded"
    return str(answer["case"])


async def set_limit(hears: Ear, **fields: Any) -> dict[str, Any]:
    return await hears.ask("set_limit", **{"measure": "spo2", "reason": WHY, **fields})


def refused(answer: dict[str, Any]) -> tuple[str, str]:
    assert answer["result"] == "refused"
    return answer["reason"], answer["detail"]


async def test_a_limit_that_was_set_ends_its_alarm_is_shown_and_is_undone_with_one_command(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with oximeter(place, BLUE), ear(place) as hears:
            number = await started(hears)
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", state="active"), 20)
            assert (await set_limit(hears, lo=87))["result"] == "recorded"
            found = limit(hears)
            assert (found["lo"], found["ext_lo"], found["changed"]) == (87, 85, ["lo"])
            (altered,) = case(hears)["altered"]
            assert (altered["value"], altered["preset"], altered["reason"]) == (87, 92, WHY)
            assert (altered["profile"], altered["by"], altered["extreme"]) == (
                "anaesthesia",
                "AS",
                False,
            )
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", state="ended"), 20)
            assert (await hears.ask("reset_limits"))["result"] == "recorded"
            assert (limit(hears)["lo"], limit(hears)["changed"]) == (92, [])
            assert case(hears)["altered"] == []
            active = len(hears.of("alarm", id="spo2_low", state="active"))
            await hears.hear(
                lambda: len(hears.of("alarm", id="spo2_low", state="active")) > active, 20
            )
            reason, detail = refused(await hears.ask("reset_limits"))
            assert (reason, "nothing to undo" in detail) == ("bad_limit", True)
    (kept,) = journalled(place, "limit_changed")
    assert (kept["case"], kept["values"], kept["before"]) == (number, {"lo": 87}, {"lo": 92})
    assert (kept["by"], kept["reason"], kept["confirmed"]) == ("AS", WHY, False)
    assert [one["measures"] for one in journalled(place, "limits_reset")] == [["spo2"]]


async def test_below_the_floor_a_limit_wants_a_second_confirmation_and_stands_out(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            low = {"lo": 82, "ext_lo": 78}
            reason, detail = refused(await set_limit(hears, **low))
            assert reason == "unconfirmed"
            assert detail == "spo2 78 is below the floor of 85 %, until the case ends: confirm it"
            assert limit(hears)["changed"] == []
            assert (await set_limit(hears, **low, confirmed=True))["result"] == "recorded"
            assert (limit(hears)["lo"], limit(hears)["ext_lo"]) == (82, 78)
            assert limit(hears)["extreme"] == ["lo", "ext_lo"]
            # At the floor, only the desaturation limit goes below it.
            at_floor = {"lo": 85, "ext_lo": 84}
            assert refused(await set_limit(hears, **at_floor))[0] == "unconfirmed"
            assert (await set_limit(hears, lo=86, ext_lo=85))["result"] == "recorded"
            assert limit(hears)["extreme"] == []
    assert [one["confirmed"] for one in journalled(place, "limit_changed")] == [True, False]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"lo": 85}, "spo2 would be lo 85, ext_lo 85: ext_lo < lo < hi < ext_hi does not hold"),
        ({"lo": 101}, "spo2 lo 101: 60 to 100 can be set for this patient"),
        ({"lo": 59, "ext_lo": 50}, "spo2 lo 59: 60 to 100 can be set for this patient"),
        ({"measure": "heart_rate", "lo": 2, "ext_lo": 1}, "heart_rate lo 2: 35 to 180 can be set"),
        ({"measure": "pulse_rate", "hi": 499}, "pulse_rate hi 499: 60 to 232.5 can be set"),
        ({"measure": "nibp_systolic", "lo": 1}, "nibp_systolic lo 1: 34.5 to 140 can be set"),
        ({"measure": "etco2", "hi": 99}, "etco2 hi 99: 5 to 11.25 can be set"),
        ({"hi": 99}, "nothing alarms on spo2 hi in anaesthesia; what can be set: lo, ext_lo"),
        ({}, "name a limit: one of lo, hi, ext_lo, ext_hi"),
        ({"lo": 90, "off": ["lo"]}, "lo: a limit is set or off, not both"),
        ({"off": ["lo"]}, "spo2 is required of this case: it is not turned off"),
        ({"measure": "etco2", "profile": "recovery", "lo": 4}, "etco2 has no limits in recovery"),
        ({"measure": "pulse_rate", "lo": 160}, "pulse_rate would be lo 160, hi 155"),
        ({"measure": "pulse_rate", "off": ["lo"]}, "pulse_rate is required of this case"),
        ({"measure": "temperature", "lo": 36}, "temperature has no limits in anaesthesia"),
    ],
)
async def test_a_limit_that_cannot_be_is_refused_and_changes_nothing(
    tmp_path: Path, fields: dict[str, Any], says: str
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            before = case(hears)["limits"]
            reason, detail = refused(await set_limit(hears, **fields, confirmed=True))
            assert reason == "bad_limit"
            assert says in detail
            assert case(hears)["limits"] == before
    assert journalled(place, "limit_changed") == []


@pytest.mark.parametrize(
    ("once", "says", "at_once"),
    [
        ({"measure": "nibp_systolic", "lo": 55}, "lo 55, by age 69: far wider", {"lo": 56}),
        ({"measure": "etco2", "hi": 9}, "hi 9, by age 7.5: far wider", {"hi": 8.9}),
        # Less than a fifth, and beyond what is high at once at four years.
        (
            {"measure": "pulse_rate", "hi": 185.5, "ext_hi": 190},
            "hi 185.5, by age 155",
            {"hi": 184},
        ),
        ({"measure": "pulse_rate", "ext_lo": 59}, "ext_lo 59, by age 60", {"ext_lo": 61}),
    ],
)
async def test_a_limit_that_is_far_wider_than_by_age_wants_a_second_confirmation_and_stands_out(
    tmp_path: Path, once: dict[str, Any], says: str, at_once: dict[str, Any]
) -> None:
    place, measure = clinic(tmp_path), once["measure"]
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            reason, detail = refused(await set_limit(hears, **once))
            assert (reason, says in detail) == ("unconfirmed", True)
            assert limit(hears, measure)["changed"] == []
            assert (await set_limit(hears, **once, confirmed=True))["result"] == "recorded"
            assert limit(hears, measure)["extreme"] == [b for b in once if b != "measure"]
            await hears.ask("reset_limits")
            wider = await set_limit(hears, measure=measure, **at_once)
            assert (wider["result"], limit(hears, measure)["extreme"]) == ("recorded", [])


async def test_what_is_not_required_is_turned_off_when_it_is_said_twice(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            off = {"measure": "nibp_systolic", "off": ["hi"]}
            assert refused(await set_limit(hears, **off))[0] == "unconfirmed"
            assert (await set_limit(hears, **off, confirmed=True))["result"] == "recorded"
            found = limit(hears, "nibp_systolic")
            assert (found["lo"], found["hi"], found["extreme"]) == (69, None, ["hi"])


async def test_what_was_off_is_as_by_age_again_once_it_is_required_and_that_is_told(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            await set_limit(hears, measure="etco2", off=["lo", "hi"], confirmed=True)
            assert limit(hears, "etco2")["hi"] is None
            await hears.say("airway", airway="lma")
            await hears.hear(lambda: limit(hears, "etco2")["hi"] is not None, 10)
            assert limit(hears, "etco2")["changed"] == []
            assert hears.of("event", event="limits_reset")


async def test_pulse_and_heart_rate_are_set_and_undone_together(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            await set_limit(hears, measure="heart_rate", lo=55, ext_lo=45, confirmed=True)
            for measure in ("pulse_rate", "heart_rate"):
                found = limit(hears, measure)
                assert (found["lo"], found["ext_lo"], found["hi"]) == (55, 45, 155)
                assert found["extreme"] == ["lo", "ext_lo"]
            assert (await hears.ask("reset_limits", measure="pulse_rate"))["result"] == "recorded"
            assert [limit(hears, m)["lo"] for m in ("pulse_rate", "heart_rate")] == [70, 70]


async def test_the_limits_of_a_case_end_with_it_and_are_never_the_next_childs(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            first = await started(hears)
            await set_limit(hears, lo=86)
            await hears.ask("end")
            assert limit(hears)["lo"] == 86
            recovery = await set_limit(hears, lo=90, profile="recovery")
            assert recovery["result"] == "recorded"
            await hears.say("recover")
            assert (limit(hears)["lo"], limit(hears)["changed"]) == (90, ["lo"])
            await hears.say("conclude", words=hears_words())
            await hears.say("discharge")
            assert refused(await set_limit(hears, lo=86))[0] == "no_case"
            second = await started(hears)
            assert (first == second, limit(hears)["lo"], case(hears)["altered"]) == (False, 92, [])


def hears_words() -> list[str]:
    return ["awake", "clear", "relevant", "circulation", "respiration"]


async def test_after_a_power_cut_the_limits_of_the_case_are_restored_and_that_is_announced(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with ear(place) as hears:
            number = await started(hears)
            await set_limit(hears, lo=82, ext_lo=78, confirmed=True)
            await set_limit(hears, measure="pulse_rate", hi=190, ext_hi=200, confirmed=True)
            before = case(hears)
            running.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            assert case(hears)["limits"] == before["limits"]
            assert case(hears)["altered"] == before["altered"]
            (told,) = hears.of("event", event="limits_restored")
            assert (told["bed"], told["case"], told["detail"]) == (BED, number, "6")
    (kept,) = journalled(place, "limits_restored")
    assert (kept["case"], kept["count"]) == (number, 6)


async def test_after_a_power_cut_nothing_is_announced_of_limits_that_nobody_changed(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with ear(place) as hears:
            await started(hears)
            await set_limit(hears, lo=90)
            await hears.ask("reset_limits")
            running.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            assert hears.of("event", event="limits_restored") == []


async def test_limits_are_an_anaesthesiologists_and_going_back_is_anybodys(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=PEOPLE)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            for by, reason in (("MK", "wrong_role"), ("XX", "unknown_initials")):
                answer = await set_limit(hears, lo=90, by=by)
                assert refused(answer)[0] == reason
            assert refused(await hears.ask("choose_band", band="infant", reason="x", by="MK")) == (
                "wrong_role",
                "MK may not set limits: that is for AS",
            )
            assert (await set_limit(hears, lo=90, by="AS"))["result"] == "recorded"
            assert (await hears.ask("reset_limits", by="MK"))["result"] == "recorded"


async def test_a_band_is_chosen_by_hand_with_its_reason_until_the_age_is_said_anew(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with ear(place) as hears:
            number = await started(hears, age="2m")
            await set_limit(hears, lo=91)
            reason, detail = refused(await hears.ask("choose_band", band="baby", reason="x"))
            assert reason == "bad_band"
            assert "choose one of neonate, infant" in detail
            answer = await hears.ask("choose_band", band="neonate", reason="born in week 32")
            assert answer["result"] == "recorded"
            told = case(hears)
            assert (told["band"], told["band_reason"]) == ("neonate", "born in week 32")
            assert (limit(hears, "nibp_systolic")["lo"], told["apnoea_s"]) == (50, 15)
            assert limit(hears)["changed"] == ["lo"]
            running.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            assert (case(hears)["band"], case(hears)["band_reason"]) == (
                "neonate",
                "born in week 32",
            )
            assert hears.of("event", event="limits_restored")
            assert (await hears.ask("aged", age="4y"))["result"] == "recorded"
            assert (case(hears)["band"], case(hears)["band_reason"]) == ("y2_5", "")
            # Set where 92 was by age, it stands no wider from that now.
            assert (limit(hears)["lo"], limit(hears)["changed"]) == (91, ["lo"])
    (kept,) = journalled(place, "band_chosen")
    assert (kept["case"], kept["band"], kept["by"]) == (number, "neonate", "AS")


async def test_oxygen_that_is_given_lowers_the_limit_of_recovery_until_it_is_taken_away(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await started(hears)
            await hears.ask("end")
            await hears.say("recover")
            assert limit(hears)["lo"] == 94
            assert (await hears.say("oxygen", given=True))["result"] == "recorded"
            assert (limit(hears)["lo"], limit(hears)["changed"]) == (92, [])
            assert [e["detail"] for e in hears.of("event", event="entry_oxygen")] == ["yes"]
            assert (await hears.say("oxygen", given=False))["result"] == "recorded"
            assert limit(hears)["lo"] == 94
    said = [one["deed"] for one in journalled(place, "case_entry")]
    assert [one["given"] for one in said if one["do"] == "oxygen"] == [True, False]


async def test_nobody_knows_the_age_in_an_emergency_and_limits_are_set_all_the_same(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("emergency")
            assert (await set_limit(hears, lo=88))["result"] == "recorded"
            reason, _ = refused(await set_limit(hears, measure="etco2", lo=4))
            assert (reason, limit(hears)["lo"]) == ("bad_limit", 88)
            await hears.ask("aged", age="40y")
            assert (limit(hears)["lo"], limit(hears)["changed"]) == (88, ["lo"])
            assert limit(hears, "pulse_rate")["lo"] == 45
