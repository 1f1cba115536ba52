from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from manual import at, until
from msgspec.structs import replace

from daemon.journal.chain import GENESIS, chained
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.events import CaseEnded, CaseStarted, DaemonStarted, MeasureSeen
from daemon.journal.replay import Replay
from daemon.journal.store import FILE, JournalError, append, create, last, rows, verify
from daemon.journal.writer import LATE_S, WAITING_LIMIT, Journal
from daemon.protocol.messages import JournalState
from daemon.state import State
from monitoring.limits import Range
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import CaseState

BOOT = "boot-1"
STARTED = CaseStarted(
    case="KN-251121-001",
    day="251121",
    serial=1,
    bed="Stue 1",
    code="3021",
    rules="abc",
    band="y2_5",
    two_years=True,
    limits={Measure.SPO2: Range(lo=92, ext_lo=85)},
    limits_approved_by="",
    by="AS",
)
NONSENSE = "not a database, whatever its name says, and long enough to be looked at" * 20
ENDED = CaseEnded("KN-251121-001", "Stue 1", "AS")


async def written(path: Path, count: int = 1) -> None:
    journal = Journal(path, BOOT)
    await journal.open(at(0))
    for number in range(count):
        await journal.append(DaemonStarted(str(number), "abc"), at(number))
    await journal.close()


async def replayed(path: Path, *, boot: str = BOOT, now: float = 100) -> Replay:
    journal = Journal(path, boot)
    found = await journal.open(at(now))
    await journal.close()
    return found


async def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    assert (await journal.open(at(0))).state == State()
    await journal.append(STARTED, at(10))
    await journal.append(MeasureSeen("KN-251121-001", "Stue 1", Measure.SPO2), at(11))
    await journal.close()
    case = (await replayed(tmp_path / FILE)).state.watched("Stue 1")
    assert case is not None
    assert (case.started, case.seen, case.limits) == (
        at(10),
        frozenset({Measure.SPO2}),
        STARTED.limits,
    )
    assert verify(tmp_path / FILE).journal == "clean"


async def test_a_clean_journal_tells_its_length_and_head(tmp_path: Path) -> None:
    await written(tmp_path / FILE, 3)
    verdict = verify(tmp_path / FILE)
    with closing(create(tmp_path / FILE)) as connection:
        assert last(connection) == (3, verdict.head)
    assert (verdict.events, verdict.first_bad) == (3, None)
    assert verdict.head != GENESIS


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE event SET body = replace(body, '2', '9') WHERE seq = 3",
        "UPDATE event SET wall_us = wall_us + 1 WHERE seq = 3",
        "UPDATE event SET mono_us = mono_us + 1 WHERE seq = 3",
        "UPDATE event SET boot = 'other' WHERE seq = 3",
        "UPDATE event SET kind = 'daemon_stopped' WHERE seq = 3",
        "UPDATE event SET hash = (SELECT hash FROM event WHERE seq = 2) WHERE seq = 3",
    ],
)
async def test_a_row_that_was_altered_is_found(tmp_path: Path, harm: str) -> None:
    await written(tmp_path / FILE, 5)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute(harm)
    verdict = verify(tmp_path / FILE)
    assert (verdict.journal, verdict.first_bad, verdict.events) == ("broken", 3, 5)


async def test_a_row_that_was_taken_out_is_found(tmp_path: Path) -> None:
    await written(tmp_path / FILE, 5)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DELETE FROM event WHERE seq = 3")
    assert verify(tmp_path / FILE).first_bad == 4


