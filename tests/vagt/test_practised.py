"""A whole morning by script on a real daemon, and what the journal has of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clinics import Clinic, clinic, daemon, ear
from workdays import PACK, PEOPLE, PIN, bodies, code, kept, last, script, shared

from daemon.protocol.practice import Checklist
from vagt.kept import every
from vagt.main import main
from vagt.visit import visit

DONE = ("--all", "--yes", "--took-s", "30")
pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=PEOPLE)


@pytest.fixture
async def ready(place: Clinic) -> None:
    async with ear(place) as hears:
        await hears.hear(lambda: hears.of("beat"))


@pytest.fixture
def running(place: Clinic) -> Iterator[None]:
    with daemon(place):
        yield


def vagt(place: Clinic, *words: str, by: str = "AS") -> int:
    return main([*words, "--by", by, "--socket", str(place.socket)])


def seen(place: Clinic, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    main([*words, "--json", "--socket", str(place.socket)])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def before(place: Clinic) -> tuple[Checklist, ...]:
    """Return the lists of the day as they stand before anybody looked."""
    with visit(place.socket) as told:
        return every(told.snapshot, Checklist)


def hidden(path: Path, digits: str) -> str:
    """Write a PIN into a file of its owner's, and return where it is."""
    path.write_text(digits)
    path.chmod(0o600)
    return str(path)


@pytest.mark.usefixtures("running", "ready")
def test_a_whole_morning_is_run_by_a_script_and_stands_in_the_journal_in_its_order(
    place: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pin = hidden(tmp_path / "pin", PIN)
    assert vagt(place, "people", "pin", "--pin-file", pin) == 0
    assert vagt(place, "checklist", "clinic", "KN") == 0
    looked = before(place)
    morning = list(script(looked, pin))
    assert [words for words in morning if vagt(place, *words)] == []
    assert vagt(place, "stock", "scan", code(), *PACK) == 1
    told = seen(place, capsys, "checklist")["lists"]
    lists = {(one["id"], one["target"]): one for one in told}
    signed = lists["emergency", "kit"]
    groups = sum(words[1:3] == ("tick", "emergency") for words in morning)
    assert (signed["signed_by"], signed["took_s"]) == ("AS", 30 * groups)
    assert {row["state"] for row in signed["rows"]} <= {"done", "not_yet"}
    (pack,) = seen(place, capsys, "stock")["packs"]
    assert (pack["lot"], pack["until"], pack["quantity"]) == ("A1B2", last().isoformat(), 10)
    (bottle,) = seen(place, capsys, "gas")["gases"]["cylinders"]
    assert (bottle["bar"], bottle["litres"], bottle["today"]) == (137.5, 1375, True)
    said = kept(place)
    assert list(map(shared, said)) == bodies(looked)
    assert all(one["took_s"] == 30 for one in said if one["do"] == "mark")
    assert "Z9Y8X7W6V5" not in json.dumps(said)


@pytest.mark.usefixtures("running", "ready")
def test_what_was_wrong_is_countered_and_both_stay(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vagt(place, "checklist", "clinic", "KN") == 0
    assert vagt(place, "checklist", "tick", "site", "st-02") == 0
    entry = capsys.readouterr().out.split()[-1]
    assert vagt(place, "checklist", "counter", entry, "other suction") == 0
    rows = seen(place, capsys, "checklist", "show", "site")["lists"][0]["rows"]
    assert {row["id"]: row["state"] for row in rows}["st-02"] == "due"
    assert [one["do"] for one in kept(place)] == ["clinic", "mark", "counter"]


@pytest.mark.usefixtures("running", "ready")
def test_what_cannot_be_is_refused_with_the_way_on_and_nothing_is_kept(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    label = ("--ware", "drug", "--lot", "A1", "--expires", "2027-11", "--quantity", "1")
    refused = [
        (("checklist", "clinic", "XX"), "AS", "KN, KS"),
        (("checklist", "tick", "site", "st-99", "--target", "KN"), "AS", "st-02"),
        (("checklist", "clinic", "KN"), "OLD", "AS"),
        (("stock", "receive", "dr-01", *label, "--place", "box"), "AS", "kit"),
        (
            ("stock", "receive", "dr-01", *label, "--place", "kit", "--atc", "N01BBO2"),
            "AS",
            "N01BB02",
        ),
        (("stock", "take", "7", "1"), "AS", "there is no pack 7"),
        (("stock", "scan", "0105712345678900", "--yes"), "AS", "type in lot and expiry by hand"),
        (("gas", "read", "O2-9", "100"), "AS", "O2-9"),
        (("equipment", "restore", "zoll"), "AS", "zoll"),
        (("checklist", "counter", "99", "slip"), "AS", "99"),
    ]
    for words, by, says in refused:
        assert vagt(place, *words, by=by) == 1, words
        told = capsys.readouterr()
        assert told.out.startswith("refused: "), words
        assert says in told.out, words
        assert told.err == ""
    assert kept(place) == []


@pytest.mark.usefixtures("running", "ready")
def test_a_wrong_pin_signs_nothing_and_a_tick_asks_for_none(
    place: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = hidden(tmp_path / "right", PIN), hidden(tmp_path / "wrong", PIN[::-1])
    assert vagt(place, "people", "pin", "--pin-file", right) == 0
    assert vagt(place, "checklist", "clinic", "KN") == 0
    assert vagt(place, "checklist", "tick", "site", *DONE, "--target", "KN") == 0
    sign = ("checklist", "sign", "site", "--target", "KN", "--pin-file")
    assert vagt(place, *sign, wrong) == 1
    assert "the PIN of AS is another" in capsys.readouterr().out
    assert vagt(place, *sign, right) == 0
    assert [one["do"] for one in kept(place)] == ["clinic", "mark", "sign"]
    files = [path for path in (*place.data.iterdir(), place.root / "daemon.log") if path.is_file()]
    assert [path.name for path in files if PIN.encode() in path.read_bytes()] == []
