"""What a broker may do, and what becomes of state and events: on a real mosquitto with TLS."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from brokers import PASSWORD, RIGHTS, USER, authority, mosquitto, signed
from checkout import ROOT as ROOT_DIR
from checkout import plain_environment
from manual import until
from subscribers import reader, subscriber
from tides import BEGIN, outbox

from telemetry import publishing, topics
from telemetry.broker import connected
from telemetry.failure import TroubleError
from telemetry.outbox import Outbox
from telemetry.payloads import Beat
from telemetry.publishing import Publishing
from telemetry.schema import Sink
from telemetry.series import Message
from telemetry.settings import Broker
from telemetry.standing import Link
from vitals.instant import Instant

WITHIN_S = 30.0
ROOT = "vagt/KN"
EVENT, STATE = f"{ROOT}/{topics.ALARM_EVENT}", f"{ROOT}/bed/1/case"
pytestmark = pytest.mark.timeout(90)


class Fast:
    """Real time, twenty times as fast: pauses and what is tried again come sooner."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def now(self) -> Instant:
        passed = 20 * (time.monotonic() - self._begun)
        return Instant(passed, BEGIN / 1000 + passed)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 20)


class At:
    """An outbox and the life that tells a broker of it."""

    def __init__(self, box: Outbox, sink: Publishing, life: asyncio.Task[None]) -> None:
        self.box, self.sink, self.life, self.told = box, sink, life, 0

    async def event(self, count: int = 1) -> None:
        for _ in range(count):
            self.told += 1
            self.box.put(Message(topics.ALARM_EVENT, BEGIN, b"%d" % self.told))
        await self.box.flush()

    def state(self, payload: bytes) -> None:
        self.sink.tell(Message("bed/1/case", BEGIN, payload))

    async def link(self, link: Link) -> None:
        await until(lambda: self.sink.standing.link is link, WITHIN_S)

    async def sent(self, count: int) -> None:
        await until(lambda: self.sink.standing.sent >= count, WITHIN_S)

    async def end(self, within_s: float = WITHIN_S) -> bool:
        """End as a daemon does, once; tell whether it did."""
        self.life.cancel()
        done, _ = await asyncio.wait([self.life], timeout=within_s)
        return bool(done)

    async def emptied(self) -> None:
        async with asyncio.timeout(WITHIN_S):
            while (await self.box.owed(Sink.MQTT)).count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def publishes(folder: Path, settings: Broker) -> AsyncIterator[At]:
    clock = Fast()
    async with outbox(folder, {Sink.MQTT}, clock=clock) as box:
        root = topics.root(settings, "KN")
        sink = Publishing(box, settings, root, Beat("", "0.1.0"), clock)
        life = asyncio.create_task(sink.live())
        try:
            yield At(box, sink, life)
        finally:
            while not life.done():
                life.cancel()
                await asyncio.wait([life], timeout=WITHIN_S)


def numbers(heard: list[bytes]) -> list[int]:
    return [int(payload) for payload in heard]


