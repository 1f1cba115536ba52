"""The bell of a real terminal, counted in the bytes that the dashboard writes."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon, ear, oximeter
from panes import Pane, pane

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

BEL = b"\x07"


def shown(place: Clinic) -> tuple[str, ...]:
    return (*VAGT, "show", "--socket", str(place.socket), "--lang", "da", "--by", "AS")


def text(screen: Pane) -> str:
    return "\n".join(screen.lines())


def counted(screen: Pane, folder: Path) -> Callable[[], int]:
    """Return how often the bell was rung since now, each time it is asked."""
    output = folder / "bytes"
    output.touch()
    screen.record(output)
    return lambda: output.read_bytes().count(BEL)


@pytest.mark.timeout(60)
async def test_a_daemon_that_stands_still_rings_every_five_seconds_until_a_key_is_pressed(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    well = Patient(PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=100))
    with daemon(place) as running, pane(tmp_path, *shown(place), columns=80, rows=24) as screen:
        async with oximeter(place, well):
            await screen.until(lambda: screen.digits() == ["97", "100"])
            bells = counted(screen, tmp_path)
            await asyncio.sleep(1)
            assert bells() == 0
            running.signal(signal.SIGSTOP)
            stopped = time.monotonic()
            await screen.until(lambda: bells() == 1, within_s=6)
            # It may be a second since its last word.
            assert 1.9 <= time.monotonic() - stopped <= 4.5
            await screen.until(lambda: "Forbindelse tabt: skærmen ringer" in text(screen))
            first = time.monotonic()
            await screen.until(lambda: bells() == 2, within_s=8)
            assert 4.0 <= time.monotonic() - first <= 6.0
            screen.press("a")
            await screen.until(lambda: "KVITTERET" in text(screen))
            await asyncio.sleep(6)
            assert bells() == 2
            assert "FORBINDELSE TIL VAGT TABT" in text(screen)
            running.signal(signal.SIGCONT)
            await screen.until(lambda: screen.digits() == ["97", "100"])
            running.signal(signal.SIGSTOP)
            await screen.until(lambda: bells() == 3, within_s=6)


@pytest.mark.timeout(60)
async def test_without_a_loudspeaker_the_terminal_rings_for_a_high_alarm_until_it_is_seen(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra='[sound]\ndevice = "nosuch"\n')
    named = f'name = "{BED}"\n'
    config = place.config.read_text().replace(named, f'{named}profile = "full"\n', 1)
    place.config.write_text(config)
    low = Patient(PatientRow(bed=BED, age="4y", spo2=70, pulse_rate=110))
    with daemon(place), pane(tmp_path, *shown(place), columns=80, rows=24) as screen:
        async with oximeter(place, low), ear(place) as hears:
            await screen.until(lambda: screen.digits() == ["70", "110"])
            await hears.hear(lambda: hears.of("beat", sound="unusable"))
            bells = counted(screen, tmp_path)
            await asyncio.sleep(1)
            assert bells() == 0
            await hears.ask("start", code="3021", age="4y")
            await screen.until(lambda: bells() == 1)
            assert "Ingen højttaler: skærmen ringer ved HØJ" in text(screen)
            await screen.until(lambda: bells() == 2, within_s=8)
            screen.press("a")
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", state="acknowledged"))
            await asyncio.sleep(1)
            heard = bells()
            await asyncio.sleep(6)
            assert bells() == heard
