from __future__ import annotations

import asyncio
import os
import threading
import time
from pathlib import Path
from typing import get_args

import argon2
import pytest
from manual import ManualClock

from daemon import hidden, pins
from daemon.pins import PAUSE_S, WRONG, Answer, Pins, PinsError, asked
from monitoring.steps import ALWAYS
from vitals import acts, deeds
from vitals.acts import Done
from vitals.deeds import Said


def fresh(folder: Path, clock: ManualClock | None = None, *, required: bool = False) -> Pins:
    return Pins(folder, clock or ManualClock(), required=required)


def file(folder: Path) -> Path:
    return folder / pins.FILE


async def wrong(kept: Pins, times: int, initials: str = "AS") -> list[Answer]:
    return [await kept.check(initials, "0000") for _ in range(times)]


async def test_a_right_pin_signs_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    assert await kept.give("AS", "4711") is Answer.RIGHT
    assert kept.known == ("AS",)
    answers = [await kept.check("AS", pin) for pin in ("4711", "4712", "", "47110")]
    assert answers == [Answer.RIGHT, Answer.WRONG, Answer.ASKED, Answer.WRONG]
    assert [one.signs for one in answers] == [True, False, False, False]


async def test_without_a_pin_initials_are_enough_unless_one_is_required(tmp_path: Path) -> None:
    assert await fresh(tmp_path).check("AS", "") is Answer.UNSET
    assert Answer.UNSET.signs
    assert await fresh(tmp_path, required=True).check("AS", "4711") is Answer.REQUIRED
    assert not Answer.REQUIRED.signs


async def test_the_file_has_an_argon2id_hash_of_the_cost_that_is_promised(tmp_path: Path) -> None:
    await fresh(tmp_path).give("AS", "4711")
    (digest,) = [part for part in file(tmp_path).read_text().split('"') if "$" in part]
    said = argon2.extract_parameters(digest)
    assert (said.memory_cost, said.time_cost, said.parallelism) == (19 * 1024, 2, 1)
    assert said.type is argon2.Type.ID
    assert "4711" not in digest


async def test_only_its_owner_may_read_the_file_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await fresh(tmp_path).give("AS", "4711")
    finally:
        os.umask(before)
    assert file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [pins.FILE]


async def test_a_pin_is_there_after_a_restart_and_two_have_hashes_of_their_own(
    tmp_path: Path,
) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    await kept.give("MK", "4711")
    again = fresh(tmp_path)
    assert again.known == ("AS", "MK")
    assert await again.check("MK", "4711") is Answer.RIGHT
    digests = [part for part in file(tmp_path).read_text().split('"') if "$" in part]
    assert len(set(digests)) == 2


