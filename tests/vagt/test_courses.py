"""Pages of odd cases: no word lies on another, nothing is called by its id."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import reports
from months import Journal, Made, moment, morning

from daemon.report.document import Document
from daemon.report.scope import Reader
from vagt.report.pages import html
from vagt.report.speech import Speech
from vagt.report.svg.timeline import timeline
from words.catalogue import Language, Words

DAY = date(2026, 11, 2)
NAMES = re.compile(r'<text x="([0-9.]+)" y="23"[^>]*?(text-anchor="end")?>([^<]*)</text>')


def made(folder: Path, *cases: Made, reader: Reader = Reader.OWNER) -> Document:
    journal = Journal()
    journal.start(moment(DAY, "06:00"))
    morning(journal, moment(DAY, "06:30"))
    for place, one in enumerate(cases):
        journal.case(moment(DAY, f"{8 + 2 * place:02}:05"), one)
    return reports.place(folder, journal).month(sheets=True, reader=reader)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("lasts", [0.2, 1.0, 12.0])
def test_the_names_of_stages_lie_on_no_other(
    tmp_path: Path, language: Language, lasts: float
) -> None:
    (sheet,) = made(tmp_path, Made(lasts=lasts)).sheets
    places = []
    for x, end, name in NAMES.findall(timeline(sheet, Words(language))):
        left = float(x) - (5.0 * len(name) if end else 0.0)
        places.append((left, left + 5.0 * len(name)))
    places.sort()
    assert len(places) >= 2
    assert all(one[1] <= other[0] for one, other in pairwise(places)), places


def test_what_a_case_was_started_in_spite_of_is_drawn_as_its_verdict_has_it(tmp_path: Path) -> None:
    held = Made(off=5.0, held=("live pulse_oximetry",), explained="græd")
    page = html(made(tmp_path, held, Made(off=5.0)), Language.DANISH)
    gaps = re.findall(r"00:03:00 +([a-z ]+): ikke påsat", page)
    assert gaps == ["fraveget med begrundelse", "ikke monitoreret"]


def test_a_time_that_the_clock_shows_twice_says_which_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    try:
        speech = Speech(Language.DANISH)
        found = [speech.clock(f"2026-10-25T0{hour}:30:00Z") for hour in range(3)]
        assert found == ["02:30:00 CEST", "02:30:00 CET", "03:30:00"]
        assert speech.moment("2026-10-25T01:30:00Z").endswith("02:30 CET")
        assert speech.clock("2026-03-29T01:30:00Z") == "03:30:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_lists_have_their_names_for_the_clinic_too(tmp_path: Path) -> None:
    page = html(made(tmp_path, reader=Reader.CLINIC), Language.DANISH)
    assert "Anæstesiapparat" in page
    assert not re.search(r"<td>\s*(machine|site)\s*</td>", page)
