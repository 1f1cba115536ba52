from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon
from panes import Pane, pane

RECOVERY = "Opvågning"


def shown(place: Clinic, bed: str) -> tuple[str, ...]:
    return (*VAGT, "show", "--socket", str(place.socket), "--by", "AS", "--bed", bed)


def text(screen: Pane) -> str:
    return "\n".join(screen.lines())


async def see(screen: Pane, expected: str) -> None:
    found = re.compile(expected)
    await screen.until(lambda: found.search(text(screen)))


def pasted(folder: Path, *words: str) -> None:
    """Let the terminal paste text between the brackets by which programs know it."""
    server = ("tmux", "-S", str(folder / "tmux"))
    subprocess.run([*server, "set-buffer", "\n".join(words)], check=True)
    subprocess.run([*server, "paste-buffer", "-p", "-r"], check=True)


def listed(place: Clinic) -> list[tuple[int, str]]:
    """Return number and state of each row, as another program is told them."""
    words = (*VAGT, "list", "show", "--json", "--socket", str(place.socket))
    done = subprocess.run(words, capture_output=True, check=True)
    return [(row["number"], row["state"]) for row in json.loads(done.stdout)["rows"]]


@pytest.mark.timeout(90)
async def test_a_day_is_listed_by_paste_and_keys_and_two_terminals_see_the_same(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=f'[[bed]]\nname = "{RECOVERY}"\n')
    near, far = tmp_path / "near", tmp_path / "far"
    near.mkdir()
    far.mkdir()
    with (
        daemon(place),
        pane(near, *shown(place, BED), columns=80, rows=24) as one,
        pane(far, *shown(place, RECOVERY), columns=120, rows=40) as two,
    ):
        await see(one, r"ingen anæstesi: N")
        await see(two, r"ingen anæstesi: N")
        two.press("F5")
        await written(near, one, two)
        await ordered(one, two)
        await taken(one, two)
        rows = listed(place)
    assert rows == [(2, "taken"), (1, "waiting"), (3, "cancelled")]


async def written(near: Path, one: Pane, two: Pane) -> None:
    """Paste three patients, one of them without an age."""
    one.press("F5")
    await see(one, r"Ingen: N skriver en række")
    pasted(near, "3009 4 b grommets", "3005", "3015 5 v mor med")
    await see(one, r"linje 2 af 3: [^\n]*alder")
    assert "venter" not in text(two)
    one.press("Space", "8", "m", "Enter")
    await see(one, r"Journalført")


async def ordered(one: Pane, two: Pane) -> None:
    """Put the first behind the second and cancel the third, on the other terminal."""
    await see(two, r"1  venter +3021 3009.*2-4 år.*begge.*grommets")
    await see(two, r"2! venter +\d{4} 3005.*Spædbarn")
    two.press("S-Down")
    await see(one, r"2! venter[^\n]*\n[^\n]*1  venter")
    two.press("Down", "Down", "c", "i")
    await see(one, r"3  aflyst")


async def taken(one: Pane, two: Pane) -> None:
    """Take the next patient, and not a second one."""
    one.press("Escape")
    one.press("F6")
    await see(one, r"Starttjek")
    await see(one, r"KN-\d{6}-001 planlagt")
    await see(two, r"2! i gang")
    two.press("Escape")
    await see(two, r"F6 næste: 3021 3009")
    one.press("Escape")
    one.press("F6")
    await see(one, r"Afvist: pladsen har en patient")
