"""What each device says is taken for its own protocol, and for no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import spoken

from devices.catalogue import PROTOCOLS
from devices.contract import Counts, ProtocolEntry
from devices.guess import likenesses
from firmware_bridge.capture import Capture, parse
from vitals.instant import Instant
from vitals.reading import Item

CAPTURES = sorted((Path(__file__).parents[1] / "captures").glob("*/*.vagt"))
UNCHECKED = sorted(name for name, entry in PROTOCOLS.items() if not entry.checked)
CHECKED = sorted(set(PROTOCOLS) - set(UNCHECKED))


def names(data: bytes) -> list[str]:
    return [found.protocol for found in likenesses(data, PROTOCOLS.values())]


@pytest.mark.parametrize("protocol", CHECKED)
def test_a_device_is_taken_for_what_it_speaks(protocol: str) -> None:
    assert names(spoken(protocol)) == [protocol]


@pytest.mark.parametrize("protocol", CHECKED)
def test_a_device_is_known_from_the_middle_of_what_it_says(protocol: str) -> None:
    said = spoken(protocol)
    assert names(said[len(said) // 7 :]) == [protocol]


@pytest.mark.parametrize("protocol", UNCHECKED)
def test_what_carries_no_check_is_never_guessed(protocol: str) -> None:
    taken_for = set(names(spoken(protocol)))
    assert taken_for <= ({"nonin-df2"} if protocol == "nonin" else set())


def test_a_line_that_loses_bytes_is_known_all_the_same() -> None:
    said = bytearray(spoken("nonin-df2"))
    for place in range(len(said) - 20, 0, -40):
        del said[place]
    assert names(bytes(said)) == ["nonin-df2"]


def test_noise_looks_like_nothing() -> None:
    assert names(Random(3).randbytes(4096)) == []


def test_nothing_looks_like_nothing() -> None:
    assert names(b"") == []


def test_one_short_frame_proves_nothing_and_one_record_does() -> None:
    assert names(spoken("nonin-df2")[-5:]) == []
    assert names(spoken("nonin-df13")[-22:]) == ["nonin-df13"]


class Claiming:
    """A driver that finds so many frames, and bytes in none, whatever it is given."""

    def __init__(self, frames: int, discarded: int) -> None:
        self.counts = Counts(frames, 0, discarded)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        del data, at
        return ()

    def due(self, at: Instant) -> bytes:
        del at
        return b""

    def finish(self) -> Counts:
        return self.counts


def claims(name: str, frames: int, discarded: int) -> ProtocolEntry:
    entry = PROTOCOLS["nonin-df2"]
    return replace(entry, name=name, driver=lambda _: Claiming(frames, discarded))


def test_the_best_stands_first_and_what_covers_less_than_two_thirds_nowhere() -> None:
    entries = [
        claims("some", 20, 10),
        claims("fewer frames", 2, 0),
        claims("all", 30, 0),
        claims("just", 20, 30),
        claims("too little", 20, 31),
    ]
    found = [likeness.protocol for likeness in likenesses(bytes(90), entries)]
    assert found == ["all", "fewer frames", "some", "just"]


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_capture_is_taken_for_another_protocol(path: Path) -> None:
    capture = parse(path.read_text("utf-8"))
    assert set(names(whole(capture))) <= {capture.header["protocol"]}


@given(st.binary(max_size=600))
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    found = likenesses(data, PROTOCOLS.values())
    assert all(likeness.covered <= 1 for likeness in found)


def whole(capture: Capture) -> bytes:
    return b"".join(record.data for record in capture.records)
