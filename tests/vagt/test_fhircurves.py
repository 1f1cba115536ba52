"""What monitors gave, in a case as FHIR: marked as of the history, which may be gone by now."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import monitored
import pytest
from filed import filed, place_of, report
from months import Journal, moment

from telemetry.schema import FILE
from vagt.report.fhir.marks import KEPT
from vagt.report.fhir.naming import HISTORY

pytestmark = pytest.mark.timeout(120)
CASE = "KN-261102-001"
BEGIN = moment(date(2026, 11, 2), "08:05")


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """Return a place whose monitors gave something for five minutes, and its case as FHIR."""
    journal = Journal()
    journal.start(BEGIN - 3600)
    journal.case(BEGIN)
    place = place_of(tmp_path, journal)
    points = [*monitored.seconds(BEGIN, 300), *monitored.cuff(BEGIN + 90, 104, 61)]
    points += monitored.cuff(BEGIN + 200, 99, 58, origin="simulated")
    monitored.kept(place, sorted(points, key=lambda one: one.at))
    return place, filed(place, "case.json", "--format", "fhir", days=("--case", CASE))


def observations(file: Path) -> list[dict[str, Any]]:
    entries = json.loads(file.read_bytes())["entry"]
    found = [one["resource"] for one in entries]
    return [one for one in found if one["resourceType"] == "Observation"]


def test_means_of_minutes_and_pressures_of_cuffs_are_observations_of_their_monitor(
    made: tuple[Path, Path],
) -> None:
    found = [one for one in observations(made[1]) if one.get("meta") in KEPT]
    saturations = [one for one in found if one["code"].get("text") == "spo2"]
    assert [one["valueQuantity"]["value"] for one in saturations] == [90, 91, 92, 93, 94]
    pressures = [one for one in found if one["code"].get("text") == "nibp"]
    high, low = pressures[0]["component"]
    assert (high["valueQuantity"]["value"], low["valueQuantity"]["value"]) == (104, 61)
    assert all("device" in one and "performer" not in one for one in found)


def test_it_says_how_much_of_the_history_was_there(made: tuple[Path, Path]) -> None:
    place, file = made
    (tag,) = json.loads(file.read_bytes())["meta"]["tag"]
    assert tag["system"] == HISTORY
    (place / FILE).unlink()
    bare = filed(place, "bare.json", "--format", "fhir", days=("--case", CASE))
    assert json.loads(bare.read_bytes())["meta"]["tag"][0]["code"] == "absent"
    assert not [one for one in observations(bare) if one.get("meta") in KEPT]


def test_it_is_verified_when_the_history_is_gone_and_says_what_was_not_held(
    made: tuple[Path, Path],
) -> None:
    place, file = made
    _, said, _ = report(place, "verify", str(file))
    assert said.startswith("same")
    assert "not read" not in said
    (place / FILE).unlink()
    code, said, _ = report(place, "verify", str(file))
    assert (code, said.split(":")[0]) == (0, "same")
    assert "not read" in said
