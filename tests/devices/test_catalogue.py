from __future__ import annotations

from random import Random

import pytest

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from vitals.instant import Instant
from vitals.vocabulary import Modality

CHECKED = ["nonin-df2", "nonin-df7"]
"""Protocols whose frames are five bytes with a sum."""
PATTERNS = {
    "nothing": b"",
    "zeros": bytes(20_000),
    "ones": b"\x01" * 20_000,
    "high": b"\xff" * 20_000,
    "random": Random(1).randbytes(100_000),
    "text": b"SPO2=098 HR=067\r\n" * 1000,
}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_protocol_is_found_under_its_own_name(name: str) -> None:
    assert PROTOCOLS[name].name == name


@pytest.mark.parametrize("name", CHECKED)
def test_nonin_streams_at_9600_baud_thrice_a_second(name: str) -> None:
    entry = PROTOCOLS[name]
    assert str(entry.line) == "9600 8N1"
    assert (entry.quiet_s, entry.interval_s) == (1.0, 1 / 3)
    assert entry.modalities == (Modality.PULSE_OXIMETRY,)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_each_driver_is_its_own(name: str) -> None:
    one, other = PROTOCOLS[name].driver(Options()), PROTOCOLS[name].driver(Options())
    one.receive(b"\x00" * 100, Instant(0, 0))
    one.finish()
    assert other.counts.discarded_bytes == 0


@pytest.mark.parametrize("name", CHECKED)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_driver_makes_values_of_what_is_none(name: str, pattern: str) -> None:
    data = PATTERNS[pattern]
    driver = PROTOCOLS[name].driver(Options())
    assert driver.receive(data, Instant(0, 0)) == []
    counts = driver.finish()
    assert counts.frames * 5 + counts.discarded_bytes == len(data)
