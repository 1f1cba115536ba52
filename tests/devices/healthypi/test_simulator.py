from __future__ import annotations

import pytest
from damage import NOW, notes, told, waves
from healthypi_frames import VERSIONS, items

from devices.contract import Counts
from devices.healthypi.driver import HealthyPiDriver
from devices.healthypi.simulator import HealthyPi4, HealthyPi5
from devices.healthypi.wire import VERSION_4, VERSION_5
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Quality, WaveBlock

CHILD = PatientRow("Stue 1", "4y", 98, 118)
BOARDS: dict[str, type[HealthyPi4] | type[HealthyPi5]] = {
    "healthypi-v4": HealthyPi4,
    "healthypi-v5": HealthyPi5,
}
VALID = Quality.VALID


def board(protocol: str, *events: PatientEvent, seed: int = 1) -> HealthyPi4 | HealthyPi5:
    return BOARDS[protocol](Patient(CHILD, events, seed=seed), seed)


def valid(found: list[Item], measure: Measure) -> list[float]:
    """Return the valid numbers of a measure, each as often as it changed."""
    values = [value for value, quality in told(found, measure) if quality is VALID and value]
    return [value for place, value in enumerate(values) if values[place - 1 : place] != [value]]


def changes(values: list[int]) -> list[int]:
    return [value for place, value in enumerate(values) if values[place - 1 : place] != [value]]


def wave(found: list[Item], channel: Channel) -> list[float | None]:
    blocks = [item for item in found if isinstance(item, WaveBlock) and item.channel is channel]
    return [sample for block in blocks for sample in block.samples]


@pytest.mark.parametrize("protocol", VERSIONS)
@pytest.mark.parametrize("blocks", ["samples", "blocks"])
def test_the_driver_reads_what_the_patient_has(protocol: str, blocks: str) -> None:
    events = [
        PatientEvent(at_s=2, spo2=84, over_s=8),
        PatientEvent(at_s=3, pulse_rate=171, over_s=8),
        PatientEvent(at_s=5, respiratory_rate=30),
    ]
    patient = Patient(CHILD, events, seed=3)
    simulated = BOARDS[protocol](patient, 3)
    if isinstance(simulated, HealthyPi5):
        simulated.blocks = blocks == "blocks"
    found = items(VERSIONS[protocol], simulated.emit(12))
    states = [patient.at(second) for second in range(12)]
    assert valid(found, Measure.SPO2) == changes([round(s.spo2) for s in states])
    assert valid(found, Measure.HEART_RATE) == changes([round(s.pulse_rate) for s in states])
    assert valid(found, Measure.RESPIRATORY_RATE) == [22, 30]


@pytest.mark.parametrize("protocol", VERSIONS)
def test_the_waves_are_the_patients(protocol: str) -> None:
    patient = Patient(CHILD, seed=3)
    found = items(VERSIONS[protocol], BOARDS[protocol](patient, 3).emit(4))
    rate = BOARDS[protocol].RATE_HZ
    ecg, resp = wave(found, Channel.ECG), wave(found, Channel.RESP)
    assert len(ecg) == len(resp) == len(wave(found, Channel.PLETH)) == 4 * rate
    for place, sample in enumerate(ecg):
        assert sample == pytest.approx(1000 * patient.ecg(place / rate), abs=4)
    for place, chest in enumerate(resp):
        if chest is not None:
            assert chest == pytest.approx(2000 * patient.resp(place / rate), abs=1)
    assert len(set(wave(found, Channel.PLETH))) > 50


def test_blocks_and_samples_carry_the_same_ecg() -> None:
    one, other = board("healthypi-v5"), board("healthypi-v5")
    assert isinstance(other, HealthyPi5)
    other.blocks = True
    samples = items(VERSION_5, one.emit(2))
    blocks = items(VERSION_5, other.emit(2))
    assert wave(samples, Channel.ECG) == wave(blocks, Channel.ECG)
    chest = [sample for sample in wave(samples, Channel.RESP) if sample is not None]
    assert wave(blocks, Channel.RESP) == chest
    assert len(chest) == 128


def test_version_4_sends_125_frames_a_second_and_version_5_128() -> None:
    assert len(board("healthypi-v4").emit(2)) == 250 * 27
    assert len(board("healthypi-v5").emit(2)) == 256 * 29


@pytest.mark.parametrize("protocol", VERSIONS)
def test_the_stream_is_the_same_however_often_it_is_asked(protocol: str) -> None:
    often, seldom = board(protocol), board(protocol)
    assert b"".join(often.emit(step * 0.013) for step in range(301)) == seldom.emit(3.9)
    assert board(protocol, seed=2).emit(1) != board(protocol, seed=1).emit(1)


@pytest.mark.parametrize("protocol", VERSIONS)
def test_a_probe_that_is_off_is_no_saturation(protocol: str) -> None:
    found = items(
        VERSIONS[protocol], board(protocol, PatientEvent(at_s=0, probe=Probe.OFF)).emit(1)
    )
    assert set(told(found, Measure.SPO2)) == {(None, Quality.UNAVAILABLE)}


def test_leads_that_are_off_are_told_and_take_the_ecg() -> None:
    simulated = board("healthypi-v4")
    simulated.leads_off = True
    found = items(VERSION_4, simulated.emit(1))
    assert notes(found) == [{Note.LEADS_OFF}]
    assert set(told(found, Measure.HEART_RATE)) == {(None, Quality.INVALID)}
    assert set(wave(found, Channel.ECG)) == {None}


def test_leads_that_are_off_leave_version_5_without_rates() -> None:
    simulated = board("healthypi-v5")
    simulated.leads_off = True
    found = items(VERSION_5, simulated.emit(1))
    assert set(told(found, Measure.HEART_RATE)) == {(None, Quality.UNAVAILABLE)}


def test_version_4_says_its_constant_as_the_board_does() -> None:
    data = board("healthypi-v4").emit(1)
    assert {data[start + 22 : start + 24] for start in range(0, len(data), 27)} == {b"\x50\x78"}


@pytest.mark.parametrize("protocol", VERSIONS)
def test_damage_on_the_way_makes_no_wrong_number_valid(protocol: str) -> None:
    clean, simulated = board(protocol), board(protocol)
    simulated.corrupt_every = 211
    driver = HealthyPiDriver(VERSIONS[protocol])
    found = list(driver.receive(simulated.emit(5), NOW))
    counts = driver.finish()
    assert counts.discarded_bytes > 0
    assert counts.frames > 500
    good = items(VERSIONS[protocol], clean.emit(5))
    for measure in (Measure.SPO2, Measure.HEART_RATE, Measure.RESPIRATORY_RATE):
        assert set(valid(found, measure)) <= set(valid(good, measure))


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = board("healthypi-v5")
    simulated.receive(bytes.fromhex("0a fa 01 00 01 40 00 0b"))
    assert simulated.heard == 8
    assert simulated.emit(1) == board("healthypi-v5").emit(1)


@pytest.mark.parametrize("protocol", VERSIONS)
def test_the_driver_takes_every_byte_of_the_simulator(protocol: str) -> None:
    driver = HealthyPiDriver(VERSIONS[protocol])
    found = driver.receive(board(protocol).emit(3), NOW)
    rate = BOARDS[protocol].RATE_HZ
    assert driver.finish() == Counts(3 * rate, 0, 0)
    assert len(waves(found)) == 9 * rate
