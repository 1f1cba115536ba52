"""What is heard of a real daemon through the real ALSA, while nobody has a dashboard open."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon, ear, oximeter
from loudspeakers import DEVICE, Loudspeaker, loudspeaker
from pulses import Burst

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

HEARD = f'[sound]\ndevice = "{DEVICE}"\n'
BY_ALSA = pytest.mark.timeout(60)


def hypoxic() -> Patient:
    return Patient(PatientRow(bed=BED, age="4y", spo2=70, pulse_rate=118))


def full(place: Clinic) -> Clinic:
    """Let every alarm of the bed sound."""
    named = f'name = "{BED}"\n'
    text = place.config.read_text()
    place.config.write_text(text.replace(named, f'{named}profile = "full"\n', 1))
    return place


async def until_played(speaker: Loudspeaker, bursts: int, within_s: float = 25.0) -> None:
    async with asyncio.timeout(within_s):
        while len(speaker.played) < bursts:
            await asyncio.sleep(0.05)


async def begun(place: Clinic) -> None:
    """Start a case and hang up."""
    async with ear(place) as hears:
        await hears.hear(lambda: hears.of("reading", measure="spo2"))
        assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"


@BY_ALSA
async def test_a_high_alarm_is_heard_with_every_dashboard_closed(tmp_path: Path) -> None:
    speaker = loudspeaker(tmp_path)
    place = full(clinic(tmp_path, extra=HEARD))
    async with oximeter(place, hypoxic()):
        with daemon(place, **speaker.environment):
            await begun(place)
            await until_played(speaker, 2)
    first, second = (Burst(raw) for raw in speaker.played[:2])
    assert first.samples == second.samples
    assert len(first.pulses()) == 10
    x, left_out, apart = first.gaps_s()[0], first.gaps_s()[2], first.gaps_s()[4]
    length_s = first.pulses()[0].length_s
    assert 0.075 <= length_s <= 0.2
    assert 0.05 <= x <= 0.125
    assert left_out == pytest.approx(2 * x + length_s, abs=0.005)
    assert 0.35 <= apart <= 1.3
    wanted = [x, x, left_out, x, apart, x, x, left_out, x]
    assert first.gaps_s() == pytest.approx(wanted, abs=0.003)
    assert all(0.10 <= rise_s / length_s <= 0.20 for rise_s in first.rises_s())
    peaks = first.peaks()
    assert 150 <= min(peaks) <= 1000
    assert len([hz for hz, level in peaks.items() if 300 <= hz <= 4000 and level >= -15]) >= 4


@BY_ALSA
async def test_an_acknowledged_alarm_is_silent(tmp_path: Path) -> None:
    speaker = loudspeaker(tmp_path)
    place = full(clinic(tmp_path, extra=HEARD))
    async with oximeter(place, hypoxic()):
        with daemon(place, **speaker.environment):
            await begun(place)
            await until_played(speaker, 1)
            async with ear(place) as hears:
                answer = await hears.ask("acknowledge", alarm="spo2_low")
                assert answer["result"] == "recorded"
            count = len(speaker.played)
            await asyncio.sleep(10)
    assert len(speaker.played) == count


@pytest.mark.parametrize(
    ("device", "path", "says"),
    [
        ("nosuch", "", "no alarm can be heard: nosuch: no such file or directory: name a device"),
        ("default", "/nowhere", "no alarm can be heard: aplay is not installed: sudo apt-get"),
    ],
    ids=["no such device", "no aplay"],
)
async def test_a_daemon_that_cannot_be_heard_watches_on_and_says_so(
    tmp_path: Path, device: str, path: str, says: str
) -> None:
    place = clinic(tmp_path, extra=f'[sound]\ndevice = "{device}"\n')
    environment = {"PATH": path} if path else loudspeaker(tmp_path).environment
    async with oximeter(place, hypoxic()):
        with daemon(place, **environment) as running:
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("beat", sound="unusable"))
                await hears.ask("start", code="3021", age="4y")
                await hears.hear(lambda: hears.of("alarm", id="sound_unusable"))
                await hears.hear(lambda: hears.of("alarm", id="spo2_low"))
            assert running.process.poll() is None
    log = (tmp_path / "daemon.log").read_text()
    assert log.count("no alarm can be heard") == 1
    assert says in log


async def test_a_device_that_comes_back_is_used_again(tmp_path: Path) -> None:
    speaker = loudspeaker(tmp_path)
    speaker.unplug()
    place = clinic(tmp_path, extra=HEARD)
    with daemon(place, **speaker.environment):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat", sound="unusable"))
            speaker.plug()
            await hears.hear(lambda: hears.of("beat", sound="on"))
    assert "alarms can be heard again" in (tmp_path / "daemon.log").read_text()


async def test_where_nothing_is_to_sound_it_is_said_and_nothing_is_an_alarm(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with oximeter(place, hypoxic()):
        with daemon(place, PATH="/nowhere"):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("beat", sound="off"))
                await hears.ask("start", code="3021", age="4y")
                await hears.hear(lambda: hears.of("alarm", id="spo2_low", priority="high"))
                assert hears.of("alarm", id="sound_unusable") == []


def test_a_volume_below_the_floor_is_refused_before_anything_starts(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra="[sound]\nvolume = 5\n")
    for words in (("run", "--config", str(place.config)), ("check", str(place.config))):
        done = subprocess.run([*VAGT, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "[sound]: volume: 5 is below the floor of 40: raise it" in done.stderr


@BY_ALSA
async def test_a_call_is_heard_at_a_pitch_of_its_own_until_it_is_answered(tmp_path: Path) -> None:
    speaker = loudspeaker(tmp_path)
    place = clinic(tmp_path, extra=HEARD)
    well = Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=118))
    async with oximeter(place, well):
        with daemon(place, **speaker.environment):
            await begun(place)
            async with ear(place) as hears:
                assert (await hears.say("call"))["result"] == "recorded"
                await until_played(speaker, 1)
                assert (await hears.ask("answer_call"))["result"] == "recorded"
            count = len(speaker.played)
            await asyncio.sleep(10)
    assert len(speaker.played) == count
    called = Burst(speaker.played[0])
    assert len(called.pulses()) == 10
    assert min(called.peaks()) == pytest.approx(784, abs=10)
