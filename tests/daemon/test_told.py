"""What the daemon knows of a case is told: flags, what it rests on, what it still asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, Ear, clinic, daemon, ear, oximeter
from ownrules import edited

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe
from vitals.vocabulary import Word

SHORT_GRACE = "[monitoring]\ninduction_grace_s = 1\n"
WORDS = list(Word)
HERE = b'{"kind":"here","id":"here","by":"AS"}\n'


def child(*turns: PatientEvent) -> Patient:
    return Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=110), list(turns))


@pytest.fixture
async def hears(tmp_path: Path) -> AsyncIterator[Ear]:
    place = clinic(tmp_path, extra=SHORT_GRACE)
    with daemon(place):
        async with oximeter(place, child()), ear(place) as found:
            await found.hear(lambda: found.of("reading", measure="spo2"))
            yield found


async def ended(hears: Ear) -> dict[str, Any]:
    """Take the case of the bed to recovery and return its message."""
    for do in ("end", "recover"):
        assert (await hears.say(do))["result"] == "recorded"
    return hears.of("case")[-1]


async def test_an_entry_out_of_order_is_answered_with_its_flag_and_why(hears: Ear) -> None:
    await hears.ask("plan", code="3021", age="4y")
    answer = await hears.say("airway", airway="tube")
    assert (answer["result"], answer["flags"]) == ("recorded", ["out_of_order"])
    assert answer["detail"].startswith("airway is not said where a case is planned: expected")
    assert hears.of("event", event="entry_airway")[-1]["flags"] == ["out_of_order"]
    assert (await hears.say("observation"))["flags"] == []


async def test_an_entry_that_comes_late_is_answered_with_its_flag_and_keeps_its_reason(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="3021", age="4y")
    late = {"do": "observation"}
    answer = await hears.ask("enter", deed=late, ago_s=1200.0, reason="travlt")
    assert (answer["flags"], answer["detail"]) == (["late"], "20 min late")
    assert hears.of("case")[-1]["entries"][-1]["reason"] == "travlt"


async def test_a_start_in_spite_of_a_hold_is_explained_before_monitoring_ends_and_not_before(
    hears: Ear,
) -> None:
    held = await hears.ask("start", code="3021", age="4y", checks=[], asa=1)
    assert (held["result"], held["holds"][0]) == ("refused", "identity")
    await hears.ask("start", code="3021", age="4y", asa=3, anyway=True)
    assert (hears.of("case")[-1]["asks"], hears.of("case")[-1]["held"]) == (
        ["explain"],
        ["asa 3"],
    )
    assert (await ended(hears))["asks"] == ["explain"]
    refused = await hears.say("conclude", words=WORDS)
    assert (refused["result"], refused["reason"]) == ("refused", "reason_missing")
    assert refused["detail"] == (
        "started in spite of asa 3: say why first (explain), then conclude"
    )
    await hears.say("explain", reason="mild astma, velbehandlet")
    assert hears.of("case")[-1]["asks"] == []
    assert (await hears.say("conclude", words=WORDS))["result"] == "recorded"


async def test_an_emergency_goes_to_hospital_unexplained_and_the_verdict_says_so(
    hears: Ear,
) -> None:
    await hears.ask("emergency")
    assert hears.of("case")[-1]["asks"] == ["explain"]
    assert (await hears.say("call"))["result"] == "recorded"
    gone = await hears.say("transfer", to="OUH", reason="laryngospasme")
    assert gone["result"] == "recorded"
    gone = hears.of("case")[-1]
    assert (gone["state"], gone["asks"]) == ("transferred", ["explain"])
    found = [(one["rule"], one["why"]) for v in gone["verdicts"] for one in v["reasons"]]
    assert ("emergency", "unexplained") in found
    await hears.ask("enter", deed={"do": "explain", "reason": "x"}, case=gone["case"])
    after = hears.of("case")[-1]
    left = [one["why"] for verdict in after["verdicts"] for one in verdict["reasons"]]
    assert "unexplained" not in left


@pytest.mark.timeout(60)
async def test_what_a_verdict_rests_on_is_told_once_monitoring_has_ended(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=SHORT_GRACE)
    off = PatientEvent(at_s=4, probe=Probe.OFF)
    with daemon(place):
        async with oximeter(place, child(off)), ear(place) as hears:
            await hears.hear(lambda: hears.of("reading", measure="spo2"))
            await hears.ask("start", code="3021", age="4y")
            await hears.say("waive", modality="ecg", reason="ingen elektroder")
            await hears.hear(lambda: hears.of("alarm", id="probe_off"), 20)
            await asyncio.sleep(9)
            assert (await ended(hears))["account"] is None
            await hears.say("conclude", words=WORDS)
    account = hears.of("case")[-1]["account"]
    rows = [one for one in account["watched"] if one["modality"] == "pulse_oximetry"]
    row = next(one for one in rows if (one["basis"], one["phase"]) == ("contract", "during"))
    (gap,) = row["gaps"]
    assert (gap["cause"], gap["counts"]) == ("not_attached", True)
    assert gap["seconds"] == pytest.approx(row["uncovered_s"])
    assert row["covered_s"] + row["uncovered_s"] == pytest.approx(row["required_s"], abs=0.2)
    (waived,) = account["waived"]
    assert (waived["modality"], waived["reason"], waived["by"]) == ("ecg", "ingen elektroder", "AS")
    assert {"phase": "during", "by": ["AS"], "nth": 0} in account["attested"]


async def test_who_is_callable_stays_so_while_a_terminal_answers_and_no_longer(
    tmp_path: Path,
) -> None:
    (tmp_path / "own").mkdir()
    rows = edited("reach", ("within_s = 60.0", "within_s = 2.0"))
    (tmp_path / "own" / "reach.toml").write_text(rows)
    place = clinic(tmp_path, extra=f'{SHORT_GRACE}[rules]\ndir = "own"\n')
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y", anyway=True)
            await ended(hears)
            await hears.say("callable", callable=True)
            for _ in range(6):
                await asyncio.sleep(0.7)
                hears.writer.write(HERE)
            assert hears.of("case")[-1]["callable"] is True
            await hears.hear(lambda: hears.of("case", callable=False))
            assert hears.of("event", event="callable_lost")[-1]["by"] == "AS"
            await hears.say("callable", callable=True)
            assert hears.of("case")[-1]["callable"] is True


async def test_an_emergency_is_explained_before_monitoring_ends_too(hears: Ear) -> None:
    await hears.ask("emergency")
    await ended(hears)
    refused = await hears.say("conclude", words=WORDS)
    assert (refused["reason"], refused["detail"]) == (
        "reason_missing",
        "started as an emergency: say why first (explain), then conclude",
    )


async def test_recovery_is_not_entered_where_somebody_says_that_it_was_not_said(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y", asa=1, anyway=True)
    await hears.say("end")
    answer = await hears.say("recover", clear=False)
    assert (answer["result"], answer["reason"]) == ("refused", "words_missing")
    assert answer["detail"].startswith("not said: airway device out")


async def test_an_emergency_start_says_what_it_became(hears: Ear) -> None:
    assert (await hears.ask("emergency"))["became"] == "begin"
    assert (await hears.ask("emergency"))["became"] == "call"


async def test_what_holds_an_operation_before_it_is_begun_is_told_when_it_is_planned(
    hears: Ear,
) -> None:
    answer = await hears.ask("plan", procedures=["3005"], age="20m")
    assert (answer["result"], answer["holds"]) == ("recorded", ["planned"])
    (source,) = answer["sources"]
    assert source.endswith(", NOT APPROVED")
