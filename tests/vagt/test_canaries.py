"""A day in which names, numbers and notes are typed wherever anything can be typed.

None of it is in a byte that is sent, logged or exported, and what leaves has the keys that the
documents name, and no others.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import msgspec
import pytest
from brokers import mosquitto
from canaries import CANARIES, CPR, NAME, NOTE, typed
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter
from gruff import gruff
from subscribers import Subscriber, subscriber

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from telemetry.payloads import PAYLOADS
from telemetry.schema import FILE
from vitals.vocabulary import Word

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
MEASUREMENTS = {"vitals", "alarm", "device", "case", "vagt"}
TAGS = {"site", "bed", "device", "origin", "agent", "gas", "kind", "quality", "id"}
WITHIN_S = 60.0


async def test_nothing_that_identifies_a_person_leaves(tmp_path: Path) -> None:
    with mosquitto(tmp_path / "b") as broker:
        async with gruff() as server, subscriber(broker) as heard:
            place = made(tmp_path, server.url, broker)
            child = Patient(PatientRow(bed=BED, age="4y", spo2=84, pulse_rate=112))
            async with oximeter(place, child):
                with daemon(place):
                    async with ear(place) as hears:
                        await day(hears)
                        await settled(hears)
            sent = "\n".join(server.lines)
            topics = list(heard.heard)
    exported = export(place, tmp_path)
    log = (tmp_path / "daemon.log").read_text("utf-8")
    box = b"".join(path.read_bytes() for path in place.data.glob(f"{FILE}*"))
    told = "\n".join(f"{topic} {payload.decode()}" for topic, payload in topics)
    for canary in CANARIES:
        for name, text in {"influxdb": sent, "mqtt": told, "log": log, "files": exported}.items():
            assert canary not in text, (name, canary)
        assert canary.encode() not in box, canary
    journal = b"".join(path.read_bytes() for path in place.data.glob("journal.db*"))
    assert CPR.encode() not in journal
    assert NOTE.split()[1].encode() in journal, "the day did type notes that were kept"
    assert keys(sent) == (MEASUREMENTS & {"vitals", "alarm", "device", "case"}, set())
    strict(heard)


def made(root: Path, url: str, broker: object) -> Clinic:
    told = broker.settings()  # type: ignore[attr-defined]  # a Mosquitto
    (root / "token").write_text("t")
    return clinic(
        root,
        extra=f"""
[influxdb]
url = "{url}"
org = "o"
bucket = "b"
token_file = "token"
[mqtt]
host = "localhost"
port = {told.port}
ca_file = "{told.ca_file}"
user = "{told.user}"
password_file = "{told.password_file}"
home_assistant = true
[history]
waves = true
""",
    )


async def day(hears: Ear) -> None:
    """Type everything everywhere, and let a case go its way with words in it."""
    await hears.ask("list_add", day="today", codes=["3021"], age="4y", note=NAME)
    await hears.ask("start", code="3021", age="4y")
    for do in ("upset", "call"):
        await hears.say(do)
    reason = f"{NOTE}. {NAME}"
    await hears.say("waive", modality="ecg", reason=reason)
    await hears.ask("set_limit", measure="spo2", lo=88, reason=reason)
    for number, document in enumerate(typed()):
        hears.writer.write(msgspec.json.encode(document | {"id": f"c{number}"}) + b"\n")
        if number % 50 == 0:
            await hears.ask("look")
    await hears.say("explain", reason=reason)
    await hears.ask("end")
    await hears.say("transfer", to=NAME, reason=reason)
    for do in ("recover", "conclude", "discharge", "leave"):
        words = {"words": list(Word)} if do == "conclude" else {}
        await hears.ask("enter", deed={"do": do, **words})


async def settled(hears: Ear) -> None:
    """Wait until everything that is owed has gone."""

    def empty() -> bool:
        last = hears.of("telemetry")[-1:]
        return bool(last) and all(s["sent"] and not s["owed"] for s in last[0]["sinks"])

    hears.heard.clear()
    await hears.hear(empty, WITHIN_S)


def export(place: Clinic, folder: Path) -> str:
    """Return what both formats of the history hold."""
    texts = []
    for kind in ("csv", "edf"):
        file = folder / f"history.{kind}"
        command = [*VAGT, "history", "export", "--format", kind, "-o", str(file)]
        subprocess.run([*command, "--config", str(place.config)], check=True, capture_output=True)
        texts.append(file.read_bytes().decode("latin-1"))
    return "\n".join(texts)


def keys(lines: str) -> tuple[set[str], set[str]]:
    """Return the measurements that left, and the tags that no document names."""
    heads = [line.replace("\\ ", "_").split(" ")[0].split(",") for line in lines.splitlines()]
    tags = {tag.split("=")[0] for _, *told in heads for tag in told}
    return {head[0] for head in heads}, tags - TAGS


def strict(heard: Subscriber) -> None:
    """Every payload is what its topic says, to the last key."""
    for topic, payload in heard.heard:
        if topic.startswith("homeassistant/"):
            assert set(json.loads(payload)) <= {
                *("name", "unique_id", "state_topic", "value_template", "unit_of_measurement"),
                *("availability_topic", "expire_after", "device"),
            }
            continue
        assert topic.startswith("vagt/KN/"), topic
        level = topic.removeprefix("vagt/KN/").split("/")
        name = {
            "bed": "bed/{bed}/" + level[-1],
            "device": "device/{device}",
        }.get(level[0], "/".join(level))
        if name == "online":
            assert payload in (b"online", b"offline")
        else:
            msgspec.json.decode(payload, type=PAYLOADS[name])


def test_every_text_of_every_command_is_typed_into() -> None:
    kinds = {document["kind"] for document in typed()}
    assert kinds >= {"start", "plan", "enter", "act", "scan", "list_paste", "set_pin", "here"}
    assert sum(1 for _ in typed()) > 500
    deeds = {document["deed"]["do"] for document in typed() if "deed" in document}
    assert len(deeds) > 30
