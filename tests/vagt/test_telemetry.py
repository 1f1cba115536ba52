"""The streams of a real daemon, and what `vagt telemetry` says of them."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from brokers import Mosquitto, mosquitto
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter
from engines import Victoria, victoria
from subscribers import subscriber
from tides import outbox, tide

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from telemetry.schema import Sink
from telemetry.settings import History
from telemetry.store import Dead

WELL = PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=112)
WITHIN_S = 40.0
QUOTA_MIB = 16
pytestmark = pytest.mark.timeout(120)


def influx(root: Path, url: str) -> str:
    (root / "token").write_text("secret\n")
    return f'[influxdb]\nurl = "{url}"\norg = "o"\nbucket = "b"\ntoken_file = "token"\n'


def mqtt(broker: Mosquitto) -> str:
    told = broker.settings()
    return (
        f'[mqtt]\nhost = "localhost"\nport = {told.port}\nuser = "{told.user}"\n'
        f'ca_file = "{told.ca_file}"\npassword_file = "{told.password_file}"\n'
    )


def asked(*words: str) -> tuple[int, Any, str]:
    """Return status, document and errors of `vagt telemetry`."""
    command = [*VAGT, "telemetry", *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return (
        run.returncode,
        json.loads(run.stdout) if run.stdout[:1] == "{" else run.stdout,
        run.stderr,
    )


async def status(place: Clinic) -> tuple[int, Any]:
    code, told, _ = await asyncio.to_thread(
        asked, "status", "--json", "--socket", str(place.socket)
    )
    return code, told


@asynccontextmanager
async def watched(place: Clinic) -> AsyncIterator[Ear]:
    """Yield an ear on a daemon that watches a child."""
    async with oximeter(place, Patient(WELL)):
        with daemon(place):
            async with ear(place) as hears:
                await hears.ask("start", code="3021", age="4y")
                await hears.hear(lambda: hears.of("reading", measure="spo2", value=98))
                yield hears


async def test_numbers_reach_the_database_and_state_and_events_the_broker(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker, victoria(tmp_path / "v") as engine:
        place = clinic(tmp_path, extra=influx(tmp_path, engine.url) + mqtt(broker))
        async with subscriber(broker) as heard, watched(place) as hears:
            name = f"vagt/KN/bed/{BED}"
            await hears.hear(lambda: well(hears), WITHIN_S)
            async with asyncio.timeout(WITHIN_S):
                while not numbers(heard.of(f"{name}/numerics")[-1:]):
                    await asyncio.sleep(0.1)
            code, stands = await status(place)
            assert (code, stands["lost"], stands["failing"]) == (0, 0, "")
            assert json.loads(heard.of(f"{name}/case")[-1])["state"] == "anaesthesia"
            await hears.ask("end")
            async with asyncio.timeout(WITHIN_S):
                while not heard.of("vagt/KN/event/case"):
                    await asyncio.sleep(0.1)
        points = await asyncio.to_thread(engine.points)
    tags = (("bed", BED), ("device", "nonin"), ("origin", "simulated"), ("site", "KN"))
    assert {(name, of, value) for name, of, _, value in points} >= {
        ("vitals_spo2", tags, 98.0),
        ("vitals_pulse_rate", tags, 112.0),
        ("device_receiving", tags, 1.0),
        ("case_running", (("bed", BED), ("site", "KN")), 1.0),
    }


def well(hears: Ear) -> bool:
    """Tell whether every stream is up, and something went by each."""
    last = hears.of("telemetry")[-1:]
    return bool(last) and all(one["link"] == "up" and one["sent"] for one in last[0]["sinks"])


def numbers(payloads: list[bytes]) -> list[float]:
    return [one["value"] for payload in payloads for one in json.loads(payload)["values"]]


async def owing(place: Clinic, points: int, sinks: set[Sink]) -> None:
    """Leave so many points behind, as a daemon before this one would."""
    place.data.mkdir()
    history = History(quota_mib=QUOTA_MIB)
    async with outbox(place.data, sinks, history) as box:
        for number, point in enumerate(tide(points // 12)):
            box.put(point)
            if number % 50_000 == 0:
                await box.flush()


async def test_an_outbox_nearly_full_is_an_alarm_and_ends_when_the_server_is_back(
    tmp_path: Path,
) -> None:
    engine = Victoria(tmp_path / "v")
    history = f"[history]\nquota_mib = {QUOTA_MIB}\n"
    place = clinic(tmp_path, extra=influx(tmp_path, engine.url) + history)
    await owing(place, 640_000, {Sink.INFLUXDB})
    name = "outbox_full"
    try:
        async with watched(place) as hears:
            await hears.hear(lambda: hears.of("alarm", id=name, state="active"), WITHIN_S)
            (onset,) = hears.of("alarm", id=name, state="active")[:1]
            assert (onset["priority"], onset["device"]) == ("low", None)
            heard = len(hears.of("reading", measure="spo2"))
            await hears.hear(lambda: len(hears.of("reading", measure="spo2")) > heard + 2)
            code, stands = await status(place)
            assert (code, stands["sinks"][0]["link"]) == (1, "down")
            assert stands["sinks"][0]["owed"] >= 600_000
            await asyncio.to_thread(engine.start)
            await hears.hear(lambda: hears.of("alarm", id=name, state="ended"), WITHIN_S)
    finally:
        engine.stop()


async def test_history_that_nobody_is_owed_is_a_ring_without_an_alarm(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=f"[history]\nquota_mib = {QUOTA_MIB}\n")
    await owing(place, 640_000, set())
    async with watched(place) as hears:
        await hears.hear(lambda: len(hears.of("telemetry")) > 3)
        assert hears.of("alarm", id="outbox_full") == []
        code, stands = await status(place)
        assert (code, stands["sinks"], stands["fill"], stands["lost"]) == (0, [], 0.0, 0)


async def test_a_history_that_cannot_be_kept_stops_nothing_and_is_said(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    (place.data / "outbox.sqlite").mkdir(parents=True)
    async with watched(place) as hears:
        await hears.hear(lambda: any(one["failing"] for one in hears.of("telemetry")))
        assert "outbox.sqlite" in hears.of("telemetry")[-1]["failing"]
        assert (await hears.ask("end"))["result"] == "recorded"
        assert (await status(place))[0] == 1


async def test_dead_letters_are_shown_beside_a_daemon_and_without_one(tmp_path: Path) -> None:
    async with outbox(tmp_path) as box:
        place = ("dead-letters", "--data", str(tmp_path))
        assert await asyncio.to_thread(asked, *place) == (
            0,
            "none: every server took what it was sent\n",
            "",
        )
        dead = Dead(1_795_000_000_123, Sink.INFLUXDB, "vitals spo2=1.0 1", "400 no")
        await box.buried(Sink.INFLUXDB, [dead])
        code, told, _ = await asyncio.to_thread(asked, *place, "--json")
    wanted = {"sink": "influxdb", "reason": "400 no", "what": "vitals spo2=1.0 1"}
    assert (code, told) == (1, {"dead_letters": [{"at": "2026-11-18T11:06:40.123Z", **wanted}]})
    code, text, _ = await asyncio.to_thread(asked, *place)
    assert (code, text.splitlines()[1].split()[1:4]) == (1, ["influxdb", "400", "no"])


def test_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    place = str(tmp_path)
    code, told, error = asked("dead-letters", "--data", place)
    assert (code, told) == (2, "")
    assert error == (
        f"vagt telemetry: {place}/outbox.sqlite is not there: "
        "name the folder that holds outbox.sqlite\n"
    )
    code, _, error = asked("status", "--socket", f"{place}/none")
    assert (code, error.count("\n")) == (2, 1)


@pytest.mark.parametrize("how", ["frozen", "killed"])
async def test_a_daemon_stops_at_once_beside_a_broker_that_does_not_answer(
    tmp_path: Path, how: str
) -> None:
    with mosquitto(tmp_path / "b") as broker:
        place = clinic(tmp_path, extra=mqtt(broker))
        with daemon(place) as running:
            async with ear(place) as hears:

                def up() -> bool:
                    last = hears.of("telemetry")[-1:]
                    return bool(last) and last[0]["sinks"][0]["link"] == "up"

                await hears.hear(up, WITHIN_S)
            broker.freeze() if how == "frozen" else broker.stop(signal.SIGKILL)
            await asyncio.sleep(1.0)
            running.signal(signal.SIGTERM)
            assert await asyncio.to_thread(running.process.wait, 20) == 0


async def test_after_a_restart_a_broker_keeps_no_number_of_the_life_before(
    tmp_path: Path,
) -> None:
    with mosquitto(tmp_path / "b") as broker:
        place = clinic(tmp_path, extra=mqtt(broker))
        topic = f"vagt/KN/bed/{BED}/numerics"
        async with subscriber(broker) as heard:
            async with watched(place):
                async with asyncio.timeout(WITHIN_S):
                    while not numbers(heard.of(topic)[-1:]):
                        await asyncio.sleep(0.1)
            await heard.until("vagt/KN/online", b"offline")  # its last word
            before = len(heard.of(topic))
            with daemon(place):  # and nobody plugged the monitor in again
                async with asyncio.timeout(WITHIN_S):
                    while len(heard.of(topic)) == before:
                        await asyncio.sleep(0.1)
                assert numbers(heard.of(topic)[before:]) == []
