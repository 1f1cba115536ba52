"""A patient who is named wherever words can be written of a case is named in no report."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from canaries import CANARIES, CPR, NAME, NOTE
from filed import filed, place_of
from months import BED, RULES, Journal, Made, moment, opening
from msgspec import structs
from odd import PAIR
from pypdf import PdfReader

from daemon.journal.events import CaseEntered
from vagt.report.binding import attached
from vitals import acts, deeds
from vitals.deeds import Said
from vitals.vocabulary import Cancellation, CaseKind, Flag, Modality, Part, Side, Word

pytestmark = pytest.mark.timeout(180)
MONDAY = date(2026, 11, 2)
DAY = ("--from", "2026-11-02")
TEXT = f"{NAME} {CPR[:6]}-{CPR[6:]} {NOTE}"
REASON = "probe faldt af"
"""Of a waiver: it stands in reports."""
ANAESTHETIC: tuple[Said, ...] = (
    deeds.Begin(reason=TEXT),
    deeds.Rebook(TEXT, "3022", ("4410",), TEXT),
    deeds.Waive(Modality.ECG, REASON),
    deeds.Correct(2, TEXT),
    deeds.Finish(performed=False, reason=TEXT),
    deeds.Recover(reason=TEXT),
    deeds.Resume("3021", TEXT),
    deeds.Finish(reason=TEXT),
    deeds.Recover(reason=TEXT),
    deeds.HandOver("MK", TEXT, bp_lowering=True),
    deeds.Conclude(tuple(Word)),
)
GIVEN = deeds.Give(TEXT, TEXT, Side.LEFT, Part.LUMBAR, steroid=TEXT, steroid_mg=40.0)
ENDS: tuple[tuple[CaseKind, str, tuple[Said, ...]], ...] = (
    (CaseKind.ANAESTHETIC, "3021", (*ANAESTHETIC, deeds.Discharge())),
    (CaseKind.ANAESTHETIC, "3021", (*ANAESTHETIC[:6], deeds.Transfer(TEXT, TEXT))),
    (CaseKind.BLOCK, "2635", (PAIR, GIVEN, deeds.Abandon(TEXT))),
    (CaseKind.ANAESTHETIC, "3021", (deeds.Cancel(Cancellation.OTHER, TEXT),)),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.act(moment(MONDAY, "06:30"), acts.ChooseClinic("KN"))
    for serial, (kind, code, said) in enumerate(ENDS, 70):
        begin = moment(MONDAY, f"{8 + serial - 70:02d}:00")
        number = f"KN-261102-{serial:03d}"
        found = opening(number, MONDAY, serial, code, RULES.hash)
        journal.add(begin - 60, structs.replace(found, case_kind=kind, site=TEXT))
        for place, deed in enumerate(said, 1):
            at = begin + 180.0 * place
            late = (TEXT, (Flag.LATE,))
            journal.add(at, CaseEntered(number, BED, place, deed, 60.0, "AS", TEXT, *late))
    journal.case(moment(MONDAY, "14:00"), Made(held=("live ecg",), explained=REASON))
    return place_of(tmp_path_factory.mktemp("clinic"), journal)


def test_no_form_of_a_report_and_no_table_names_the_patient(place: Path) -> None:
    for words, days in _asked():
        for name in ("all.json", "all.zip", "all.html", "all.pdf"):
            file = filed(place, name, *words, days=days)
            for part, text in _parts(file):
                for canary in CANARIES:
                    assert canary not in text, (words, part, canary)
    for name in ("all.json", "all.html", "all.pdf"):  # those of the last: whole, with cases
        assert REASON in "".join(text for _, text in _parts(place / name))


def test_a_case_as_fhir_names_the_patient_as_little(place: Path) -> None:
    for _, (_, number) in [one for one in _asked() if one[1][0] == "--case"]:
        words = ("--format", "fhir")
        text = filed(place, "case.fhir", *words, days=("--case", number)).read_text("utf-8")
        assert '"Bundle"' in text
        for canary in CANARIES:
            assert canary not in text, (number, canary)


def test_the_journal_did_hold_it_and_the_report_says_that_something_was_written(
    place: Path,
) -> None:
    kept = b"".join(file.read_bytes() for file in place.glob("journal.db*"))
    assert kept.count(NAME.encode()) > len(ANAESTHETIC)
    told = filed(place, "said.json", "--cases", days=DAY).read_text("utf-8")
    for field in ("instruction", "reason", "to", "drug", "site", "steroid"):
        assert f'"{field}": "-"' in told, field


def _asked() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for serial in (70, 71, 72):
        yield (), ("--case", f"KN-261102-{serial:03d}")
    yield ("--for", "clinic", "--clinic", "KN"), DAY
    yield ("--cases",), DAY


def _parts(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a report; of a printed one what stands on its pages, and its stamp."""
    if file.suffix == ".pdf":
        text = " ".join(page.extract_text() for page in PdfReader(file).pages)
        yield file.name, " ".join(text.split())
        yield "stamp", (attached(file) or b"").decode()
        return
    if file.suffix != ".zip":
        yield file.name, file.read_text("utf-8")
        return
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8-sig")