async def test_an_event_of_a_later_version_is_kept_chained_and_passed_over(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE
    await written(path)
    with closing(create(path)) as connection:
        seq, head = last(connection)
        body = '{"kind":"moon_phase","of":"tomorrow"}'
        append(connection, [chained(head, seq + 1, (1, 1, BOOT), "moon_phase", body)])
    await written(path)
    with closing(create(path)) as connection:
        assert [row.kind for row in rows(connection)][1] == "moon_phase"
    assert verify(path).journal == "clean"
    assert len((await replayed(path)).events) == 2


async def test_a_field_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(create(path)) as connection:
        body = '{"kind":"case_ended","case":"x","bed":"y","by":"AS","mood":"good"}'
        append(connection, [chained(GENESIS, 1, (1, 1, BOOT), "case_ended", body)])
    assert (await replayed(path)).events[0][0] == CaseEnded("x", "y", "AS")


async def test_replay_begins_at_the_last_checkpoint_and_comes_to_the_same(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.db", tmp_path / "cut.db"
    for path in (whole, cut):
        journal = Journal(path, BOOT)
        await journal.open(at(0))
        journal.append(STARTED, at(10))
        journal.append(ENDED, at(20))
        if path == cut:
            state = (await replayed(whole)).state
            cases = tuple(state.cases.values())
            journal.append(Checkpoint("", cases, (), dict(state.serials)), at(20))
        journal.append(DaemonStarted("1", "abc"), at(30))
        await journal.close()
    assert (await replayed(cut)).state == (await replayed(whole)).state
    assert len((await replayed(cut)).events) == 2
    with closing(create(cut)) as connection:
        kept = list(rows(connection))
    assert f'"head":"{kept[1].hash}"' in kept[2].body


async def test_within_one_boot_durations_survive_a_restart_exactly(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    await journal.open(at(0))
    await journal.append(STARTED, at(10))
    await journal.close()
    case = (await replayed(tmp_path / FILE, now=70)).state.cases["KN-251121-001"]
    assert at(70).seconds_since(case.since) == 60


async def test_after_a_reboot_the_wall_clock_bridges_the_gap(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    await journal.open(at(5000))
    await journal.append(STARTED, at(5000))
    await journal.close()
    again = Journal(tmp_path / FILE, "boot-2")
    now = Instant(12.0, at(5090).wall)
    case = (await again.open(now)).state.cases["KN-251121-001"]
    await again.close()
    assert now.seconds_since(case.since) == pytest.approx(90)


async def test_a_wall_clock_that_went_back_makes_no_negative_duration(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    await journal.open(at(5000))
    await journal.append(STARTED, at(5000))
    await journal.close()
    found = await replayed(tmp_path / FILE, boot="boot-2", now=100)
    assert at(100).seconds_since(found.state.cases["KN-251121-001"].since) == 0


async def test_a_journal_that_a_newer_version_only_added_to_is_read_and_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE
    await written(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE event ADD COLUMN signed TEXT")
        connection.execute("CREATE TABLE later (name TEXT NOT NULL) STRICT")
        connection.execute("PRAGMA user_version = 99")
    before = verify(path)
    journal = Journal(path, BOOT)
    await journal.open(at(5000))
    await journal.append(STARTED, at(5000))
    await journal.close()
    after = verify(path)
    assert (before.journal, after.journal) == ("clean", "clean")
    assert after.events == before.events + 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)


@pytest.mark.parametrize(
    "altered",
    [
        "ALTER TABLE event RENAME COLUMN body TO text",
        "ALTER TABLE file RENAME TO files",
        (
            "DROP TABLE file; CREATE TABLE file (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " size INTEGER NOT NULL, body BLOB NOT NULL, sealed TEXT NOT NULL) STRICT"
        ),
        (
            "DROP TABLE file; CREATE TABLE file (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " size TEXT NOT NULL, body BLOB NOT NULL) STRICT"
        ),
    ],
)
async def test_a_journal_that_a_newer_version_made_otherwise_is_refused_and_left_alone(
    tmp_path: Path, altered: str
) -> None:
    path = tmp_path / FILE
    await written(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{altered}; PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(JournalError, match=r"schema 99 .*: install the newer version"):
        await replayed(path)
    with pytest.raises(JournalError, match="schema 99"):
        verify(path)
    assert path.read_bytes() == before


async def test_a_file_that_is_no_journal_is_not_verified(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(NONSENSE)
    with pytest.raises(JournalError, match="cannot be read as a journal"):
        verify(path)
    with pytest.raises(JournalError, match="is not there"):
        verify(tmp_path / "none.db")
    assert path.read_text() == NONSENSE


async def test_a_damaged_journal_is_set_aside_whole_and_a_new_one_begins(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(NONSENSE)
    found = await replayed(path)
    assert found.state == State()
    assert (tmp_path / found.damaged).read_text() == NONSENSE
    await written(path)
    assert verify(path).journal == "clean"


async def test_a_page_torn_out_of_the_middle_sets_the_journal_aside(tmp_path: Path) -> None:
    path = tmp_path / FILE
    await written(path, 400)
    torn = bytearray(path.read_bytes())
    torn[4096 : len(torn) // 4096 * 4096 - 4096] = b"\xff" * (len(torn) // 4096 * 4096 - 8192)
    path.write_bytes(torn)
    found = await replayed(path)
    assert (tmp_path / found.damaged).read_bytes() == bytes(torn)


async def test_a_body_altered_by_hand_does_not_stop_the_daemon(tmp_path: Path) -> None:
    path = tmp_path / FILE
    await written(path, 3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE event SET body = 'nonsense' WHERE seq = 2")
    assert len((await replayed(path)).events) == 2
    assert verify(path).first_bad == 2


async def test_a_journal_that_cannot_be_written_is_late_keeps_and_catches_up(
    tmp_path: Path,
) -> None:
    path = tmp_path / FILE
    journal = Journal(path, BOOT)
    await journal.open(at(0))
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    done = [journal.append(DaemonStarted(str(n), "abc"), at(n)) for n in range(3)]
    assert journal.state() is JournalState.RECORDING
    await asyncio.sleep(LATE_S + 0.2)
    assert journal.state() is JournalState.LATE
    assert not any(future.done() for future in done)
    await until(lambda: journal.state() is JournalState.FAILING, within_s=10)
    blocker.execute("ROLLBACK")
    blocker.close()
    await until(lambda: all(future.done() for future in done))
    assert journal.state() is JournalState.RECORDING
    await journal.close()
    with closing(create(path)) as connection:
        assert [row.mono_us for row in rows(connection)] == [0, 1_000_000, 2_000_000]
    assert verify(path).journal == "clean"


async def test_what_could_not_be_kept_is_counted_and_the_count_is_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE
    journal = Journal(path, BOOT)
    await journal.open(at(0))
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    for number in range(WAITING_LIMIT):
        journal.append(DaemonStarted(str(number), "abc"), at(number))
    lost = [journal.append(DaemonStarted("lost", "abc"), at(1)) for _ in range(7)]
    assert all(future.cancelled() for future in lost)
    blocker.execute("ROLLBACK")
    blocker.close()
    await until(lambda: not journal._waiting, within_s=15)
    await journal.append(DaemonStarted("after", "abc"), at(2))
    await journal.close()
    with closing(create(path)) as connection:
        kinds = [row.kind for row in rows(connection, WAITING_LIMIT + 1)]
        bodies = [row.body for row in rows(connection, WAITING_LIMIT + 1)]
    assert kinds == ["events_lost", "daemon_started"]
    assert '"count":7' in bodies[0]
    assert verify(path).journal == "clean"


async def test_an_ended_case_stays_the_last_of_its_bed(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    await journal.open(at(0))
    journal.append(STARTED, at(10))
    await journal.append(ENDED, at(20))
    await journal.close()
    state = (await replayed(tmp_path / FILE)).state
    case = state.at("Stue 1")
    assert case is not None
    assert (case.state, case.ended) == (CaseState.ENDED, at(20))
    assert state.serials == {"251121": 1}


async def test_a_clock_that_goes_back_a_day_gives_no_case_number_twice(tmp_path: Path) -> None:
    journal = Journal(tmp_path / FILE, BOOT)
    await journal.open(at(0))
    for day in ("251121", "251122"):
        await journal.append(replace(STARTED, day=day), at(1))
    await journal.close()
    assert (await replayed(tmp_path / FILE)).state.serials == {"251121": 1, "251122": 1}


async def test_a_journal_on_a_medium_that_cannot_be_written_is_verified(tmp_path: Path) -> None:
    await written(tmp_path / FILE, 3)
    (tmp_path / FILE).chmod(0o440)
    tmp_path.chmod(0o550)
    assert verify(tmp_path / FILE).events == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE]
    tmp_path.chmod(0o750)


async def test_the_journal_is_not_for_everybody(tmp_path: Path) -> None:
    await written(tmp_path / FILE)
    assert (tmp_path / FILE).stat().st_mode & 0o007 == 0
