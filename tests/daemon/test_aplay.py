"""Bursts through the real ALSA, into a file, and what is said where that cannot be."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from loudspeakers import DEVICE, Loudspeaker, loudspeaker
from manual import ManualClock, until

from daemon import aplay
from daemon.aplay import Aplay
from daemon.clock import SystemClock
from daemon.speaker import SpeakerError

BURST = bytes(range(256)) * 200


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loudspeaker:
    made = loudspeaker(tmp_path)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    return made


def player(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of aplay."""
    (folder / "aplay").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "aplay").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


async def test_every_sample_reaches_the_device_unaltered(there: Loudspeaker) -> None:
    await Aplay(DEVICE, SystemClock()).play(BURST)
    (played,) = there.played
    assert played[: len(BURST)] == BURST
    assert not any(played[len(BURST) :])


async def test_trying_a_device_sounds_through_nothing(there: Loudspeaker) -> None:
    await Aplay(DEVICE, SystemClock()).play(b"")
    assert there.played == []


async def test_a_device_that_does_not_exist_is_named_with_how_to_mend_it(
    there: Loudspeaker,
) -> None:
    there.unplug()
    with pytest.raises(SpeakerError) as caught:
        await Aplay(DEVICE, SystemClock()).play(BURST)
    said = "no such file or directory: name a device that `aplay -L` lists in [sound]"
    assert str(caught.value) == f"captured: {said}"


async def test_without_the_program_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpeakerError, match=r"^aplay is not installed: sudo apt-get install alsa-"):
        await Aplay("default", SystemClock()).play(BURST)


async def test_a_program_that_cannot_be_started_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "aplay").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpeakerError, match=r"^aplay does not start: permission denied: "):
        await Aplay("default", SystemClock()).play(BURST)


async def test_a_player_that_dies_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(tmp_path, monkeypatch, "kill -9 $$")
    with pytest.raises(SpeakerError, match=r"^default: did not play to the end in time: "):
        await Aplay("default", SystemClock()).play(BURST)


async def test_a_player_that_hangs_is_ended_after_the_burst_and_some_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(tmp_path, monkeypatch, "exec sleep 60")
    clock = ManualClock()
    playing = asyncio.create_task(Aplay("default", clock).play(BURST))
    await until(lambda: clock.sleeps != [])
    assert clock.sleeps == [pytest.approx(len(BURST) / 96_000 + aplay.PATIENCE_S)]
    await clock.move(clock.sleeps[0] - 0.1)
    assert not playing.done()
    await clock.move(0.2)
    with pytest.raises(SpeakerError, match="did not play to the end"):
        await playing


async def test_the_event_loop_goes_on_while_a_burst_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(tmp_path, monkeypatch, "sleep 0.5")
    playing = asyncio.create_task(Aplay("default", SystemClock()).play(BURST))
    longest, last = 0.0, time.monotonic()
    while not playing.done():
        await asyncio.sleep(0.001)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    await playing
    assert longest < 0.2


async def test_who_is_told_to_stop_leaves_no_player_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; exec sleep 60")
    playing = asyncio.create_task(Aplay("default", SystemClock()).play(BURST))
    await until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
    child = Path("/proc", (tmp_path / "pid").read_text().strip())
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert not child.exists()
