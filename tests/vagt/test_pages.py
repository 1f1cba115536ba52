"""A report as a page: offline, the same each time, and honest about what is not there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
import reports
from filed import filed, place_of, report
from monitored import cuff, kept, seconds
from months import Journal, Made, moment
from msgspec import structs

from daemon.report.document import Document
from daemon.report.scope import Reader
from daemon.report.stamp import Stamp
from vagt.report.filed import SCRIPT
from vagt.report.pages import html, write
from vagt.report.svg.shapes import KINDS, bar
from words.catalogue import Language, Words

pytestmark = pytest.mark.timeout(60)
OPEN = {"br", "link", "meta"}
"""Elements that have no end."""
OUTSIDE = ("http:", "https:", "src=", "href=", "url(", "@import", "<link", "<iframe")


class Outline(HTMLParser):
    """Reads a page, and keeps its texts; an element that ends out of turn is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in OPEN:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that ends in itself."""

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"script", "style"} & set(self.inside):
            self.texts.append(data.strip())


def outlined(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    outline.close()
    assert outline.inside == []
    return outline


def texts(document: Document, language: Language = Language.DANISH) -> list[str]:
    return outlined(html(document, language)).texts


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Document:
    filed = reports.place(tmp_path_factory.mktemp("busy"), reports.busy(24))
    whole = filed.month(sheets=True)
    first, *others = whole.sheets
    return structs.replace(whole, sheets=(reports.gapped(first), *others))


@pytest.mark.parametrize("language", Language)
def test_a_page_is_whole_and_asks_for_nothing_outside(month: Document, language: Language) -> None:
    page = html(month, language)
    assert f'<html lang="{language.value}">' in page
    assert [one for one in OUTSIDE if one in page] == []
    assert "None" not in outlined(page).texts


def test_the_same_report_is_the_same_page(month: Document, tmp_path: Path) -> None:
    write(month, Language.DANISH, tmp_path / "a.html")
    written = (tmp_path / "a.html").read_bytes()
    assert written == html(month, Language.DANISH).encode()
    assert written != html(month, Language.NORWEGIAN).encode()


def test_what_somebody_wrote_ends_no_element_and_no_script(month: Document) -> None:
    page = html(month, Language.DANISH)
    assert "<b>æøå</b>" not in page
    assert 'ikke til stede: <b>æøå</b> & "}" </script>' in " ".join(outlined(page).texts)


def test_the_stamp_of_a_page_is_the_reports(month: Document) -> None:
    found = SCRIPT.search(html(month, Language.ENGLISH).encode())
    assert found is not None
    assert msgspec.json.decode(found[1], type=Stamp) == month.stamp


def test_the_foot_says_what_it_is_for_and_what_it_rests_on(month: Document) -> None:
    page, stamp = html(month, Language.ENGLISH), month.stamp
    foot = page[page.index("<footer>") :]
    for said in (str(stamp.last), stamp.head[:12], stamp.rules[0][:12], stamp.digest[:12]):
        assert said in foot
    assert Words(Language.ENGLISH).text("use.intended") in foot


def test_rules_that_nobody_has_approved_are_told_on_every_page(month: Document) -> None:
    assert month.stamp.unapproved
    told = texts(month)
    assert any("IKKE GODKENDT af nogen" in one and "limits" in one for one in told[:4])
    page = html(month, Language.DANISH)
    assert "(IKKE GODKENDT)" in page[page.index("<footer>") :]
    sound = structs.replace(month, stamp=structs.replace(month.stamp, unapproved=()))
    assert "IKKE GODKENDT" not in html(sound, Language.DANISH)


def test_each_kind_of_gap_has_a_pattern_of_its_own_without_any_colour() -> None:
    shapes = {re.sub(r'fill="#\w+"', "", bar(kind, 10, 60, 0)) for kind in KINDS}
    assert len(shapes) == len(KINDS) == 6


@pytest.mark.parametrize("language", Language)
def test_not_monitored_not_documented_stale_and_waived_are_four_things(language: Language) -> None:
    words = Words(language)
    said = {words.text(f"report.{one}") for one in ("uncovered", "undocumented", "stale", "waived")}
    assert len(said) == 4


def test_a_case_says_each_gap_with_its_cause(month: Document) -> None:
    told = texts(month)
    for kind in ("ikke monitoreret", "ikke dokumenteret", "forældet", "fraveget med begrundelse"):
        assert any(f"{kind}:" in one for one in told), kind


def test_an_empty_month_has_no_case_and_invents_nothing(tmp_path: Path) -> None:
    told = texts(reports.place(tmp_path, reports.empty()).month(sheets=True))
    assert "Ingen i perioden" in told
    assert not any(one.startswith("KN-26") for one in told)
    assert Words(Language.DANISH).text("owner.unwatched") in told


def test_a_case_that_is_open_says_so_and_has_no_verdict(tmp_path: Path) -> None:
    journal, number = reports.running()
    told = texts(reports.place(tmp_path, journal).case(number))
    running = Words(Language.DANISH).text("owner.running")
    assert f"Krav: {running}" in told
    assert running in told[told.index("Forløb slut") :]
    assert not {"Krav: OPFYLDT", "Krav: IKKE OPFYLDT"} & set(told)


def test_a_journal_that_was_altered_is_told_of_at_the_head(month: Document) -> None:
    broken = structs.replace(month, stamp=structs.replace(month.stamp, broken=7))
    head = texts(broken)[:4]
    assert any("7" in one and one.isupper() is False and "JOURNAL" in one for one in head)
    assert not any("JOURNAL" in one for one in texts(month)[:4])


def test_a_clinic_reads_no_case_nobodys_initials_and_no_waiver(tmp_path: Path) -> None:
    filed = reports.place(tmp_path, reports.busy(24))
    page = html(filed.month(reader=Reader.CLINIC), Language.DANISH)
    assert not re.search(r"KN-26\d{4}-\d{3}|>AS<|græd|Fraveget", page)
    assert "Klinik Nord" not in page
    assert "For klinikken KN" in page or "KN" in page


def test_the_calendar_has_every_day_once(month: Document) -> None:
    page = html(month, Language.DANISH)
    found = re.findall(r'<td class="(?:ready|notices|held|unchecked|unused|unknown)">(\d+)\.', page)
    assert found == [str(one) for one in range(1, 31)]


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """Return a clinic with one case of which a monitor's numbers are kept, but for five minutes."""
    journal = Journal()
    begin = moment(reports.DAY, "08:05")
    journal.start(begin - 3600.0)
    journal.case(begin, Made())
    place = place_of(tmp_path, journal)
    first, later = seconds(begin, 300.0), seconds(begin + 600.0, 300.0)
    kept(place, (*first, *later, *cuff(begin + 60.0, 92.0, 51.0, origin="simulated")))
    return place


