from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from clinics import BED, Clinic, Ear, clinic, daemon, ear
from days import number, opening
from lists import CPR, DAY, MORROW, SIMPLE, plan
from manual import at
from msgspec.structs import replace

from daemon.console import CLIENT_LIMIT
from daemon.daylist import ROWS
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.events import CaseEnded, decoded, encoded
from daemon.journal.fold import fold
from daemon.journal.rows import Listed, RowEnded, RowMoved, RowPlaced, RowsAdded, RowTaken, Taken
from daemon.journal.store import FILE
from daemon.protocol.codec import to_line
from daemon.sheet import changed
from daemon.state import State
from monitoring.daylist import DayList
from vitals.listing import RowState
from vitals.vocabulary import Cancellation

RECOVERY = "Opvågning"
CHILD = {"codes": ["3015"], "age": "23m", "side": "both", "note": "mor med"}


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')


@pytest.fixture
def running(place: Clinic) -> Iterator[None]:
    with daemon(place):
        yield


async def order(hears: Ear, kind: str, **fields: Any) -> dict[str, Any]:
    """Give an order that names no bed of itself."""
    hears.heard.append({"kind": "asked"})
    line = {"kind": kind, "id": f"test-{len(hears.heard)}", "by": "AS", **fields}
    hears.writer.write(msgspec.json.encode(line) + b"\n")
    await hears.hear(lambda: hears.of("answer", id=line["id"]))
    return hears.of("answer", id=line["id"])[0]


async def refused(hears: Ear, kind: str, **fields: Any) -> str:
    """Give an order that is refused, and return why; nothing is told of a list."""
    lists = len(hears.of("day_list"))
    answer = await order(hears, kind, **fields)
    assert answer["result"] == "refused"
    assert len(hears.of("day_list")) == lists
    return str(answer["reason"])


async def today(hears: Ear) -> date:
    await hears.hear(lambda: hears.of("snapshot"))
    return date.fromisoformat(hears.of("snapshot")[0]["day"])


def written(place: Clinic) -> bytes:
    """Return all that the daemon has put on the disk."""
    found = [file.read_bytes() for file in place.root.rglob("*") if file.is_file()]
    assert any(b"rows_added" in one for one in found)
    return b"".join(found)


