from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import scenes
from clinics import BED, Clinic, clinic, daemon, ear

from daemon.protocol.codec import to_line
from daemon.protocol.message import Message
from daemon.protocol.messages import PROTOCOL, Hello
from vagt.main import main

RECOVERY = "Opvågning"


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')


@pytest.fixture
def ready(place: Clinic) -> Iterator[None]:
    with daemon(place):
        yield


async def on_watch(place: Clinic) -> None:
    async with ear(place) as hears:
        await hears.hear(lambda: hears.of("beat"))


def assign(place: Clinic, *words: str) -> int:
    return main(["devices", "assign", "nonin", "--socket", str(place.socket), *words])


@pytest.mark.usefixtures("ready")
async def test_every_device_is_listed_with_its_place_and_what_is_wrong(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    await on_watch(place)
    assert main(["devices", "--socket", str(place.socket)]) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == ["DEVICE", "BED", "PROTOCOL", "PORT", "STATE", "CHECK", "REMARKS"]
    assert row.startswith(f"nonin   {BED}  nonin-df2  {place.port}  ")
    assert "  lost " in row
    assert "checked" in row
    assert str(place.port) in row.partition("checked")[2]


@pytest.mark.usefixtures("ready")
async def test_the_list_is_one_document_of_json_for_a_program(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    await on_watch(place)
    assert main(["devices", "--json", "--socket", str(place.socket)]) == 0
    (device,) = json.loads(capsys.readouterr().out)["devices"]
    assert (device["name"], device["bed"], device["port"]) == ("nonin", BED, str(place.port))
    assert {"protocol", "state", "reason", "notes", "checked", "origin"} <= device.keys()


@pytest.mark.usefixtures("ready")
async def test_a_device_is_assigned_by_its_name_and_the_list_agrees(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    await on_watch(place)
    port = str(place.root / "elsewhere")
    assert assign(place, "--bed", RECOVERY, "--port", port, "--by", "AS") == 0
    assert capsys.readouterr() == (f"nonin stands at {RECOVERY}\n", "")
    assert main(["devices", "--socket", str(place.socket), "--json"]) == 0
    (device,) = json.loads(capsys.readouterr().out)["devices"]
    assert (device["bed"], device["port"]) == (RECOVERY, port)


@pytest.mark.usefixtures("ready")
async def test_a_refusal_is_a_negative_answer_that_says_why(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    await on_watch(place)
    assert assign(place, "--bed", "Stue 9", "--by", "AS") == 1
    told = capsys.readouterr()
    assert told.out.startswith("refused: no bed 'Stue 9'; beds: ")
    assert told.err == ""
    assert assign(place, "--bed", "Stue 9", "--by", "AS", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["result"], document["reason"]) == ("refused", "unknown_bed")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--bed", RECOVERY], "the following arguments are required: --by"),
        (["--by", "AS"], "the following arguments are required: --bed"),
        (["--bed", RECOVERY, "--by", "A S"], "--by 'A S': use 1 to 16 letters"),
        (["--bed", "", "--by", "AS"], "--bed ''"),
        (["--bed", "x" * 33, "--by", "AS"], "--bed 'xxx"),
        (["--bed", RECOVERY, "--by", "AS", "--port", "a\nb"], "--port 'a\\nb'"),
        (["--bed", RECOVERY, "--by", "AS"], "start the daemon, or name its socket"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_nothing_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    assert assign(Clinic(tmp_path), *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("vagt devices")
    assert problem in told.err
    assert told.err.count("\n") == 1


@contextmanager
def impostor(path: Path, *messages: Message) -> Iterator[None]:
    """Listen on a socket and say something to whoever comes first, then hang up."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def speak() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"".join(map(to_line, messages)))

        thread = threading.Thread(target=speak)
        thread.start()
        try:
            yield
        finally:
            thread.join()


NEWER = Hello(PROTOCOL + 1, "9", "Klinik Nord", (BED,), scenes.AT)


@pytest.mark.parametrize(
    ("messages", "problem"),
    [
        ((), "it hung up"),
        ((scenes.HELLO,), "it hung up"),
        ((scenes.BEAT, scenes.BEAT), "it does not greet"),
        ((NEWER, scenes.snapshot()), f"it speaks protocol {PROTOCOL + 1}"),
    ],
)
def test_whoever_else_listens_there_is_not_taken_for_the_daemon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], messages: tuple[Message, ...], problem: str
) -> None:
    path = tmp_path / "s"
    with impostor(path, *messages):
        assert main(["devices", "--socket", str(path)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert problem in told.err
