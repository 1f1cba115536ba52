"""What leaves: each message to dashboards becomes these keys, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest
import scenes
from beds import alarms_shipped
from manual import at

from daemon.config import Device
from daemon.picture import Station
from daemon.protocol import messages
from daemon.protocol.alarms import AlarmState
from daemon.protocol.messages import Snapshot
from daemon.telling import Telling
from devices.catalogue import PROTOCOLS
from telemetry import payloads, topics
from telemetry.series import Message, Point, Stored, WaveSecond
from vitals.measure import Channel, Measure
from vitals.reading import Quality, Reading, WaveBlock
from vitals.vocabulary import CaseState, DeviceState, Priority, SignalState

BED, NAME = "Stue 1", "nonin"


@dataclass
class Ear:
    """A telling, and everything that it puts and tells."""

    put: list[Stored] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)
    waves: bool = False

    def __post_init__(self) -> None:
        self.telling = Telling(self.put.append, self.told.append, waves=self.waves)

    def points(self, measurement: str) -> list[Point]:
        found = (one for one in self.put if isinstance(one, Point))
        return [one for one in found if one.series.measurement == measurement]

    def events(self) -> list[dict[str, object]]:
        return [msgspec.json.decode(one.payload) for one in self.put if isinstance(one, Message)]

    def state(self, topic: str) -> dict[str, object]:
        """Return what was told last of a topic."""
        found = next(one for one in reversed(self.told) if one.topic == topic)
        read: dict[str, object] = msgspec.json.decode(found.payload)
        return read


def station() -> Station:
    device = Device(NAME, "nonin-df2", "/dev/null", BED)
    return Station(device, PROTOCOLS["nonin-df2"], alarms_shipped().freshness, at(0))


def alarm(**other: object) -> messages.Alarm:
    return msgspec.structs.replace(scenes.DESATURATION, **({"age_s": 2.0} | other))


def test_a_number_is_a_point_with_its_origin_and_no_number_is_none() -> None:
    ear, where = Ear(), station()
    ear.telling.item(where, Reading(Measure.SPO2, 97.4, Quality.VALID, at(1.5)))
    ear.telling.item(where, Reading(Measure.SPO2, None, Quality.INVALID, at(2.5)))
    ear.telling.item(where, Reading(Measure.SPO2, 96.0, Quality.QUESTIONABLE, at(3.5)))
    first, second = ear.points("vitals")
    tags = {"bed": BED, "device": NAME, "origin": "measured"}
    assert (dict(first.series.tags), first.value) == (tags, 97.0)
    assert first.at == round(at(1.5).wall * 1000)
    assert dict(second.series.tags) == tags | {"quality": "questionable"}


def test_numbers_of_a_bed_are_told_once_a_second_and_go_when_they_are_old() -> None:
    ear, where = Ear(), station()
    for value in (97.0, 96.0):
        ear.telling.item(where, Reading(Measure.SPO2, value, Quality.VALID, at(0)))
    ear.telling.beat(at(1))
    ear.telling.beat(at(2))
    assert len(ear.told) == 1
    (value_,) = msgspec.json.decode(ear.told[0].payload, type=payloads.Numerics).values
    assert (value_.measure, value_.value, value_.unit, value_.device) == ("spo2", 96, "%", NAME)
    ear.telling.beat(at(30))
    assert ear.state(topics.numerics(BED))["values"] == []


def test_an_alarm_is_a_rank_until_it_ends_and_an_event_of_its_own() -> None:
    ear = Ear()
    ear.telling.message(alarm(priority=Priority.MEDIUM), at(1))
    ear.telling.message(alarm(priority=Priority.MEDIUM, value=83), at(2))
    ear.telling.message(alarm(state=AlarmState.ACKNOWLEDGED), at(3))
    assert ear.state(topics.alarms(BED))["alarms"] == [
        {"id": "spo2_low", "priority": "high", "state": "acknowledged", "since": at(1).rfc3339()}
    ]
    ear.telling.beat(at(3))
    ear.telling.beat(at(50))
    ear.telling.beat(at(63))
    ear.telling.message(alarm(state=AlarmState.ENDED, signal=SignalState.LATCHED), at(64))
    ear.telling.beat(at(150))
    assert [point.value for point in ear.points("alarm")] == [2.0, 3.0, 3.0, 3.0, 0.0]
    assert ear.state(topics.alarms(BED))["alarms"] == []
    event = messages.Event(scenes.AT, BED, "alarm_onset", None, "spo2_low", Priority.HIGH)
    ear.telling.message(msgspec.structs.replace(event, by="AS", detail="CPR 0101011234"), at(1))
    assert ear.events() == [
        {"at": scenes.AT, "bed": BED, "id": "spo2_low", "what": "onset", "priority": "high"}
    ]


def test_a_device_is_told_when_it_changes_and_pointed_at_each_minute() -> None:
    ear = Ear()
    for second in range(130):
        ear.telling.message(scenes.DEVICE, at(second))
    lost = msgspec.structs.replace(scenes.DEVICE, state=DeviceState.LOST)
    ear.telling.message(lost, at(130))
    assert [point.value for point in ear.points("device")] == [1.0, 1.0, 1.0, 0.0]
    told = [one for one in ear.told if one.topic == topics.device(scenes.DEVICE.name)]
    assert len(told) == 2
    assert ear.state(topics.device(scenes.DEVICE.name))["state"] == "lost"


def test_a_device_that_moves_takes_its_numbers_with_it() -> None:
    ear, where = Ear(), station()
    ear.telling.item(where, Reading(Measure.SPO2, 97.0, Quality.VALID, at(0)))
    ear.telling.beat(at(1))
    moved = msgspec.structs.replace(scenes.DEVICE, name=NAME, bed="Stue 2")
    ear.telling.message(moved, at(1.5))
    ear.telling.beat(at(2))
    assert ear.state(topics.numerics(BED))["values"] == []


def test_a_case_is_its_state_alone_and_its_end_ends_its_alarms() -> None:
    ear = Ear()
    ear.telling.begin(snapshot(), [BED], at(0))
    ear.telling.beat(at(0))
    assert ear.events() == []
    for topic, left in ((topics.numerics(BED), "values"), (topics.alarms(BED), "alarms")):
        assert ear.state(topic)[left] == [], "a broker forgets the life before this one"
    assert ear.state(topics.case(BED))["state"] is None
    ear.telling.message(scenes.CASE, at(1))
    ear.telling.message(alarm(), at(2))
    over = msgspec.structs.replace(scenes.CASE, state=CaseState.DISCHARGED)
    ear.telling.message(over, at(3))
    ear.telling.message(over, at(4))
    states = [(event["state"], set(event)) for event in ear.events()]
    keys = {"at", "bed", "state"}
    assert states == [(scenes.CASE.state, keys), ("discharged", keys)]
    assert ear.state(topics.case(scenes.CASE.bed))["state"] is None
    assert [point.value for point in ear.points("case")] == [1.0, 0.0]
    if scenes.CASE.bed == BED:
        assert [point.value for point in ear.points("alarm")] == [3.0, 0.0]


@pytest.mark.parametrize("waves", [False, True])
def test_waves_are_kept_only_where_that_is_asked_for(waves: bool) -> None:  # noqa: FBT001 - a case
    ear, where = Ear(waves=waves), station()
    for second in range(1, 4):
        block = WaveBlock(Channel.PLETH, 75.0, "1", tuple([1.0] * 75), at(second))
        ear.telling.item(where, block)
    kept = [one for one in ear.put if isinstance(one, WaveSecond)]
    assert len(kept) == (3 if waves else 0)


def test_what_is_not_named_does_not_leave() -> None:
    ear = Ear()
    said = messages.Event(scenes.AT, BED, "entry_note", by="AS", detail="Ole Hansen", case="KN-1")
    hello = messages.Hello(1, "0.1.0", "Klinik Nord", (BED,), scenes.AT)
    answer = messages.Answer("1", messages.Result.REFUSED, None, "Ole Hansen")
    for message in (said, hello, answer, messages.Beat(scenes.AT, messages.JournalState.LATE, 0)):
        ear.telling.message(message, at(1))
    assert (ear.put, ear.told) == ([], [])


def snapshot() -> Snapshot:
    return Snapshot(scenes.AT, (scenes.DEVICE,), (), (), (), ())
