"""Frames prove a protocol beside others of their kind, and not in the midst of rubbish."""

from __future__ import annotations

from random import Random

import pytest
from manual import at
from streams import spoken

from daemon.unread import KEPT, Unread
from devices.catalogue import PROTOCOLS
from devices.contract import Counts, Options

CHECKED = sorted(name for name, entry in PROTOCOLS.items() if entry.checked and name != "modbus")
READ = 8
"""What a line of 9600 baud brings in 8 ms, half of it in bytes."""
SLIDING = {("nonin-df7", "contec-new")}
"""Half of that device's frames of nine bytes hold one of five with a sum that is right."""


def proofs(protocol: str, data: bytes, read: int = READ) -> tuple[int, Unread]:
    """Return how many reads prove a protocol, and what is unread at the end."""
    driver, unread, proven = PROTOCOLS[protocol].driver(Options()), Unread(), 0
    for place in range(0, len(data), read):
        part, now, before = data[place : place + read], at(place / 960), driver.counts
        driver.receive(part, now)
        proven += unread.take(part, before, driver.counts, now)
    return proven, unread


@pytest.mark.parametrize("protocol", CHECKED)
def test_a_device_is_believed_in_its_own_protocol_however_its_bytes_arrive(protocol: str) -> None:
    for read in (1, READ, KEPT):
        proven, unread = proofs(protocol, spoken(protocol), read)
        assert proven
        assert len(unread.kept) < len(spoken(protocol)) or read == KEPT


@pytest.mark.parametrize("protocol", CHECKED)
def test_no_device_is_believed_in_another_protocol(protocol: str) -> None:
    others = [name for name in PROTOCOLS if name not in (protocol, "nonin", "modbus")]
    believed = {name: proofs(protocol, spoken(name))[0] for name in others}
    assert {name for name, count in believed.items() if count > 1} <= {
        name for wrong, name in SLIDING if wrong == protocol
    }


@pytest.mark.parametrize("protocol", CHECKED)
def test_noise_is_believed_in_no_protocol(protocol: str) -> None:
    proven, unread = proofs(protocol, Random(5).randbytes(20_000))
    assert proven <= 1
    assert unread.kept
    assert len(unread.kept) <= KEPT


def test_a_line_that_loses_every_tenth_byte_is_believed_all_the_same() -> None:
    said = bytearray(spoken("nonin-df2"))
    del said[::10]
    proven, _ = proofs("nonin-df2", bytes(said))
    assert proven > len(said) / READ / 10


def test_one_frame_behind_the_torn_end_of_another_is_believed() -> None:
    said = spoken("nonin-df13")
    assert len(said) >= 44
    assert proofs("nonin-df13", said[-44:][10:])[0] == 1


def counts(frames: int, discarded: int) -> Counts:
    return Counts(frames, 0, discarded)


def believed(received: int, discarded: int) -> bool:
    return Unread().take(bytes(received), counts(0, 0), counts(1, discarded), at(0))


def test_a_short_frame_may_stand_beside_a_little_rubbish_and_no_more() -> None:
    assert believed(20, 5)
    assert not believed(20, 6)


def test_a_long_frame_may_stand_beside_as_much_as_it_is_long_itself() -> None:
    assert believed(32, 16)
    assert not believed(33, 17)
    assert not believed(30, 15)


def test_what_was_proven_is_no_longer_unread_and_the_rest_says_since_when() -> None:
    unread = Unread()
    unread.take(b"abc", counts(0, 0), counts(0, 0), at(1))
    unread.take(b"def", counts(0, 0), counts(0, 3), at(2))
    assert unread.kept == b"abcdef"
    assert unread.since == at(1)
    unread.take(b"g" * 24, counts(0, 3), counts(1, 6), at(3))
    assert unread.kept == b""
    assert unread.since is None


def test_only_the_newest_bytes_are_kept() -> None:
    unread = Unread()
    unread.take(b"a" * KEPT, counts(0, 0), counts(0, 0), at(0))
    unread.take(b"bc", counts(0, 0), counts(0, 0), at(1))
    assert len(unread.kept) == KEPT
    assert unread.kept.endswith(b"abc")


def test_the_first_good_frame_behind_long_rubbish_is_not_believed_and_the_next_is() -> None:
    unread = Unread()
    assert not unread.take(bytes(1000), counts(0, 0), counts(0, 1000), at(0))
    assert not unread.take(bytes(5), counts(0, 1000), counts(1, 1000), at(1))
    assert unread.take(bytes(5), counts(1, 1000), counts(2, 1000), at(2))
