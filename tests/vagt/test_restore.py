"""`vagt restore`: a backup put back whole, never over what it does not hold."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from clinics import VAGT, Clinic, clinic, daemon, ear
from copies import head, key, refused, vagt

from daemon.journal.store import FILE, verify


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    """Return a clinic with one case on record, of which there is a backup."""
    made = clinic(tmp_path)
    case(made)
    done = vagt("backup", "-o", copy(made), "--plain", "--config", made.config)
    assert done.returncode == 0, done
    return made


def copy(place: Clinic) -> Path:
    return place.root / "copy.tgz"


def case(place: Clinic) -> None:
    """Let a daemon record one case."""

    async def recorded() -> None:
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.ask("end")
            await hears.home()

    with daemon(place):
        asyncio.run(recorded())


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_on_a_new_card_the_journal_is_as_it_was_and_the_daemon_goes_on(place: Clinic) -> None:
    before = head(place.data)
    shutil.rmtree(place.data)
    place.data.mkdir()
    done = vagt("restore", copy(place), "--config", place.config)
    assert done.returncode == 0, done
    assert head(place.data) == before
    (settings,) = place.data.glob("restored-*/config.toml")
    assert settings.read_bytes() == place.config.read_bytes()
    case(place)
    assert head(place.data)[0] > before[0]


def test_a_sealed_one_needs_its_key(place: Clinic, tmp_path: Path) -> None:
    file, public = key(place.root)
    sealed = place.root / "copy.age"
    vagt("backup", "-o", sealed, "--to", public, "--data", place.data)
    new = tmp_path / "new"
    new.mkdir()
    line = refused("restore", sealed, "--data", new)
    assert line.endswith("is sealed: name the owner's key file with --identity")
    assert files(new) == {}
    assert vagt("restore", sealed, "--identity", file, "--data", new).returncode == 0
    assert head(new) == head(place.data)


def test_a_journal_that_has_grown_since_is_left_as_it_is(place: Clinic) -> None:
    case(place)
    before = files(place.data)
    line = refused("restore", copy(place), "--config", place.config)
    assert "has grown since" in line
    assert "nothing was touched: look into the backup with --beside FOLDER, or keep both" in line
    assert files(place.data) == before


def test_another_journal_is_left_as_it_is(place: Clinic) -> None:
    (place.root / "other").mkdir()
    other = clinic(place.root / "other")
    case(other)
    before = files(other.data)
    assert "is another journal than the backup's" in refused(
        "restore", copy(place), "--config", other.config
    )
    assert files(other.data) == before


def test_a_journal_that_is_a_beginning_of_the_backup_gives_way_and_is_kept(place: Clinic) -> None:
    old = place.root / "old"
    old.mkdir()
    assert vagt("restore", copy(place), "--data", old).returncode == 0
    beginning = head(old)
    case(place)
    newer = place.root / "newer.tgz"
    assert vagt("backup", "-o", newer, "--plain", "--data", place.data).returncode == 0
    assert vagt("restore", newer, "--data", old).returncode == 0
    assert head(old) == head(place.data)
    (aside,) = old.glob("journal-before-*.db")
    kept = place.root / "kept"
    kept.mkdir()
    aside.rename(kept / "journal.db")
    assert head(kept) == beginning


def test_the_same_journal_stays_as_it_is(place: Clinic) -> None:
    before = (place.data / "journal.db").stat().st_ino
    assert vagt("restore", copy(place), "--config", place.config).returncode == 0
    assert (place.data / "journal.db").stat().st_ino == before


def test_a_damaged_journal_gives_way_and_is_kept(place: Clinic) -> None:
    before = head(place.data)
    for tail in ("-wal", "-shm"):
        (place.data / f"journal.db{tail}").unlink(missing_ok=True)
    (place.data / "journal.db").write_bytes(b"no database " * 900)
    assert vagt("restore", copy(place), "--config", place.config).returncode == 0
    assert head(place.data) == before
    (aside,) = place.data.glob("journal-damaged-*.db")
    assert aside.read_bytes().startswith(b"no database")


def test_nothing_is_put_back_under_a_running_daemon(place: Clinic) -> None:
    with daemon(place):
        while not place.socket.exists():
            time.sleep(0.05)
        line = refused("restore", copy(place), "--config", place.config)
    assert "is held by pid" in line
    assert "stop the daemon first (systemctl stop vagt)" in line


@pytest.mark.parametrize(
    "spoilt", ["cut", "byte", "text", "empty", "later", "elsewhere", "swapped"]
)
def test_what_is_not_whole_or_not_ours_is_refused_and_nothing_is_touched(
    place: Clinic, spoilt: str
) -> None:
    spoil(copy(place), spoilt)
    before = files(place.data)
    assert copy(place).name in refused("restore", copy(place), "--config", place.config)
    assert files(place.data) == before


def spoil(path: Path, how: str) -> None:
    raw = path.read_bytes()
    if how == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    elif how == "byte":
        half = len(raw) // 2
        path.write_bytes(raw[:half] + bytes([raw[half] ^ 1]) + raw[half + 1 :])
    elif how in {"text", "empty"}:
        path.write_bytes(b"" if how == "empty" else b"no backup " * 99)
    else:
        _repacked(path, how)


def _repacked(path: Path, how: str) -> None:
    """Pack it again with a manifest that asks for something else, or with another journal."""
    stage = path.parent / "stage"
    with tarfile.open(path) as archive:
        names = archive.getnames()
        archive.extractall(stage, filter="data")
    manifest = stage / "backup.json"
    text = manifest.read_text()
    if how == "later":
        manifest.write_text(text.replace('"form": 1', '"form": 9'))
    elif how == "elsewhere":
        manifest.write_text(text.replace("settings/config.toml", "../../etc/passwd"))
    else:
        with closing(sqlite3.connect(stage / "journal.db")) as db:
            db.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
            db.commit()
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            archive.add(stage / name, name)


def test_a_backup_is_looked_into_beside_everything_else(place: Clinic) -> None:
    case(place)
    beside = place.root / "beside"
    assert vagt("restore", copy(place), "--beside", beside).returncode == 0
    assert head(beside)[0] < head(place.data)[0]
    assert "is there already: name a new folder" in refused(
        "restore", copy(place), "--beside", beside
    )


def test_killed_at_any_moment_it_leaves_the_journal_before_or_after(place: Clinic) -> None:
    old = place.root / "old"
    old.mkdir()
    assert vagt("restore", copy(place), "--data", old).returncode == 0
    case(place)
    newer = place.root / "newer.tgz"
    assert vagt("backup", "-o", newer, "--plain", "--data", place.data).returncode == 0
    ends = {head(old), head(place.data)}
    seen, there = set(), old
    for milliseconds in range(120, 360, 40):
        there = place.root / f"at-{milliseconds}"
        shutil.copytree(old, there)
        restoring = subprocess.Popen([*VAGT, "restore", str(newer), "--data", str(there)])
        time.sleep(milliseconds / 1000)
        restoring.send_signal(signal.SIGKILL)
        restoring.wait()
        found = verify(there / FILE)
        seen.add((found.events, found.head))
    assert seen <= ends
    assert vagt("restore", newer, "--data", there).returncode == 0
    assert head(there) == head(place.data)
