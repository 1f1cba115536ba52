"""A report printed: nothing over the edge, each case on its page, the same bytes, verified."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import reports
from filed import filed, place_of, report
from monitored import kept, seconds
from months import moment
from msgspec import structs
from pypdf import PdfReader

from daemon.report.document import Document
from daemon.report.making import ReportError
from vagt.report import press, printing
from vagt.report.binding import attached
from words.catalogue import Language

pytestmark = pytest.mark.timeout(180)
WIDE, HIGH = 595.28, 841.89
"""A4 in points."""
MARGIN = 12 / 25.4 * 72 - 1
"""Twelve millimetres; a point less for what a letter leans over."""
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def printed(document: Document, folder: Path, language: Language = Language.DANISH) -> Path:
    file = folder / f"{language.value}.pdf"
    press.pdf(document, language, file)
    return file


def words(file: Path) -> list[tuple[float, float, float, float, str]]:
    """Return every word of a PDF with where it stands, as poppler reads it."""
    command = ("pdftotext", "-bbox", str(file), "-")
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = WORD.findall(told)
    return [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in found]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Return days with a case that has everything that a picture draws, and an open one."""
    place = tmp_path_factory.mktemp("odd")
    filed = reports.place(place, reports.busy(4))
    kept(place, seconds(moment(reports.FIRST + timedelta(1), "07:05"), 1_500.0))
    whole = filed.month(sheets=True)
    assert whole.sheets[0].curves
    first, *others = whole.sheets
    return structs.replace(whole, sheets=(reports.gapped(first), *others))


@pytest.mark.parametrize("language", Language)
def test_no_word_is_over_the_edge_of_its_page(
    odd: Document, tmp_path: Path, language: Language
) -> None:
    found = words(printed(odd, tmp_path, language))
    assert len(found) > 500
    over = [
        one
        for one in found
        if not (MARGIN <= one[0] <= one[2] <= WIDE - MARGIN and MARGIN <= one[1] < one[3] < HIGH)
    ]
    assert over == []


def test_a_printed_page_has_its_letters_its_number_and_its_foot(
    odd: Document, tmp_path: Path
) -> None:
    pages = [page.extract_text() for page in PdfReader(printed(odd, tmp_path)).pages]
    for number, text in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in text
        assert "Ikke CE-mærket som medicinsk udstyr" in text
        assert odd.stamp.head[:12] in text
    assert {"æ", "ø", "å"} <= set("".join(pages))


def test_each_case_begins_a_page_of_its_own_and_fills_no_more(
    odd: Document, tmp_path: Path
) -> None:
    plain = structs.replace(odd, sheets=odd.sheets[1:])
    pages = [page.extract_text() for page in PdfReader(printed(plain, tmp_path)).pages]
    heads = [text for text in pages if re.match(r"\s*KN-\d{6}-\d{3} · ", text)]
    assert len(heads) == len(plain.sheets)
    assert pages[-len(heads) :] == heads


def test_the_same_report_prints_the_same_bytes(odd: Document, tmp_path: Path) -> None:
    first = printed(odd, tmp_path).read_bytes()
    assert printed(odd, tmp_path).read_bytes() == first


def test_two_hundred_cases_of_a_month_are_twelve_pages_at_most(tmp_path: Path) -> None:
    whole = reports.place(tmp_path, reports.busy()).month()
    assert whole.term is not None
    assert len(whole.term.sums.cases) == reports.CASES
    assert len(PdfReader(printed(whole, tmp_path)).pages) <= 12


def test_a_picture_is_told_by_grey_alone(odd: Document, tmp_path: Path) -> None:
    """What is monitored is neither as white as paper nor as black as what is drawn on it."""
    only = structs.replace(odd, term=None, sheets=odd.sheets[1:2])
    file = printed(only, tmp_path)
    command = ("pdftoppm", "-gray", "-r", "72", "-singlefile", str(file), str(tmp_path / "page"))
    subprocess.run(command, check=True)
    pixels = (tmp_path / "page.pgm").read_bytes()
    shades = {one for one in set(pixels) if pixels.count(one) > 500}
    assert any(100 < one < 200 for one in shades)
    assert 255 in shades


def test_a_printed_report_is_verified_and_told_when_the_journal_is_another(tmp_path: Path) -> None:
    place = place_of(tmp_path, reports.busy(12))
    days = ("--month", "2026-11")
    file = filed(place, "november.pdf", days=days)
    assert attached(file) is not None
    code, said, _ = report(place, "verify", str(file))
    assert (code, said.split(":")[0]) == (0, "same")
    (place / "journal.db").unlink()
    place_of(tmp_path, reports.busy(13))
    code, said, _ = report(place, "verify", str(file))
    assert (code, said.split(":")[0]) == (1, "different")


def test_a_pdf_of_somebody_else_is_no_report(tmp_path: Path) -> None:
    place = place_of(tmp_path, reports.busy(1))
    (place / "x.pdf").write_bytes(b"%PDF-1.7 nothing")
    code, _, wrong = report(place, "verify", str(place / "x.pdf"))
    assert code == 2
    assert wrong.count("\n") == 1


def test_without_what_it_prints_with_one_line_says_what_to_install(
    odd: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "find_spec", lambda _: None)
    with pytest.raises(ReportError, match=re.escape("pip install 'vagt[pdf]'")):
        printed(odd, tmp_path)


def test_a_page_that_cannot_be_printed_says_why_and_leaves_no_file(
    odd: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_PROGRAM", "vagt.report.nowhere")
    with pytest.raises(ReportError, match="could not be printed"):
        printed(odd, tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []


def test_printing_reads_nothing_from_outside() -> None:
    with pytest.raises(ValueError, match="nothing from outside"):
        printing._refused("https://example.org/x.css")
