from __future__ import annotations

import asyncio
import re
import signal
import time
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, Wire, clinic, daemon, ear, oximeter
from digits import read_small
from panes import Pane, pane

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow

RISING = Patient(
    PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=100),
    [PatientEvent(at_s=0, pulse_rate=160, over_s=60)],
)
"""Its pulse changes every second, so that an old number is seen to be old."""


def shown(place: Clinic) -> tuple[str, ...]:
    return (*VAGT, "show", "--socket", str(place.socket), "--lang", "da", "--by", "AS")


def patient_within(wire: Wire, seconds: float) -> set[tuple[str, str]]:
    """Return every pair of numbers that the patient had within the last `seconds`."""
    moments = [wire.elapsed_s - seconds * step / 50 for step in range(51)]
    states = [RISING.at(max(0.0, moment)) for moment in moments]
    return {(str(round(state.spo2)), str(round(state.pulse_rate))) for state in states}


def current(screen: Pane, wire: Wire) -> bool:
    """Tell whether the large digits are what the patient had within the last second."""
    return tuple(screen.digits()) in patient_within(wire, 1.0)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
async def test_the_wave_moves_and_the_digits_are_the_patients_within_a_second(
    tmp_path: Path, columns: int, rows: int
) -> None:
    place = clinic(tmp_path)
    with daemon(place), pane(tmp_path, *shown(place), columns=columns, rows=rows) as screen:
        async with oximeter(place, RISING) as wire:
            await screen.until(lambda: len(screen.digits()) == 2 and screen.wave())
            assert any("Q luk" in line for line in screen.lines()[rows - 1 :])
            for _ in range(3):
                before = screen.wave()
                await asyncio.sleep(1)
                assert screen.wave() != before
                assert current(screen, wire), (screen.digits(), patient_within(wire, 1.0))


