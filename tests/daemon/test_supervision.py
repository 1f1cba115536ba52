from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import pytest
from manual import ManualClock, settle

from daemon.supervision import (
    CEILING_S,
    DEFECT_CEILING_S,
    FIRST_S,
    MENDING_S,
    Outcome,
    supervise,
)
from firmware_bridge.link import LinkLostError, LinkRefusedError
from vitals.vocabulary import Fault


async def outcomes(error: Exception, moves: int) -> tuple[list[Outcome], list[float]]:
    clock = ManualClock()
    ends: list[Outcome] = []

    async def life() -> None:
        raise error

    task = asyncio.create_task(supervise("nonin", life, ends.append, clock))
    await settle()
    for _ in range(moves):
        await clock.move(10)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return ends, clock.sleeps


async def test_a_lost_link_is_tried_again_ever_more_slowly_up_to_a_ceiling() -> None:
    ends, sleeps = await outcomes(LinkLostError("gone"), 4)
    assert sleeps[:3] == [FIRST_S, 2 * FIRST_S, CEILING_S]
    assert set(sleeps[3:]) == {CEILING_S}
    assert not any(end.defect for end in ends)


async def test_a_refused_port_waits_for_somebody_to_mend_it() -> None:
    ends, sleeps = await outcomes(LinkRefusedError("in use"), 2)
    assert set(sleeps) == {MENDING_S}
    assert ends[0].reason == "in use"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (LinkLostError("gone", Fault.UNPLUGGED), Fault.UNPLUGGED),
        (LinkRefusedError("held", Fault.IN_USE), Fault.IN_USE),
        (LinkLostError("gone"), Fault.OTHER),
        (ZeroDivisionError("bug"), Fault.DEFECT),
    ],
    ids=["lost", "refused", "unknown", "defect"],
)
async def test_the_fault_of_an_end_is_told_to_programs_too(error: Exception, fault: Fault) -> None:
    ends, _ = await outcomes(error, 1)
    assert ends[0].fault is fault


async def test_a_driver_that_raises_is_a_defect_and_lives_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        ends, sleeps = await outcomes(ZeroDivisionError("bug"), 2)
    assert [end.defect for end in ends] == [True, True, True]
    assert ends[0].reason == "driver defect: ZeroDivisionError"
    assert sleeps[0] == MENDING_S
    assert "ZeroDivisionError" in caplog.text


async def test_a_driver_that_keeps_failing_is_tried_ever_more_seldom_up_to_a_minute() -> None:
    _, sleeps = await outcomes(ZeroDivisionError("bug"), 40)
    assert sleeps[:6] == [MENDING_S, 4, 8, 16, 32, DEFECT_CEILING_S]
    assert set(sleeps[5:]) == {DEFECT_CEILING_S}


async def test_the_same_defect_has_one_traceback_and_is_counted_from_then_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ends, _ = await outcomes(ZeroDivisionError("bug"), 40)
    assert len(ends) > 8
    assert caplog.text.count("Traceback") == 1
    counted = [line for line in caplog.messages if "times" in line]
    expected = [f"device nonin: driver defect ZeroDivisionError: {n} times" for n in (2, 4, 8)]
    assert counted == expected
    assert len(caplog.messages) == 2 + len(counted)


async def test_another_defect_has_a_traceback_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    errors = [ZeroDivisionError("bug"), ValueError("other"), ZeroDivisionError("bug again")]
    clock = ManualClock()

    async def life() -> None:
        raise errors.pop(0) if errors else LinkLostError("gone")

    task = asyncio.create_task(supervise("nonin", life, lambda _: None, clock))
    await settle()
    for _ in range(6):
        await clock.move(10)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert caplog.text.count("Traceback") == 2
    assert "ZeroDivisionError: 2 times" in caplog.text


async def test_the_same_reason_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        await outcomes(LinkLostError("gone"), 5)
    assert caplog.text.count("gone") == 1


async def test_a_life_that_lasted_makes_the_next_pause_short_again() -> None:
    clock = ManualClock()

    async def life() -> None:
        await clock.sleep(60)
        raise LinkLostError("gone")

    task = asyncio.create_task(supervise("nonin", life, lambda _: None, clock))
    await settle()
    for _ in range(8):
        await clock.move(60)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert set(clock.sleeps) == {60, FIRST_S}
