"""Cases that are over and at hand all the same: how many, for how long, and what touches whom."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from clinics import clinic
from days import BED, BEGIN, HOUR_S, been, number, opened, said
from manual import at

from daemon import config
from daemon.desk import Desk
from daemon.journal.alarming import AlarmChanged
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.events import CoverageChanged, RecorderAlive, decoded, encoded
from daemon.journal.fold import fold
from daemon.journal.store import FILE, rows
from daemon.journal.store import opened as opened_file
from daemon.journal.writer import Journal
from daemon.library import load
from daemon.picture import Picture
from daemon.retention import LAST, MOST
from daemon.state import State
from daemon.ward import CLOSING_EVENTS, Ward
from monitoring.gaps import Begun
from monitoring.signals import Cue
from vitals import deeds
from vitals.deeds import Said
from vitals.vocabulary import Cancellation, CaseState, Modality, Priority

OTHER = "Opvågning 1"
NOBODY = deeds.Cancel(why=Cancellation.NO_SHOW)
REASON = deeds.Explain(reason="akut blødning")


def day(
    count: int, every_h: float = 1.0, held: Sequence[str] = (), told: Sequence[Said] = ()
) -> State:
    """Return the state after so many cases at one bed, the first of them with these."""
    state = been(State(), 1, 0.0, held=held, told=told)
    for serial in range(2, count + 1):
        state = been(state, serial, (serial - 1) * every_h)
    return state


def ignored(_: object) -> None:
    """Tell nobody."""


def checkpoint(state: State) -> Checkpoint:
    return Checkpoint(
        "",
        tuple(state.cases.values()),
        (),
        dict(state.serials),
        records=dict(state.records),
        closed=tuple(state.closed.values()),
    )


def test_a_case_that_is_over_stays_at_hand_for_48_h_before_the_newest_was_opened() -> None:
    state = day(61)
    assert [*state.cases] == [number(61)]
    assert [*state.closed] == [number(serial) for serial in range(13, 61)]
    assert state.case(number(12)) is None


def test_a_start_in_spite_of_a_hold_stays_until_it_has_its_reason() -> None:
    held = ["asa"]
    assert day(61, held=held).case(number(1)) is not None
    assert day(61, held=held, told=[REASON]).case(number(1)) is None
    late = said(day(61, held=held), 1, 61.0, REASON)
    assert late.case(number(1)) is not None
    assert opened(late, 62, 62.0).case(number(1)) is None


def test_a_clock_that_was_wrong_makes_nobody_forget_the_last_cases() -> None:
    state = day(LAST + 5, every_h=24 * 30)
    assert [*state.closed] == [number(serial) for serial in range(5, LAST + 5)]


def test_no_more_than_so_many_are_at_hand_whatever_they_owe() -> None:
    state = State()
    for serial in range(1, MOST + 30):
        state = been(state, serial, serial / 100, bed=(BED, OTHER)[serial % 2], held=["asa"])
        assert sum(one.state.over for one in (*state.cases.values(), *state.closed.values())) <= 80
    assert state.case(number(MOST + 29)) is not None
    assert state.case(number(30)) is not None
    assert state.case(number(29)) is None


def test_what_is_said_of_a_closed_case_does_not_bring_it_back_to_its_bed() -> None:
    state = opened(day(2), 3, 2.5)
    state = said(state, 1, 3.0, REASON)
    assert [*state.cases] == [number(3)]
    kept = state.case(number(1))
    assert kept is not None
    assert (kept.entries[-1].deed, kept.state) == (REASON, CaseState.DISCHARGED)
    assert [*state.closed] == [number(1), number(2)]


def alarmed(state: State, serial: int, bed: str) -> State:
    """Let an alarm begin at the bed of a case that runs."""
    event = AlarmChanged(
        Cue.ONSET, number(serial), bed, "apnoea", None, Priority.HIGH, None, None, None
    )
    return fold(state, event, at(4 * HOUR_S))


def test_a_correction_of_a_closed_case_leaves_the_alarms_of_who_lies_there_now() -> None:
    first = opened(State(), 1, 0.0)
    first = said(first, 1, 0.1, BEGIN, deeds.Move(bed=OTHER), deeds.Transfer(to="H", reason="x"))
    now = said(opened(first, 2, 1.0, OTHER), 2, 1.1, BEGIN, bed=OTHER)
    now = said(opened(now, 3, 1.2), 3, 1.3, BEGIN)
    now = alarmed(alarmed(now, 2, OTHER), 3, BED)
    for correction in (deeds.Correct(entry=2, reason="x"), deeds.Waive(Modality.ECG, "x")):
        after = said(now, 1, 5.0, correction, bed=OTHER)
        assert after.case(number(1)) != now.case(number(1))
        assert after.alarms == now.alarms
        assert (after.open(BED), after.open(OTHER)) == (now.open(BED), now.open(OTHER))


def test_a_closed_case_whose_end_was_wrong_lies_at_its_bed_again() -> None:
    gone = said(day(2), 2, 3.0, deeds.Correct(entry=5, reason="wrong child"))
    assert [*gone.cases] == [number(2)]
    again = said(day(2), 1, 3.0, deeds.Correct(entry=5, reason="wrong child"))
    case = again.open(BED)
    assert case is not None
    assert (case.number, case.state) == (number(1), CaseState.MONITORING_ENDED)
    assert [*again.closed] == [number(2)]


def test_what_watched_a_closed_case_is_at_hand_as_long_as_the_case_is() -> None:
    def watched(state: State, serial: int) -> State:
        return fold(state, CoverageChanged(number(serial), BED, Begun(at(0))), at(0))

    state = State()
    for serial in range(1, LAST + 3):
        state = watched(opened(state, serial, serial * 60.0), serial)
        state = said(state, serial, serial * 60.0, NOBODY)
        if serial == 2:
            assert [*state.records] == [number(1), number(2)]
    assert [*state.records] == [number(serial) for serial in range(2, LAST + 3)]


def test_after_a_restart_the_same_cases_are_at_hand() -> None:
    state = said(day(30, held=["asa"]), 4, 31.0, REASON)
    written = checkpoint(state)
    read = decoded(written.kind(), encoded(written))
    assert fold(State(), read, at(0)) == state
    after = been(state, 31, 60.0)
    assert been(fold(State(), read, at(0)), 31, 60.0) == after


def test_a_checkpoint_of_an_earlier_version_has_no_closed_cases() -> None:
    state = day(3)
    body = encoded(checkpoint(state))
    old = body[: body.index(',"closed"')] + "}"
    read = decoded("checkpoint", old)
    assert fold(State(), read, at(0)).closed == {}
    assert fold(State(), read, at(0)).cases == state.cases


async def test_a_round_looks_once_more_at_a_case_that_was_closed_and_never_again(
    tmp_path: Path,
) -> None:
    ward = Ward(Journal(tmp_path / FILE, "boot"), opened(day(60), 61, 60.0), ignored, at(0))
    settings = config.read(clinic(tmp_path).config)
    rounds = Desk(settings, load(), Picture(()), ward, ignored).rounds
    assert len(ward.state.closed) > LAST

    def due() -> list[str]:
        return [case.number for case in rounds.due()]

    assert (due(), due()) == ([number(61)], [number(61)])
    ward.state = opened(said(ward.state, 61, 60.1, NOBODY), 62, 60.2)
    assert (due(), due()) == ([number(62), number(61)], [number(62)])


async def test_the_whole_state_is_written_at_the_end_of_a_case_where_much_has_been_since(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path / FILE, "boot")
    await journal.open(at(0))
    ward = Ward(journal, State(), ignored, at(0))

    def checkpoints() -> int:
        with closing(opened_file(tmp_path / FILE)) as connection:
            return sum(row.kind == Checkpoint.kind() for row in rows(connection))

    for _ in range(CLOSING_EVENTS - 1):
        ward.recall(RecorderAlive(), at(0))  # what was read back counts
    ward.close(at(1))
    await ward.record(RecorderAlive(), at(2))
    assert checkpoints() == 0
    ward.close(at(3))
    ward.close(at(4))
    await journal.close()
    assert checkpoints() == 1
