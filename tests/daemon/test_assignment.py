from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, Ear, Running, clinic, daemon, ear, oximeter
from manual import ManualClock, at, settle

from daemon import library
from daemon.config import Device
from daemon.journal.checkpoint import Checkpoint
from daemon.journal.events import DeviceAssigned, decoded, encoded
from daemon.journal.fold import fold
from daemon.picture import Station, Turn
from daemon.session import Session
from daemon.state import Place, State
from daemon.supervision import supervise
from devices.catalogue import PROTOCOLS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from firmware_bridge.link import Received
from vitals.reading import Origin
from vitals.vocabulary import DeviceState

RECOVERY = "Opvågning"
ANOTHER = """
[[bed]]
name = "{bed}"

[[device]]
name = "second"
protocol = "nonin-df2"
port = "{port}"
bed = "{bed}"
"""


def two_beds(root: Path) -> Clinic:
    """Write a clinic with an oximeter in the theatre and one, not plugged in, in recovery."""
    return clinic(root, extra=ANOTHER.format(bed=RECOVERY, port=root / "tty-second"))


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return two_beds(tmp_path)


@pytest.fixture
def running(place: Clinic) -> Iterator[Running]:
    with daemon(place) as process:
        yield process


def child(spo2: float = 97) -> Patient:
    return Patient(PatientRow(bed=BED, age="4y", spo2=spo2, pulse_rate=118))


async def assigned(hears: Ear, bed: str = RECOVERY, **fields: str) -> None:
    answer = await hears.ask("assign", device="nonin", bed=bed, **fields)
    assert answer["result"] == "recorded", answer


async def started(hears: Ear, *beds: str) -> None:
    for bed in beds:
        assert (await hears.ask("start", code="3021", age="4y", bed=bed))["result"] == "recorded"


def oximetry(hears: Ear, bed: str) -> tuple[object, object]:
    """Return whether pulse oximetry is met at a bed just now, and why not."""
    cells = hears.of("case", bed=bed)[-1]["cells"]
    cell = next(cell for cell in cells if cell["modality"] == "pulse_oximetry")
    return cell["met"], cell["cause"]


def standing(hears: Ear, device: str = "nonin") -> str:
    return str(hears.of("device", name=device)[-1]["bed"])


def exported(place: Clinic, kind: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row["body"] for row in rows if row["kind"] == kind]


@pytest.mark.usefixtures("running")
async def test_a_device_that_is_assigned_serves_its_new_bed_and_leaves_the_old_one(
    place: Clinic,
) -> None:
    async with oximeter(place, child()), ear(place) as hears:
        await started(hears, BED, RECOVERY)
        await hears.hear(lambda: oximetry(hears, BED) == (True, None))
        assert oximetry(hears, RECOVERY) == (False, "device_lost")
        frames = hears.of("device", name="nonin")[-1]["frames"]
        await assigned(hears)
        hears.heard.clear()
        await hears.hear(lambda: oximetry(hears, RECOVERY) == (True, None) if cases(hears) else 0)
        await hears.hear(lambda: len(hears.of("beat")) >= 2)
        assert {reading["bed"] for reading in hears.of("reading")} == {RECOVERY}
        assert {wave["bed"] for wave in hears.of("wave")} == {RECOVERY}
        # The wire is the same: it was not closed, and its count goes on.
        assert {told["state"] for told in hears.of("device", name="nonin")} == {"receiving"}
        assert hears.of("device", name="nonin")[-1]["frames"] > frames
    async with ear(place) as later:
        await later.hear(lambda: later.of("snapshot"))
        assert standing(later) == RECOVERY
        assert oximetry(later, BED) == (False, "not_attached")


def cases(hears: Ear) -> list[dict[str, Any]]:
    return hears.of("case", bed=RECOVERY)


@pytest.mark.usefixtures("running")
async def test_an_alarm_of_the_device_ends_where_it_stood_and_one_of_the_patient_does_not(
    place: Clinic,
) -> None:
    async with ear(place) as hears:
        async with oximeter(place, child(spo2=80)):
            await started(hears, BED)
            await hears.hear(lambda: hears.of("alarm", id="spo2_low", bed=BED))
        lost = {"id": "link_lost", "device": "nonin", "bed": BED}
        await hears.hear(lambda: hears.of("alarm", **lost, state="active"))
        await assigned(hears)
        await hears.hear(lambda: hears.of("alarm", **lost, state="ended"))
        assert not hears.of("alarm", id="spo2_low", state="ended")
    async with ear(place) as later:
        await later.hear(lambda: later.of("snapshot"))
        assert [alarm["id"] for alarm in later.of("alarm", bed=BED)] == ["spo2_low"]
    cues = [row["cue"] for row in exported(place, "alarm") if row["alarm"] == "link_lost"]
    assert cues == ["onset", "ended"]


