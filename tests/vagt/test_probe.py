"""`vagt modbus probe` against a device on a pseudo-terminal, as a technician would run it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vagt.main import main

VAGT = str(Path(sys.executable).with_name("vagt"))


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = str(tmp_path_factory.mktemp("panel") / "tty")
    command = [VAGT, "simulate", "modbus", "--link", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == f"modbus on {port}\n"
        yield port
        run.terminate()


def probed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["modbus", "probe", *words])
    out, err = capsys.readouterr()
    assert err == ""
    return status, out


def test_a_value_is_shown_with_address_number_and_every_word_order(
    capsys: pytest.CaptureFixture[str], panel: str
) -> None:
    status, out = probed(capsys, "--port", panel, "--map", "simulated-panel")
    assert status == 0
    lines = out.splitlines()
    start = lines.index("gas_pressure O2")
    assert lines[start : start + 5] == [
        "gas_pressure O2",
        "  device 1  fc 04  address 0 (0x0000)  number 30001  u16",
        "  AB    01 a4        420",
        "  BA    a4 01        41985",
        "  = 4.2 bar  valid",
    ]
    start = lines.index("gas_mass N2O")
    assert lines[start + 1].endswith("address 12 (0x000C)  number 30013  f32")
    assert [line.split()[0] for line in lines[start + 2 : start + 6]] == [
        "ABCD", "CDAB", "BADC", "DCBA",
    ]  # fmt: skip
    assert lines[start + 6].endswith(" kg  valid")
    assert "  = no alarm  valid" in lines


def test_json_is_one_document(capsys: pytest.CaptureFixture[str], panel: str) -> None:
    _, out = probed(capsys, "--port", panel, "--map", "simulated-panel", "--json")
    document: dict[str, Any] = json.loads(out)
    assert document["map"] == "Simulated gas panel"
    (o2,) = [one for one in document["items"] if one["item"] == "gas_pressure O2"]
    assert o2 == {
        "item": "gas_pressure O2", "device": 1, "fc": 4, "addr": 0, "number": "30001",
        "type": "u16", "value": 4.2, "unit": "bar", "quality": "valid",
        "orders": {"AB": {"bytes": "01 a4", "raw": 420.0}, "BA": {"bytes": "a4 01", "raw": 41985}},
    }  # fmt: skip


def test_a_device_that_says_no_is_told_from_one_that_is_silent(
    capsys: pytest.CaptureFixture[str], panel: str
) -> None:
    status, out = probed(capsys, "--port", panel, "--map", "keller-30x")
    assert status == 1
    assert out.endswith("  = exception 02 illegal_address\n")
    status, out = probed(capsys, "--port", panel, "--map", "vaisala-test")
    assert status == 1
    assert out.endswith("  = no answer\n")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "probe"),
        (("probe",), "--map"),
        (("probe", "--map", "keller-30x"), "--port"),
        (("probe", "--map", "none", "--port", "x"), "none: no such file"),
        (("probe", "--map", "keller-30x", "--port", "/nowhere"), "/nowhere is not there"),
        (("probe", "--map", "keller-30x", "--tcp", "127.0.0.1:1"), "does not answer"),
        (("probe", "--map", "keller-30x", "--tcp", "host:many"), "is no address"),
        (("probe", "--map", "keller-30x", "--tcp", "h:1", "--port", "p"), "not allowed with"),
    ],
)
def test_wrong_use_and_a_line_out_of_reach_are_said_in_one_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], problem: str
) -> None:
    assert main(["modbus", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert problem in err
