"""Medicines by their codes: the list of the report, with what is wrong in it found and named."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from checkout import ROOT
from hypothesis import given
from hypothesis import strategies as st

from checklists.atc import Fault, atc_codes
from vitals.rows import RowsError

TEXT = Path(ROOT, "checklists", "atc.toml").read_text("utf-8")
CODES = atc_codes(TEXT, "atc.toml")


def test_the_list_of_the_report_is_there_with_its_faults() -> None:
    assert Counter(row.fault for row in CODES.printed) == {
        None: 27,
        Fault.LETTER: 3,
        Fault.CODE: 1,
        Fault.NAME: 2,
        Fault.MISSING: 2,
    }
    assert sum(row.code != "" for row in CODES.printed) == 32


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("Mepivacain", "N01BB53", ("N01BB03", "N01BB53")),
        ("Nitrogendioxid", "", ("N01AX13",)),
        ("Oxygen", "", ("V03AN01",)),
        ("Atmosfærisk luft", "", ("V03AN05",)),
        ("Lokalbedøvelse", "NO1BB", ("N01BB",)),
        ("Triamcinolona cetonid", "H02AB08", ("H02AB08",)),
    ],
)
def test_what_is_printed_wrong_says_what_was_meant_and_why(
    text: str, code: str, meant: tuple[str, ...]
) -> None:
    (row,) = (one for one in CODES.printed if one.text == text)
    assert (row.code, row.meant) == (code, meant)
    assert row.fault is not None
    assert row.why


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("NO1BB", "NO1BB: letter O: N01BB was meant"),
        ("CO1CA24", "CO1CA24: letter O: C01CA24 was meant"),
        ("N01AXI0", "N01AXI0: letter I: N01AX10 was meant"),
        ("n01bb02", "n01bb02: small letters or blanks: N01BB02 was meant"),
        (" N01BB02", " N01BB02: small letters or blanks: N01BB02 was meant"),
        ("N01BB99", "N01BB99: is not in the table: leave it out, or add its row to atc.toml"),
        ("", ": is not in the table: leave it out, or add its row to atc.toml"),
        ("R06AB04", "R06AB04 is chlorphenamine: clemastine is R06AA04"),
        (
            "N01BB53",
            "N01BB53 is mepivacaine with something else in it: plain mepivacaine is N01BB03",
        ),
    ],
)
def test_a_code_that_may_not_be_what_was_meant_gets_a_line(code: str, line: str) -> None:
    assert CODES.suspect(code) == line


@pytest.mark.parametrize("code", ["N01A", "N01B", "N01BB", "M03A", "H02AB", "N01BB03", "R06AA04"])
def test_a_code_of_any_level_that_is_listed_is_known_and_not_suspect(code: str) -> None:
    assert CODES.known(code)
    assert CODES.suspect(code) is None


@given(st.text(max_size=9) | st.from_regex(r"[A-Z0OI1]{1,8}", fullmatch=True))
def test_a_code_is_known_or_suspect(code: str) -> None:
    assert CODES.known(code) or CODES.suspect(code)


@pytest.mark.parametrize(
    ("code", "listed"),
    [("M03AB01", True), ("N01AX10", True), ("V03AB35", False), ("M03CA01", False)],
)
def test_what_may_be_requisitioned_is_what_the_report_lists_or_a_group_of_it(
    code: str, *, listed: bool
) -> None:
    assert CODES.requisitioned(code) is listed


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('code = "N01BB09"\nlabel', 'code = "NO1BB09"\nlabel', "cannot be used: write an ATC code"),
        ('code = "N01BB09"\nlabel', 'code = "N01BB08"\nlabel', "'N01BB08' stands twice: keep one"),
        ('meant = ["N01BB09"]', 'meant = ["N01BB19"]', "N01BB19 has no [[substance]]: add it"),
        ('fault = "letter"\n', "", "write a fault"),
        ('fault = "code"\n', "", "write both or none"),
        ('fault = "code"', 'fault = "odd"', "write letter, code, name or missing"),
        ("schema = 1", "schema = 2", "schema"),
        ("valid_from", "valid_form", "valid_form: is unknown: remove it"),
    ],
)
def test_a_row_that_does_not_fit_is_named(old: str, new: str, line: str) -> None:
    assert old in TEXT
    with pytest.raises(RowsError, match=re.escape(line)):
        atc_codes(TEXT.replace(old, new, 1), "atc.toml")


def test_every_fault_is_listed_at_once() -> None:
    spoilt = TEXT.replace('code = "A03BA01"\nlabel', "label", 1).replace('fault = "code"\n', "", 1)
    with pytest.raises(RowsError) as raised:
        atc_codes(spoilt, "atc.toml")
    assert raised.value.errors[0] == "atc.toml: [[substance]] 1: code: is missing: add it"
