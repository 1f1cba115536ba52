from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nonin_packets import CAPTURES, captured, stream

from devices.nonin.wire import Df2Frame
from vagt.main import main

VAGT = str(Path(sys.executable).with_name("vagt"))


def decoded(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["decode", *words])
    out, err = capsys.readouterr()
    assert err == ""
    return status, [json.loads(line) for line in out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["decode", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def raw(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "bytes.bin"
    path.write_bytes(data)
    return str(path)


def capture(name: str) -> str:
    return str(CAPTURES / f"{name}.vagt")


def test_a_good_packet_is_printed_to_the_letter(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["decode", "nonin-df2", raw(tmp_path, captured("good-packet-df2"))]) == 0
    samples = ",".join(str(sample) for sample in range(100, 125))
    assert capsys.readouterr().out.splitlines() == [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"reading","measure":"spo2","value":97,"unit":"%","quality":"valid"}',
        '{"kind":"reading","measure":"pulse_rate","value":72,"unit":"/min","quality":"valid"}',
        '{"kind":"wave","channel":"pleth","rate_hz":75,"unit":"count","samples":[' + samples + "]}",
        '{"kind":"summary","frames":25,"bad_frames":0,"discarded_bytes":0}',
    ]


@pytest.mark.parametrize(
    ("protocol", "name"),
    [
        ("nonin-df2", "good-packet-df2"),
        ("nonin-df7", "rate-above-127-df7"),
        ("nonin-df2", "finger-off-df2"),
    ],
)
def test_a_capture_file_says_the_same_as_its_bytes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, protocol: str, name: str
) -> None:
    lines = decoded(capsys, protocol, capture(name))
    assert lines == decoded(capsys, protocol, raw(tmp_path, captured(name)))
    assert lines[0] == 0


def test_a_rate_above_127_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = decoded(capsys, "nonin-df7", capture("rate-above-127-df7"))
    assert [line["value"] for line in lines if line["kind"] == "reading"] == [99, 172]


def test_held_values_are_printed_as_null(capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = decoded(capsys, "nonin-df2", capture("finger-off-df2"))
    readings = [line for line in lines if line["kind"] == "reading"]
    assert [(line["value"], line["quality"]) for line in readings] == [(None, "invalid")] * 2
    (wave,) = [line for line in lines if line["kind"] == "wave"]
    assert wave["samples"] == [None] * 25


@pytest.mark.parametrize("name", ["bad-sum-df2", "status-bit-clear-df2"])
def test_a_bad_frame_is_counted(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, lines = decoded(capsys, "nonin-df2", capture(name))
    assert status == 0
    assert lines == [
        {"kind": "device", "state": "receiving"},
        {"kind": "summary", "frames": 1, "bad_frames": 1, "discarded_bytes": 5},
    ]


@pytest.mark.parametrize("data", [b"", b"\x00", b"SPO2=098 HR=067\r\n", b"vagt"])
def test_no_good_frame_is_a_negative_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes
) -> None:
    status, lines = decoded(capsys, "nonin-df2", raw(tmp_path, data))
    assert status == 1
    counts = {"frames": 0, "bad_frames": 0, "discarded_bytes": len(data)}
    assert lines == [{"kind": "summary", **counts}]


def test_the_unfinished_tail_is_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data, _ = stream(Df2Frame, 2)
    _, lines = decoded(capsys, "nonin-df2", raw(tmp_path, data + data[:3]))
    assert lines[-1]["discarded_bytes"] == 3


def test_json_is_accepted_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    plain = decoded(capsys, "nonin-df2", capture("good-packet-df2"))
    assert decoded(capsys, "--json", "nonin-df2", capture("good-packet-df2")) == plain


def test_an_unknown_protocol_names_those_that_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    message = refused(capsys, "nonin-df3", capture("good-packet-df2"))
    assert message.startswith("vagt decode: ")
    assert "'nonin-df3'" in message
    assert "nonin-df2, nonin-df7" in message


def test_what_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.bin")
    assert f"{missing}: No such file" in refused(capsys, "nonin-df2", missing)
    assert f"{tmp_path}: Is a directory" in refused(capsys, "nonin-df2", str(tmp_path))


def test_a_protocol_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "PROTOCOL" in refused(capsys)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"vagt-capture 2\n\n", "line 1: is 'vagt-capture 2'"),
        (b"vagt-capture 1\n", "the header has no end"),
        (b"vagt-capture 1\n\n+0 0\n", "line 3: has half a byte"),
        (b"vagt-capture 1\n\n# \xe6\n", "line 3: is not UTF-8"),
        (b"vagt-capture 1\n\n+0 " + b"01 " * 50_000, "line 3: is longer than 65536 bytes"),
    ],
    ids=["version", "header", "digits", "text", "length"],
)
def test_a_broken_capture_is_named_with_file_and_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: bytes, problem: str
) -> None:
    path = raw(tmp_path, text)
    message = refused(capsys, "nonin-df2", path)
    assert message.startswith(f"vagt decode: {path}: ")
    assert problem in message


def test_a_capture_longer_than_one_read_is_read_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data, values = stream(Df2Frame, 60)
    frames = [data[start : start + 5].hex(" ") for start in range(0, len(data), 5)] * 6
    records = [f"+{offset_ms} {frame}\n" for offset_ms, frame in enumerate(frames)]
    text = "vagt-capture 1\n\n" + "".join(records)
    assert len(text) > 2 * 65536
    _, lines = decoded(capsys, "nonin-df2", raw(tmp_path, text.encode()))
    found = [line["value"] for line in lines if line["kind"] == "reading"]
    assert found == [value for pair in values for value in pair] * 6


@pytest.mark.parametrize("head", [b"", b"vagt-capture 1\n\n"])
def test_a_long_file_needs_no_more_memory_than_a_short_one(tmp_path: Path, head: bytes) -> None:
    short, long = tmp_path / "short.bin", tmp_path / "long.bin"
    short.write_bytes(head)
    long.write_bytes(head)
    os.truncate(long, 1 << 26)
    assert peak_kib(long) < peak_kib(short) + 8 * 1024


def peak_kib(path: Path) -> int:
    """Return the most memory that decoding `path` took."""
    code = f"""if True:
        from vagt.main import main
        main(["decode", "nonin-df2", {str(path)!r}])
        print(open("/proc/self/status").read())
    """
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(run.stdout.partition("VmHWM:")[2].split()[0])


def test_standard_input_is_decoded_live_and_ended_by_a_key() -> None:
    data, values = stream(Df2Frame, 1)
    command = [VAGT, "decode", "nonin-df2"]
    pipe = subprocess.PIPE
    buffered = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=buffered) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdin.write(data)
        run.stdin.flush()
        lines = [json.loads(run.stdout.readline()) for _ in range(4)]
        assert [line["value"] for line in lines[1:3]] == list(values[0])
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130
        assert run.stderr.read() == b""


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    data, _ = stream(Df2Frame, 60)
    command = [VAGT, "decode", "nonin-df2", raw(tmp_path, data * 20)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.wait(10) == 141
        assert run.stderr.read() == b""
