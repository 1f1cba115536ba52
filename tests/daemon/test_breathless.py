"""A capnograph that stops and comes back at the daemon's desk."""

from __future__ import annotations

from pathlib import Path

from gasrooms import CASE, room
from manual import at
from practices import BED

from daemon.journal.events import CaseEntered
from vitals import deeds
from vitals.vocabulary import Airway

FLAT = (0.0,) * 4


async def test_an_apnoea_comes_at_its_time_though_the_capnograph_stops_and_stays(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        here.wave(0, 30)
        here.wave(30, 42, FLAT)
        here.silence(42, 49)
        assert "apnoea" not in here.alarming
        here.silence(49, 300)
        assert {"apnoea", "link_lost"} <= here.alarming
        here.wave(300, 302)
        assert "apnoea" not in here.alarming


async def test_a_cable_that_comes_back_is_no_apnoea(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.wave(0, 30)
        here.silence(30, 90)
        here.wave(90, 109, FLAT)
        assert "apnoea" not in here.alarming
        here.wave(109, 112, FLAT)
        assert "apnoea" in here.alarming


async def test_a_wave_that_stops_while_the_monitor_goes_on_is_no_apnoea(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.wave(0, 30)
        here.silence(30, 90, whole=False)
        here.wave(90, 100, FLAT)
        assert "apnoea" not in here.alarming


async def test_a_removal_that_is_said_for_when_the_co2_stopped_ends_the_alarm(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as here:
        here.wave(0, 30)
        here.wave(30, 60, FLAT)
        assert "apnoea" in here.alarming
        removal = CaseEntered(CASE, BED, 3, deeds.SetAirway(Airway.NONE), 30.0, "AS")
        here.desk.ward.record(removal, at(60))
        here.wave(60, 61, FLAT)
        assert "apnoea" not in here.alarming
