"""What a scanner types of a pack: taken whole, or refused with the way on."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from checkout import plain_environment
from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.doubt import LINES, Doubt, Refusal
from checklists.expiry import plausible
from checklists.scan import GS, LONGEST, Scan, scanned, separates
from vitals.acts import Receive
from vitals.practice import Ware

ARABIC = {digit: 0x660 + digit - ord("0") for digit in b"0123456789"}
TODAY = date(2026, 11, 21)
GTIN = "05709999123459"
WRONG = "05709999123450"
ARTICLE = f"01{GTIN}"
EXPIRY = "17271130"
LOT = "10LOT77A"
WHOLE = Scan(GTIN, "LOT77A", date(2027, 11, 30), "")


def once(serial: str) -> str:
    return sha256(f"{GTIN}{serial}".encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("text", "separator", "found"),
    [
        (
            f"]d2{ARTICLE}21SN12345ABC{GS}{EXPIRY}{LOT}",
            GS,
            Scan(GTIN, "LOT77A", date(2027, 11, 30), once("SN12345ABC")),
        ),
        (f"]d2{ARTICLE}{EXPIRY}{LOT}", GS, WHOLE),
        (f"{ARTICLE}{EXPIRY}{LOT}", GS, WHOLE),
        (f"]C1{ARTICLE}{EXPIRY}{LOT}\r\n", GS, WHOLE),
        (f"{ARTICLE}{LOT}{GS}{EXPIRY}", GS, WHOLE),
        (f"{GS}{ARTICLE}{EXPIRY}{LOT}", GS, WHOLE),
        (f"{ARTICLE}17270200{LOT}", GS, Scan(GTIN, "LOT77A", date(2027, 2, 28), "")),
        (f"{ARTICLE}17280200{LOT}", GS, Scan(GTIN, "LOT77A", date(2028, 2, 29), "")),
        (f"{ARTICLE}{LOT}|{EXPIRY}", "|", WHOLE),
        (f"{ARTICLE}{LOT}{GS}{EXPIRY}", "|", WHOLE),
        (f"{ARTICLE}{EXPIRY}{LOT}{GS}7141234567", GS, WHOLE),
    ],
)
def test_a_code_that_says_article_lot_and_expiry_once_is_taken(
    text: str, separator: str, found: Scan
) -> None:
    assert scanned(text, TODAY, separator) == found


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        # What a lost separator does, from the loud to the silent.
        (f"{ARTICLE}21SN12345ABCDEF{EXPIRY}{LOT}", Doubt.UNREADABLE),
        (f"{ARTICLE}21AB{EXPIRY}{LOT}", Doubt.SWALLOWED),
        (f"{ARTICLE}10LOT1217{EXPIRY}", Doubt.SWALLOWED),
        (f"{ARTICLE}10LOT{EXPIRY}21SN1", Doubt.SWALLOWED),
        (f"{ARTICLE}{EXPIRY}10LOT77A21SN12345ABC", Doubt.SWALLOWED),
        (f"{ARTICLE}{EXPIRY}10LOT77A11250131", Doubt.SWALLOWED),
        (f"{ARTICLE}{EXPIRY}10LOT77A15271031", Doubt.SWALLOWED),
        (f"{ARTICLE}{EXPIRY}10ABCDEFGHIJKLMNOPQRST3012", Doubt.SWALLOWED),
        (f"{ARTICLE}{EXPIRY}{LOT}{GS}21AB{EXPIRY}10X", Doubt.SWALLOWED),
        # What is missing.
        (f"]d2{ARTICLE}{EXPIRY}", Doubt.NO_LOT),
        (f"]d2{ARTICLE}{LOT}", Doubt.NO_EXPIRY),
        (f"]d2{EXPIRY}{LOT}", Doubt.NO_ARTICLE),
        (f"]E0{GTIN[1:]}", Doubt.NO_EXPIRY),
        (GTIN[1:], Doubt.NO_EXPIRY),
        ("", Doubt.UNREADABLE),
        # What is wrong.
        (f"{ARTICLE}17271350{LOT}", Doubt.UNREADABLE),
        (f"{ARTICLE}17270230{LOT}", Doubt.IMPOSSIBLE),
        (f"{ARTICLE}17270031{LOT}", Doubt.IMPOSSIBLE),
        (f"{ARTICLE}11260230{EXPIRY}{LOT}", Doubt.IMPOSSIBLE),
        (f"01{WRONG}{EXPIRY}{LOT}", Doubt.CHECK_DIGIT),
        (WRONG[1:], Doubt.CHECK_DIGIT),
        (f"{ARTICLE}{ARTICLE}{EXPIRY}{LOT}", Doubt.TWICE),
        (f"{ARTICLE}{EXPIRY}{EXPIRY}{LOT}", Doubt.TWICE),
        (f"{ARTICLE}{EXPIRY}{LOT}{GS}10LOT78", Doubt.TWICE),
        (f"{ARTICLE}{EXPIRY}{LOT}{GS}21A{GS}21B", Doubt.TWICE),
        (f"{ARTICLE}17490101{LOT}", Doubt.FAR),
        (f"{ARTICLE}17760101{LOT}", Doubt.FAR),
        (f"{ARTICLE}17770101{LOT}", Doubt.FAR),
        (f"{ARTICLE}17990101{LOT}", Doubt.FAR),
        # What is no such code.
        ("LOT77A", Doubt.UNREADABLE),
        ("]!0" + ARTICLE, Doubt.UNREADABLE),
        ("http://[", Doubt.UNREADABLE),
        ("]", Doubt.UNREADABLE),
        (f"https://id.gs1.org/01/{GTIN}?17=271130", Doubt.UNREADABLE),
        (f"{ARTICLE}{EXPIRY}{LOT}".translate(ARABIC), Doubt.UNREADABLE),
        (f"{ARTICLE}{EXPIRY}{LOT}" + "x" * LONGEST, Doubt.UNREADABLE),
    ],
)
def test_any_other_code_is_refused_and_the_way_on_is_said(text: str, doubt: Doubt) -> None:
    assert scanned(text, TODAY) == Refusal(doubt)
    assert "by hand" in Refusal(doubt).line


def test_every_doubt_has_its_own_line() -> None:
    assert set(LINES) == set(Doubt)
    assert len(set(LINES.values())) == len(Doubt)


@pytest.mark.parametrize("lot", ["2104563", "A2145", "LOT21", "B17X", "99991234"])
def test_a_lot_that_only_looks_a_little_odd_is_taken(lot: str) -> None:
    found = scanned(f"{ARTICLE}{EXPIRY}10{lot}", TODAY)
    assert isinstance(found, Scan)
    assert found.lot == lot


def test_a_lot_with_a_21_is_taken_from_a_scanner_that_sends_separators() -> None:
    found = scanned(f"{ARTICLE}10LOT77A21SN12345{GS}{EXPIRY}", TODAY)
    assert isinstance(found, Scan)
    assert found.lot == "LOT77A21SN12345"


@pytest.mark.parametrize(
    ("expires", "taken"),
    [("161120", False), ("161121", True), ("361121", True), ("361122", False)],
)
def test_an_expiry_ten_years_away_is_the_last_that_is_taken(expires: str, *, taken: bool) -> None:
    found = scanned(f"{ARTICLE}17{expires}{LOT}", TODAY)
    assert isinstance(found, Scan) is taken


def test_the_same_serial_of_the_same_article_has_one_digest_and_no_other_has() -> None:
    def digest(serial: str) -> str:
        found = scanned(f"{ARTICLE}{EXPIRY}{LOT}{GS}21{serial}", TODAY)
        assert isinstance(found, Scan)
        return found.once

    assert digest("SN1") == digest("SN1") == once("SN1")
    assert digest("SN1") != digest("SN2")


def test_a_digit_of_the_serial_is_never_handed_on() -> None:
    for text in (f"{ARTICLE}{EXPIRY}{LOT}{GS}21SECRET", f"{ARTICLE}{LOT}{GS}21SECRET"):
        assert "SECRET" not in repr(scanned(text, TODAY))


@pytest.mark.parametrize("text", ["", "||", "A", "7", "-", "_", "é"])
def test_what_a_field_may_hold_separates_nothing(text: str) -> None:
    assert not separates(text)


@pytest.mark.parametrize("text", ["|", GS, "\t", "#", "~", "^"])
def test_what_no_field_can_hold_may_separate(text: str) -> None:
    assert separates(text)


def test_the_reader_of_codes_is_not_loaded_before_somebody_scans(tmp_path: Path) -> None:
    code = "import sys, checklists.scan\nprint('biip' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False\n"


VALUES = st.text("ABC0123456789-./", max_size=21)
FIELDS = st.one_of(
    st.sampled_from([ARTICLE, f"01{WRONG}", EXPIRY, LOT, "17270200", GS, "|", "]d2", "]C1", "]"]),
    st.builds(
        "{}{}".format,
        st.sampled_from(["00", "01", "10", "11", "17", "21", "30", "310", "390", "7007", "8008"]),
        VALUES,
    ),
    st.builds("17{:06d}".format, st.integers(0, 999_999)),
)
CODES = st.lists(FIELDS, max_size=6).map("".join)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(st.text(max_size=80) | CODES, DAYS, st.text(max_size=2))
def test_no_text_makes_it_raise_and_what_is_taken_can_be_kept(
    text: str, today: date, separator: str
) -> None:
    found = scanned(text, today, separator)
    if isinstance(found, Refusal):
        assert found.line
        return
    assert found.lot
    assert plausible(found.expires, today)
    taken = Receive("dr-01", Ware.DRUG, found.lot, found.expires, 1, "kit", "", found.gtin)
    assert (len(taken.gtin), len(found.once)) in {(14, 0), (14, 16)}


SERIALS = st.text("ABCDEFGH0123456789", min_size=6, max_size=20)
LOTS = st.text("ABCDEFGH0123456789", min_size=1, max_size=12)


@given(SERIALS, LOTS, DAYS, st.permutations(["17", "10", "21"]))
def test_a_lost_separator_never_changes_a_lot_or_an_expiry(
    serial: str, lot: str, today: date, order: list[str]
) -> None:
    assume(today.day < 29)
    stamp = f"{today:%y%m%d}"
    values = {"17": stamp, "10": lot, "21": serial}
    text = ARTICLE + "".join(code + values[code] for code in order)
    found = scanned(text, today)
    if isinstance(found, Scan):
        assert (found.lot, found.expires) == (lot, today)


@pytest.mark.parametrize("lot", ["LOT77A21SER1", "LOT77A21123"])
def test_a_lot_that_may_have_swallowed_a_short_serial_number_is_doubtful(lot: str) -> None:
    found = scanned(f"{ARTICLE}{EXPIRY}10{lot}", TODAY)
    assert isinstance(found, Refusal)
    assert found.doubt is Doubt.SWALLOWED
    parted = scanned(f"{ARTICLE}{EXPIRY}10{lot}{GS}21OWN", TODAY)
    assert isinstance(parted, Scan)
    assert parted.lot == lot
