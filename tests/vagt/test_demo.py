from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from checkout import beside_the_disk
from clinics import VAGT


def demo(*options: str) -> list[dict[str, Any]]:
    command = [*VAGT, "demo", "--headless", *options]
    apart = {**os.environ, **beside_the_disk()}
    done = subprocess.run(command, env=apart, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def of(lines: list[dict[str, Any]], kind: str, **fields: Any) -> list[dict[str, Any]]:
    wanted = {"kind": kind, **fields}
    return [line for line in lines if wanted.items() <= line.items()]


def story(lines: list[dict[str, Any]]) -> list[str]:
    """Return what happened, in order, in one word each."""
    words = []
    for line in lines:
        match line["kind"]:
            case "case":
                words.append(f"case {line['state']}")
            case "device":
                words.append(f"device {line['state']}")
            case "alarm":
                words.append(f"{line['id']} {line['state']} {line['priority']}")
            case _:
                pass
    return words


WHOLE = [
    "device receiving",
    "case planned",
    "case anaesthesia",
    "spo2_low active medium",
    "spo2_low active high",
    "spo2_low acknowledged high",
    "spo2_low ended high",
    "probe_off active medium",
    "probe_off ended medium",
    "device lost",
    "link_lost active medium",
    "device opening",
    "device receiving",
    "link_lost ended medium",
    "case ended",
    "case recovery",
    "case monitoring_ended",
    "case discharged",
]


OPENINGS = 2
"""The port is opened twice, and single bytes meet it in mid-frame."""


def holds(lines: list[dict[str, Any]], *, torn: int = 0) -> None:
    told = story(lines)
    assert told[told.index("device receiving") :] == WHOLE
    medium, high = of(lines, "alarm", id="spo2_low", state="active")
    assert (medium["measure"], 85 < medium["value"] < 92) == ("spo2", True)
    assert high["value"] <= 85
    off = of(lines, "alarm", id="probe_off", state="active")[0]
    assert (off["device"], off["value"]) == ("nonin", None)
    assert "device" not in high
    readings = of(lines, "reading")
    assert {line["origin"] for line in readings} == {"simulated"}
    assert {line["measure"] for line in readings} == {"spo2", "pulse_rate"}
    absent = of(lines, "reading", quality="invalid")
    assert absent
    assert {line["value"] for line in absent} == {None}
    summary = lines[-1]
    assert summary["kind"] == "summary"
    counted = {key: summary[key] for key in ("cases", "alarms", "dropped", "journal")}
    assert counted == {"cases": 1, "alarms": 3, "dropped": 0, "journal": "clean"}
    assert summary["bad_frames"] <= torn
    assert summary["readings"] == len(readings)


def test_the_desaturation_holds_on_one_event_loop() -> None:
    lines = demo("--scenario", "desaturation", "--seconds", "40", "--speed", "8")
    holds(lines)
    assert 1 < lines[-1]["speed"] <= 8


def test_the_desaturation_holds_when_every_byte_arrives_alone() -> None:
    options = ("--scenario", "desaturation", "--seconds", "40", "--speed", "4", "--byte-by-byte")
    lines = demo(*options)
    holds(lines, torn=OPENINGS)
    assert 1 < lines[-1]["speed"] <= 4


@pytest.mark.slow
@pytest.mark.timeout(90)
@pytest.mark.parametrize("options", [[], ["--byte-by-byte"]], ids=["whole", "byte by byte"])
def test_the_desaturation_holds_with_processes_joined_by_the_pty_alone(
    options: list[str],
) -> None:
    lines = demo("--scenario", "desaturation", "--seconds", "40", *options)
    holds(lines, torn=OPENINGS if options else 0)
    assert lines[-1]["speed"] == pytest.approx(1, rel=0.01)


def test_every_moment_is_rfc3339_in_utc_with_milliseconds() -> None:
    lines = demo("--scenario", "desaturation", "--seconds", "10", "--speed", "10")
    moments = [line["at"] for line in lines if "at" in line]
    assert moments
    assert all(len(moment) == 24 and moment.endswith("Z") for moment in moments)


def test_an_interrupted_demo_still_sums_up() -> None:
    process = subprocess.Popen([*VAGT, "demo", "--headless"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while '"kind":"case"' not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0
    assert json.loads(rest.splitlines()[-1])["kind"] == "summary"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--scenario", "war"], "no scenario 'war'; the scenarios are alarms-arrest"),
        (["--seconds", "0"], "give a number of seconds above 0"),
        (["--seconds", "x"], "x: give a number of seconds above 0"),
        (["--speed", "0.5"], "give a number from 1 to"),
        (["--speed", "nan"], "give a number from 1 to"),
    ],
)
def test_wrong_use_is_one_line_and_nothing_on_stdout(options: list[str], says: str) -> None:
    done = subprocess.run(
        [*VAGT, "demo", "--headless", *options], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_terminal_the_dashboard_says_so() -> None:
    done = subprocess.run(
        [*VAGT, "demo"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "not a terminal" in done.stderr


def test_a_demo_whose_daemon_dies_says_so_and_sums_nothing_up(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*VAGT, "demo", "--headless"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert process.stdout is not None
    while '"kind":"case"' not in process.stdout.readline():
        pass
    (root,) = tmp_path.glob("vagt-demo-*")
    holder = (root / "data" / "vagt.lock").read_text().split(",")[0].removeprefix("pid ")
    os.kill(int(holder), signal.SIGKILL)
    rest, said = process.communicate(timeout=15)
    assert process.returncode == 2
    assert '"kind":"summary"' not in rest
    assert said.startswith("vagt demo: the daemon hung up")
    assert said.count("\n") == 1


def test_without_a_length_a_story_that_does_not_repeat_is_told_to_its_end() -> None:
    lines = demo("--scenario", "desaturation", "--speed", "20")
    assert story(lines)[-1] == "case discharged"


def gases(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return of(lines, "reading", device="gas", measure="gas_pressure")


FULL = ("--scenario", "full-bed", "--seconds")


@pytest.mark.parametrize(
    "options",
    [("10",), ("20", "--speed", "5"), ("20", "--speed", "4", "--byte-by-byte")],
    ids=["processes", "one loop", "byte by byte"],
)
@pytest.mark.timeout(60)
def test_a_full_bed_has_five_monitors_and_the_gas_panel_is_on_the_network(
    options: tuple[str, ...],
) -> None:
    lines = demo(*FULL, *options)
    assert {line["name"] for line in of(lines, "device", state="receiving")} == {
        "nonin", "capnostat", "ivy", "cuff", "gas",
    }  # fmt: skip
    found = gases(lines)
    assert {line["site"] for line in found} == {"O2", "N2O", "air", "O2 cylinder"}
    assert {line["origin"] for line in found} == {"simulated"}
    assert {line["value"] for line in found if line["site"] == "O2"} == {4.2}
    assert all("site" not in line for line in of(lines, "reading", device="nonin"))
