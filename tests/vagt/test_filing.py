"""`vagt report --filed`: the owner's and each clinic's, and nothing is written over."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from checkout import ROOT
from filed import place_of, report, whole
from months import Journal, Made, moment

from daemon.clock import SystemClock, local_date
from daemon.config import ConfigError, parsed
from daemon.journal.store import FILE

pytestmark = pytest.mark.timeout(60)
MONDAY = date(2026, 10, 5)
MONTH = ("--month", "2026-10", "--filed")


def kept(tmp_path: Path, *rows: str, cases: int = 1) -> Path:
    """Return a clinic that files its reports in `out` beside its journal."""
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    for one in range(cases):
        journal.case(moment(MONDAY, f"{8 + one:02}:05"), Made())
    place = place_of(tmp_path, journal)
    settings = place / "c.toml"
    told = settings.read_text("utf-8")
    settings.write_text("\n".join((told, "[report]", 'folder = "out"', *rows, "")), "utf-8")
    return place


def lines(place: Path, *words: str) -> list[str]:
    code, said, wrong = report(place, *(words or MONTH))
    assert (code, wrong) == (0, "")
    return [Path(one).name for one in said.splitlines()]


def test_the_owner_gets_everything_and_each_clinic_its_own_rows(tmp_path: Path) -> None:
    place = kept(tmp_path)
    (place / "out").mkdir()
    names = ["vagt-2026-10", "vagt-2026-10-KN", "vagt-2026-10-KS"]
    assert lines(place) == [f"{name}{end}" for name in names for end in (".html", ".json")]
    assert whole(place / "out/vagt-2026-10.json")["stamp"]["scope"]["reader"] == "owner"
    own = whole(place / "out/vagt-2026-10-KN.json")
    assert (own["stamp"]["scope"]["reader"], own["stamp"]["scope"]["clinic"]) == ("clinic", "KN")
    assert "KN-261005-001" not in json.dumps(own)
    code, said, _ = report(place, "verify", str(place / "out/vagt-2026-10.html"))
    assert (code, said.split(":")[0]) == (0, "same")


def test_what_is_filed_is_as_the_configuration_says(tmp_path: Path) -> None:
    place = kept(tmp_path, 'forms = ["html", "csv"]', 'lang = "nb"', "cases = true")
    (place / "out").mkdir()
    assert lines(place)[:2] == ["vagt-2026-10.html", "vagt-2026-10.zip"]
    page = (place / "out/vagt-2026-10.html").read_text("utf-8")
    assert '<html lang="nb">' in page
    assert 'class="sheet' in page


def test_what_was_filed_is_never_written_over(tmp_path: Path) -> None:
    place = kept(tmp_path, 'forms = ["html"]')
    (place / "out").mkdir()
    first = lines(place)
    before = (place / "out" / first[0]).read_bytes()
    assert lines(place) == first
    (place / "journal.db").unlink()
    (place / "c.toml").unlink()
    kept(tmp_path, 'forms = ["html"]', cases=2)
    assert lines(place)[0] == "vagt-2026-10-2.html"
    assert (place / "out" / first[0]).read_bytes() == before
    assert not [one for one in (place / "out").iterdir() if one.name.startswith(".")]


def test_what_is_filed_of_a_journal_that_was_altered_is_warned_of(tmp_path: Path) -> None:
    place = kept(tmp_path, 'forms = ["json"]')
    (place / "out").mkdir()
    with closing(sqlite3.connect(place / FILE)) as connection, connection:
        connection.execute("UPDATE event SET body = replace(body, '}', ' }') WHERE seq = 1")
    code, said, wrong = report(place, *MONTH, "--json")
    names = [Path(one).name for one in json.loads(said)["files"]]
    assert (code, names[0], len(names)) == (0, "vagt-2026-10.json", 3)
    assert wrong == "vagt report: the journal is broken at event 1: so it says\n"


def test_its_group_reads_what_is_filed_and_nobody_else(tmp_path: Path) -> None:
    place = kept(tmp_path)
    (place / "out").mkdir()
    for name in lines(place):
        assert stat.S_IMODE((place / "out" / name).stat().st_mode) == 0o640


def test_a_month_that_is_not_over_is_named_as_far_as_it_has_come(tmp_path: Path) -> None:
    today = local_date(SystemClock().now())
    journal = Journal()
    journal.start(moment(today, "00:00"))
    place = place_of(tmp_path, journal)
    text = (place / "c.toml").read_text("utf-8")
    (place / "c.toml").write_text(f'{text}[report]\nfolder = "out"\n', "utf-8")
    (place / "out").mkdir()
    names = lines(place, "--month", f"{today:%Y-%m}", "--filed")
    assert names[0] == f"vagt-{today.replace(day=1)}--{today}.html"


def test_days_are_filed_by_their_own_name(tmp_path: Path) -> None:
    place = kept(tmp_path, 'forms = ["json"]')
    (place / "out").mkdir()
    days = ("--from", "2026-10-05", "--to", "2026-10-06", "--filed")
    assert lines(place, *days)[0] == "vagt-2026-10-05--2026-10-06.json"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (MONTH, "out is not there: make that folder"),
        ((*MONTH, "-o", "x.html"), "--filed takes days alone"),
        (("--case", "KN-261005-001", "--filed"), "--filed takes days alone"),
        (("--filed",), "say which days"),
    ],
)
def test_what_cannot_be_filed_is_one_line(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    code, out, wrong = report(kept(tmp_path), *words)
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert said in wrong


def test_without_a_folder_it_says_which_row_to_write(tmp_path: Path) -> None:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    code, _, wrong = report(place_of(tmp_path, journal), *MONTH)
    assert (code, wrong.count("\n")) == (2, 1)
    assert "add [report] folder" in wrong


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("forms = []", "forms"),
        ('forms = ["docx"]', "docx"),
        ('lang = "sv"', "lang"),
        ('mappe = "x"', "mappe"),
    ],
)
def test_a_wrong_row_is_named(row: str, said: str) -> None:
    text = f'[site]\nname = "K"\ncode = "KN"\n[[bed]]\nname = "1"\n[report]\n{row}\n'
    with pytest.raises(ConfigError) as found:
        parsed(text, "c.toml")
    (line,) = found.value.errors
    assert "[report]" in line
    assert said in line


def test_the_documents_name_the_units_that_are_there() -> None:
    told = (ROOT / "docs/reports.md").read_text("utf-8")
    for name in ("units/vagt-report.service", "units/vagt-report.timer"):
        assert name in told
        assert (ROOT / "deploy/raspberrypi" / name).is_file()
