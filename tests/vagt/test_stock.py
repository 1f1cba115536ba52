"""`vagt stock` and `vagt stock scan` against a daemon that says what the test tells it to."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tellers import CLINIC, GASES, LATER, PACK, SOON, STOCK, Teller

from daemon.protocol.saying import Scan
from daemon.protocol.spent import Spent
from vagt import prompt
from vagt.phrase import clock, day
from vitals.acts import Act, Discard, Recall, Receive, Recount, Shift, Take, Unseal, Warm
from vitals.practice import Ware

BY = ("--by", "AS")
FILLED = Receive("dr-01", Ware.DRUG, "X9", LATER, 1, "kit", "", "05712345678901", "0" * 16)


@pytest.fixture
def place(tmp_path: Path) -> Teller:
    return Teller(tmp_path / "vagt.sock")


async def test_what_expires_first_stands_first_and_what_is_short_below(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("stock") == 0
    heading, first, second, short = capsys.readouterr().out.splitlines()
    assert heading.split()[:4] == ["PACK", "UNTIL", "STATUS", "ITEM"]
    assert first.split()[:2] == ["7", "2026-11-23"]
    assert ", first" in first
    assert second.split()[:2] == ["3", "2027-06-30"]
    assert short == "short: dr-02 kit"
    assert await place.run("stock", "--json") == 0
    assert [one["pack"] for one in json.loads(capsys.readouterr().out)["packs"]] == [7, 3]


async def test_an_empty_stock_says_how_a_pack_is_taken_in(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.told = (CLINIC, replace(STOCK, packs=(), short=()))
    assert await place.run("stock") == 0
    assert capsys.readouterr().out.startswith("no pack is taken in: vagt stock receive")
    assert await place.run("stock", "short") == 0
    assert capsys.readouterr().out == "nothing is short\n"


async def test_what_is_short_is_a_negative_answer_with_its_source(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("stock", "short", "--lang", "nb") == 1
    _, lack = capsys.readouterr().out.splitlines()
    assert lack.split() == ["dr-02", "kit", "1", "4", "holder", "Atropine", "(nb)", "chapter", "3"]


@pytest.mark.parametrize(("lot", "status"), [("A1", 0), ("a1 ", 0), ("A", 1), ("", 1)])
async def test_a_recalled_lot_is_found_as_it_is_printed_or_typed(
    place: Teller, capsys: pytest.CaptureFixture[str], lot: str, status: int
) -> None:
    assert await place.run("stock", "find", lot, "--json") == status
    found = json.loads(capsys.readouterr().out)["packs"]
    assert [one["pack"] for one in found] == ([] if status else [7])


@pytest.mark.parametrize(
    ("words", "act"),
    [
        (("count", "7", "0"), Recount(7, 0)),
        (("take", "7", "2"), Take(7, 2)),
        (("discard", "7", "3", "dropped"), Discard(7, 3, "dropped")),
        (("shift", "7", "box"), Shift(7, "box")),
        (("open", "7"), Unseal(7, 1)),
        (("open", "7", "3"), Unseal(7, 3)),
        (("warm", "7"), Warm(7)),
        (("warm", "7", "2"), Warm(7, 2)),
        (("recall", "A1", "letter of the maker"), Recall("A1", "letter of the maker")),
    ],
)
async def test_one_thing_is_said_of_a_pack(place: Teller, words: tuple[str, ...], act: Act) -> None:
    assert await place.run("stock", *words, *BY) == 0
    assert place.acts == [act]


async def test_a_pack_is_taken_in_by_its_label(place: Teller) -> None:
    label = ("--ware", "pads", "--lot", "P1", "--expires", "11/2027", "--quantity", "2")
    words = ("stock", "receive", "em-04", *label, "--place", "kit")
    assert await place.run(*words, *BY, "--reason", "came on Friday") == 0
    assert place.acts == [Receive("em-04", Ware.PADS, "P1", date(2027, 11, 30), 2, "kit")]


@pytest.mark.parametrize("said", ["em-04", "voksenelektroder", "Adult pads"])
async def test_a_pack_is_taken_in_under_the_row_that_is_named_in_any_language(
    place: Teller, said: str
) -> None:
    label = ("--ware", "pads", "--lot", "P1", "--expires", "11/2027", "--quantity", "2")
    assert await place.run("stock", "receive", said, *label, "--place", "kit", *BY) == 0
    assert place.acts == [Receive("em-04", Ware.PADS, "P1", date(2027, 11, 30), 2, "kit")]


async def test_a_code_is_shown_and_not_stored_until_somebody_says_so(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.scanned = replace(PACK, item="dr-01", ware=Ware.DRUG)
    assert await place.run("stock", "scan", "]d2010571", *BY) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown[:3]] == [
        ["GTIN", "05712345678901"],
        ["LOT", "X9"],
        ["EXPIRES", "2027-06-30"],
    ]
    assert shown[-1] == "not stored: say --yes to store it"
    assert place.acts == []
    assert place.asked == [Scan("practice", "AS", "]d2010571")]


async def test_a_code_from_the_input_keeps_its_separators_and_is_stored_with_yes(
    place: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.scanned = replace(PACK, item="dr-01", ware=Ware.DRUG)
    monkeypatch.setattr("sys.stdin", io.StringIO("10X9\x1d17270630\r\n"))
    assert await place.run("stock", "scan", "-", "--yes", *BY) == 0
    assert place.asked[0] == Scan("practice", "AS", "10X9\x1d17270630")
    assert place.acts == [FILLED]


@pytest.mark.parametrize(("answer", "status", "kept"), [("y\n", 0, [FILLED]), ("\n", 0, [])])
async def test_at_a_terminal_the_answer_decides(
    place: Teller, monkeypatch: pytest.MonkeyPatch, answer: str, status: int, kept: list[Act]
) -> None:
    place.scanned = replace(PACK, item="dr-01", ware=Ware.DRUG)
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert await place.run("stock", "scan", "10X9", *BY) == status
    assert place.acts == kept


async def test_what_no_code_says_is_said_beside_it(place: Teller) -> None:
    more = ("--item", "Propofol", "--ware", "drug", "--atc", "N01AX10", "--quantity", "5")
    words = ("stock", "scan", "10X9~17", "--separator", "~", *more, "--place", "box", "--yes")
    assert await place.run(*words, *BY) == 0
    asked, stored = place.asked[0], place.acts[0]
    assert isinstance(asked, Scan)
    assert asked.separator == "~"
    assert stored == replace(FILLED, item="Propofol", atc="N01AX10", quantity=5, place="box")


async def test_a_pack_of_which_something_is_not_known_is_not_stored(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.told = (replace(CLINIC, chosen="KS"), STOCK)
    assert await place.run("stock", "scan", "10X9", "--yes", *BY, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["scanned"]["lot"], told["stored"]) == ("X9", None)
    assert [word in told["detail"] for word in ("--item", "--ware", "--place")] == [True] * 3
    assert place.acts == []


@pytest.mark.parametrize(
    ("scanned", "says"),
    [
        (replace(PACK, refused="no_lot", detail="no lot: read the label"), "refused: no lot: read"),
        (replace(PACK, pack=7), "this is pack 7, which is here already"),
    ],
)
async def test_a_code_that_cannot_be_used_or_is_here_is_not_stored(
    place: Teller, capsys: pytest.CaptureFixture[str], scanned: object, says: str
) -> None:
    place.scanned = scanned  # type: ignore[assignment]
    assert await place.run("stock", "scan", "10X9", "--yes", *BY) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith(says)
    assert place.acts == []


async def test_what_was_scanned_and_stored_is_one_document(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.scanned = replace(PACK, item="dr-01", ware=Ware.DRUG)
    scan = ("stock", "scan", "10X9", "--yes", "--json", *BY)
    assert await place.run(*scan) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["stored"]["result"], told["stored"]["entry"]) == ("recorded", 12)
    place.refuses = "this pack is there as 7 at kit"
    assert await place.run(*scan) == 1
    assert json.loads(capsys.readouterr().out)["detail"] == place.refuses


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("scan", "", *BY), "1 to 200 characters"),
        (("scan", "x" * 201, *BY), "1 to 200 characters"),
        (("scan", "10X9", "--separator", "A", *BY), "--separator 'A': choose one that no code"),
        (("scan", "10X9", "--separator", "~~", *BY), "--separator '~~'"),
        (("scan", "10X9", "--ware", "drug", "--item", "x", "--quantity", "0", *BY), "quantity '0'"),
        (("take", "7", *BY), "N"),
        (("receive", "dr-01", *BY), "--ware"),
        (("open", "seven", *BY), "pack 'seven' cannot be"),
        (("lose", "7", *BY), "invalid choice: 'lose'"),
    ],
)
async def test_what_cannot_be_asked_is_one_line_and_nothing_is_said(
    place: Teller, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert await place.run("stock", *words) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n"), place.acts) == ("", 1, [])
    assert says in told.err


async def test_a_lot_that_is_used_up_is_found_with_how_much_and_when(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = Spent(9, "dr-04", "TUI-1", SOON, "kit", 4, 1, "2026-11-22T08:00:00.000Z")
    place.told = (CLINIC, replace(STOCK, spent=(gone,)))
    assert await place.run("stock", "find", "tui1") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("used up: pack 9 dr-04 kit: 4 used, 1 discarded, 2026-11-22 ")
    assert await place.run("stock", "find", "tui1", "--json") == 0
    assert [one["pack"] for one in json.loads(capsys.readouterr().out)["spent"]] == [9]
    assert await place.run("stock", "find", "tui2") == 1


async def test_what_was_counted_away_of_a_lot_is_told_with_when(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "2026-11-22T08:00:00.000Z"
    gone = Spent(9, "dr-04", "TUI-1", SOON, "kit", 0, 0, missed=5, missed_at=at)
    place.told = (CLINIC, replace(STOCK, spent=(gone,)))
    assert await place.run("stock", "find", "tui1") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].startswith("counted away: pack 9 dr-04 kit: 5, 2026-11-22 ")


async def test_a_cylinder_of_a_lot_is_found_too(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    first = replace(GASES.cylinders[0], lot="G-1")
    place.told = (CLINIC, STOCK, replace(GASES, cylinders=(first,)))
    assert await place.run("stock", "find", "g1", "--lang", "da") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"flaske {first.name} ")
    assert await place.run("stock", "find", "g1", "--json") == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["cylinders"]] == [first.name]
    assert await place.run("stock", "find", "g2") == 1


async def test_the_end_of_a_clock_has_its_hour_and_that_of_a_label_its_day(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "2026-11-22T23:30:00.000Z"
    opened = replace(STOCK.packs[0], until=date(2026, 11, 23), until_at=at)
    place.told = (CLINIC, replace(STOCK, packs=(opened, *STOCK.packs)))
    assert await place.run("stock") == 0
    _, first, second, *_ = capsys.readouterr().out.splitlines()
    assert clock(at) in first
    assert day(STOCK.packs[0].until) in second
    assert ":" not in second.split()[1]
