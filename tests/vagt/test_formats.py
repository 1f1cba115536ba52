from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nonin_packets import CAPTURES, captured

from vagt.main import main

LETTER = {
    "once-a-second-df8": [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"reading","measure":"spo2","value":97,"unit":"%","quality":"valid"}',
        '{"kind":"reading","measure":"pulse_rate","value":72,"unit":"/min","quality":"valid"}',
        '{"kind":"reading","measure":"spo2","value":91,"unit":"%","quality":"valid"}',
        '{"kind":"reading","measure":"pulse_rate","value":172,"unit":"/min","quality":"valid"}',
        '{"kind":"device","state":"low_battery"}',
        '{"kind":"reading","measure":"spo2","value":null,"unit":"%","quality":"invalid"}',
        '{"kind":"reading","measure":"pulse_rate","value":null,"unit":"/min","quality":"invalid"}',
        '{"kind":"device","state":"probe_off"}',
        '{"kind":"reading","measure":"spo2","value":null,"unit":"%","quality":"invalid"}',
        '{"kind":"reading","measure":"pulse_rate","value":null,"unit":"/min","quality":"invalid"}',
        '{"kind":"device","state":"low_perfusion"}',
        '{"kind":"device","state":"probe_off"}',
        '{"kind":"summary","frames":4,"bad_frames":0,"discarded_bytes":0}',
    ],
    "spot-check-df13": [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"reading","measure":"spo2","value":97,"unit":"%","quality":"valid"}',
        '{"kind":"reading","measure":"pulse_rate","value":72,"unit":"/min","quality":"valid"}',
        '{"kind":"device","state":"spot_check"}',
        '{"kind":"summary","frames":1,"bad_frames":0,"discarded_bytes":0}',
    ],
    "spot-check-from-memory-df13": [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"device","state":"from_memory"}',
        '{"kind":"summary","frames":1,"bad_frames":0,"discarded_bytes":0}',
    ],
}
VALUES = {
    "once-a-second-df1": ("nonin-df1", [97, 72, 91, 172, None, None, None, None]),
    "lines-text": ("nonin-text", [98, 67, None, None, 97, 101]),
}
DETECTED = {
    "good-packet-df2": "nonin-df2",
    "rate-above-127-df7": "nonin-df7",
    "finger-off-df2": "nonin-df2",
    "spot-check-df13": "nonin-df13",
    "lines-text": "nonin-text",
}


def capture(name: str) -> str:
    return str(CAPTURES / f"{name}.vagt")


def printed(capsys: pytest.CaptureFixture[str], protocol: str, file: str) -> tuple[int, str]:
    status = main(["decode", protocol, file])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out


def documents(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("name", LETTER)
def test_a_capture_is_printed_to_the_letter(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, out = printed(capsys, f"nonin-{name.rpartition('-')[2]}", capture(name))
    assert (status, out.splitlines()) == (0, LETTER[name])


@pytest.mark.parametrize("name", VALUES)
def test_a_capture_gives_its_values(capsys: pytest.CaptureFixture[str], name: str) -> None:
    protocol, values = VALUES[name]
    status, out = printed(capsys, protocol, capture(name))
    found = [line["value"] for line in documents(out) if line["kind"] == "reading"]
    assert (status, found) == (0, values)


@pytest.mark.parametrize("name", DETECTED)
def test_nonin_prints_what_the_format_by_name_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    by_name = printed(capsys, DETECTED[name], capture(name))
    assert printed(capsys, "nonin", capture(name)) == by_name
    raw = tmp_path / "raw.bin"
    raw.write_bytes(captured(name))
    assert printed(capsys, "nonin", str(raw)) == by_name


@pytest.mark.parametrize("name", ["once-a-second-df1", "once-a-second-df8"])
def test_nonin_finds_no_format_in_a_few_unchecked_frames(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    raw = tmp_path / "raw.bin"
    raw.write_bytes(captured(name) * 100)
    status, out = printed(capsys, "nonin", str(raw))
    (summary,) = documents(out)
    assert status == 1
    assert summary == {
        "kind": "summary",
        "frames": 0,
        "bad_frames": 0,
        "discarded_bytes": len(captured(name)) * 100,
    }
