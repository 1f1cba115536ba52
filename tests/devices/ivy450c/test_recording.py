from __future__ import annotations

from itertools import pairwise

import pytest
from damage import CAPTURES, NOW, captured, notes, received, told
from ivy_messages import ARTERIAL, items, samples

from devices.contract import Counts
from devices.ivy450c.driver import IvyDriver
from firmware_bridge.capture import parse
from vitals.measure import Channel, Measure
from vitals.reading import Note, Quality, Reading

VALID, DOUBTED = Quality.VALID, Quality.QUESTIONABLE
RECORDING = captured("ivy450c", "recorded")
NAMES = sorted(path.stem for path in (CAPTURES / "ivy450c").glob("*.vagt"))
R_WAVE = 190
"""Counts that nothing but an R wave reaches in the recording."""


def test_the_recording_gives_what_the_monitor_showed() -> None:
    found = items(RECORDING)
    assert told(found, Measure.HEART_RATE) == [(80, VALID)] * 14
    assert told(found, Measure.RESPIRATORY_RATE) == [(35, VALID)] * 14
    assert told(found, Measure.SPO2) == [(100, VALID)] * 14
    assert told(found, Measure.PULSE_RATE) == [(80, VALID)] * 14
    assert told(found, Measure.NIBP_SYSTOLIC) == [(121, DOUBTED)]
    assert told(found, Measure.NIBP_DIASTOLIC) == [(75, DOUBTED)]
    assert told(found, Measure.NIBP_MEAN) == [(92, DOUBTED)]
    assert notes(found) == [{Note.FROM_MEMORY}]
    assert told(found, Measure.ART_DIASTOLIC) == [(73, VALID)] * 14
    assert told(found, Measure.ART_MEAN) == [(88, VALID)] * 14
    systolic = [value for value, _ in told(found, Measure.ART_SYSTOLIC)]
    assert (systolic.count(111), systolic.count(110)) == (11, 3)


def test_the_r_waves_of_the_recording_come_at_its_heart_rate() -> None:
    ecg = [sample or 0 for sample in samples(items(RECORDING), Channel.ECG)]
    assert len(ecg) == 14 * 200
    peaks = [place for place, (a, b) in enumerate(pairwise(ecg)) if a < R_WAVE <= b]
    rate = 60 * 200 * (len(peaks) - 1) / (peaks[-1] - peaks[0])
    assert rate == pytest.approx(80, abs=1)


def test_a_byte_of_the_pressure_wave_is_a_millimetre_of_mercury() -> None:
    art = [sample for sample in samples(items(RECORDING), Channel.ART) if sample]
    assert (min(art), max(art)) == (73, 111)


def test_the_ecg_goes_on_where_the_message_before_ended() -> None:
    ecg = [sample or 0 for sample in samples(items(RECORDING), Channel.ECG)]
    borders = [abs(ecg[place] - ecg[place - 1]) for place in range(200, len(ecg), 200)]
    assert max(borders) < 20


def test_the_composed_capture_shows_cuffs_and_losses() -> None:
    found = items(captured("ivy450c", "cuff-and-losses"))
    assert [value for value, _ in told(found, Measure.NIBP_SYSTOLIC)] == [None, 121, 118]
    spo2 = [quality for _, quality in told(found, Measure.SPO2)]
    assert spo2 == [VALID] * 3 + [Quality.INVALID] + [VALID] * 3
    rates = [quality for _, quality in told(found, Measure.HEART_RATE)]
    assert rates == [VALID] * 4 + [Quality.INVALID] + [VALID] * 2
    assert not any(
        item.measure is Measure.TEMPERATURE for item in found if isinstance(item, Reading)
    )


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (CAPTURES / "ivy450c").glob("*.vagt"))
)
@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("ivy450c", name)
    whole, cut = IvyDriver(ARTERIAL), IvyDriver(ARTERIAL)
    assert received(cut, data, portion) == received(whole, data, len(data))
    assert cut.finish() == whole.finish()


def test_the_recording_says_where_it_is_from() -> None:
    header = parse((CAPTURES / "ivy450c" / "recorded.vagt").read_text()).header
    assert "mdpnp" in header["origin"]
    assert header["licence"].startswith("BSD-2-Clause")


def test_the_recording_is_fourteen_messages_and_a_tail() -> None:
    driver = IvyDriver(ARTERIAL)
    driver.receive(RECORDING, NOW)
    assert driver.finish() == Counts(14, 0, 252)
