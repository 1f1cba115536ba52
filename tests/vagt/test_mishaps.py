"""Alarms that no simulator can make: each with the real daemon, from its onset to its end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from clinics import clinic as real_clinic
from clinics import daemon, ear, oximeter

from daemon.journal.store import FILE
from daemon.protocol.messages import Alarm, Outgoing
from devices.nonin.driver import NoninDriver
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from devices.simulated.scenario import Scenario, read_scenario
from vagt.demo.clinic import clinic
from vagt.demo.fast import Fast
from vagt.demo.play import played
from vagt.demo.staff import Staff
from vagt.demo.wires import OneLoop
from vitals.instant import Instant
from vitals.reading import Item

BED = "Stue 1"
STORY = """
name = "mishap"
label = "One child, one oximeter"
duration_s = 60
induction_grace_s = 5
device = [{ name = "nonin", protocol = "nonin-df2", bed = "Stue 1" }]
patient = [{ bed = "Stue 1", age = "4y", spo2 = 98, pulse_rate = 112 }]
event = [
    { at_s = 2, bed = "Stue 1", do = "start", code = "3021", age = "4y", by = "AS" },
    { at_s = 20, bed = "Stue 1", do = "acknowledge", alarm = "ALARM", by = "AS" },
]
"""
Told = list[tuple[str, str, str]]
"""State, priority and signal of each line of an alarm."""


def story(alarm: str, device: str = "") -> Scenario:
    of = f'"{alarm}", device = "{device}"' if device else f'"{alarm}"'
    found = read_scenario(STORY.replace('"ALARM"', of), "mishap.toml")
    assert isinstance(found, Scenario)
    return found


def lived(root: Path, found: Scenario, meddle: Callable[[Fast], Awaitable[None]]) -> list[Alarm]:
    """Return every alarm that is told while `meddle` does what it does."""
    heard: list[Outgoing] = []
    with clinic(root, found) as place:
        place.write()
        fast = Fast(100)

        async def watch(_: Instant) -> None:
            await meddle(fast)

        wire = OneLoop(place, fast, byte_by_byte=False)
        with asyncio.Runner(loop_factory=fast.loop) as runner:
            runner.run(played(wire, Staff(place.story, fast.clock), heard.append, watch))
    return [message for message in heard if isinstance(message, Alarm)]


def told(alarms: Sequence[Alarm], name: str) -> Told:
    return [(one.state, one.priority, one.signal) for one in alarms if one.id == name]


def test_a_driver_that_fails_is_an_alarm_until_it_reads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = NoninDriver.receive

    def broken(_: NoninDriver, data: bytes, at: Instant) -> Sequence[Item]:
        raise ZeroDivisionError(len(data), at)

    async def meddle(fast: Fast) -> None:
        await fast.clock.sleep(10)
        # A defect that nobody knows of yet: the driver itself has to be another.
        monkeypatch.setattr(NoninDriver, "receive", broken)
        await fast.clock.sleep(20)
        monkeypatch.setattr(NoninDriver, "receive", read)
        await fast.clock.sleep(30)

    alarms = lived(tmp_path, story("driver_defect", "nonin"), meddle)
    assert told(alarms, "driver_defect") == [
        ("active", "medium", "on"),
        ("acknowledged", "medium", "acknowledged"),
        ("ended", "medium", "off"),
    ]
    assert told(alarms, "link_lost") == [], "one event is one alarm"


def test_a_wall_clock_that_jumps_is_told_and_stays_told(tmp_path: Path) -> None:
    async def meddle(fast: Fast) -> None:
        await fast.clock.sleep(10)
        fast.clock.jump(3600)
        await fast.clock.sleep(80)

    alarms = lived(tmp_path, story("clock_jump"), meddle)
    assert told(alarms, "clock_jump") == [
        ("active", "low", "on"),
        ("acknowledged", "low", "acknowledged"),
        ("ended", "low", "off"),
    ]
    alarms = lived(tmp_path, story("spo2_low"), meddle)
    assert told(alarms, "clock_jump")[-1] == ("ended", "low", "latched"), "nobody acknowledged"


async def test_a_journal_that_another_holds_is_an_alarm_until_it_lets_go(tmp_path: Path) -> None:
    place = real_clinic(tmp_path)
    well = Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=112))
    name = "recorder_failure"
    async with oximeter(place, well):
        with daemon(place):
            async with ear(place) as hears:
                await hears.ask("start", code="3021", age="4y")
                await hears.hear(lambda: hears.of("reading", measure="spo2", value=98))
                with closing(sqlite3.connect(place.data / FILE, isolation_level=None)) as other:
                    other.execute("BEGIN IMMEDIATE")
                    await hears.say("upset")
                    await hears.hear(lambda: hears.of("alarm", id=name, state="active"))
                    answer = await hears.ask("acknowledge", alarm=name)
                    assert answer["result"] == "in_effect"
                    other.execute("ROLLBACK")
                await hears.hear(lambda: hears.of("alarm", id=name, state="ended"))
    states = [one["state"] for one in hears.of("alarm", id="recorder_failure")]
    assert states == ["active", "acknowledged", "ended"]
