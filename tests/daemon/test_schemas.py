"""Every schema that ever landed is kept as a small journal, and this version reads them all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from manual import at

from daemon.journal.events import DaemonStarted
from daemon.journal.store import FILE, SCHEMA, verify
from daemon.journal.writer import Journal
from monitoring.alarms import Key
from vitals.vocabulary import Priority, SignalState

KEPT = Path(__file__).parents[1] / "schemas"


def test_every_schema_up_to_this_one_is_kept() -> None:
    assert sorted(int(folder.name) for folder in KEPT.iterdir()) == list(range(1, SCHEMA + 1))


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
async def test_a_journal_of_an_earlier_schema_is_read_and_gone_on_with(
    tmp_path: Path, schema: int
) -> None:
    path = tmp_path / FILE
    shutil.copy(KEPT / str(schema) / FILE, path)
    before = verify(path)
    journal = Journal(path, "another boot")
    state = (await journal.open(at(0))).state
    await journal.append(DaemonStarted("later", "rows"), at(1))
    await journal.close()
    case = state.watched("Stue 1")
    assert case is not None
    assert (case.code, case.band, case.number[-3:]) == ("3021", "y2_5", "002")
    alarm = state.alarms["Stue 1"][Key("spo2_low")]
    assert (alarm.signal, alarm.priority) == (SignalState.ACKNOWLEDGED, Priority.HIGH)
    after = verify(path)
    assert (before.journal, after.journal) == ("clean", "clean")
    assert after.events == before.events + 1
