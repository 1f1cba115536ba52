"""Topics and payloads are what the documents say: made from the types, and safe for any name."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from checkout import ROOT
from hypothesis import given
from hypothesis import strategies as st
from payloads import PAGE, payloads_page

from telemetry import topics
from telemetry.discovery import announcements
from telemetry.payloads import PAYLOADS, Alarms, Device, Numerics, Payload, Value
from telemetry.series import Message
from telemetry.settings import Broker
from vitals.measure import Measure
from vitals.reading import Origin, Quality
from vitals.vocabulary import DeviceState

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
BED = Numerics(
    "2026-11-23T08:15:02.000Z",
    "Stue 1",
    (Value(Measure.SPO2, 98, "%", Quality.VALID, Origin.MEASURED, "nonin", "2026"),),
)


def test_the_schema_in_the_documents_is_made_from_the_types() -> None:
    assert (ROOT / "docs" / PAGE).read_text("utf-8") == payloads_page(), "run `make docs`"


def test_every_payload_forbids_what_it_does_not_name() -> None:
    document = json.loads(payloads_page())
    objects = [one for one in document["$defs"].values() if one.get("type") == "object"]
    assert len(objects) >= len(PAYLOADS)
    assert all(one["additionalProperties"] is False for one in objects)


@pytest.mark.parametrize("topic", PAYLOADS)
def test_the_page_names_every_topic_and_payload(topic: str) -> None:
    page = (ROOT / "docs" / "mqtt.md").read_text("utf-8")
    written = topic.replace("{", "<").replace("}", ">")
    assert f"| `{written}` | `{PAYLOADS[topic].__name__}` |" in page


@given(NAMES, NAMES)
def test_no_two_names_share_a_topic_and_none_has_a_wildcard(one: str, other: str) -> None:
    made = topics.numerics(one)
    assert (made == topics.numerics(other)) == (one == other)
    assert made.count("/") == 2
    assert not re.search(r"[+#\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", made)


def test_topics_are_below_the_prefix_and_the_code_of_the_site() -> None:
    assert topics.root(Broker(host="h", prefix="a/b"), "KN") == "a/b/KN"
    assert topics.device("x/y") == "device/x%2Fy"


def told(topic: str, payload: Payload) -> Message:
    return Message(topic, 0, msgspec.json.encode(payload))


def test_home_assistant_is_told_once_of_each_number() -> None:
    known: set[str] = set()
    numbers = told(topics.numerics(BED.bed), BED)
    ((topic, payload),) = announcements("vagt/KN", numbers, known)
    assert not list(announcements("vagt/KN", numbers, known))
    said = json.loads(payload)
    assert topic == f"homeassistant/sensor/{said['unique_id']}/config"
    assert re.fullmatch(r"[A-Za-z0-9_-]+", said["unique_id"])
    assert said["state_topic"] == "vagt/KN/bed/Stue 1/numerics"
    assert said["availability_topic"] == "vagt/KN/online"
    assert "not for watching a patient" in said["device"]["name"]


def test_home_assistant_is_told_whether_a_bed_has_an_alarm() -> None:
    quiet = told(topics.alarms("Stue 1"), Alarms("2026", "Stue 1", ()))
    ((topic, payload),) = announcements("vagt/KN", quiet, set())
    said = json.loads(payload)
    assert topic == f"homeassistant/binary_sensor/{said['unique_id']}/config"
    assert said["state_topic"] == "vagt/KN/bed/Stue 1/alarms"


@pytest.mark.parametrize("name", ["numerics", "alarms", "bed/numerics"])
def test_home_assistant_is_told_nothing_of_a_device_whatever_its_name(name: str) -> None:
    found = Device("2026", name, "Stue 1", "nonin-df2", Origin.MEASURED, DeviceState.LOST)
    assert not list(announcements("vagt/KN", told(topics.device(name), found), set()))


def test_what_is_not_there_is_left_out() -> None:
    said = json.loads(msgspec.json.encode(BED))["values"][0]
    assert set(said) == {"measure", "value", "unit", "quality", "origin", "device", "at"}
