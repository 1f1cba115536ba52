from __future__ import annotations

import asyncio
import json
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, Ear, Running, clinic, daemon, ear
from manual import until

from daemon.console import CLIENTS_LIMIT, Console
from daemon.protocol.codec import LINE_LIMIT
from daemon.protocol.message import Message
from daemon.protocol.messages import Beat, JournalState


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path)


@pytest.fixture
def running(place: Clinic) -> Iterator[Running]:
    with daemon(place) as process:
        yield process


async def refused(hears: Ear, kind: str, **fields: str) -> str:
    answer = await hears.ask(kind, **fields)
    assert answer["result"] == "refused"
    return str(answer["reason"])


@pytest.mark.usefixtures("running")
async def test_a_client_is_greeted_with_everything_and_then_hears_the_beat(place: Clinic) -> None:
    async with ear(place) as hears:
        await hears.hear(lambda: len(hears.of("beat")) >= 2)
    assert [message["kind"] for message in hears.heard[:2]] == ["hello", "snapshot"]
    hello = hears.heard[0]
    assert (hello["protocol"], hello["site"], hello["beds"]) == (1, "Klinik Nord", [BED])
    assert hears.of("device")[0]["name"] == "nonin"
    assert hears.of("beat")[0]["journal"] == "recording"


@pytest.mark.usefixtures("running")
async def test_a_case_starts_once_ends_once_and_keeps_its_bed_until_the_patient_goes_home(
    place: Clinic,
) -> None:
    async with ear(place) as hears:
        assert await refused(hears, "end") == "no_case"
        started = await hears.ask("start", code="3021", age="23m")
        assert started["result"] == "recorded"
        assert await refused(hears, "start", code="3021", age="4y") == "case_running"
        case = hears.of("case")[-1]
        assert (case["band"], case["state"], case["by"]) == ("y1_2", "anaesthesia", "AS")
        assert case["limits_approved_by"] == ""
        ended = await hears.ask("end")
        assert (ended["result"], ended["case"]) == ("recorded", started["case"])
        assert hears.of("case")[-1]["state"] == "ended"
        assert await refused(hears, "start", code="3021", age="4y") == "case_running"
        await hears.home()
        assert hears.of("case")[-1]["state"] == "discharged"
        again = await hears.ask("start", code="3021", age="23m")
        assert int(again["case"][-3:]) == int(started["case"][-3:]) + 1
        await hears.hear(lambda: hears.of("case", case=again["case"], state="anaesthesia"))


@pytest.mark.usefixtures("running")
async def test_what_is_not_known_is_refused_with_its_reason(place: Clinic) -> None:
    async with ear(place) as hears:
        assert await refused(hears, "start", code="3021", age="4y", bed="Stue 9") == "unknown_bed"
        assert await refused(hears, "start", code="9999", age="4y") == "unknown_code"
        assert await refused(hears, "start", code="3021", age="old") == "bad_age"
        assert await refused(hears, "start", code="3021", age="730d") == "bad_age"
        await hears.ask("start", code="3021", age="4y")
        assert await refused(hears, "acknowledge", alarm="spo2_low") == "unknown_alarm"


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"nonsense\n",
        b"{}\n",
        b'{"kind":"start"}\n',
        b'{"kind":"fly","id":"1","by":"AS","bed":"Stue 1"}\n',
        b'{"kind":"end","id":"1","by":"AS","bed":"Stue 1","extra":1}\n',
        b'{"kind":"end","id":"1","by":"Anna Sommer, 010203-4444","bed":"Stue 1"}\n',
        b'{"kind":"end","id":"1","by":"","bed":"Stue 1"}\n',
        b'{"kind":"end","id":"1","by":"AS\\n","bed":"Stue 1"}\n',
        b"\xff\xfe\n",
        b"[" * 5000 + b"\n",
    ],
)
async def test_a_line_that_is_no_command_is_refused_and_nothing_else_happens(
    place: Clinic, line: bytes
) -> None:
    async with ear(place) as hears:
        hears.writer.write(line)
        await hears.hear(lambda: hears.of("answer"))
        answer = hears.of("answer")[0]
        assert (answer["result"], answer["reason"]) == ("refused", "not_understood")
        assert answer["id"] == (json.loads(line)["id"] if b'"id"' in line else "")
        assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"


