"""Migrations only add, and a backup of every schema that there was comes back and goes on."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from manual import at

from daemon.backup.making import Source, make, staged
from daemon.backup.manifest import BackupError
from daemon.backup.opening import opened
from daemon.backup.putting import put
from daemon.journal import store
from daemon.journal.events import DaemonStarted
from daemon.journal.store import FILE, SCHEMA, verify
from daemon.journal.writer import Journal
from telemetry import schema as outbox
from telemetry.additive import holds

KEPT = Path(__file__).parents[1] / "schemas"
TAKES = re.compile(r"\b(DROP|DELETE|UPDATE|RENAME|REPLACE)\b", re.IGNORECASE)
STEPS = {"journal": store._STEPS, "outbox": outbox._STEPS}


@pytest.mark.parametrize("name", STEPS)
def test_no_step_takes_anything_away(name: str) -> None:
    assert [step for step in STEPS[name] if TAKES.search(step)] == []


@pytest.mark.parametrize("name", STEPS)
def test_each_schema_holds_all_of_the_one_before(name: str) -> None:
    steps = STEPS[name]
    for before, after in pairwise(range(1, len(steps) + 1)):
        with closing(sqlite3.connect(":memory:")) as later:
            for step in steps[:after]:
                later.executescript(step)
            assert holds(later, steps[:before])


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
async def test_a_backup_of_an_earlier_schema_comes_back_and_is_gone_on_with(
    tmp_path: Path, schema: int
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    shutil.copy(KEPT / str(schema) / FILE, old / FILE)
    before = verify(old / FILE)
    make(Source(old, None, "1.0", at(0)), tmp_path / "copy", ())
    with staged(new) as stage:
        put(stage, opened(tmp_path / "copy", stage, None), new, "1.0", at(1))
    assert verify(new / FILE) == before
    journal = Journal(new / FILE, "another boot")
    await journal.open(at(2))
    await journal.append(DaemonStarted("later", "rows"), at(3))
    await journal.close()
    after = verify(new / FILE)
    assert (after.journal, after.events) == ("clean", before.events + 1)


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ("CREATE TABLE later (x INTEGER) STRICT", True),
        ("ALTER TABLE event ADD COLUMN later TEXT", True),
        ("ALTER TABLE event RENAME COLUMN body TO text", False),
    ],
)
async def test_a_backup_of_a_later_schema_comes_back_where_that_only_added(
    tmp_path: Path, change: str, *, taken: bool
) -> None:
    later, here = tmp_path / "later", tmp_path / "here"
    here.mkdir()
    later.mkdir()
    shutil.copy(KEPT / str(SCHEMA) / FILE, later / FILE)
    make(Source(later, None, "1.0", at(0)), tmp_path / "plain", ())
    with staged(later) as stage:
        manifest = opened(tmp_path / "plain", stage, None)
        with closing(sqlite3.connect(stage / FILE)) as journal:
            journal.executescript(f"{change}; PRAGMA user_version = {SCHEMA + 1}")
        if taken:
            put(stage, manifest, here, "1.0", at(1))
            assert verify(here / FILE).head == manifest.head
            return
        (here / FILE).write_bytes((KEPT / str(SCHEMA) / FILE).read_bytes())
        with pytest.raises(BackupError, match="install the newer version"):
            put(stage, manifest, here, "1.0", at(1))
        assert (here / FILE).read_bytes() == (KEPT / str(SCHEMA) / FILE).read_bytes()
