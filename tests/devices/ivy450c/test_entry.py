from __future__ import annotations

from ivy_messages import items, message

from devices.catalogue import PROTOCOLS
from devices.contract import Evidence, Options, Standing
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.instant import Instant
from vitals.reading import Reading, WaveBlock

ENTRY = PROTOCOLS["ivy450c"]


def test_its_row_names_every_measure_and_channel_that_it_gives() -> None:
    everything = Options(p1="art", co2_unit="mmhg", temp_unit="celsius")
    found = items(message(), everything)
    assert {item.measure for item in found if isinstance(item, Reading)} == set(ENTRY.measures)
    assert {item.channel for item in found if isinstance(item, WaveBlock)} == set(ENTRY.channels)


def test_it_is_a_clinical_monitor_read_from_a_recording_at_9600_baud() -> None:
    assert str(ENTRY.line) == "9600 8N1"
    assert (ENTRY.quiet_s, ENTRY.interval_s, ENTRY.checked) == (3.0, 1.0, True)
    assert (ENTRY.evidence, ENTRY.standing) == (Evidence.CAPTURE, Standing.CLINICAL)


def test_its_simulator_speaks_to_its_driver() -> None:
    patient = Patient(PatientRow("Stue 1", "4y", 98, 118))
    data = SIMULATORS["ivy450c"](patient, 0).emit(3)
    driver = ENTRY.driver(Options())
    assert len(driver.receive(data, Instant(0, 0))) == 3 * (4 + 3) + 4
    assert driver.finish().frames == 3