async def test_a_daemon_that_stands_still_is_blanked_within_three_seconds_and_comes_back(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running, pane(tmp_path, *shown(place), columns=80, rows=24) as screen:
        async with oximeter(place, RISING) as wire:
            await screen.until(lambda: len(screen.digits()) == 2 and screen.wave())
            running.signal(signal.SIGSTOP)
            stopped = time.monotonic()
            await screen.until(lambda: blank(screen), within_s=3)
            assert time.monotonic() - stopped < 3
            still = screen.lines()[5:]
            await asyncio.sleep(1.2)
            assert screen.lines()[5:] == still
            running.signal(signal.SIGCONT)
            await screen.until(lambda: len(screen.digits()) == 2 and current(screen, wire))
            await screen.until(screen.wave)


def blank(screen: Pane) -> bool:
    """Tell whether no number, no wave and no old reading is left on the screen."""
    text = "\n".join(screen.lines())
    numbers = [sign for sign in screen.digits() if sign.strip("-")]
    return not numbers and not screen.wave() and "SpO2 ---" in text and "---" in text


async def test_keys_start_acknowledge_and_end_and_the_words_change_live(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    low = Patient(PatientRow(bed=BED, age="4y", spo2=80, pulse_rate=110))
    with daemon(place), pane(tmp_path, *shown(place), columns=120, rows=40) as screen:
        async with oximeter(place, low), ear(place) as hears:
            await screen.until(lambda: screen.digits() == ["80", "110"])
            screen.press("n", "4", "Enter")
            await screen.until(lambda: "Starttjek" in text(screen))
            screen.press("f", "1", "Enter")
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", priority="high"))
            assert hears.of("case")[-1]["by"] == "AS"
            await screen.until(lambda: "!!! HØJ" in "\n".join(screen.lines()))
            screen.press("a")
            await hears.hear(lambda: hears.of("alarm", state="acknowledged"))
            screen.press("F2")
            await screen.until(lambda: "opptak" in text(screen) or "anbefalt" in text(screen))
            screen.press("F2")
            await screen.until(lambda: "HIGH" in text(screen))
            screen.press("s")
            screen.press("s")
            await hears.hear(lambda: hears.of("case", state="ended"))


def text(screen: Pane) -> str:
    return "\n".join(screen.lines())


@pytest.mark.timeout(60)
async def test_the_demo_shows_a_living_clinic_and_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ("env", f"TMPDIR={tmp_path}", *VAGT, "demo")
    with pane(tmp_path, *words, columns=120, rows=40) as screen:
        await screen.until(lambda: len(screen.digits()) == 2 and screen.wave(), within_s=30)
        assert "SIMULERET" in text(screen)
        assert list(tmp_path.glob("vagt-demo-*"))
        screen.press("q")
        await screen.until(lambda: not screen.alive(), within_s=20)
    assert not list(tmp_path.glob("vagt-demo-*"))


def numbers(screen: Pane) -> str:
    """Return what stands at the right of the waves."""
    return "\n".join(line[72:] for line in screen.lines()[8:28])


def waves(screen: Pane) -> dict[str, str]:
    """Return each wave that is drawn, by its title."""
    found: dict[str, str] = {}
    title = ""
    for line in screen.lines()[8:28]:
        words = line[:72].split()
        if words and words[0] in ("EKG", "Pleth", "CO2"):
            title = words[0]
        elif title:
            found[title] = found.get(title, "") + line[:68].strip()
    return {title: drawn for title, drawn in found.items() if drawn}


@pytest.mark.timeout(120)
async def test_a_full_bed_has_every_number_and_three_waves_that_move(tmp_path: Path) -> None:
    words = ("env", f"TMPDIR={tmp_path}", *VAGT, "demo", "--scenario", "full-bed")
    with pane(tmp_path, *words, columns=120, rows=40) as screen:
        await screen.until(lambda: len(large(screen)) == 4, within_s=30)
        pressure = re.compile(r"BT \d+/\d+ \(\d+\) mmHg \d+-\d+ \d\d:\d\d")
        await screen.until(lambda: pressure.search(numbers(screen)), within_s=60)
        shown = numbers(screen)
        assert re.search(r"BT puls \d+", shown)
        assert re.search(r"RF \d+/min", shown)
        assert re.search(r"FiCO2 \d,\d kPa", shown)
        assert re.search(r"N2O \d+,\d kg", shown)
        for site in ("O2", "N2O", "air", "O2 cylinder"):
            assert re.search(rf"{site} \d+,\d bar", shown)
        assert all(re.fullmatch(r"\d+(,\d)?", number) for number in large(screen))
        assert not screen.digits()
        for _ in range(3):
            before = waves(screen)
            assert set(before) == {"EKG", "Pleth", "CO2"}
            await asyncio.sleep(1)
            assert all(drawn != before[title] for title, drawn in waves(screen).items())
        for name in ("capnostat", "cuff", "gas", "ivy", "nonin"):
            assert name in text(screen)
        screen.press("q")
        await screen.until(lambda: not screen.alive(), within_s=20)


def large(screen: Pane) -> list[str]:
    """Return heart rate, SpO2, etCO2 and pulse; fewer while any of them is `---`."""
    return [number for number in read_small(screen.lines()) if number.strip("-")]


@pytest.mark.timeout(60)
async def test_bytes_of_another_protocol_are_told_in_the_language_of_the_screen(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    place.config.write_text(place.config.read_text().replace("nonin-df2", "nonin-df7"))
    with daemon(place), pane(tmp_path, *shown(place), columns=80, rows=24) as screen:
        async with oximeter(place, RISING):
            danish = "der kommer bytes, men ingen er gyldige for nonin-df7"
            await screen.until(lambda: danish in text(screen), within_s=12)
            screen.press("F2")
            norwegian = "det kommer byte, men ingen er gyldige for nonin-df7"
            await screen.until(lambda: norwegian in text(screen))
            screen.press("F2")
            english = "bytes arrive but none are valid for nonin-df7"
            await screen.until(lambda: english in text(screen))
