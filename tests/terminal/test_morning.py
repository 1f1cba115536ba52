from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from clinics import VAGT, Clinic, clinic, daemon
from panes import Pane, pane

CLINICS = """
[[clinic]]
name = "Klinik Nord"
code = "NORD"

[[clinic]]
name = "Klinik Syd"
code = "SYD"

[[kit]]
name = "kuffert"
travels = true
"""
SCANNED = "010571234567890917271130101A23"


def text(screen: Pane) -> str:
    return "\n".join(screen.lines())


async def see(screen: Pane, expected: str) -> None:
    found = re.compile(expected)
    await screen.until(lambda: found.search(text(screen)))


def acts(place: Clinic) -> list[dict[str, object]]:
    """Return everything that the journal keeps of the practice, in its order."""
    words = (*VAGT, "journal", "export", "--config", str(place.config))
    done = subprocess.run(words, capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    bodies = [one.get("body", one) for one in found]
    return [one["act"] for one in bodies if isinstance(one.get("act"), dict)]


@pytest.mark.timeout(120)
async def test_the_first_of_a_morning_is_done_at_a_terminal_and_kept_by_the_daemon(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=CLINICS)
    shown = (*VAGT, "show", "--socket", str(place.socket), "--by", "AS", "--view", "morning")
    with daemon(place), pane(tmp_path, *shown, columns=80, rows=24) as screen:
        await see(screen, r"2 Klinik Syd")
        screen.press("2")
        await see(screen, r"Morgen · Klinik Syd")
        await see(screen, r"Anæstesiapparat · kuffert +0/\d+")
        screen.press("Enter")
        await see(screen, r"F alle i orden")
        screen.press("f")
        await see(screen, r"✓ Selvekspanderende[^\n]* AS")
        screen.press("s")
        screen.press("-l", SCANNED)
        screen.press("Enter")
        await see(screen, r"Hvad er det")
        screen.press(*"propofol")
        await see(screen, r"Tæller som: Propofol")
        screen.press("Enter", "l", "Enter", "Enter")
        await see(screen, r"Journalført")
    kept = acts(place)
    assert [one["do"] for one in kept] == ["clinic", "mark", "receive"]
    assert kept[0]["site"] == "SYD"
    assert kept[1]["list"] == "machine"
    wanted = ("item", "lot", "expires", "quantity", "place")
    assert [kept[2][name] for name in wanted] == ["dr-08", "1A23", "2027-11-30", 1, "kuffert"]
