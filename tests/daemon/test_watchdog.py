"""What systemd's watchdog is told: that evaluations complete, and nothing where they do not."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from clinics import clinic, daemon
from manual import ManualClock, settle

from daemon.picture import Picture
from daemon.pulse import TICK_S, Pulse
from daemon.watchdog import Watchdog, waited_s
from vitals.instant import Instant

PID = 4711


@pytest.fixture
def notified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield channel


def told(notified: socket.socket) -> int:
    notified.settimeout(0)
    count = 0
    try:
        while notified.recv(100) == b"WATCHDOG=1":
            count += 1
    except BlockingIOError:
        return count
    raise AssertionError


@pytest.mark.parametrize(
    ("environment", "waits"),
    [
        ({}, 0.0),
        ({"WATCHDOG_USEC": "15000000"}, 15.0),
        ({"WATCHDOG_USEC": "15000000", "WATCHDOG_PID": str(PID)}, 15.0),
        ({"WATCHDOG_USEC": "15000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
    ],
)
def test_the_time_is_what_systemd_says_to_this_process(
    environment: dict[str, str], waits: float
) -> None:
    assert waited_s(environment, PID) == waits


def test_it_is_fed_four_times_in_that_time_however_often_beds_are_evaluated(
    notified: socket.socket,
) -> None:
    watchdog = Watchdog({"WATCHDOG_USEC": "2000000"})
    for tick in range(21):
        watchdog.fed(Instant(100 + tick / 10, 0.0))
    assert told(notified) == 5


def test_nothing_is_said_where_nobody_waits(notified: socket.socket) -> None:
    Watchdog({}).fed(Instant(100.0, 0.0))
    assert told(notified) == 0


class Look(Pulse):
    """An evaluation of one bed that never comes to an end on its third pass."""

    def __init__(self) -> None:
        self._picture = Picture([])
        self._viewing = SimpleNamespace(look=lambda _: None)  # type: ignore[assignment]
        beds = SimpleNamespace(beds=lambda: ("Stue 1",))
        self._ward = SimpleNamespace(state=beds)  # type: ignore[assignment]
        self.passes = 0
        self.done: list[float] = []
        self.completed = lambda now: self.done.append(now.monotonic)

    def evaluate(self, bed: str, now: Instant) -> None:  # noqa: ARG002  # of any bed, at any time
        self.passes += 1
        if self.passes == 3:
            raise TimeoutError


async def test_a_pass_counts_once_every_bed_was_evaluated_and_not_before() -> None:
    look, clock = Look(), ManualClock()
    task = asyncio.create_task(look.beat(clock))
    await settle()
    await clock.move(TICK_S)
    await clock.move(TICK_S)
    assert (look.passes, look.done) == (3, [0.0, TICK_S])
    assert isinstance(task.exception(), TimeoutError)


def test_the_daemon_feeds_it_as_long_as_it_evaluates(
    notified: socket.socket, tmp_path: Path
) -> None:
    place = clinic(tmp_path)
    with daemon(place, WATCHDOG_USEC="800000") as running:
        heard = [notified.recv(100) for _ in range(8)]
        assert sorted(set(heard)) == [b"READY=1", b"WATCHDOG=1"]
        running.signal(signal.SIGSTOP)
        time.sleep(0.3)
        told(notified)
        time.sleep(0.6)
        assert told(notified) == 0
        running.signal(signal.SIGCONT)
        notified.settimeout(10)
        assert notified.recv(100) == b"WATCHDOG=1"
