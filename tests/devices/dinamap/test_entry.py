from __future__ import annotations

from dinamap_blocks import blocks, items, on_the_wire

from devices.catalogue import PROTOCOLS
from devices.contract import Evidence, Options, Standing
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.instant import Instant
from vitals.reading import Reading, WaveBlock

ENTRY = PROTOCOLS["dinamap"]


def test_its_row_names_every_measure_and_channel_that_it_gives() -> None:
    found = items(on_the_wire(blocks(50)))
    assert {item.measure for item in found if isinstance(item, Reading)} == set(ENTRY.measures)
    assert {item.channel for item in found if isinstance(item, WaveBlock)} == set(ENTRY.channels)


def test_it_rests_on_one_program_stays_on_the_bench_and_fits_its_line() -> None:
    assert str(ENTRY.line) == "19200 8N1"
    assert ENTRY.line.baud / 10 > 18 * 50
    assert (ENTRY.quiet_s, ENTRY.interval_s, ENTRY.checked) == (1.0, 1.0, True)
    assert (ENTRY.evidence, ENTRY.standing) == (Evidence.ONE, Standing.BENCH)


def test_its_simulator_speaks_to_its_driver() -> None:
    patient = Patient(PatientRow("Stue 1", "4y", 98, 118))
    driver = ENTRY.driver(Options())
    driver.receive(SIMULATORS["dinamap"](patient, 0).emit(3), Instant(0, 0))
    assert driver.finish().frames == 150
