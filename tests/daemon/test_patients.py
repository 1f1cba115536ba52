"""Patients known by a key alone: series, months, the day's steroid, and a number kept nowhere."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from clinics import BED, clinic, daemon, ear
from injections import (
    CPR,
    GIVE,
    MEDROL,
    OTHER,
    PAIR,
    SECRET,
    Room,
    earlier,
    exported,
    key,
    practice,
    room,
    rules,
)

from daemon.clock import local_date
from daemon.patients import KeyFileError, Patients, secret
from daemon.protocol.commands import Enter
from daemon.refused import RefusedError
from daemon.state import REMEMBERED, REMEMBERED_CASES, Given, State
from monitoring.treatments import Treatment
from vitals import deeds
from vitals.instant import Instant
from vitals.practice import Country

DAY = date(2026, 11, 20)
ONE = timedelta(days=1)


async def test_steroid_without_a_key_is_held(tmp_path: Path) -> None:
    async with room(clinic(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        for patient in (None, CPR):
            detail = await at.held(patient=patient, **MEDROL)
            assert detail.startswith("held by injection.key (")
            assert "NOT APPROVED" in detail
        assert rules(await at.given(), "hold") == []


async def test_steroid_of_one_day_is_added_up_over_sites_services_and_cases(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        await at.given(patient=CPR, **{**MEDROL, "steroid_mg": 20}, history="denied")
        detail = await at.held(site="L5", **{**MEDROL, "steroid_mg": 25}, history="denied")
        assert detail.startswith("held by 2635.steroid (")
        await at.given(site="L5", **{**MEDROL, "steroid_mg": 20}, history="denied")
        await at.said("observe")
        await at.said("leave")
        await at.planned("2620")
        spaced = CPR.replace("-", " ")
        again = await at.held(patient=spaced, **{**MEDROL, "steroid_mg": 1}, history="denied")
        assert again.startswith("held by 2620.steroid (")
        someone = await at.given(patient=OTHER, **MEDROL, history="denied")
        assert rules(someone, "hold") == []


async def test_a_series_is_counted_over_months_and_restarts(tmp_path: Path) -> None:
    place = practice(tmp_path)
    await earlier(place, [110, 90, 70])
    async with room(place) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        await at.given(patient=OTHER)
        await at.gone()  # and the state is in a checkpoint
    async with room(place) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        detail = await at.held(patient=CPR, **MEDROL, history="denied")
        assert detail.startswith("held by 2635.series (")
        assert rules(await at.given(site="L5", patient=CPR, **MEDROL), "hold") == []


async def test_a_new_series_begins_after_six_calendar_months_and_not_before(
    tmp_path: Path,
) -> None:
    place = practice(tmp_path)
    today = local_date(Instant(0.0, time.time()))
    half = (today - _months_before(today, 6)).days
    await earlier(place, [half - 1], code="2635", site="L4")
    await earlier(place, [half + 1], code="2635", site="L5")
    async with room(place) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        detail = await at.held(patient=CPR, **MEDROL, series="new", history="denied")
        assert detail.startswith("held by 2635.renewal (")
        new = await at.given(site="L5", patient=CPR, **MEDROL, series="new", history="denied")
        assert rules(new, "hold") == []


async def test_what_was_struck_counts_no_longer(tmp_path: Path) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        await at.given(patient=OTHER, **MEDROL)
        wrong = await at.told("give", patient=CPR, **GIVE, **MEDROL)
        assert wrong["reason"] == "bad_number"
        assert "another patient's number than before" in wrong["detail"]
        await at.said("correct", entry=2, reason="forkert patient")
        assert rules(await at.given(patient=CPR, **MEDROL), "hold") == []


async def test_what_is_no_number_is_refused_in_one_line_that_does_not_repeat_it(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        answer = await at.told("give", patient="3002641234", **GIVE)
        assert (answer["result"], answer["reason"]) == ("refused", "bad_number")
        assert answer["detail"] == (
            "the patient's number is not 10 digits that begin with a date: mend it"
        )


@pytest.mark.parametrize(
    ("country", "number", "good"),
    [
        (Country.DENMARK, "290264-1238", True),
        (Country.DENMARK, " 2902641238 ", True),
        (Country.DENMARK, "2902001238", True),
        (Country.DENMARK, "2902011238", False),
        (Country.DENMARK, "3213641234", False),
        (Country.DENMARK, "6902641238", False),
        (Country.DENMARK, "290264123", False),
        (Country.DENMARK, "29026412345", False),
        (Country.DENMARK, "290264123x", False),
        (Country.DENMARK, "290264123\u0663", False),
        (Country.DENMARK, "", False),
        (Country.NORWAY, "290264 12345", True),
        (Country.NORWAY, "69026412345", True),
        (Country.NORWAY, "7202641234", False),
        (Country.NORWAY, "2902641234", False),
    ],
)
def test_a_number_has_the_form_of_its_country(country: Country, number: str, *, good: bool) -> None:
    patients = Patients(None, country)
    if good:
        assert patients.key(number) == ""
    else:
        with pytest.raises(RefusedError) as refused:
            patients.key(number)
        assert not number or number not in refused.value.detail


def test_a_command_shows_itself_without_the_number() -> None:
    command = Enter("1", "AS", "Stue 1", deeds.Observe(), patient=CPR)
    assert "Observe" in repr(command)
    assert CPR not in repr(command)


async def test_the_number_is_in_no_byte_of_journal_log_or_what_anybody_is_told(
    tmp_path: Path,
) -> None:
    place = practice(tmp_path)
    with daemon(place):
        async with ear(place) as hears, ear(place) as other:
            at = Room(hears)
            await at.planned("2635")
            await at.said("pair", **PAIR)
            await at.held(patient=CPR, **MEDROL, delegated_to="FT")
            await at.told("give", patient=CPR + "9", **GIVE)
            await at.told("give", **{**GIVE, "site": f"L4 {CPR}"})
            broken = {
                "kind": "enter",
                "by": "AS",
                "bed": BED,
                "deed": {"do": "give"},
                "patient": CPR,
            }
            hears.writer.write(json.dumps(broken).encode() + b"\n")
            await hears.hear(lambda: hears.of("answer", reason="not_understood"))
            await at.given(patient=CPR, **MEDROL)
            await at.gone()
            await other.hear(lambda: other.of("case", state="left"))
            told = json.dumps([hears.heard, other.heard])
    kept = b"".join(one.read_bytes() for one in place.data.rglob("*") if one.is_file())
    log = (place.root / "daemon.log").read_bytes()
    for form in (CPR, CPR.replace("-", ""), CPR[:6] + " " + CPR[7:]):
        assert form not in told
        assert form.encode() not in kept + log
    made = key(CPR)
    assert made not in told
    (entry,) = [one for one in exported(place, "case_entry") if one["deed"]["do"] == "give"]
    assert (entry["patient"], entry["deed"]["site"], entry["deed"]["side"]) == (made, "L4", "left")
    assert SECRET.encode() not in kept + log


async def test_no_key_is_kept_with_a_service_that_knows_no_series(tmp_path: Path) -> None:
    place = practice(tmp_path)
    async with room(place) as at:
        await at.planned("2640")
        await at.given(patient=CPR)
    (entry,) = [one for one in exported(place, "case_entry") if one["deed"]["do"] == "give"]
    assert entry["patient"] == ""


async def test_a_secret_that_others_may_read_makes_no_keys_and_the_log_says_why(
    tmp_path: Path,
) -> None:
    place = practice(tmp_path, mode=0o644)
    async with room(place) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        assert "injection.key" in await at.held(patient=CPR, **MEDROL)
    log = (place.root / "daemon.log").read_text()
    assert "patients.key: others may use it (mode 644): chmod 400" in log


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (SECRET + "\n", 0o400, ""),
        (SECRET, 0o440, ""),
        (SECRET, 0o444, "mode 444"),
        (SECRET, 0o460, "mode 460"),
        (SECRET[:31], 0o400, "shorter than 32 bytes"),
        ("", 0o400, "shorter than 32 bytes"),
    ],
)
def test_a_secret_is_long_and_its_file_is_for_the_daemon_alone(
    tmp_path: Path, content: str, mode: int, says: str
) -> None:
    file = tmp_path / "patients.key"
    file.write_text(content)
    file.chmod(mode)
    if not says:
        assert secret(file) == SECRET.encode()
        return
    with pytest.raises(KeyFileError, match=says):
        secret(file)


def test_a_secret_that_is_not_there_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="nowhere: no such file"):
        secret(tmp_path / "nowhere")


def test_what_is_two_years_old_is_forgotten_except_of_the_last_thousand_cases() -> None:
    state, old = State(), DAY - REMEMBERED
    for number in range(REMEMBERED_CASES + 2):
        state = state.with_given(f"old {number}", (_given(old if number else old - ONE),))
    state = state.with_given("new", (_given(DAY),))
    assert "old 0" not in state.given
    assert len(state.given) == REMEMBERED_CASES + 2
    ahead = state.with_given("ahead", (_given(DAY + 9 * REMEMBERED),))
    assert len(ahead.given) == REMEMBERED_CASES
    assert "new" in ahead.given
    assert "new" not in ahead.with_given("new", ()).given


def _given(day: date) -> Given:
    return Given(Instant(0.0, 0.0), Treatment(patient="a1", day=day, code="2635"))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