DAYS = ("--from", "2026-11-02", "--cases")


def test_curves_have_no_line_where_nothing_came(watched: Path) -> None:
    page = filed(watched, "a.html", days=DAYS).read_text("utf-8")
    told = page[page.index("<!--history-->") : page.index("<!--/history-->")]
    spo2 = told[told.index(">SpO2") : told.index(">puls")]
    assert spo2.count('fill="#ccc"') == 2
    assert told.count(">SIMULERET<") == 1
    assert told.count('<p class="note">') == 1
    assert "SpO2: monitor; puls: monitor" in told


def test_a_page_is_verified_when_the_history_is_gone(watched: Path) -> None:
    file = filed(watched, "a.html", days=DAYS)
    assert report(watched, "verify", str(file))[1].strip().endswith("as of event 8")
    next(watched.glob("outbox*")).unlink()
    code, said, _ = report(watched, "verify", str(file))
    assert code == 0
    assert said.strip().endswith("its pages were not read")
    gone = filed(watched, "b.html", days=DAYS).read_text("utf-8")
    assert "Det, apparaterne måler, gemmes ikke her" in gone
    file.write_text(file.read_text("utf-8").replace("OPFYLDT", "opfyldt", 1), "utf-8")
    assert report(watched, "verify", str(file))[0] == 1
