"""A story whose people ask for what the daemon refuses says so, and ends with 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from devices.simulated.scenario import Scenario, read_scenario
from vagt.demo.clinic import clinic
from vagt.demo.fast import Fast
from vagt.demo.verb import printed
from vagt.demo.wires import OneLoop

STORY = """
name = "slips"
label = "Two steps that nobody takes"
duration_s = 4
device = [{ name = "nonin", protocol = "nonin-df2", bed = "Stue 1" }]
patient = [{ bed = "Stue 1", age = "4y", spo2 = 98, pulse_rate = 118 }]
event = [
    { at_s = 1.0, bed = "Stue 1", do = "end", by = "AS" },
    { at_s = 1.5, bed = "Stue 1", do = "plan", code = "3021", age = "4y", by = "AS" },
    { at_s = 2.0, bed = "Stue 1", do = "say", deed = { do = "discharge" }, by = "MK" },
]
"""


def story(text: str) -> Scenario:
    found = read_scenario(text, "slips.toml")
    assert isinstance(found, Scenario)
    return found


def played(root: Path, text: str, said: pytest.CaptureFixture[str]) -> tuple[int, list[Any]]:
    with clinic(root, story(text)) as place:
        place.write()
        fast = Fast(60.0)
        code = printed(OneLoop(place, fast, byte_by_byte=False), fast.loop, 4.0)
    return code, [json.loads(line) for line in said.readouterr().out.splitlines()]


def test_a_step_that_is_refused_is_a_line_and_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = played(tmp_path, STORY, capsys)
    first, second = [line for line in lines if line["kind"] == "refused"]
    assert (first["step"], first["do"], first["deed"], first["by"]) == (0, "end", None, "AS")
    assert (first["reason"], first["at"]) == ("no_case", "2026-11-23T07:00:01.000Z")
    assert first["detail"].startswith("no case is open at Stue 1")
    assert (second["step"], second["deed"], second["by"]) == (2, "discharge", "MK")
    assert second["reason"] == "wrong_moment"
    assert (code, lines[-1]["kind"], lines[-1]["refused"]) == (1, "summary", 2)


def test_a_story_without_one_ends_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [line for line in STORY.splitlines() if 'end"' not in line and "discharge" not in line]
    code, lines = played(tmp_path, "\n".join(kept), capsys)
    assert (code, lines[-1]["refused"], lines[-1]["cases"]) == (0, 0, 1)
    assert not [line for line in lines if line["kind"] == "refused"]
