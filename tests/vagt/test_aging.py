"""What `vagt doctor` says of nightly copies and of records older than they must be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from doctors import ids, only, scene
from manual import at
from sockets import Machine

from daemon import config, keeping
from daemon.config import ConfigError
from daemon.journal.events import DaemonStarted
from daemon.journal.store import FILE
from daemon.journal.writer import Journal
from daemon.keeping import LAW, Keeping, term
from vagt.doctor.backups import backups
from vagt.doctor.retention import retention
from vagt.doctor.scene import Scene
from vitals.instant import Instant
from vitals.practice import Country

KEY = "age1" + "q" * 58


def day(text: str) -> Instant:
    return Instant(0, datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


async def written(folder: Path, name: str, when: str) -> None:
    """Leave a journal whose one event is of a day."""
    folder.mkdir(exist_ok=True)
    journal = Journal(folder / name, "boot")
    await journal.open(day(when))
    await journal.append(DaemonStarted("1.0", "rows"), day(when))
    await journal.close()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "root")


def on(when: str, machine: Machine, extra: str = "") -> Scene:
    return replace(scene(machine, extra=extra), now=day(when))


@pytest.mark.parametrize("country", Country)
def test_every_country_has_a_term_and_a_source(country: Country) -> None:
    assert "§" in LAW[country].source
    assert term(Keeping(), country) == LAW[country]
    assert term(Keeping(15), country).years == 15


def test_a_danish_journal_stays_for_ten_years_after_its_last_entry() -> None:
    assert LAW[Country.DENMARK].years == 10
    assert LAW[Country.NORWAY].years is None


@pytest.mark.parametrize("row", ["journal_years = 0", "journal_years = 101", "years = 10"])
def test_a_wrong_row_is_named(machine: Machine, row: str) -> None:
    with pytest.raises(ConfigError, match="retention"):
        scene(machine, extra=f"\n[retention]\n{row}\n")


async def test_a_journal_set_aside_is_told_of_from_ten_years_after_its_last_event(
    machine: Machine,
) -> None:
    folder = scene(machine).config.data.dir
    await written(folder, "journal-before-20160229T120000Z.db", "2016-02-29T12:00:00")
    await written(folder, FILE, "2010-01-01")  # the one in use stays, however old
    (folder / "journal-damaged-20100101T000000Z.db").write_bytes(b"no database")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert ids(retention(on("2026-03-01T11:59:00", machine))) == []
    finding = only(retention(on("2026-03-01T12:01:00", machine)))
    assert finding.id == "kept_too_long"
    assert "journal-before-20160229T120000Z.db: its last event is of 2016-02-29" in finding.what
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


async def test_a_clinic_may_keep_it_longer_and_norway_says_no_number(machine: Machine) -> None:
    folder = scene(machine).config.data.dir
    await written(folder, "journal-before-x.db", "2010-01-01")
    own = "\n[retention]\njournal_years = 20\n"
    assert ids(retention(on("2026-01-01", machine, own))) == []
    assert ids(retention(on("2031-01-01", machine, own))) == ["kept_too_long"]
    there = on("2031-01-01", machine)
    site = replace_country(there, Country.NORWAY)
    (seen,) = retention(site).checked
    assert (ids(retention(site)), "no number of years" in seen.what) == ([], True)


def replace_country(one: Scene, country: Country) -> Scene:
    text = one.file.read_text().replace('code = "KN"', f'code = "KN"\ncountry = "{country}"')
    one.file.write_text(text)
    return replace(one, config=config.read(one.file))


async def test_an_empty_journal_has_no_age(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, "boot")
    await journal.open(at(0))
    await journal.close()
    assert keeping.over(tmp_path / FILE, 1, day("2026-01-01")) is None


def test_copies_that_ceased_are_found_and_so_is_a_folder_that_is_gone(
    machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    extra = f'\n[backup]\nfolder = "{folder}"\nto = ["{KEY}"]\n'
    one = on("2026-11-23", machine, extra)
    assert ids(backups(one)) == ["backups_no_folder"]
    folder.mkdir(mode=0o755)
    assert ids(backups(one)) == ["backups_denied"]
    folder.chmod(0o777)
    assert ids(backups(one)) == []
    (folder / "vagt-KN-20261114T031000Z.age").touch()
    (folder / "vagt-XX-20261122T031000Z.age").touch()
    assert ids(backups(one)) == ["backup_old"]
    (folder / "vagt-KN-20261117T031000Z.age").touch()
    assert ids(backups(one)) == []


def test_without_a_key_it_is_said_that_no_copy_is_made(machine: Machine) -> None:
    (seen,) = backups(scene(machine)).checked
    assert seen.what == "none is made by itself: no key in [backup]"