async def test_state_is_retained_events_are_not_and_the_daemon_beats(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with subscriber(broker) as first, publishes(tmp_path, broker.settings()) as at:
            at.state(b"1")
            await at.event(3)
            await at.emptied()
            await first.until(EVENT, b"3")
            await first.until(STATE, b"1")
            await until(lambda: len(first.of(f"{ROOT}/beat")) > 1, WITHIN_S)
            beat = msgspec.json.decode(first.of(f"{ROOT}/beat")[0], type=Beat)
            assert (beat.version, beat.at[:4]) == ("0.1.0", "2026")
            assert numbers(first.of(EVENT)) == [1, 2, 3]
            assert at.sink.standing.sent == 3
            async with subscriber(broker) as second:
                await second.until(STATE, b"1")
                await second.until(f"{ROOT}/online", b"online")
                assert second.of(EVENT) == []
        async with subscriber(broker) as third:
            await third.until(f"{ROOT}/online", b"offline")


async def test_a_broker_that_restarts_gets_every_event_and_the_state_as_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with publishes(tmp_path, broker.settings()) as at:
            at.state(b"1")
            await at.event(2)
            await at.emptied()
            await asyncio.to_thread(broker.stop, signal.SIGKILL)
            await at.link(Link.DOWN)
            at.state(b"2")
            await at.event(5)
            await asyncio.to_thread(broker.start)
            async with subscriber(broker) as heard:
                await heard.until(EVENT, b"7")
                await heard.until(STATE, b"2")
                await at.emptied()
                assert set(numbers(heard.of(EVENT))) == {3, 4, 5, 6, 7}
            await at.link(Link.UP)
    assert "never retrieved" not in caplog.text


async def test_a_right_that_is_missing_loses_no_event_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "DENIED_S", 10.0)
    with mosquitto(tmp_path / "b") as broker:
        broker.rights(RIGHTS.replace("vagt/KN/#", "vagt/KN/online\ntopic write vagt/KN/bed/#"))
        async with subscriber(broker) as heard, publishes(tmp_path, broker.settings()) as at:
            at.state(b"1")
            await at.event(2)
            await at.link(Link.REFUSED)
            await heard.until(STATE, b"1")
            assert "not authorized: mend the rights of `user`" in at.sink.standing.error
            assert (await at.box.owed(Sink.MQTT)).count == 2
            broker.rights(RIGHTS)
            await at.emptied()
            await heard.until(EVENT, b"2")
            assert numbers(heard.of(EVENT)) == [1, 2]
            await at.link(Link.UP)


async def test_a_frozen_broker_is_noticed_and_gets_all_when_it_goes_on(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with publishes(tmp_path, broker.settings()) as at:
            await at.event()
            await at.emptied()
            broker.freeze()
            await at.event(4)
            await at.link(Link.DOWN)
            assert at.sink.standing.error == "no answer within 2 s"
            at.state(b"9")
            broker.thaw()
            async with subscriber(broker) as heard:
                await at.emptied()
                await heard.until(STATE, b"9")
            await at.link(Link.UP)


@pytest.mark.filterwarnings("ignore:.*SSLSocket:pytest.PytestUnraisableExceptionWarning")  # paho's
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("password", "mend `user`"),
        ("ca_file", "mend `ca_file`"),
        ("missing", "write the secret there"),
    ],
)
async def test_what_somebody_has_to_mend_is_said_and_then_goes_on(
    tmp_path: Path, wrong: str, said: str
) -> None:
    with mosquitto(tmp_path / "b") as broker:
        stranger = authority(tmp_path, "stranger")
        password = tmp_path / "password"
        if wrong != "missing":
            password.write_text("no" if wrong == "password" else PASSWORD)
        ca_file = tmp_path / "ca"
        ca_file.write_bytes((stranger if wrong == "ca_file" else broker.authority).read_bytes())
        settings = broker.settings(password_file=password, ca_file=ca_file)
        async with publishes(tmp_path, settings) as at:
            await at.event()
            await at.link(Link.REFUSED)
            assert said in at.sink.standing.error
            assert PASSWORD not in at.sink.standing.error
            password.write_text(PASSWORD)
            ca_file.write_bytes(broker.authority.read_bytes())
            await at.emptied()
    gc.collect()  # paho leaves the socket of a handshake that failed to the collector