def rows(hears: Ear, **fields: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hears.of("day_list", **fields)[-1]["rows"]
    return found


@pytest.mark.usefixtures("running")
async def test_a_row_is_told_to_everybody_with_its_hold_and_without_the_age(place: Clinic) -> None:
    async with ear(place) as hears, ear(place) as other:
        await today(other)
        answer = await order(hears, "list_add", **CHILD)
        assert (answer["result"], answer["rows"]) == ("recorded", [1])
        (row,) = rows(hears)
        assert (row["code"], row["procedures"], row["state"]) == ("3023", ["3015"], "waiting")
        assert (row["band"], row["two_years"], row["side"]) == ("y1_2", False, "both")
        assert [held["rule"] for held in row["holds"]] == ["ent.in_airway.age"]
        await other.hear(lambda: other.of("day_list"))
        assert rows(other) == [row]
    assert b'"23m"' not in written(place)


@pytest.mark.usefixtures("running")
async def test_what_is_pasted_is_taken_whole_or_not_at_all(place: Clinic) -> None:
    async with ear(place) as hears:
        text = f"3005 4y h\n3005\n3006 4y {CPR}\n"
        answer = await order(hears, "list_paste", text=text)
        assert (answer["reason"], answer["rows"]) == ("bad_lines", [])
        assert [(one["line"], one["slip"]) for one in answer["lines"]] == [
            (2, "no_age"),
            (3, "patient_number"),
        ]
        assert await refused(hears, "list_paste", text="\n \n") == "bad_lines"
        assert await refused(hears, "list_add", codes=["3005"], age="old") == "bad_lines"
        answer = await order(hears, "list_paste", text="3005 4y h\n\n2635 70y\n")
        assert (answer["result"], answer["rows"]) == ("recorded", [1, 2])
        assert [(row["code"], row["case_kind"]) for row in rows(hears)] == [
            ("3022", "anaesthetic"),
            ("2635", "block"),
        ]
    assert CPR.encode() not in written(place)


@pytest.mark.usefixtures("running")
async def test_the_next_is_taken_once_and_ends_as_its_case_does(place: Clinic) -> None:
    async with ear(place) as hears:
        await order(hears, "list_paste", text="3006 4y\n3053 8m mouth_throat\n3006 5y\n")
        assert (await order(hears, "list_place", row=2, before=1))["result"] == "recorded"
        assert await refused(hears, "list_take", bed="Stue 9") == "unknown_bed"
        first = await order(hears, "list_take", bed=BED)
        assert (first["result"], first["rows"]) == ("recorded", [2])
        (case,) = hears.of("case", case=first["case"])
        assert (case["state"], case["code"], case["band"]) == ("planned", "3022", "infant")
        assert (case["procedures"], case["case_kind"]) == (["3053"], "anaesthetic")
        assert await refused(hears, "list_take", bed=BED) == "case_running"
        assert await refused(hears, "list_take", bed=RECOVERY, row=2) == "wrong_row"
        assert await refused(hears, "list_cancel", row=2, why="no_show") == "wrong_row"
        second = await order(hears, "list_take", bed=RECOVERY)
        assert second["rows"] == [1]
        assert [row["state"] for row in rows(hears)] == ["taken", "taken", "waiting"]
        await hears.say("cancel", why="infection")
        assert (rows(hears)[0]["state"], rows(hears)[0]["why"]) == ("cancelled", "infection")
        entry = len(hears.of("case", case=first["case"])[-1]["entries"])
        wrong = {"do": "correct", "entry": entry, "reason": "wrong child"}
        await hears.ask("enter", deed=wrong, case=first["case"])
        assert rows(hears)[0]["state"] == "taken"


@pytest.mark.usefixtures("running")
async def test_a_row_is_cancelled_or_done_by_hand_and_then_no_more(place: Clinic) -> None:
    async with ear(place) as hears:
        await order(hears, "list_paste", text="3006 4y\n3006 5y\n")
        assert (await order(hears, "list_cancel", row=1, why="fasting"))["rows"] == [1]
        assert (await order(hears, "list_done", row=2))["rows"] == [2]
        assert [(row["state"], row["why"]) for row in rows(hears)] == [
            ("cancelled", "fasting"),
            ("done", None),
        ]
        for kind in ("list_done", "list_place"):
            assert await refused(hears, kind, row=1) == "wrong_row"
        assert await refused(hears, "list_cancel", row=9, why="other") == "wrong_row"
        assert await refused(hears, "list_take", bed=BED) == "wrong_row"


@pytest.mark.usefixtures("running")
async def test_a_row_is_moved_to_another_day_and_may_be_older_there(place: Clinic) -> None:
    async with ear(place) as hears:
        now = await today(hears)
        later = str(now + timedelta(14))
        await order(hears, "list_add", **CHILD)
        assert await refused(hears, "list_move", row=1, to=str(now)) == "bad_day"
        assert await refused(hears, "list_move", row=1, to=str(now - timedelta(1))) == "bad_day"
        assert await refused(hears, "list_move", row=1, to=str(now + timedelta(367))) == "bad_day"
        assert await refused(hears, "list_move", row=1, to=later, age="2år") == "bad_lines"
        answer = await order(hears, "list_move", row=1, to=later, age="2y")
        assert answer["result"] == "recorded"
        (here,), (there,) = rows(hears, day=str(now)), rows(hears, day=later)
        assert (here["state"], here["moved_to"]) == ("moved", later)
        assert (there["state"], there["note"], there["procedures"]) == (
            "waiting",
            "mor med",
            ["3015"],
        )
        assert (there["two_years"], there["holds"], there["aged_on"]) == (True, [], later)
        assert await refused(hears, "list_add", day=str(now - timedelta(1)), **CHILD) == "bad_day"


@pytest.mark.usefixtures("running")
async def test_an_age_said_anew_is_that_of_the_case(place: Clinic) -> None:
    async with ear(place) as hears:
        await order(hears, "list_add", **CHILD)
        taken = await order(hears, "list_take", bed=BED, row=1, age="2y")
        assert hears.of("case", case=taken["case"])[0]["band"] == "y2_5"
        assert (rows(hears)[0]["band"], rows(hears)[0]["holds"]) == ("y2_5", [])


@pytest.mark.usefixtures("running")
async def test_the_lists_have_an_end(place: Clinic) -> None:
    async with ear(place) as hears:
        await order(hears, "list_paste", text="3006 4y\n" * (ROWS - 1))
        assert await refused(hears, "list_paste", text="3006 4y\n" * 2) == "list_full"
        assert (await order(hears, "list_add", **CHILD))["rows"] == [ROWS]
        assert await refused(hears, "list_add", **CHILD) == "list_full"


async def test_after_a_power_cut_the_lists_are_as_they_were(place: Clinic) -> None:
    with daemon(place) as process:
        async with ear(place) as hears:
            await order(hears, "list_paste", text="3006 4y\n3005 4y v mor med\n3006 5y\n")
            await order(hears, "list_take", bed=BED)
            assert (await hears.say("cancel", why="fasting"))["result"] == "recorded"
            await order(hears, "list_place", row=3, before=2)
            before = hears.of("day_list")[-1]
            process.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            (listed,) = hears.of("snapshot")[0]["lists"]
    assert listed == before
    assert [row["state"] for row in listed["rows"]] == ["cancelled", "waiting", "waiting"]


async def test_a_row_is_taken_with_the_very_event_that_opens_its_case(place: Clinic) -> None:
    with daemon(place) as process:
        async with ear(place) as hears:
            await order(hears, "list_paste", text="3006 4y\n3006 5y\n")
            taken = await order(hears, "list_take", bed=BED)
            assert taken["result"] == "recorded"
            process.kill()
    with closing(sqlite3.connect(place.data / FILE)) as journal, journal:
        journal.execute(
            "DELETE FROM event WHERE seq > (SELECT seq FROM event WHERE kind = 'case_opened')"
        )
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            assert hears.of("case")[0]["case"] == taken["case"]
            row, other = hears.of("snapshot")[0]["lists"][0]["rows"]
    assert (row["state"], row["case"]) == ("taken", taken["case"])
    assert (other["state"], other["case"]) == ("waiting", None)


def test_a_row_that_was_taken_by_an_event_of_its_own_is_taken_still() -> None:
    (before,) = after(ADDED).lists.values()
    opened = opening(1, BED)
    once = fold(after(ADDED), replace(opened, row=Taken(DAY, 2, SIMPLE)), at(1))
    twice = fold(
        fold(after(ADDED), opened, at(1)), RowTaken(DAY, 2, number(1), SIMPLE, "AS"), at(1)
    )
    assert once == twice
    assert once.list(DAY) != before
    assert decoded(opened.kind(), encoded(opened).replace(',"row":null', "")) == opened


async def test_a_stranger_does_nothing_with_a_list(tmp_path: Path) -> None:
    extra = '[[person]]\ninitials = "MK"\nroles = ["anaesthesiologist"]\n'
    place = clinic(tmp_path, extra=extra)
    with daemon(place):
        async with ear(place) as hears:
            assert await refused(hears, "list_add", **CHILD) == "unknown_initials"
            assert (await order(hears, "list_add", **CHILD, by="MK"))["result"] == "recorded"


ADDED = RowsAdded(DAY, (SIMPLE, SIMPLE), "AS", DAY)
EVENTS: list[Listed] = [
    ADDED,
    RowPlaced(DAY, 2, 1, "AS"),
    RowTaken(DAY, 2, "KN-261122-001", SIMPLE, "AS"),
    RowEnded(DAY, 1, "AS", Cancellation.OTHER),
    RowMoved(DAY, 1, MORROW, SIMPLE, "AS"),
]


def after(*events: Listed) -> State:
    state = State()
    for event in events:
        state = fold(state, event, at(0))
    return state


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind())
def test_an_event_of_a_list_is_read_back_as_it_was_written(event: Listed) -> None:
    assert decoded(event.kind(), encoded(event)) == event


