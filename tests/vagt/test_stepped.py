"""Time that passes only when nobody has anything left to do, on the loop that steps it."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from daemon.journal.events import DaemonStopped
from firmware_bridge.far_end import FarEnd
from vagt.demo import loop as stepping
from vagt.demo.fast import Fast

Done = Any


def on(fast: Fast, work: Coroutine[Any, Any, Done]) -> Done:
    with asyncio.Runner(loop_factory=fast.loop) as runner:
        return runner.run(work)


@pytest.fixture
def fast() -> Fast:
    return Fast(1e6)


def test_sleepers_wake_when_they_are_due_and_the_first_to_lie_down_first(fast: Fast) -> None:
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await fast.clock.sleep(seconds)
        woken.append((name, fast.clock.seconds))

    async def all_of_them() -> None:
        async with asyncio.TaskGroup() as group:
            for name, seconds in (("c", 3), ("a", 1), ("b", 2), ("a too", 1), ("c too", 3)):
                group.create_task(sleep(name, seconds))

    on(fast, all_of_them())
    assert woken == [("a", 1), ("a too", 1), ("b", 2), ("c", 3), ("c too", 3)]


def test_a_sleeper_has_done_all_it_does_before_the_next_of_that_moment_wakes(fast: Fast) -> None:
    told: list[str] = []

    async def chatter(name: str) -> None:
        await fast.clock.sleep(1)
        for _ in range(3):
            told.append(name)
            await asyncio.sleep(0)

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(chatter("first"))
            group.create_task(chatter("second"))

    on(fast, both())
    assert told == ["first"] * 3 + ["second"] * 3


def test_a_sleeper_that_is_cancelled_holds_nothing_up_and_moves_no_time(fast: Fast) -> None:
    async def cancelled() -> None:
        async with asyncio.TaskGroup() as group:
            short = group.create_task(fast.clock.sleep(1))
            long = group.create_task(fast.clock.sleep(2))
            await asyncio.sleep(0)
            short.cancel()
            await long

    on(fast, cancelled())
    assert fast.clock.seconds == 2


def test_to_sleep_no_time_lets_the_others_go_on(fast: Fast) -> None:
    turns: list[str] = []

    async def turn(name: str) -> None:
        for _ in range(2):
            turns.append(name)
            await fast.clock.sleep(0)

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(turn("one"))
            group.create_task(turn("other"))

    on(fast, both())
    assert turns == ["one", "other"] * 2
    assert fast.clock.seconds == 0


def test_what_a_library_waits_for_is_simulated_time_too(fast: Fast) -> None:
    async def limited() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(600):
                await asyncio.Event().wait()

    begun = time.monotonic()
    on(fast, limited())
    assert fast.clock.seconds == pytest.approx(600)
    assert time.monotonic() - begun < 5


def test_no_time_passes_while_a_thread_works(fast: Fast) -> None:
    async def working() -> float:
        async with asyncio.TaskGroup() as group:
            sleeper = group.create_task(fast.clock.sleep(1))
            await asyncio.to_thread(time.sleep, 0.2)
            at_the_end = fast.clock.seconds
            sleeper.cancel()
        return at_the_end

    assert on(fast, working()) == 0


def test_no_time_passes_before_the_journal_has_answered(fast: Fast, tmp_path: Path) -> None:
    async def recorded() -> bool:
        journal = fast.outside().journal(tmp_path / "journal.db", "this boot")
        await journal.open(fast.clock.now())
        kept = journal.append(DaemonStopped(), fast.clock.now())
        await fast.clock.sleep(0.001)
        found = kept.done()
        await journal.close()
        return found

    assert on(fast, recorded())


def test_the_speed_is_a_limit() -> None:
    fast = Fast(10)
    begun = time.monotonic()

    async def slept() -> None:
        for _ in range(10):
            await fast.clock.sleep(0.5)

    on(fast, slept())
    assert 0.5 <= time.monotonic() - begun < 3


def test_no_time_passes_before_a_slow_reader_has_read_every_byte(
    fast: Fast, tmp_path: Path
) -> None:
    tally, read = fast.tallies.of("tty"), 0
    far_end = FarEnd(tmp_path / "tty", tally)

    def slowly(near: int, loop: asyncio.AbstractEventLoop) -> None:
        nonlocal read
        while read < 3000:
            read += (count := len(os.read(near, 100)))
            time.sleep(0.01)
            loop.call_soon_threadsafe(tally.link_took, count)

    async def sent() -> tuple[float, int]:
        far_end.plug()
        with tally.opening():
            near = os.open(tmp_path / "tty", os.O_RDWR | os.O_NOCTTY)
        far_end.send(bytes(3000))
        reader = threading.Thread(target=slowly, args=(near, asyncio.get_running_loop()))
        reader.start()
        await fast.clock.sleep(0.02)
        found = fast.clock.seconds, read
        reader.join()
        os.close(near)
        far_end.unplug()
        return found

    assert on(fast, sent()) == (0.02, 3000)


def test_bytes_that_never_come_are_given_up_and_named(
    fast: Fast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stepping, "PATIENCE_S", 0.1)
    fast.tallies.of("tty-lost").link_gave(1)
    on(fast, fast.clock.sleep(1))
    assert fast.clock.seconds == 1
    assert "bytes were lost on tty-lost: another run may differ" in caplog.text