@pytest.mark.usefixtures("running")
async def test_an_endless_line_costs_its_client_the_connection_and_no_one_else(
    place: Clinic,
) -> None:
    async with ear(place) as other, ear(place) as rude:
        rude.writer.write(b"x" * (LINE_LIMIT * 2))
        with pytest.raises((AssertionError, ConnectionError)):
            await rude.hear(lambda: False)
        assert (await other.ask("start", code="3021", age="4y"))["result"] == "recorded"


@pytest.mark.usefixtures("running")
async def test_a_program_that_holds_every_place_gives_one_up_to_the_next_that_comes(
    place: Clinic,
) -> None:
    async with ear(place) as first:
        await first.hear(lambda: first.of("beat"))
    crowd = [
        await asyncio.open_unix_connection(place.socket, limit=LINE_LIMIT)
        for _ in range(CLIENTS_LIMIT)
    ]
    for reader, _ in crowd:
        assert await reader.readline()
    async with ear(place) as hears:
        assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"
        assert await crowd[1][0].readline()
        while await crowd[0][0].readline():
            pass
    for _, writer in crowd:
        writer.close()


@pytest.mark.usefixtures("running")
async def test_a_thousand_hostile_lines_do_no_harm(place: Clinic) -> None:
    async with ear(place) as hears:
        for number in range(1000):
            hears.writer.write(json.dumps({"kind": "end", "id": number}).encode() + b"\n")
        await hears.hear(lambda: len(hears.of("answer", result="refused")) == 1000)
        assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"


@pytest.mark.usefixtures("running")
async def test_the_socket_is_for_its_group_alone(place: Clinic) -> None:
    async with ear(place):
        mode = place.socket.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o660


async def test_a_socket_and_locks_left_by_a_killed_daemon_are_no_obstacle(place: Clinic) -> None:
    with daemon(place) as first:
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("hello"))
        first.kill()
    assert place.socket.exists()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))


async def test_a_second_daemon_says_who_is_there(place: Clinic, tmp_path: Path) -> None:
    with daemon(place) as first:
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("hello"))
            for name, other in (("data", tmp_path / "other.sock"), ("socket", place.socket)):
                text = place.config.read_text().replace(f'"{place.socket}"', f'"{other}"')
                if name == "socket":
                    text = text.replace(f'"{place.data}"', f'"{tmp_path / "else"}"')
                second = tmp_path / f"{name}.toml"
                second.write_text(text)
                done = await asyncio.to_thread(second_daemon, second)
                assert done.returncode == 2
                assert f"is held by pid {first.process.pid}, vagt " in done.stderr
                assert done.stderr.count("\n") == 1
                assert done.stdout == ""
            assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"


def second_daemon(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VAGT, "run", "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
        timeout=10,
    )


async def test_readiness_is_told_only_when_clients_can_connect(
    place: Clinic, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
        notified.bind(str(tmp_path / "notify"))
        notified.settimeout(10)
        with daemon(place, NOTIFY_SOCKET=str(tmp_path / "notify")):
            assert await asyncio.to_thread(notified.recv, 100) == b"READY=1"
            reader, writer = await asyncio.open_unix_connection(place.socket)
            assert json.loads(await reader.readline())["kind"] == "hello"
            writer.close()
        assert notified.recv(100) == b"STOPPING=1"


async def test_a_client_that_does_not_read_is_cut_off_and_counted(place: Clinic) -> None:
    console = Console(place.socket)
    console.bind()
    ready = asyncio.Event()

    async def answer(_: object) -> Message:
        raise AssertionError

    task = asyncio.create_task(console.serve(tuple, lambda _: answer, ready.set))
    await ready.wait()
    _, deaf = await asyncio.open_unix_connection(place.socket)
    await until(lambda: bool(console._clients))
    for _ in range(200):
        console.tell(Beat("x" * 10_000, JournalState.RECORDING, 0))
    assert console.dropped == 1
    assert not console._clients
    deaf.close()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