def test_a_checkpoint_holds_the_lists() -> None:
    lists = tuple(after(*EVENTS).lists.values())
    checkpoint = Checkpoint("", (), (), {}, lists=lists)
    found = decoded(checkpoint.kind(), encoded(checkpoint))
    assert fold(State(), found, at(0)).lists == {one.day: one for one in lists}


@pytest.mark.parametrize("event", EVENTS[1:], ids=lambda event: event.kind())
def test_an_event_of_a_row_that_there_is_not_changes_no_row(event: Listed) -> None:
    state = after(event)
    assert state.list(DAY).rows == ()


def test_a_row_that_ended_twice_in_the_journal_ended_as_it_did_first() -> None:
    state = after(ADDED, RowEnded(DAY, 1, "AS"), RowEnded(DAY, 1, "MK", Cancellation.OTHER))
    assert [row.state for row in state.list(DAY).rows] == [RowState.DONE, RowState.WAITING]


def test_a_list_goes_two_days_after_its_last_row_has_ended_and_never_before() -> None:
    ended = after(ADDED, RowEnded(DAY, 1, "AS"), RowEnded(DAY, 2, "AS"))
    for days, kept in ((2, True), (3, False)):
        day = DAY + timedelta(days)
        assert (DAY in fold(ended, RowsAdded(day, (SIMPLE,), "AS", day), at(0)).lists) is kept
    waiting = after(ADDED, RowEnded(DAY, 1, "AS"))
    day = DAY + timedelta(400)
    assert DAY in fold(waiting, RowsAdded(day, (SIMPLE,), "AS", day), at(0)).lists


def test_the_fullest_lists_can_be_told_to_a_client_that_is_slow() -> None:
    long = plan("3053", "ent:3153", "ana:3023", age="8m", site="mouth_throat", note="ø" * 20)
    assert long.holds
    event = RowsAdded(DAY, (long,) * ROWS, "x" * 16, DAY)
    (told,) = changed({}, fold(State(), event, at(0)).lists)
    assert 2 * len(to_line(told)) < CLIENT_LIMIT


def test_a_list_that_goes_is_told_as_empty_and_the_rest_is_not_told_again() -> None:
    before = after(ADDED, RowEnded(DAY, 1, "AS"), RowEnded(DAY, 2, "AS"))
    before = before.with_list(DayList(MORROW))
    day = DAY + timedelta(30)
    later = fold(before, RowsAdded(day, (SIMPLE,), "AS", day), at(0))
    told = {one.day: len(one.rows) for one in changed(before.lists, later.lists)}
    assert told == {DAY: 0, MORROW: 0, day: 1}
    assert list(changed(before.lists, before.lists)) == []


def test_an_end_that_no_case_knows_changes_no_list() -> None:
    state = after(*EVENTS[:3])
    assert fold(state, CaseEnded("KN-261122-001", BED, "AS"), at(1)) == state