async def test_after_a_power_cut_a_device_stands_where_it_was_assigned(tmp_path: Path) -> None:
    place = two_beds(tmp_path)
    for ending in (False, True):
        bed = BED if ending else RECOVERY
        with daemon(place) as process:
            async with ear(place) as hears:
                await started(hears, bed)
                await assigned(hears, bed)
                if ending:  # writes a checkpoint, from which the next start reads
                    await hears.ask("end", bed=bed)
                    await hears.home(bed)
                    await assigned(hears)
                    await started(hears, BED)
                    await hears.ask("end")
                    await hears.home()
                process.kill()
        with daemon(place):
            async with oximeter(place, child()), ear(place) as hears:
                await hears.hear(lambda: hears.of("reading"))
                assert {reading["bed"] for reading in hears.of("reading")} == {RECOVERY}
                assert standing(hears) == RECOVERY
                assert standing(hears, "second") == RECOVERY
    assert not exported(place, "assignment_ended")


async def test_what_speaks_against_an_assignment_is_refused_with_its_reason(
    place: Clinic, running: Running
) -> None:
    del running
    taken = str(place.root / "tty-second")
    alias = place.root / "by-path"
    alias.symlink_to(taken)
    refusals = [
        ({"device": "capno", "bed": RECOVERY}, "unknown_device"),
        ({"device": "nonin", "bed": "Stue 9"}, "unknown_bed"),
        ({"device": "nonin", "bed": RECOVERY, "port": taken}, "port_in_use"),
        ({"device": "nonin", "bed": RECOVERY, "port": str(alias)}, "port_in_use"),
        ({"device": "nonin", "bed": RECOVERY, "port": str(place.config)}, "no_port"),
        ({"device": "nonin", "bed": RECOVERY, "port": str(place.root)}, "no_port"),
        ({"device": "nonin", "bed": RECOVERY, "port": "relative/x"}, "no_port"),
        ({"device": "nonin", "bed": RECOVERY, "port": "tcp://127.0.0.1"}, "no_port"),
    ]
    async with ear(place) as hears:
        for fields, reason in refusals:
            answer = await hears.ask("assign", **fields)
            assert (answer["result"], answer["reason"]) == ("refused", reason)
            assert answer["detail"]
        await hears.hear(lambda: len(hears.of("beat")) >= 2)
        assert standing(hears) == BED
    assert exported(place, "device_assigned") == []


@pytest.mark.usefixtures("running")
async def test_a_device_that_stands_there_already_is_recorded_and_nothing_changes(
    place: Clinic,
) -> None:
    async with oximeter(place, child()), ear(place) as hears:
        await hears.hear(lambda: hears.of("reading", device="nonin"))
        await assigned(hears, BED)
        assert hears.of("event") == []
        async with ear(place) as later:
            await later.hear(lambda: later.of("snapshot"))
            assert later.of("reading", bed=BED)
    assert [row["by"] for row in exported(place, "device_assigned")] == ["AS"]


@pytest.mark.usefixtures("running")
async def test_both_beds_are_told_who_moved_what_and_where(place: Clinic) -> None:
    async with ear(place) as hears:
        await assigned(hears)
        events = hears.of("event", event="device_assigned")
    assert [event["bed"] for event in events] == [BED, RECOVERY]
    for event in events:
        told = (event["device"], event["came_from"], event["moved_to"], event["by"])
        assert told == ("nonin", BED, RECOVERY, "AS")


async def test_an_adapter_plugged_in_elsewhere_is_read_once_somebody_says_where(
    tmp_path: Path,
) -> None:
    place = two_beds(tmp_path)
    elsewhere = Clinic(tmp_path / "elsewhere")
    elsewhere.root.mkdir()
    async with oximeter(elsewhere, child()):
        with daemon(place) as process:
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("device", name="nonin", state="lost"))
                await assigned(hears, BED, port=str(elsewhere.port))
                await hears.hear(lambda: hears.of("reading", device="nonin", bed=BED))
                assert hears.of("device", name="nonin")[-1]["port"] == str(elsewhere.port)
                assert [event["event"] for event in hears.of("event")] == ["device_replugged"]
                process.kill()
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("reading", device="nonin", bed=BED))


