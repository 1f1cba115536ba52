from __future__ import annotations

import pytest
from damage import CAPTURES, NOW, captured, notes, received, told
from healthypi_frames import ECG_BLOCK_5, GOOD_4, GOOD_5, VECTORS, VERSIONS, items
from hypothesis import given
from hypothesis import strategies as st

from devices.contract import Counts
from devices.healthypi.driver import HealthyPiDriver
from devices.healthypi.wire import VERSION_4, VERSION_5
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Quality

FOLDER = CAPTURES / "healthypi"
NAMES = sorted(path.stem for path in FOLDER.glob("*.vagt"))


def version(name: str) -> str:
    """Return the protocol that a capture names."""
    lines = (FOLDER / f"{name}.vagt").read_text().splitlines()
    return lines[1].removeprefix("protocol: ")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("healthypi", name)
    shapes = VERSIONS[version(name)]
    whole, cut = HealthyPiDriver(shapes), HealthyPiDriver(shapes)
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


def test_the_capture_of_version_4_shows_leads_that_come_off() -> None:
    driver = HealthyPiDriver(VERSION_4)
    found = list(driver.receive(captured("healthypi", "leads-off-v4"), NOW))
    assert notes(found) == [{Note.LEADS_OFF}, set()]
    qualities = [quality for _, quality in told(found, Measure.HEART_RATE)]
    assert qualities[2] == qualities[-1] == Quality.VALID
    assert Quality.INVALID in qualities
    assert driver.finish() == Counts(11, 1, 27)


def test_the_capture_of_version_5_shows_both_formats() -> None:
    driver = HealthyPiDriver(VERSION_5)
    found = list(driver.receive(captured("healthypi", "samples-and-blocks-v5"), NOW))
    assert told(found, Measure.HEART_RATE)[-1] == (64, Quality.VALID)
    assert told(found, Measure.SPO2)[-1] == (98, Quality.VALID)
    assert driver.finish() == Counts(9, 0, 0)


@pytest.mark.parametrize("protocol", VERSIONS)
@given(data=st.binary(max_size=400), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail_or_lose_count(
    protocol: str, data: bytes, portion: int
) -> None:
    driver = HealthyPiDriver(VERSIONS[protocol])
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 26 <= len(data) - counts.discarded_bytes <= counts.frames * 57


@given(payload=st.binary(min_size=20, max_size=20))
def test_no_payload_makes_a_driver_fail(payload: bytes) -> None:
    driver = HealthyPiDriver(VERSION_4)
    driver.receive(GOOD_4[:5] + payload + GOOD_4[25:], NOW)
    assert driver.finish() == Counts(1, 0, 0)


def test_a_frame_cut_anywhere_is_not_read() -> None:
    for shapes, data in VECTORS:
        assert all(items(shapes, data[:length]) == [] for length in range(len(data)))


@pytest.mark.parametrize("protocol", VERSIONS)
@given(junk=st.binary(max_size=100))
def test_after_junk_the_stream_is_read_again(protocol: str, junk: bytes) -> None:
    data = GOOD_4 if protocol == "healthypi-v4" else GOOD_5
    found = items(VERSIONS[protocol], junk + data * 8)
    assert told(found, Measure.SPO2)[-1][1] is Quality.VALID


def test_a_long_read_loses_nothing() -> None:
    driver = HealthyPiDriver(VERSION_4)
    assert len(driver.receive(GOOD_4 * 1000, NOW)) == 7000
    assert driver.finish() == Counts(1000, 0, 0)


def test_a_frame_that_stands_still_is_given_up_and_what_it_hid_is_read() -> None:
    driver = HealthyPiDriver(VERSION_5)
    assert driver.receive(ECG_BLOCK_5[:5] + GOOD_5, Instant(1.0, 1.0)) == []
    assert driver.due(Instant(1.09, 1.09)) == b""
    assert driver.counts == Counts(0, 0, 0)
    assert driver.due(Instant(1.2, 1.2)) == b""
    assert driver.counts == Counts(1, 0, 5)
    found = driver.receive(b"", Instant(1.3, 1.3))
    assert {item.at for item in found} == {Instant(1.0, 1.0)}
    assert len(found) == 7
    assert driver.receive(b"", Instant(1.4, 1.4)) == []


def test_what_a_false_head_hid_at_the_end_is_counted() -> None:
    driver = HealthyPiDriver(VERSION_5)
    driver.receive(ECG_BLOCK_5[:5] + GOOD_5, NOW)
    assert driver.finish() == Counts(1, 0, 5)


def test_nothing_is_ever_written_to_the_board() -> None:
    driver = HealthyPiDriver(VERSION_4)
    assert [driver.due(Instant(second, second)) for second in range(50)] == [b""] * 50