async def test_a_client_certificate_says_who_we_are(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b", certificates=True) as broker:
        certificate, key = signed(broker.folder, broker.authority, USER)
        mine = {"certificate_file": certificate, "key_file": key}
        settings = broker.settings(user=None, password_file=None, **mine)
        async with publishes(tmp_path, settings) as at:
            await at.event()
            await at.emptied()
            await at.link(Link.UP)
        bare = broker.settings(user=None, password_file=None)
        async with publishes(tmp_path, bare) as at:
            await until(lambda: at.sink.standing.error != "", WITHIN_S)
            assert at.sink.standing.link in (Link.DOWN, Link.REFUSED)


async def test_a_daemon_that_is_killed_is_offline_by_its_last_will(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        told = msgspec.json.encode(broker.settings(), enc_hook=str).decode()
        program = ROOT_DIR / "tests" / "support" / "publisher.py"
        command = [sys.executable, str(program), str(tmp_path), told]
        async with subscriber(broker) as heard:
            daemon = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT_DIR, env=plain_environment()
            )
            await heard.until(f"{ROOT}/online", b"online")
            daemon.kill()
            await daemon.wait()
            await heard.until(f"{ROOT}/online", b"offline")


@pytest.mark.parametrize("happens", ["freeze", "stop"])
async def test_a_daemon_ends_soon_whatever_its_broker_does(
    tmp_path: Path, happens: str, caplog: pytest.LogCaptureFixture
) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with publishes(tmp_path, broker.settings()) as at:
            at.state(b"1")
            await at.link(Link.UP)
            getattr(broker, happens)()
            begun = time.monotonic()
            assert await at.end()
            assert time.monotonic() - begun < 10
    assert "Exception" not in caplog.text


async def test_a_daemon_ends_when_it_is_told_also_while_events_go_out(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        for turn in range(12):
            folder = tmp_path / str(turn)
            folder.mkdir()
            async with publishes(folder, broker.settings()) as at:
                await at.event(1500)
                await at.sent(20)
                await asyncio.sleep(turn / 1000)
                assert await at.end(), turn
        async with subscriber(broker) as heard:
            await heard.until(f"{ROOT}/online", b"offline")


async def test_a_last_will_that_comes_late_does_not_last(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with publishes(tmp_path, broker.settings()) as at, reader(broker) as late:
            await at.link(Link.UP)
            await late.publish(f"{ROOT}/online", b"offline", 1, retain=True)
            async with subscriber(broker) as heard:
                await heard.until(f"{ROOT}/online", b"online")


def opened() -> int:
    """Return how many files and sockets this process holds."""
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_a_broker_that_never_answers_is_left_with_nothing_open(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b", plain=True) as broker:
        broker.freeze()
        before = opened()
        settings = broker.settings(tls=False, ca_file=None, timeout_s=1.0)
        for _ in range(4):
            with pytest.raises(TroubleError, match="no answer within 1 s"):
                async with connected(settings, f"{ROOT}/online"):
                    raise AssertionError("it answered")
        assert opened() <= before + 1
        broker.thaw()
        async with publishes(tmp_path, settings) as at:
            await at.event()
            await at.emptied()


async def test_a_state_that_is_denied_stops_no_event(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        broker.rights(RIGHTS.replace("vagt/KN/#", "vagt/KN/online\ntopic write vagt/KN/event/#"))
        async with subscriber(broker) as heard, publishes(tmp_path, broker.settings()) as at:
            at.state(b"1")
            await at.event(2)
            await heard.until(EVENT, b"2")
            await at.emptied()
            await at.link(Link.REFUSED)


async def test_a_broker_takes_every_name_that_a_bed_may_have(tmp_path: Path) -> None:
    names = [
        "Stue 1/2",
        "+",
        "#",
        "æ%",
        "a\x85b",
        "a\ufdd0b",
        "a\U0001fffeb",
        "\u202e",
        "\U0001f6cf",
    ]
    with mosquitto(tmp_path / "b") as broker:
        async with subscriber(broker) as heard, publishes(tmp_path, broker.settings()) as at:
            for name in names:
                at.sink.tell(Message(topics.case(name), BEGIN, name.encode()))
            for name in names:
                await heard.until(f"{ROOT}/{topics.case(name)}", name.encode())
            assert at.sink.standing.error == ""


async def test_commands_by_mqtt_there_are_none(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with publishes(tmp_path, broker.settings()) as at, reader(broker) as other:
            await at.link(Link.UP)
            for topic in ("vagt/KN/command", "vagt/KN/bed/1/set", "vagt/KN/event/alarm"):
                await other.publish(topic, b'{"kind":"start"}', 1)
            log = (broker.folder / "log").read_text()
            assert "SUBSCRIBE" not in log
            await at.event()
            await at.emptied()
