"""Backups at the files themselves: what is crafted, cut, altered or in the way changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from clinics import clinic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manual import at

from daemon import config
from daemon.backup import nightly, seal
from daemon.backup.making import RESERVE_BYTES, Source, make, staged
from daemon.backup.manifest import FORM, JOURNAL, NAME, BackupError, Entry, Manifest, entry
from daemon.backup.opening import opened
from daemon.backup.putting import put
from daemon.journal.events import DaemonStarted
from daemon.journal.store import FILE, verify
from daemon.journal.writer import Journal

HASH = "ab" * 32
CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def write(data: Path, *versions: str) -> None:
    """Let a journal go on with one event for each of these."""
    data.mkdir(exist_ok=True)
    journal = Journal(data / FILE, "boot")
    await journal.open(at(0))
    for version in versions:
        await journal.append(DaemonStarted(version, "rows"), at(1))
    await journal.close()


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    await write(folder, "one", "two", "three")
    return folder


class Usage(NamedTuple):
    """A disk, as far as it is asked."""

    free: int


def copied(data: Path, name: str = "copy") -> Path:
    target = data.parent / name
    make(Source(data, None, "1.0", at(0)), target, ())
    return target


def restored(file: Path, data: Path, *, aside: bool = False) -> list[Path]:
    with staged(data) as stage:
        return put(stage, opened(file, stage, None), data, "1.0", at(99), aside=aside)


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


async def test_a_fork_may_be_set_aside_and_both_stay(data: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    await write(fresh, "of the new card")
    mine = verify(fresh / FILE)
    with pytest.raises(BackupError, match="keep both and go on with the backup's by --aside"):
        restored(copied(data), fresh)
    assert verify(fresh / FILE) == mine
    restored(copied(data, "again"), fresh, aside=True)
    assert verify(fresh / FILE) == verify(data / FILE)
    (kept,) = fresh.glob("journal-before-*.db")
    assert verify(kept) == mine


async def test_events_that_are_still_in_the_log_are_kept_with_what_is_set_aside(
    data: Path, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh"
    await write(fresh, "early")
    with closing(sqlite3.connect(fresh / FILE)) as live:
        live.execute("PRAGMA wal_autocheckpoint = 0")
        live.execute("CREATE TABLE mark (x)")
        live.commit()
        for tail in ("", "-wal"):  # as a power cut leaves them
            (tmp_path / f"cut{tail}").write_bytes((fresh / f"{FILE}{tail}").read_bytes())
    for tail in ("", "-wal"):
        (fresh / f"{FILE}{tail}").write_bytes((tmp_path / f"cut{tail}").read_bytes())
    restored(copied(data), fresh, aside=True)
    (kept,) = fresh.glob("journal-before-*.db")
    with closing(sqlite3.connect(kept)) as found:
        assert found.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    assert verify(fresh / FILE).head == verify(data / FILE).head


async def test_an_altered_journal_with_the_same_head_gives_way_to_a_clean_copy(data: Path) -> None:
    file = copied(data)
    with closing(sqlite3.connect(data / FILE)) as live:
        live.execute("UPDATE event SET body = replace(body, 'one', 'eno')")
        live.commit()
    assert verify(data / FILE).journal == "broken"
    restored(file, data)
    assert verify(data / FILE).journal == "clean"


async def test_one_backup_or_restore_at_a_time(data: Path) -> None:
    with staged(data) as stage:
        (stage / "half").write_text("of the first")
        with pytest.raises(BackupError, match="another backup or restore is under way"):
            copied(data)
        assert (stage / "half").exists()
    assert copied(data).is_file()


async def test_what_the_dead_left_half_made_goes_with_the_next(data: Path) -> None:
    (data / ".backup-dead").mkdir()
    (data / ".backup-dead" / JOURNAL).write_text("half")
    copied(data)
    assert not (data / ".backup-dead").exists()


async def test_the_rules_that_cases_were_held_to_come_back_and_no_pin_goes_along(
    data: Path, tmp_path: Path
) -> None:
    kept = data / "rules" / HASH
    kept.mkdir(parents=True)
    (kept / "alarms.toml").write_text("# rows")
    (data / "pins").write_text("{}")
    new = tmp_path / "new"
    new.mkdir()
    restored(copied(data), new)
    assert set(tree(new)) == {FILE, f"rules/{HASH}/alarms.toml"}


@pytest.mark.parametrize(
    "name", [f"settings/../{FILE}", "/etc/x", "../x", "rules/./x", "settings//x", "a/../../x"]
)
async def test_a_name_that_leads_elsewhere_is_refused(data: Path, name: str) -> None:
    before = tree(data)
    file = crafted(data, lambda told: [*told, Entry(name, 1, "")], name)
    with pytest.raises(BackupError):
        restored(file, data)
    assert tree(data) == before


async def test_a_manifest_that_is_no_text_is_no_backup(data: Path) -> None:
    file = data.parent / "strange"
    (data.parent / NAME).write_bytes(b'{"form":1,"made":"\xff"}')
    with tarfile.open(file, "w:gz") as archive:
        archive.add(data.parent / NAME, NAME)
    with pytest.raises(BackupError, match="it is no backup of Vagt"):
        restored(file, data)


async def test_a_manifest_that_calls_a_broken_journal_clean_is_refused(data: Path) -> None:
    altered = data.parent / "altered"
    await write(altered, "one", "two", "three")
    with closing(sqlite3.connect(altered / FILE)) as live:
        live.execute("UPDATE event SET body = replace(body, 'two', 'owt')")
        live.commit()
    file = crafted(altered, list)
    with pytest.raises(BackupError, match="is not the one that was packed"):
        restored(file, data)


def crafted(
    data: Path, entries: Callable[[list[Entry]], list[Entry]], name: str | None = None
) -> Path:
    """Pack a journal as an attacker would, who knows the form but not the key."""
    stage = data.parent / "crafted"
    stage.mkdir()
    with (
        closing(sqlite3.connect(data / FILE)) as live,
        closing(sqlite3.connect(stage / JOURNAL)) as to,
    ):
        live.backup(to)
        to.execute("PRAGMA journal_mode = DELETE")
    found = verify(stage / JOURNAL)
    files = tuple(entries([entry(stage / JOURNAL, JOURNAL)]))
    manifest = Manifest(FORM, "t", "1.0", "", found.events, found.head, clean=True, files=files)
    (stage / NAME).write_bytes(msgspec.json.encode(manifest))
    target = data.parent / "crafted.tgz"
    with tarfile.open(target, "w:gz") as archive:
        archive.add(stage / NAME, NAME)
        archive.add(stage / JOURNAL, JOURNAL)
        if name is not None:
            archive.add(stage / NAME, name)
    return target


async def test_a_backup_takes_no_room_that_the_daemon_writes_in(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(path.stat().st_size for path in data.glob(f"{FILE}*"))
    free = 2 * size + RESERVE_BYTES
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=free - 1))
    with pytest.raises(BackupError, match="32 for a while: make room on the disk"):
        copied(data)
    assert not (data.parent / "copy").exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=free))
    assert copied(data).is_file()


@CALM
@given(spot=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
async def test_what_is_sealed_opens_whole_or_not_at_all(
    sealed: tuple[Path, Path], spot: float, flip: int, *, cut: bool
) -> None:
    file, identity = sealed
    raw = bytearray(file.read_bytes())
    place = int(spot * len(raw))
    raw[place] ^= flip
    spoilt = file.with_name("spoilt")
    spoilt.write_bytes(raw[:place] if cut else raw)
    with staged(file.parent) as stage, pytest.raises(BackupError) as told:
        opened(spoilt, stage, identity)
    assert "\n" not in str(told.value)


@CALM
@given(spot=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), cut=st.booleans())
async def test_what_is_not_sealed_is_what_was_packed_or_is_refused(
    data: Path, spot: float, flip: int, *, cut: bool
) -> None:
    file = data.parent / "copy"
    raw = bytearray((file if file.exists() else copied(data)).read_bytes())
    place = int(spot * len(raw))
    raw[place] ^= flip
    spoilt = file.with_name("spoilt")
    spoilt.write_bytes(raw[:place] if cut else raw)
    with staged(data) as stage:
        manifest = None
        with suppress(BackupError):
            manifest = opened(spoilt, stage, None)
    assert manifest is None or manifest.head == verify(data / FILE).head


@pytest.fixture
async def sealed(data: Path) -> tuple[Path, Path]:
    identity = data.parent / "owner.key"
    public = seal.made(identity)
    make(Source(data, None, "1.0", at(0)), data.parent / "copy.age", [public])
    return data.parent / "copy.age", identity


async def test_a_sealed_copy_that_was_cut_is_not_blamed_on_the_key(
    sealed: tuple[Path, Path],
) -> None:
    file, identity = sealed
    raw = file.read_bytes()
    for length in (len(raw) - 1, len(raw) // 2, 150, 30):
        file.write_bytes(raw[:length])
        with staged(file.parent) as stage, pytest.raises(BackupError, match="not whole, or was"):
            opened(file, stage, identity)


async def test_a_clock_that_was_wrong_never_takes_the_newest_copy_away(tmp_path: Path) -> None:
    settled, folder = await nights(tmp_path)
    for day in range(1, 6):
        (folder / f"vagt-KN-202611{day:02}T031000Z.age").write_text("older")
    made, _, gone = nightly.filed(settled, "1.0", at(0))
    assert made.name < gone[0].name
    assert made.is_file()
    assert nightly.copies(folder, "KN")[1:] == sorted(folder.glob("vagt-KN-2026110[45]*"))


async def test_a_broken_journal_takes_no_good_copy_away(tmp_path: Path) -> None:
    settled, folder = await nights(tmp_path)
    good = [folder / f"vagt-KN-202611{day:02}T031000Z.age" for day in range(1, 6)]
    for path in good:
        path.write_text("good")
    with closing(sqlite3.connect(settled.data.dir / FILE)) as live:
        live.execute("UPDATE event SET body = replace(body, 'one', 'eno')")
        live.commit()
    _, manifest, gone = nightly.filed(settled, "1.0", at(0))
    assert (manifest.clean, gone) == (False, [])
    assert all(path.is_file() for path in good)


async def nights(root: Path) -> tuple[config.Config, Path]:
    folder = root / "backups"
    folder.mkdir()
    (folder / ".vagt-KN-20261101T031000Z.age.part").write_text("left by a power cut")
    public = seal.made(root / "owner.key")
    extra = f'\n[backup]\nfolder = "{folder}"\nto = ["{public}"]\nkeep = 3\n'
    settled = config.read(clinic(root, extra=extra).config)
    await write(settled.data.dir, "one")
    return settled, folder


@pytest.mark.skipif(os.geteuid() != 0, reason="what root lays is for the daemon's user")
async def test_what_root_puts_back_is_the_daemons_also_the_lock(data: Path, tmp_path: Path) -> None:
    kept = data / "rules" / HASH
    kept.mkdir(parents=True)
    (kept / "alarms.toml").write_text("# rows")
    new = tmp_path / "new"
    new.mkdir()
    os.chown(new, 54_321, 54_321)
    restored(copied(data), new)
    owners = {path: path.stat().st_uid for path in new.rglob("*")}
    assert set(owners.values()) == {54_321}
    assert {"vagt.lock", FILE, "rules"} <= {path.name for path in owners}
