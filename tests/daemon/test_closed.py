"""Cases that are over, over the real socket: told of, mended and asked for when others followed."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, Clinic, Ear, clinic, daemon, ear
from days import HOME, WALK, number, opening, saying

from daemon.console import CLIENT_LIMIT
from daemon.journal.store import FILE
from daemon.journal.writer import Journal
from daemon.retention import MOST
from vitals.instant import Instant

RECOVERY = "Opvågning 1"
MANY = 85
A_DAY_S = 86_400.0


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')


@pytest.fixture
async def hears(place: Clinic) -> AsyncIterator[Ear]:
    with daemon(place):
        async with ear(place) as found:
            yield found


async def recalled(hears: Ear, text: str) -> dict[str, Any]:
    """Ask for one case."""
    asked = f"recall-{time.monotonic_ns()}"
    line = f'{{"kind":"recall","id":"{asked}","by":"AS","case":"{text}"}}\n'
    hears.writer.write(line.encode())
    await hears.hear(lambda: hears.of("recalled", id=asked))
    return hears.of("recalled", id=asked)[0]


async def passed(hears: Ear) -> str:
    """Let a case come and go, and return its number."""
    answer = await hears.ask("start", code="3021", age="4y")
    await hears.ask("end")
    await hears.home()
    return str(answer["case"])


async def test_both_terminals_hear_what_is_said_of_a_case_whose_bed_another_has(
    place: Clinic, hears: Ear
) -> None:
    async with ear(place) as other:
        first = await passed(hears)
        second = (await hears.ask("start", code="3021", age="8m"))["case"]
        deed = {"do": "waive", "modality": "ecg", "reason": "et barn"}
        answer = await hears.ask("enter", deed=deed, case=first)
        assert (answer["result"], answer["case"]) == ("recorded", first)
        for client in (hears, other):
            await client.hear(lambda heard=client: heard.of("case", case=first, earlier=True))  # type: ignore[misc]
            (told,) = client.of("case", case=first, earlier=True)
            assert told["entries"][-1]["deed"] == deed
            assert not client.of("case", case=second, earlier=True)
    unknown = await hears.ask("enter", deed=deed, case="KN-000000-001")
    assert unknown["reason"] == "unknown_case"


async def test_a_closed_case_is_told_whole_by_the_end_of_its_number_also_after_a_restart(
    place: Clinic,
) -> None:
    with daemon(place) as process:
        async with ear(place) as hears:
            first = await passed(hears)
            await hears.ask("start", code="3021", age="8m")
            before = await recalled(hears, first[-3:])
            process.kill()
    assert (before["case"]["case"], before["numbers"]) == (first, [first])
    assert (before["case"]["earlier"], len(before["case"]["verdicts"])) == (True, 2)
    with daemon(place):
        async with ear(place) as hears:
            again = await recalled(hears, first)
            for what in ("entries", "verdicts", "account", "state", "bed"):
                assert again["case"][what] == before["case"][what]
            assert (await recalled(hears, "999"))["numbers"] == []


async def test_a_case_that_was_ended_by_mistake_comes_back_to_the_bed_where_its_patient_lies(
    hears: Ear,
) -> None:
    first = await passed(hears)
    second = (await hears.ask("start", code="3021", age="8m"))["case"]
    entry = len(hears.of("case", case=first)[-1]["entries"])
    wrong = {"do": "correct", "entry": entry, "reason": "wrong child"}
    refused = await hears.ask("enter", deed=wrong, case=first)
    assert refused["reason"] == "case_running"
    assert refused["detail"] == (
        f"{second} is at {BED} (anaesthesia): move that one, or say first where this patient went "
        f"(move, timed before {first} was over) and then correct; free: {RECOVERY}"
    )
    moved = {"do": "move", "bed": RECOVERY}
    for deed, ago_s in ((moved, 5.0), (wrong, 0.0)):
        answer = await hears.ask("enter", deed=deed, case=first, ago_s=ago_s)
        assert answer["result"] == "recorded", answer
    back = hears.of("case", case=first)[-1]
    assert (back["state"], back["bed"], back["earlier"]) == ("monitoring_ended", RECOVERY, False)
    assert hears.of("case", case=second)[-1]["bed"] == BED
    assert (await hears.ask("enter", deed={"do": "discharge"}, bed=RECOVERY))["case"] == first


async def test_what_is_said_of_a_closed_case_ends_no_alarm_of_who_lies_at_its_bed(
    hears: Ear,
) -> None:
    first = await passed(hears)
    await hears.ask("start", code="3021", age="8m")
    await hears.hear(lambda: hears.of("alarm", id="link_lost", state="active"))
    deed = {"do": "waive", "modality": "ecg", "reason": "et barn"}
    assert (await hears.ask("enter", deed=deed, case=first))["result"] == "recorded"
    beats = len(hears.of("beat"))
    await hears.hear(lambda: len(hears.of("beat")) > beats + 1)
    assert not hears.of("alarm", state="ended")


async def lived_through(place: Clinic) -> None:
    """Write the journal of a day with many cases of which much was said."""
    place.data.mkdir(exist_ok=True)
    journal = Journal(place.data / FILE, "an earlier boot")
    now = time.time()
    await journal.open(Instant(0.0, now))
    for serial in range(1, MANY + 1):
        begun = Instant(A_DAY_S + serial * 900.0, now - (MANY + 1 - serial) * 900.0)
        journal.append(opening(serial, BED), begun)
        for place_, deed in enumerate((*WALK * 6, *HOME), 1):
            at = Instant(begun.monotonic + place_, begun.wall + place_)
            journal.append(saying(serial, place_, deed, BED), at)
    await journal.close()


async def test_many_long_cases_weigh_nothing_in_what_every_client_is_told_at_once(
    place: Clinic,
) -> None:
    await lived_through(place)
    with daemon(place):
        async with ear(place) as hears:
            await hears.reader.readline()
            snapshot = await hears.reader.readline()
            assert 0 < len(snapshot) < CLIENT_LIMIT // 2
            cases = json.dumps(json.loads(snapshot)["cases"], separators=(",", ":"))
            assert 0 < len(cases) < CLIENT_LIMIT // 4
            first = number(MANY - MOST + 1)
            told = (await recalled(hears, first))["case"]
            assert (told["case"], len(told["entries"]) > 25) == (first, True)
            assert (await recalled(hears, number(MANY - MOST)))["numbers"] == []
            several = await recalled(hears, "5")
            assert (several["case"], len(several["numbers"])) == (None, MOST // 10)
            deed = {"do": "explain", "reason": "akut"}
            assert (await hears.ask("enter", deed=deed, case=first))["result"] == "recorded"
