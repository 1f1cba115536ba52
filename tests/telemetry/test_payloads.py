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
from telemetry.payloads import PAYLOADS, Numerics, Value
from telemetry.settings import Broker
from vitals.measure import Measure
from vitals.reading import Origin, Quality

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
    assert not re.search(r"[+#\x00]", made)


def test_topics_are_below_the_prefix_and_the_code_of_the_site() -> None:
    assert topics.root(Broker(host="h", prefix="a/b"), "KN") == "a/b/KN"
    assert topics.device("x/y") == "device/x%2Fy"


def test_home_assistant_is_told_once_of_each_number() -> None:
    known: set[tuple[str, Measure]] = set()
    ((topic, payload),) = announcements("vagt/KN", BED, known)
    assert not list(announcements("vagt/KN", BED, known))
    told = json.loads(payload)
    assert topic == f"homeassistant/sensor/{told['unique_id']}/config"
    assert re.fullmatch(r"[A-Za-z0-9_-]+", told["unique_id"])
    assert told["state_topic"] == "vagt/KN/bed/Stue 1/numerics"
    assert told["availability_topic"] == "vagt/KN/online"
    assert "not for watching a patient" in told["device"]["name"]


def test_what_is_not_there_is_left_out() -> None:
    told = json.loads(msgspec.json.encode(BED))["values"][0]
    assert set(told) == {"measure", "value", "unit", "quality", "origin", "device", "at"}
