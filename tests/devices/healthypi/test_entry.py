from __future__ import annotations

import pytest
from healthypi_frames import ECG_BLOCK_5, GOOD_4, GOOD_5, PPG_5, VERSIONS, items

from devices.catalogue import PROTOCOLS
from devices.contract import Options, Standing
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.instant import Instant
from vitals.reading import Reading, WaveBlock
from vitals.vocabulary import Modality

STREAMS = {
    "healthypi-v4": GOOD_4,
    "healthypi-v5": GOOD_5 + ECG_BLOCK_5 + PPG_5.to_bytes(),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_its_row_names_every_measure_and_channel_that_it_gives(name: str) -> None:
    entry, found = PROTOCOLS[name], items(VERSIONS[name], STREAMS[name])
    assert {item.measure for item in found if isinstance(item, Reading)} == set(entry.measures)
    assert {item.channel for item in found if isinstance(item, WaveBlock)} == set(entry.channels)


@pytest.mark.parametrize("name", VERSIONS)
def test_it_is_for_the_bench_and_its_frames_carry_no_check(name: str) -> None:
    entry = PROTOCOLS[name]
    assert entry.standing is Standing.BENCH
    assert not entry.checked
    assert str(entry.line) == "115200 8N1"
    assert entry.quiet_s == 1.0


@pytest.mark.parametrize("name", VERSIONS)
def test_it_measures_no_blood_pressure(name: str) -> None:
    entry = PROTOCOLS[name]
    assert Modality.NIBP not in entry.modalities
    assert not [measure for measure in entry.measures if measure.startswith(("nibp", "art"))]


@pytest.mark.parametrize("name", VERSIONS)
def test_its_simulator_speaks_to_its_driver(name: str) -> None:
    patient = Patient(PatientRow("Stue 1", "4y", 98, 118))
    driver = PROTOCOLS[name].driver(Options())
    driver.receive(SIMULATORS[name](patient, 0).emit(1), Instant(0, 0))
    assert driver.finish().frames >= 125