async def test_a_pin_is_changed_by_whoever_knows_the_old_one(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    assert await kept.give("AS", "1234") is Answer.ASKED
    assert await kept.give("AS", "1234", "9999") is Answer.WRONG
    assert await kept.give("AS", "1234", "4711") is Answer.RIGHT
    assert await kept.check("AS", "4711") is Answer.WRONG
    assert await kept.check("AS", "1234") is Answer.RIGHT


async def test_once_the_file_is_taken_away_a_forgotten_pin_is_set_anew(tmp_path: Path) -> None:
    await fresh(tmp_path).give("AS", "4711")
    (tmp_path / pins.FILE).unlink()
    kept = fresh(tmp_path)
    assert kept.known == ()
    assert await kept.check("AS", "") is Answer.UNSET
    assert await kept.give("AS", "1234") is Answer.RIGHT


async def test_five_wrong_pins_in_a_row_lock_one_persons_signing_for_a_minute(
    tmp_path: Path,
) -> None:
    clock = ManualClock()
    kept = fresh(tmp_path, clock)
    await kept.give("AS", "4711")
    await kept.give("MK", "4711")
    assert (WRONG, PAUSE_S) == (5, 60.0)
    assert await wrong(kept, WRONG) == [*[Answer.WRONG] * (WRONG - 1), Answer.LOCKED]
    assert await kept.check("AS", "4711") is Answer.LOCKED
    assert await kept.give("AS", "1234", "4711") is Answer.LOCKED
    assert await kept.check("MK", "4711") is Answer.RIGHT
    assert (kept.locked_s("AS"), kept.locked_s("MK")) == (PAUSE_S, 0.0)
    await clock.move(PAUSE_S - 0.1)
    assert await kept.check("AS", "4711") is Answer.LOCKED
    await clock.move(0.1)
    assert kept.locked_s("AS") == 0
    assert await kept.check("AS", "4711") is Answer.RIGHT


async def test_after_the_minute_there_are_five_again(tmp_path: Path) -> None:
    clock = ManualClock()
    kept = fresh(tmp_path, clock)
    await kept.give("AS", "4711")
    await wrong(kept, WRONG)
    await clock.move(PAUSE_S)
    assert await wrong(kept, WRONG) == [*[Answer.WRONG] * (WRONG - 1), Answer.LOCKED]


async def test_a_right_pin_forgives_the_wrong_ones_before_it(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    await wrong(kept, WRONG - 1)
    assert await kept.check("AS", "4711") is Answer.RIGHT
    assert await wrong(kept, WRONG - 1) == [Answer.WRONG] * (WRONG - 1)
    assert await kept.check("AS", "4711") is Answer.RIGHT


async def test_no_pin_at_all_is_no_wrong_one(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    assert {await kept.check("AS", "") for _ in range(WRONG + 1)} == {Answer.ASKED}


async def test_many_at_once_do_not_slip_past_the_lock(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(kept.check("AS", f"{n:04}")) for n in range(12)]
    answers = [task.result() for task in tasks]
    assert answers.count(Answer.WRONG) == WRONG - 1
    assert answers.count(Answer.LOCKED) == 12 - WRONG + 1


async def test_of_three_who_set_a_pin_at_once_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(path: Path, text: bytes) -> None:
        time.sleep(0.3)
        real(path, text)

    real = hidden.hide
    monkeypatch.setattr(hidden, "hide", slow)
    kept = fresh(tmp_path)
    async with asyncio.TaskGroup() as group:
        for initials in ("AS", "MK", "JB"):
            group.create_task(kept.give(initials, "4711"))
    assert fresh(tmp_path).known == kept.known == ("AS", "JB", "MK")


async def test_whoever_hangs_up_before_the_answer_has_tried_too(tmp_path: Path) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    for _ in range(WRONG):
        task = asyncio.ensure_future(kept.check("AS", "0000"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await kept.check("AS", "4711") is Answer.LOCKED


async def test_the_event_loop_goes_on_while_a_pin_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    release, real = threading.Event(), pins._same
    monkeypatch.setattr(pins, "_same", lambda *of: release.wait(5) and real(*of))
    task = asyncio.ensure_future(kept.check("AS", "4711"))
    await asyncio.sleep(0.01)
    assert not task.done()
    release.set()
    assert await task is Answer.RIGHT


@pytest.mark.parametrize(
    "pin", ["", "123", "1234567890123", "12a4", "12 4", "\uff11\uff12\uff13\uff14"]
)
async def test_a_pin_is_four_to_twelve_digits(tmp_path: Path, pin: str) -> None:
    with pytest.raises(PinsError, match="4 to 12 digits"):
        await fresh(tmp_path).give("AS", pin)
    assert not file(tmp_path).exists()


async def test_a_folder_that_cannot_be_written_leaves_the_pins_as_they_were(
    tmp_path: Path,
) -> None:
    kept = fresh(tmp_path)
    await kept.give("AS", "4711")
    (tmp_path / f".{pins.FILE}").mkdir()
    with pytest.raises(PinsError, match="make room, or let the daemon alone own it"):
        await kept.give("AS", "1234", "4711")
    for one in (kept, fresh(tmp_path)):
        assert await one.check("AS", "4711") is Answer.RIGHT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AS 4711",
        '{"schema":1}',
        '{"schema":1,"pins":{"AS":"4711"}}',
        '{"schema":1,"pins":{"AS":null}}',
        '{"schema":2,"pins":{}}',
        b"\xff\xfe".decode("latin-1"),
    ],
)
def test_a_damaged_file_is_named_with_the_way_on(tmp_path: Path, text: str) -> None:
    file(tmp_path).write_text(text)
    file(tmp_path).chmod(0o600)
    with pytest.raises(PinsError, match="take the file away, and everybody sets a PIN anew") as one:
        fresh(tmp_path)
    assert str(file(tmp_path)) in str(one.value)
    assert "4711" not in str(one.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_use_is_not_believed(tmp_path: Path, mode: int) -> None:
    file(tmp_path).write_text('{"schema":1,"pins":{}}')
    file(tmp_path).chmod(mode)
    with pytest.raises(PinsError, match=r"others may use it .*: chmod 600"):
        fresh(tmp_path)


def test_neither_a_link_nor_a_folder_is_taken_for_the_file(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text('{"schema":1,"pins":{}}')
    elsewhere.chmod(0o600)
    file(tmp_path).symlink_to(elsewhere)
    with pytest.raises(PinsError):
        fresh(tmp_path)
    file(tmp_path).unlink()
    file(tmp_path).mkdir(mode=0o700)
    with pytest.raises(PinsError, match="is no file"):
        fresh(tmp_path)


def test_a_pin_is_asked_for_where_somebody_signs_and_nowhere_else() -> None:
    said = [*get_args(Said), *get_args(Done)]
    signing = {one for one in said if issubclass(one, pins.SIGNED)}
    assert signing == {deeds.Conclude, deeds.Discharge, acts.Sign}
    assert signing.isdisjoint({*ALWAYS, deeds.Begin, deeds.Call})
    assert asked(acts.Sign("machine", "Kit A"))
    assert not asked(deeds.Call())
