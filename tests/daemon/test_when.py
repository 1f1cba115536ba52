"""When something is said to have been so: of one moment, what was said last counts last."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clinics import clinic, daemon, ear
from manual import WALL
from practices import TWO, ask, room

from daemon.protocol.messages import Refusal, Result
from daemon.protocol.practice import Checklist
from vitals import acts
from vitals.practice import Gas, Outcome, Use

NEAR_S = 20.0
JITTER_S = 0.3
"""By so much later the second client reads its clock than the daemon reads its own."""
ROW: dict[str, Any] = {"do": "mark", "list": "emergency", "rows": ["em-02"], "target": "Taske"}
FAILED = {**ROW, "outcome": "failed", "reason": "dead"}
CYLINDER = {
    "do": "cylinder",
    "cylinder": "Q",
    "gas": "o2",
    "capacity_l": 10,
    "fill_bar": 200,
    "place": "KN",
    "use": "in_use",
}
GAUGE = {"do": "gauge", "cylinder": "Q", "bar": 150}
DONE = acts.Mark("machine", ("mc-01",), "kit")
BAD = acts.Mark("machine", ("mc-01",), "kit", Outcome.FAILED, "dead")
NOON = datetime.fromtimestamp(WALL, UTC)
"""Of the clocks that tests move: a whole minute."""


def minute() -> datetime:
    """Return the minute of the clock on the wall that is now."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


async def away_from_midnight() -> None:
    """Wait where what was said seconds ago, or is said in a moment, would be of another day."""
    now = datetime.now().astimezone()
    past = timedelta(hours=now.hour, minutes=now.minute, seconds=now.second).total_seconds()
    if not NEAR_S < past < 86_400.0 - NEAR_S:
        await asyncio.sleep((NEAR_S - past) % 86_400.0 + 1.0)


def row(practice: list[dict[str, Any]]) -> str:
    lists = [one for one in practice if one["kind"] == "checklist"]
    (told,) = [one for one in lists if (one["id"], one["target"]) == ("emergency", "Taske")]
    return next(str(one["state"]) for one in told["rows"] if one["id"] == "em-02")


@pytest.mark.parametrize("clock", [True, False])
async def test_of_what_two_say_of_one_minute_the_last_counts_whatever_their_clocks_read(
    tmp_path: Path, *, clock: bool
) -> None:
    place = clinic(tmp_path, extra=TWO)
    with daemon(place):
        await away_from_midnight()
        at = minute().isoformat()
        async with ear(place) as hears:
            await ask(hears, "act", act={"do": "clinic", "site": "KN"})
            for late, said in enumerate((ROW, FAILED, CYLINDER, GAUGE)):
                when = {"at": at} if clock else {"ago_s": 1.0 + late * JITTER_S}
                answer = await ask(hears, "act", act=said, **when)
                assert answer["result"] == "recorded", answer
        async with ear(place) as again:
            await again.hear(lambda: again.of("snapshot"))
            assert row(again.of("snapshot")[-1]["practice"]) == "failed"


async def test_a_time_of_the_clock_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.clock.move(90.0)
        for act in (DONE, BAD):
            assert (await one.say(act, at=NOON)).result is Result.RECORDED
            await one.clock.move(0.7)
        assert [entry.at for entry in one.desk.ward.state.practice] == [NOON, NOON]
        assert state(one.told) == "failed"


