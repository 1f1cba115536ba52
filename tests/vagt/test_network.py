"""A simulated panel on the network, as real processes: `simulate`, `modbus probe`, `capture`."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clinics import VAGT
from panels import free

from firmware_bridge.tcp_link import address
from vagt.demo.clinic import clinic
from vagt.scenarios import scenario


def vagt(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VAGT, *words], capture_output=True, text=True, check=False, timeout=15)


@contextmanager
def panel(*options: str, link: str = "tcp://127.0.0.1:0") -> Iterator[str]:
    """Run `vagt simulate modbus` and return where it says it is."""
    command = [*VAGT, "simulate", "modbus", "--link", link, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        said = run.stdout.readline()
        assert said.startswith("modbus on tcp://127.0.0.1:")
        yield said.split()[-1]
        run.terminate()
        assert run.wait(10) == 0


def probed(port: str) -> dict[str, object]:
    where = ("--tcp", port.removeprefix("tcp://"))
    done = vagt("modbus", "probe", *where, "--map", "simulated-panel", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return {one["item"]: one["value"] for one in json.loads(done.stdout)["items"]}


@pytest.mark.parametrize("options", [[], ["--byte-by-byte"]], ids=["whole", "byte by byte"])
def test_a_panel_is_found_where_it_says_it_is(options: list[str]) -> None:
    with panel(*options) as port:
        found = probed(port)
    assert (found["gas_pressure O2"], found["gas_supply O2"]) == (4.2, "no alarm")


def test_a_panel_takes_the_number_that_it_is_given() -> None:
    link = free()
    with panel(link=link) as port:
        assert port == link


def test_a_number_that_is_taken_is_one_line() -> None:
    with panel() as port:
        done = vagt("simulate", "modbus", "--link", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"vagt simulate: {port} cannot be had: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["modbus", "--link", "tcp://127.0.0.1"], "is no address: write tcp://host:number"),
        (["nonin-df2", "--link", "tcp://127.0.0.1:4001"], "at an address only modbus"),
        (["modbus", "--link", "/dev/null"], "/dev/null exists and is no link"),
    ],
)
def test_wrong_use_is_one_line(words: list[str], says: str) -> None:
    done = vagt("simulate", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_a_panel_answers_is_captured_with_a_map_and_decoded_the_same(tmp_path: Path) -> None:
    file = tmp_path / "panel.vagt"
    mapped = ("--map", "simulated-panel")
    with panel() as port:
        command = [*VAGT, "capture", port, "--protocol", "modbus", *mapped, "-o", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as recorder:
            time.sleep(2.5)
            recorder.send_signal(signal.SIGINT)
            said, _ = recorder.communicate(timeout=10)
    assert (recorder.returncode, said.endswith(f"bytes in {file}\n")) == (0, True)
    decoded = vagt("decode", "modbus", *mapped, str(file))
    lines = [json.loads(line) for line in decoded.stdout.splitlines()]
    told = {(one.get("site"), one["value"]) for one in lines if one["kind"] == "reading"}
    assert {("O2", 4.2), ("N2O", 4.2), ("air", 4.2)} <= told
    assert (lines[-1]["bad_frames"], lines[-1]["discarded_bytes"]) == (0, 0)


@pytest.mark.parametrize(
    ("protocol", "options", "says"),
    [
        ("modbus", [], "modbus says nothing unless it is asked; give --map F"),
        ("modbus", ["--map", "none"], "none: no such file or directory"),
        ("nellcor", ["--map", "keller-30x"], "nellcor has no register map; leave --map out"),
    ],
)
def test_a_capture_needs_a_map_where_there_are_maps(
    tmp_path: Path, protocol: str, options: list[str], says: str
) -> None:
    file = str(tmp_path / "x.vagt")
    done = vagt("capture", "/dev/none", "--protocol", protocol, "-o", file, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert not Path(file).exists()


def test_a_demo_keeps_the_numbers_of_its_devices_from_everybody_else(tmp_path: Path) -> None:
    with clinic(tmp_path, scenario("full-bed")) as place:
        (networked,) = (port for port in place.ports.values() if port.startswith("tcp://"))
        with panel(link=networked) as port:
            assert port == networked
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(address(networked))
