"""What sounds as time passes, on a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from manual import at

from daemon import config, library
from daemon.journal.alarming import AudioPaused
from daemon.journal.calls import BedCalled
from daemon.journal.events import CaseEntered, CaseOpened, decoded
from daemon.journal.writer import Journal
from daemon.protocol.alarms import Sounding
from daemon.protocol.commands import AnswerCall, Pause, Unpause
from daemon.protocol.message import Message
from daemon.protocol.messages import Event
from daemon.signalling import Signalling
from daemon.state import State
from daemon.ward import Ward
from monitoring.alarms import Change, Key
from monitoring.pause import pressed, silences
from monitoring.signals import Cue
from vitals import deeds
from vitals.sounding import CallStep
from vitals.vocabulary import CaseKind, Priority, SignalState

BED, CASE, LINK = "Stue 1", "KN-261121-001", Key("link_lost", "nonin")
OTHER = "Stue 2"
SITE = f"""
[site]
name = "Klinik Nord"
code = "KN"
phone = "+45 12 34 56 78"
[[bed]]
name = "{BED}"
"""


@dataclass
class Room:
    """One bed, its ward and everything that was told."""

    ward: Ward
    signalling: Signalling
    told: list[Message] = field(default_factory=list)

    @property
    def sound(self) -> Sounding:
        return [one for one in self.told if isinstance(one, Sounding)][-1]

    @property
    def lines(self) -> list[str]:
        return [one.event for one in self.told if isinstance(one, Event)]

    def call(self, seconds: float, number: int = 1) -> None:
        event = CaseEntered(CASE, BED, number, deeds.Call(), 0.0, "LN", rings=True)
        self.ward.record(event, at(seconds))

    def change(self, cue: Cue, seconds: float, priority: Priority = Priority.MEDIUM) -> None:
        self.ward.alter(BED, Change(cue, LINK, at(seconds), priority, None, None, None))


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Room]:
    journal = Journal(folder / "journal.db", "boot")
    found = await journal.open(at(0))
    told: list[Message] = []
    ward = Ward(journal, found.state, told.append, found.mark)
    opened = (CASE, "261121", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", True)
    ward.record(CaseOpened(*opened, limits={}, limits_approved_by="", by="AS"), at(0))
    signalling = Signalling(config.parsed(SITE, "c.toml"), library.load(), ward)
    try:
        yield Room(ward, signalling, told)
    finally:
        await journal.close()


async def test_a_call_goes_to_every_screen_and_then_shows_whom_to_ring(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.call(0)
        steps = []
        for seconds in (0, 19, 20, 40, 60):
            found.signalling.look(at(seconds))
            (call,) = found.sound.calls
            steps.append((call.step, call.phone))
        assert steps == [
            (CallStep.ANAESTHETIST, ""),
            (CallStep.ANAESTHETIST, ""),
            (CallStep.EVERYWHERE, ""),
            (CallStep.EVERYWHERE, ""),
            (CallStep.PHONE, "+45 12 34 56 78"),
        ]
        found.signalling.carry_out(AnswerCall("1", "AS", BED), at(75))
        assert found.sound.calls == ()
        wanted = ["call_escalated", "call_escalated", "call_answered"]
        assert [line for line in found.lines if "escalated" in line or "answered" in line] == wanted


async def test_a_call_from_a_bed_without_a_case_rings_until_it_is_answered(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.ward.record(BedCalled(BED, "PO", rings=True), at(0))
        found.signalling.look(at(1))
        (call,) = found.sound.calls
        assert (call.case, call.by, found.sound.audible) == ("", "PO", Priority.HIGH)
        assert found.signalling.tones(at(1)) == {"call"}
        found.call(2)
        for seconds in (20, 60):
            found.signalling.look(at(seconds))
        assert {call.case: call.step for call in found.sound.calls} == {
            "": CallStep.PHONE,
            CASE: CallStep.EVERYWHERE,
        }
        await found.signalling.carry_out(Unpause("1", "AS", BED), at(61))  # all is on disk now
        assert await read(tmp_path, 61) == found.ward.state
        await found.signalling.carry_out(AnswerCall("1", "AS", BED), at(62))
        assert (found.sound.calls, found.ward.state.calls) == ((), {})
        assert found.lines.count("call_answered") == 2
    assert (await read(tmp_path, 63)).calls == {}


async def test_a_second_call_from_such_a_bed_repeats_the_first(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.ward.record(BedCalled(BED, "PO", rings=True), at(0))
        found.signalling.carry_out(Pause("1", "PO", BED), at(5))
        assert found.signalling.tones(at(6)) == frozenset()
        found.ward.record(BedCalled(BED, "MK", rings=True), at(10))
        assert found.signalling.tones(at(10)) == {"call"}
        (call,) = found.ward.state.calls.values()
        assert (call.by, call.at, call.raised) == ("PO", at(0), at(10))


async def test_a_call_that_an_earlier_version_only_kept_rings_nowhere(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        old = decoded("bed_called", f'{{"kind": "bed_called", "bed": "{BED}", "by": "PO"}}')
        assert old == BedCalled(BED, "PO")
        found.ward.record(BedCalled(BED, "PO"), at(0))
        found.signalling.look(at(1))
        assert found.ward.state.calls == {}


async def test_a_pause_ends_by_itself_once_and_says_so(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.change(Cue.ONSET, 0)
        found.signalling.look(at(1))
        found.signalling.carry_out(Pause("1", "AS", BED), at(10))
        assert (found.sound.audible, found.sound.pause_s) == (None, 120)
        for seconds in (129.9, 130, 131, 200):
            found.signalling.look(at(seconds))
        assert (found.sound.audible, found.sound.pause_s) == (Priority.MEDIUM, None)
        assert found.lines.count("audio_resumed") == 1
        assert found.ward.state.pauses[BED].ended == at(130)


async def test_sound_that_was_turned_on_and_paused_in_one_moment_is_heard_first(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as found:
        found.change(Cue.ONSET, 0, Priority.HIGH)
        found.signalling.carry_out(Pause("1", "AS", BED), at(1))
        assert found.signalling.tones(at(114)) == frozenset()
        found.signalling.carry_out(Unpause("2", "AS", BED), at(115))
        await found.signalling.carry_out(Pause("3", "AS", BED), at(115))
        assert (found.sound.audible, found.sound.pause_s) == (Priority.HIGH, 120)
        found.signalling.look(at(127.9))
        assert found.signalling.tones(at(127.9)) == {"high"}
        assert await read(tmp_path, 127.9) == found.ward.state
        found.signalling.look(at(128))
        assert (found.sound.audible, found.signalling.tones(at(128))) == (None, frozenset())


async def test_a_patient_who_is_moved_comes_without_a_pause(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.change(Cue.ONSET, 0, Priority.HIGH)
        found.ward.record(AudioPaused(BED, 120, "AS"), at(1))
        found.ward.record(AudioPaused(OTHER, 120, "AS"), at(2))
        moved = CaseEntered(CASE, OTHER, 1, deeds.Move(bed=OTHER), 0.0, "AS")
        await found.ward.record(moved, at(100))
        here = found.ward.state.pauses[OTHER]
        assert (here.since, here.left_s(at(100))) == (at(1), 0)
        pressed_at_once = pressed(here, "AS", at(100), library.load().signals.pause)
        assert not silences(pressed_at_once, at(0), at(100))
        assert await read(tmp_path, 101) == found.ward.state


async def test_a_pause_of_an_earlier_version_is_read_back(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        old = decoded(
            "audio_paused", f'{{"kind":"audio_paused","bed":"{BED}","seconds":9,"by":"A"}}'
        )
        assert old == AudioPaused(BED, 9, "A")
        found.ward.record(AudioPaused(BED, 9, "A"), at(0))
        assert found.ward.state.pauses[BED].spares_s == 0


async def test_a_pause_that_is_asked_for_again_is_recorded_and_made_no_longer(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as found:
        found.signalling.carry_out(Pause("1", "AS", BED), at(0))
        found.signalling.carry_out(Pause("2", "MK", BED), at(100))
        assert (found.sound.pause_s, found.sound.paused_by) == (20, "MK")
        assert found.lines.count("audio_paused") == 2
        found.signalling.carry_out(Unpause("3", "LN", BED), at(101))
        assert found.sound.pause_s is None


async def test_an_acknowledged_lost_monitor_sounds_again_after_two_minutes(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.change(Cue.ONSET, 0)
        found.change(Cue.ACKNOWLEDGED, 5)
        for seconds in (5, 124.9):
            found.signalling.look(at(seconds))
            assert found.signalling.tones(at(seconds)) == frozenset()
        found.signalling.look(at(125))
        assert found.ward.state.alarms[BED][LINK].signal is SignalState.ON
        assert found.signalling.tones(at(125)) == {"medium"}
        assert found.lines.count("alarm_lapsed") == 1


async def test_a_bed_is_told_only_when_its_sound_changes(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.change(Cue.ONSET, 0)
        for tenth in range(20):
            found.signalling.look(at(tenth / 10))
        assert len([one for one in found.told if isinstance(one, Sounding)]) == 1


async def test_what_only_a_new_client_was_told_is_told_when_it_is_over(tmp_path: Path) -> None:
    async with room(tmp_path) as found:
        found.call(0)
        assert [len(one.calls) for one in found.signalling.soundings(at(0.01))] == [1]
        found.signalling.carry_out(AnswerCall("1", "AS", BED), at(0.02))
        assert found.sound.calls == ()


async def test_pauses_and_calls_are_read_back_with_and_without_a_checkpoint(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as found:
        found.call(1)
        found.signalling.carry_out(Pause("1", "AS", BED), at(2))
        kept = found.ward.state
    assert await read(tmp_path, 3) == kept
    async with room_again(tmp_path, 3) as ward:
        ward.checkpoint(at(4))
    assert await read(tmp_path, 5) == kept


async def test_after_a_reboot_a_pause_has_as_long_left_as_the_wall_clock_says(
    tmp_path: Path,
) -> None:
    async with room(tmp_path) as found:
        found.ward.record(AudioPaused(BED, 120, "AS"), at(10))
    for checkpoint in (False, True):
        journal = Journal(tmp_path / "journal.db", f"another boot {checkpoint}")
        state = (await journal.open(at(70))).state
        if not checkpoint:
            Ward(journal, state, lambda _: None, at(70)).checkpoint(at(70))
        await journal.close()
        assert state.pauses[BED].left_s(at(70)) == 60


@asynccontextmanager
async def room_again(folder: Path, seconds: float) -> AsyncIterator[Ward]:
    journal = Journal(folder / "journal.db", "boot")
    found = await journal.open(at(seconds))
    yield Ward(journal, found.state, lambda _: None, found.mark)
    await journal.close()


async def read(folder: Path, seconds: float) -> State:
    async with room_again(folder, seconds) as ward:
        return ward.state