async def test_a_device_that_is_read_is_read_at_its_new_port_and_the_old_one_is_free(
    tmp_path: Path,
) -> None:
    place = two_beds(tmp_path)
    elsewhere = Clinic(tmp_path / "elsewhere")
    elsewhere.root.mkdir()
    with daemon(place):
        async with (
            oximeter(place, child(97)),
            oximeter(elsewhere, child(93)),
            ear(place) as hears,
        ):
            await hears.hear(lambda: hears.of("reading", value=97))
            await assigned(hears, RECOVERY, port=str(elsewhere.port))
            await hears.hear(lambda: hears.of("reading", value=93, bed=RECOVERY))
            answer = await hears.ask("assign", device="second", bed=BED, port=str(place.port))
            assert answer["result"] == "recorded"
            await hears.hear(lambda: hears.of("reading", device="second", value=97, bed=BED))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace(RECOVERY, "Stue 2"), "no longer has the bed"),
        (lambda text: text.replace('"nonin"', '"masimo"'), "no longer has the device"),
        (lambda text: text.replace("tty-nonin", "tty-other"), "was changed since"),
    ],
)
async def test_where_the_configuration_speaks_against_an_assignment_the_configuration_holds(
    tmp_path: Path, change: Any, reason: str
) -> None:
    place = two_beds(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await assigned(hears)
    place.config.write_text(change(place.config.read_text()))
    for _ in range(2):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("beat"))
                beds = {told["name"]: told["bed"] for told in hears.of("device")}
                assert BED in (beds.get("nonin"), beds.get("masimo"))
                assert [e["event"] for e in hears.of("event")][-1:] == ["assignment_ended"]
    log = (place.root / "daemon.log").read_text()
    assert log.count(reason) == 1
    assert f"device nonin: no longer assigned to bed {RECOVERY}" in log
    assert len(exported(place, "assignment_ended")) == 1


async def test_a_port_that_the_configuration_has_given_to_another_device_ends_the_assignment(
    tmp_path: Path,
) -> None:
    place = two_beds(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await assigned(hears, port=str(tmp_path / "tty-third"))
    place.config.write_text(place.config.read_text().replace("tty-second", "tty-third"))
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            told = hears.of("device", name="nonin")[-1]
            assert (told["bed"], told["port"]) == (BED, str(place.port))
    assert "is another device's" in (place.root / "daemon.log").read_text()


def test_a_checkpoint_of_a_version_that_could_not_move_devices_is_read() -> None:
    body = '{"kind":"checkpoint","head":"","cases":[],"alarms":[],"serials":{}}'
    found = decoded("checkpoint", body)
    assert isinstance(found, Checkpoint)
    assert fold(State(), found, at(0)).places == {}


def test_a_checkpoint_keeps_the_places() -> None:
    place = Place(RECOVERY, "/dev/a", BED, "/dev/a")
    state = fold(State(), DeviceAssigned("nonin", place, BED, "/dev/a", "AS"), at(0))
    kept = Checkpoint("", (), (), {}, dict(state.places))
    found = decoded(kept.kind(), encoded(kept))
    assert fold(State(), found, at(1)).places == {"nonin": place}


class SlowLink:
    """A wire that takes until it is told to open, as a serial server far away may."""

    origin = Origin.MEASURED

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        self.wanted = 0
        self.closed = 0

    async def open(self) -> None:
        self.wanted += 1
        await self.opened.wait()

    async def read(self) -> Received:
        await asyncio.Event().wait()
        raise AssertionError

    def write(self, data: bytes) -> None:
        del data

    def close(self) -> None:
        self.closed += 1


async def test_a_port_that_is_changed_while_it_is_opened_is_not_listened_to() -> None:
    clock, before, after = ManualClock(), SlowLink(), SlowLink()
    device = Device("nonin", "nonin-df2", "tcp://far:4001", BED)
    freshness = library.load().alarms.freshness
    station = Station(device, PROTOCOLS["nonin-df2"], freshness, at(0))
    station.turn(Turn.LOST, at(0))
    session = Session(station, before, clock, lambda *_: None, lambda *_: None)
    task = asyncio.create_task(supervise("nonin", session.live, lambda _: None, clock))
    await settle()
    session.rewire(after)
    before.opened.set()
    after.opened.set()
    await settle()
    assert station.state is DeviceState.LOST
    assert before.closed >= 1
    await clock.move(10)
    assert (before.wanted, after.wanted) == (1, 1)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
