"""Which alarms are recorded, from when to when, and what becomes of those that cannot be."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from beds import bed
from manual import at, until

from daemon import library
from daemon.config import Device
from daemon.journal import store
from daemon.journal.events import CaseEntered, CaseOpened, decoded
from daemon.journal.recorded import AlarmRecorded, AlarmUnrecorded, Why
from daemon.journal.store import FILE, opened, rows, verify
from daemon.journal.strip import Strip, unpacked
from daemon.journal.writer import Journal
from daemon.picture import Station
from daemon.protocol.messages import JournalState
from daemon.quota import A_DAY, FREELY, HIGH_S, OTHER_S, Quota
from daemon.recording import AROUND_S, WAITING, Recording
from daemon.ward import Ward
from devices.catalogue import PROTOCOLS
from monitoring.alarms import Change, Key
from monitoring.signals import Cue
from monitoring.view import BedView, DeviceView
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Quality, Reading, WaveBlock
from vitals.vocabulary import CaseKind, DeviceState, Modality, Priority, Word

BED, CASE = "Stue 1", "KN-261121-001"
LOW = Key("spo2_low")
HOME: tuple[Said, ...] = (
    deeds.Finish(),
    deeds.Recover(),
    deeds.Conclude(words=tuple(Word)),
    deeds.Discharge(),
)
RULES = library.load()
MEDIUM, HIGH = Priority.MEDIUM, Priority.HIGH
OXIMETER = DeviceView("nonin", (Modality.PULSE_OXIMETRY,), DeviceState.RECEIVING, {}, {})
ECG = DeviceView("ivy", (Modality.ECG,), DeviceState.RECEIVING, {}, {})
VIEW = bed(OXIMETER, ECG, required=frozenset({Modality.PULSE_OXIMETRY}))


@dataclass
class Theatre:
    """A bed with one oximeter, a running case, and what records its alarms."""

    folder: Path
    journal: Journal
    ward: Ward
    recording: Recording
    station: Station

    def send(self, begin: int, end: int) -> None:
        """Let a number and a second of wave come each second; each says which second it is."""
        for second in range(begin, end):
            now = at(second)
            number = Reading(Measure.SPO2, second, Quality.VALID, now)
            self.recording.hear(self.station, number, now)
            wave = WaveBlock(Channel.PLETH, 1.0, "count", (float(second),), now)
            self.recording.hear(self.station, wave, now)

    def alarm(self, seconds: float, *changes: Change, view: BedView = VIEW) -> None:
        case = self.ward.state.cases[CASE]
        self.recording.note(case, changes or (change(seconds),), view, at(seconds))

    def end(self, seconds: float) -> None:
        for number, deed in enumerate(HOME, 2):
            self.ward.record(CaseEntered(CASE, BED, number, deed, 0.0, "AS"), at(seconds))

    def told(self) -> list[AlarmRecorded | AlarmUnrecorded]:
        with closing(opened(self.folder / FILE)) as connection:
            events = [decoded(row.kind, row.body) for row in rows(connection)]
        return [one for one in events if isinstance(one, AlarmRecorded | AlarmUnrecorded)]

    def kept(self) -> list[AlarmRecorded]:
        return [one for one in self.told() if isinstance(one, AlarmRecorded)]

    def strip(self, event: AlarmRecorded) -> Strip:
        with closing(opened(self.folder / FILE)) as connection:
            found = store.file(connection, event.sha256)
        assert found is not None
        assert found.whole
        assert (found.name, found.size) == (event.file, event.size)
        return unpacked(found.body)

    async def written(self) -> None:
        """Wait until all that was recorded is on disk."""
        await until(lambda: not self.journal._waiting)


def change(
    seconds: float, cue: Cue = Cue.ONSET, priority: Priority = MEDIUM, key: Key = LOW
) -> Change:
    return Change(cue, key, at(seconds), priority, Measure.SPO2, 80, 90)


@asynccontextmanager
async def theatre(folder: Path, *, arrived: Instant | None = None) -> AsyncIterator[Theatre]:
    journal = Journal(folder / FILE, "boot")
    found = await journal.open(at(0))
    ward = Ward(journal, found.state, lambda _: None, found.mark)
    opened_as = (CASE, "261121", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", True)
    ward.record(CaseOpened(*opened_as, limits={}, limits_approved_by="", by="AS"), at(0))
    ward.record(CaseEntered(CASE, BED, 1, deeds.Begin(), 0.0, "AS"), at(0))
    recording = Recording(ward, RULES, lambda _: arrived or at(0))
    device = Device(name="nonin", protocol="nonin-df2", port="/dev/null", bed=BED)
    station = Station(device, PROTOCOLS["nonin-df2"], RULES.alarms.freshness, at(0))
    try:
        yield Theatre(folder, journal, ward, recording, station)
    finally:
        await journal.close()


def seconds_of(strip: Strip) -> tuple[list[float | None], list[float | None]]:
    """Return which seconds the numbers and the waves of a strip are of."""
    numbers = [point.value for one in strip.numbers for point in one.points]
    samples = [one for wave in strip.waves for piece in wave.pieces for one in piece.samples]
    return numbers, samples


async def test_half_a_minute_either_way_is_kept_once_it_is_over(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.send(0, 101)
        found.alarm(100)
        found.send(101, 130)
        found.recording.look(at(100 + AROUND_S - 0.1))
        await found.written()
        assert found.told() == []
        found.send(130, 131)
        found.recording.look(at(100 + AROUND_S))
        await found.written()
        (event,) = found.kept()
        strip = found.strip(event)
    assert (event.case, event.bed, event.alarm, event.device) == (CASE, BED, "spo2_low", None)
    assert (event.at, event.begin, event.end) == (
        at(100).rfc3339(),
        at(70).rfc3339(),
        at(130).rfc3339(),
    )
    assert (strip.begin, strip.end) == (event.begin, event.end)
    assert [(mark.alarm, mark.cue, mark.at) for mark in strip.marks] == [
        ("spo2_low", Cue.ONSET, event.at)
    ]
    seconds = [float(second) for second in range(70, 131)]
    assert seconds_of(strip) == (seconds, seconds)
    assert verify(tmp_path / FILE).files == 1


async def test_an_escalation_to_high_has_a_strip_of_its_own(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.alarm(40)
        found.alarm(60, change(60, Cue.ESCALATED, HIGH))
        found.recording.look(at(70))
        found.recording.look(at(90))
        await found.written()
        kept = found.kept()
    assert [(one.cue, one.priority, one.end) for one in kept] == [
        (Cue.ONSET, MEDIUM, at(70).rfc3339()),
        (Cue.ESCALATED, HIGH, at(90).rfc3339()),
    ]


@pytest.mark.parametrize(
    ("what", "recorded"),
    [
        (change(40, Cue.ACKNOWLEDGED, HIGH), False),
        (change(40, Cue.ENDED, HIGH), False),
        (change(40, Cue.LAPSED, MEDIUM), False),
        (change(40, Cue.ESCALATED, MEDIUM), False),
        (change(40, key=Key("probe_off", "nonin")), True),
        (change(40, key=Key("lead_off", "ivy")), False),
        (change(40, key=Key("link_lost", "nonin")), True),
        (change(40, key=Key("link_lost", "ivy")), False),
        (change(40, key=Key("never_seen")), True),
    ],
    ids=lambda one: f"{one.key.condition}-{one.cue}" if isinstance(one, Change) else None,
)
async def test_what_is_recorded_is_of_the_patient_or_of_a_required_modality(
    tmp_path: Path, what: Change, *, recorded: bool
) -> None:
    async with theatre(tmp_path) as found:
        found.alarm(40, what)
        found.recording.look(at(70))
        await found.written()
        assert [one.alarm for one in found.told()] == [what.key.condition] * recorded


async def test_a_technical_alarm_without_device_or_measure_is_not_recorded(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        key = Key("recorder_failure")
        found.alarm(40, Change(Cue.ONSET, key, at(40), MEDIUM, None, None, None))
        found.recording.look(at(70))
        await found.written()
        assert found.told() == []


async def test_alarms_of_one_moment_share_a_file_and_each_has_its_event(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.alarm(40, change(40), change(40, key=Key("no_pulse"), priority=HIGH))
        found.recording.look(at(70))
        await found.written()
        low, none = found.kept()
        strip = found.strip(low)
    assert (low.alarm, none.alarm) == ("spo2_low", "no_pulse")
    assert low.sha256 == none.sha256
    assert [mark.alarm for mark in strip.marks] == ["spo2_low", "no_pulse"]
    assert verify(tmp_path / FILE).files == 1


async def test_what_was_read_of_the_patient_before_is_not_kept(tmp_path: Path) -> None:
    async with theatre(tmp_path, arrived=at(35)) as found:
        found.send(0, 41)
        found.alarm(40)
        found.recording.look(at(70))
        await found.written()
        (event,) = found.kept()
        strip = found.strip(event)
    assert event.begin == at(35).rfc3339()
    assert seconds_of(strip)[0] == [35, 36, 37, 38, 39, 40]


async def test_a_patient_who_goes_home_ends_the_strip_with_what_there_is(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.send(0, 45)
        found.alarm(40)
        found.end(45)
        found.recording.look(at(45))
        found.send(46, 60)
        found.recording.look(at(80))
        await found.written()
        (event,) = found.kept()
        strip = found.strip(event)
    assert event.end == at(45).rfc3339()
    assert seconds_of(strip)[1][-1] == 44


async def test_a_daemon_that_stops_keeps_what_there_is(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.send(0, 45)
        found.alarm(40)
        found.recording.stop(at(44))
        found.recording.look(at(90))
    (event,) = found.kept()
    assert (event.begin, event.end) == (at(10).rfc3339(), at(44).rfc3339())
    assert verify(tmp_path / FILE).files == 1


async def test_nothing_that_came_is_a_strip_that_says_so(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        found.alarm(40)
        found.recording.look(at(70))
        await found.written()
        strip = found.strip(found.kept()[0])
    assert (strip.numbers, strip.waves) == ((), ())
    assert strip.begin == at(40).rfc3339()


async def test_a_case_that_alarms_all_the_time_is_thinned_and_told_so(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        for number in range(FREELY):
            found.alarm(number)
        last = float(FREELY - 1)
        found.alarm(last + HIGH_S - 1, change(0, priority=HIGH))
        found.alarm(last + HIGH_S, change(0, priority=HIGH))
        found.alarm(last + HIGH_S + OTHER_S - 1)
        found.alarm(last + HIGH_S + OTHER_S)
        for window in range(500):
            found.recording.look(at(window))
            await found.written()
        told = found.told()
    assert len(told) == FREELY + 4
    missed = [one for one in told if isinstance(one, AlarmUnrecorded)]
    assert [one.why for one in missed] == [Why.TOO_MANY, Why.TOO_MANY]


def test_a_day_has_its_measure_whatever_alarms() -> None:
    quota = Quota()
    kept = [quota.take(f"case {number}", at(number), high=True) for number in range(A_DAY + 1)]
    assert kept == [True] * A_DAY + [False]
    assert quota.take("next day", at(86_400), high=False)


async def test_a_disk_that_hangs_delays_nobody_and_what_is_not_kept_is_told(tmp_path: Path) -> None:
    async with theatre(tmp_path) as found:
        await found.written()
        blocker = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        for number in range(WAITING + 2):
            found.alarm(number)
        found.recording.look(at(60))  # nothing here waits for the disk
        blocker.execute("ROLLBACK")
        blocker.close()
        await found.written()
        told = found.told()
    assert [type(one) for one in told] == [AlarmRecorded] * WAITING + [AlarmUnrecorded] * 2
    missed = told[-1]
    assert isinstance(missed, AlarmUnrecorded)
    assert (missed.at, missed.why) == (at(WAITING + 1).rfc3339(), Why.JOURNAL_LATE)
    assert verify(tmp_path / FILE).journal == "clean"


def _incompressible(count: int) -> Iterator[float]:
    number = 1
    for _ in range(count):
        number = number * 6364136223846793005 % 2**64
        yield float(number)


async def test_a_disk_too_full_for_a_file_has_room_for_what_became_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "create", _on_a_small_disk(store.create))
    async with theatre(tmp_path) as found:
        found.send(0, 1)
        noise = WaveBlock(Channel.ECG, 500.0, "mV", tuple(_incompressible(20_000)), at(40))
        found.recording.hear(found.station, noise, at(40))
        found.alarm(41)
        found.recording.stop(at(42))
        found.end(43)
        await found.written()
        assert found.journal.state() is JournalState.RECORDING
        (event,) = found.told()
    assert isinstance(event, AlarmUnrecorded)
    assert event.why is Why.DISK_FULL
    assert (verify(tmp_path / FILE).journal, verify(tmp_path / FILE).files) == ("clean", 0)


def _on_a_small_disk(
    create: Callable[[Path], sqlite3.Connection],
) -> Callable[[Path], sqlite3.Connection]:
    """Return how to open a journal that finds no room beyond a hundred kilobytes."""

    def small(path: Path) -> sqlite3.Connection:
        connection = create(path)
        connection.execute("PRAGMA max_page_count = 25")
        return connection

    return small