async def test_a_minute_that_is_typed_is_after_what_was_said_within_it(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.clock.move(20.0)
        oxygen = acts.Cylinder("Q", Gas.OXYGEN, 10.0, 200.0, "KN", Use.IN_USE)
        assert (await one.say(oxygen)).result is Result.RECORDED
        await one.clock.move(100.0)
        read = await one.say(acts.Gauge("Q", 150.0), at=NOON)
        assert read.result is Result.RECORDED, read.detail
        second = await one.say(acts.Gauge("Q", 140.0), at=NOON + timedelta(seconds=1))
        assert "there is no cylinder" in second.detail


@pytest.mark.parametrize(
    ("ahead", "reason", "line"),
    [
        (timedelta(seconds=3), Refusal.BAD_TIME, "2025-11-21 09:00 has not come yet: say a time"),
        (timedelta(seconds=1), None, ""),
        (timedelta(days=-399), None, ""),
        (
            timedelta(days=-401),
            Refusal.BAD_TIME,
            "2024-10-16 is too long ago: say a day at most 400 days ago",
        ),
        (timedelta(days=-700_000), Refusal.BAD_TIME, "is too long ago"),
        (timedelta(days=2_000_000), Refusal.BAD_TIME, "has not come yet"),
    ],
)
async def test_a_time_that_has_not_come_or_is_too_long_ago_is_refused(
    tmp_path: Path, ahead: timedelta, reason: Refusal | None, line: str
) -> None:
    async with room(tmp_path) as one:
        said = await one.say(DONE, at=NOON + ahead, reason="paper")
        assert said.reason is reason
        assert line in said.detail
        assert all(entry.at <= NOON for entry in one.desk.ward.state.practice)


async def test_what_happened_to_a_patient_at_one_time_is_in_the_order_of_saying(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("plan", code="3021", age="4y")
            at, seen = datetime.now(UTC).isoformat(), {"do": "observation"}
            words = [f"word {number}" for number in range(12)]
            answers = [await hears.ask("enter", deed=seen, at=at, reason=one) for one in words]
            assert {one["result"] for one in answers} == {"recorded"}
            told = hears.of("case", case=answers[0]["case"])[-1]["entries"]
            placed = sorted(told, key=lambda one: str(one["at"]))
            assert [one["reason"] for one in placed][-12:] == words
            for ahead, line in ((60.0, "has not come yet"), (-8 * 86_400.0, "is too long ago")):
                other = (datetime.now(UTC) + timedelta(seconds=ahead)).isoformat()
                answer = await hears.ask("enter", deed=seen, at=other, reason="glemt")
                assert (answer["reason"], line in answer["detail"]) == ("bad_time", True)


async def test_a_list_is_not_signed_any_more_once_a_row_of_it_was_countered(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as one:
        await one.say(acts.ChooseClinic("KN"))
        sign = acts.Sign("anaphylaxis", "kit")
        names = tuple(name for name, said in asked(one.told).items() if said == "due")
        said = await one.say(acts.Mark("anaphylaxis", names, "kit"))
        assert said.result is Result.RECORDED, said.detail
        (number,) = said.rows
        assert (await one.say(sign)).result is Result.RECORDED
        assert "nothing is new" in (await one.say(sign)).detail
        assert signed(one.told) == "AS"
        await one.say(acts.Counter(number, "another kit"))
        assert signed(one.told) == ""
        assert "nothing of anaphylaxis was answered" in (await one.say(sign)).detail
        await one.say(acts.Mark("anaphylaxis", names, "kit"))
        await one.clock.move(60.0)
        assert (await one.say(sign)).result is Result.RECORDED
        assert signed(one.told) == "AS"
        await one.say(acts.Mark("anaphylaxis", names[:1], "kit"), ago_s=30.0)
        assert signed(one.told) == ""
        assert (await one.say(sign)).result is Result.RECORDED
        assert signed(one.told) == "AS"


def state(told: list[Any]) -> str:
    return asked(told, "machine")["mc-01"]


def asked(told: list[Any], name: str = "anaphylaxis") -> dict[str, str]:
    return {row.id: row.state for row in listed(told, name).rows}


def signed(told: list[Any]) -> str:
    return listed(told, "anaphylaxis").signed_by


def listed(told: list[Any], name: str) -> Checklist:
    found = [one for one in told if isinstance(one, Checklist)]
    return [one for one in found if (one.id, one.target) == (name, "kit")][-1]
