"""`vagt decode modbus`: what a device's registers mean, with a map and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from damage import CAPTURES
from modbus_bytes import BITS, FOUR, KELLER, item

from vagt.main import main

TRANSMITTER = str(CAPTURES / "modbus" / "panel-and-transmitter.vagt")
REGISTERS = str(CAPTURES / "modbus" / "four-registers.vagt")


def decoded(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["decode", "modbus", *words])
    out, err = capsys.readouterr()
    assert err == ""
    return status, [json.loads(line) for line in out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["decode", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_a_capture_is_read_with_a_map_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decode", "modbus", "--map", "keller-30x", TRANSMITTER]) == 0
    head = '{"kind":"reading","measure":"gas_pressure",'
    assert capsys.readouterr().out.splitlines() == [
        '{"kind":"device","state":"receiving"}',
        head + '"value":5.0,"unit":"bar","quality":"valid","site":"P1"}',
        head + '"value":null,"unit":"bar","quality":"invalid","site":"P1"}',
        head + '"value":5.0,"unit":"bar","quality":"valid","site":"P1"}',
        '{"kind":"summary","frames":4,"bad_frames":1,"discarded_bytes":9}',
    ]


def test_without_a_map_bare_registers_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"kind": "device", "device": 1, "function": 3}
    bits = {"function": 2, "bits": [0, 1, 0, 1, 0, 0, 0, 0]}
    words = ["019C", "01F2", "FFFF", "8000"]
    assert decoded(capsys, REGISTERS) == (
        0,
        [
            {**asked, "state": "registers", "words": words},
            {**asked, "state": "registers", **bits},
            {**asked, "state": "exception", "exception": "illegal_address"},
            {"kind": "summary", "frames": 3, "bad_frames": 0, "discarded_bytes": 0},
        ],
    )


def test_a_map_is_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bytes_, map_ = tmp_path / "bytes", tmp_path / "map.toml"
    bytes_.write_bytes(FOUR[1] + BITS[1])
    map_.write_text(
        "".join(item(site=f"s{addr}", addr=addr, scale=0.01, max=400) for addr in range(4))
        + "".join(item(name="gas_supply", type="bit", fc=2, addr=addr) for addr in range(5))
    )
    status, lines = decoded(capsys, "--map", str(map_), str(bytes_))
    readings = [(one["site"], one["value"]) for one in lines if one["kind"] == "reading"]
    assert readings == [("s0", 4.12), ("s1", 4.98), ("s2", None), ("s3", 327.68)]
    assert {"kind": "device", "state": "gas_supply"} in lines
    assert status == 0


def test_what_a_cut_frame_hides_is_read_at_the_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(KELLER[1][:7] + KELLER[1])
    _, lines = decoded(capsys, "--map", "keller-30x", str(path))
    assert [one["value"] for one in lines if one["kind"] == "reading"] == [5.0]
    _, lines = decoded(capsys, str(path))
    assert lines[-1]["frames"] == 1


@pytest.mark.parametrize("more", [(), ("--map", "keller-30x")])
def test_no_frame_is_a_negative_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: tuple[str, ...]
) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(bytes(5000))
    status, lines = decoded(capsys, *more, str(path))
    summary = {"kind": "summary", "frames": 0, "bad_frames": 0, "discarded_bytes": 5000}
    assert (status, lines) == (1, [summary])


def test_a_map_in_disorder_is_refused_with_every_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "map.toml"
    path.write_text(item(fc=6) + item(unit="furlong"))
    message = refused(capsys, "modbus", "--map", str(path), REGISTERS)
    assert "item 1: fc: Invalid enum value 6" in message
    assert "item 2 (gas_pressure): unit: is 'furlong'" in message


def test_a_map_that_is_not_there_names_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, "modbus", "--map", "none.toml", REGISTERS)
    assert "none.toml: no such file" in message
    assert "keller-30x" in message


def test_a_map_must_be_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(b"\xff")
    assert "is not UTF-8" in refused(capsys, "modbus", "--map", str(path), REGISTERS)


def test_another_protocol_has_no_map(capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, "nonin-df2", "--map", "keller-30x", REGISTERS)
    assert "nonin-df2 has no register map; leave --map out" in message
