from __future__ import annotations

import pytest
from damage import notes, numbers, received, told, waves
from manual import at

from devices.phasein.command import Command, Order
from devices.phasein.driver import PhaseinDriver
from devices.phasein.simulator import PhaseinSimulator
from devices.phasein.slow import Mode
from devices.phasein.wire import FrameDecoder
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow
from vitals.measure import Agent, Measure
from vitals.reading import Item, Note, Quality, Reading

CHILD = PatientRow(
    "Stue 1",
    "4y",
    98,
    118,
    respiratory_rate=24.0,
    etco2=4.8,
    fio2=42.0,
    n2o=50.0,
    agent=Agent.DESFLURANE,
    agent_percent=6.0,
)
APNOEA = PatientEvent(at_s=10, respiratory_rate=0)
ETCO2, RATE = Measure.ETCO2, Measure.RESPIRATORY_RATE


def analyser(*events: PatientEvent) -> PhaseinSimulator:
    return PhaseinSimulator(Patient(CHILD, events, seed=1), 1)


def heard(simulator: PhaseinSimulator, seconds: float) -> list[Item]:
    """Return what the driver says of the first seconds, read ten times a second."""
    driver = PhaseinDriver()
    found: list[Item] = []
    for tick in range(1, round(seconds * 10) + 1):
        found += driver.receive(simulator.emit(tick / 10), at(tick / 10))
    counts = driver.finish()
    assert (counts.bad_frames, counts.discarded_bytes) == (0, 0)
    return found


def last(found: list[Item], measure: Measure) -> Reading:
    return [item for item in found if isinstance(item, Reading) and item.measure is measure][-1]


def test_twenty_frames_come_each_second() -> None:
    simulator = analyser()
    assert simulator.emit(0) == b""
    assert len(simulator.emit(1)) == 20 * 21
    assert len(simulator.emit(1.04)) == 0
    assert len(simulator.emit(1.05)) == 21
    assert simulator.emit(1.05) == simulator.emit(0.5) == b""


def test_the_ids_go_round_in_half_a_second() -> None:
    decoder = FrameDecoder()
    decoder.feed(analyser().emit(1))
    ids = [frame.id for _ in range(20) if (frame := decoder.next_frame())]
    assert ids == [*range(10), *range(10)]


def test_the_driver_reads_every_gas_the_patient_has() -> None:
    found = heard(analyser(), 15)
    assert numbers(found, ETCO2)[-10:] == [pytest.approx(4.8, abs=0.06)] * 10
    assert numbers(found, RATE)[-10:] == [24] * 10
    values = {
        Measure.FICO2: 0.0,
        Measure.FIO2: 42.0,
        Measure.ETO2: 38.0,
        Measure.N2O_INSPIRED: 50.0,
        Measure.N2O_EXPIRED: 45.0,
        Measure.AGENT_INSPIRED: 6.0,
        Measure.AGENT_EXPIRED: 5.4,
    }
    for measure, value in values.items():
        assert (last(found, measure).value, last(found, measure).quality) == (value, Quality.VALID)
    assert last(found, Measure.AGENT_EXPIRED).agent is Agent.DESFLURANE


@pytest.mark.parametrize("pressure_kpa", [101.3, 84.5])
def test_the_wave_is_the_patients_at_any_height(pressure_kpa: float) -> None:
    patient, simulator = Patient(CHILD, seed=1), analyser()
    simulator.pressure_kpa = pressure_kpa
    samples = waves(heard(simulator, 10))
    assert len(samples) == 200
    assert samples[:3] == [None] * 3
    for number, sample in enumerate(samples[3:], 3):
        assert sample == pytest.approx(patient.co2(number / 20), abs=0.006)


def test_in_apnoea_the_driver_shows_no_carbon_dioxide_and_no_rate() -> None:
    found = heard(analyser(APNOEA), 40)
    assert notes(found) == [{Note.NO_BREATH}]
    assert last(found, ETCO2).quality is last(found, RATE).quality is Quality.UNAVAILABLE
    assert last(found, Measure.FIO2).value == 42
    assert waves(found)[-1] == 0.0


def test_breathing_again_ends_the_apnoea() -> None:
    found = heard(analyser(APNOEA, PatientEvent(at_s=40, respiratory_rate=20)), 50)
    assert notes(found) == [{Note.NO_BREATH}, set()]
    assert last(found, RATE).value == 20


def test_in_its_self_test_it_has_neither_gases_nor_a_round() -> None:
    simulator = analyser()
    simulator.self_test_s = 5
    found = heard(simulator, 10)
    assert notes(found) == [{Note.WARMING_UP}, set()]
    assert waves(found)[:100] == [None] * 100
    assert numbers(found, ETCO2)[-1] == pytest.approx(4.8, abs=0.06)


@pytest.mark.parametrize(
    ("fault", "note", "quality"),
    [
        ("sensor_error", Note.SENSOR_FAULT, Quality.INVALID),
        ("zeroing", Note.ZEROING, Quality.INVALID),
        ("zero_required", Note.ZERO_REQUIRED, Quality.QUESTIONABLE),
    ],
)
def test_a_fault_is_said_and_changes_what_the_numbers_are_worth(
    fault: str, note: Note, quality: Quality
) -> None:
    simulator = analyser()
    setattr(simulator, fault, True)
    found = heard(simulator, 5)
    assert notes(found)[-1] == {note}
    assert last(found, ETCO2).quality is quality


def test_an_open_adapter_and_a_worn_cell_are_told_apart() -> None:
    simulator = analyser()
    simulator.adapter = False
    assert told(heard(simulator, 3), Measure.FIO2)[-1] == (None, Quality.INVALID)
    simulator = analyser()
    simulator.oxygen_worn = True
    assert told(heard(simulator, 3), Measure.FIO2)[-1] == (42, Quality.QUESTIONABLE)


def test_without_an_anaesthetic_there_is_no_agent() -> None:
    row = PatientRow("Stue 1", "4y", 98, 118, agent_percent=0.0)
    found = heard(PhaseinSimulator(Patient(row, seed=1), 1), 5)
    assert last(found, Measure.AGENT_INSPIRED).value is None


def test_wrong_bytes_cost_frames_and_never_give_wrong_numbers() -> None:
    simulator = analyser()
    simulator.corrupt_every = 97
    driver = PhaseinDriver()
    found = received(driver, simulator.emit(60))
    counts = driver.finish()
    assert counts.bad_frames > 100
    assert set(numbers(found, Measure.FIO2)) == {42}
    assert set(numbers(found, RATE)) <= {24, None}


def test_it_obeys_sleep_measure_and_apnoea_time_in_any_portions() -> None:
    simulator = analyser()
    sleep = Command(Order.MODE, Mode.SLEEP)
    for byte in b"\x00" + sleep.to_bytes():
        simulator.receive(bytes((byte,)))
    assert simulator.mode is Mode.SLEEP
    assert notes(heard(simulator, 3)) == [{Note.SLEEPING}]
    simulator.receive(Command(Order.MODE, Mode.MEASUREMENT).to_bytes())
    simulator.receive(Command(Order.APNOEA_TIME, 40).to_bytes())
    assert (simulator.mode, simulator.apnoea_s) == (Mode.MEASUREMENT, 40)
    simulator.receive(Command(Order.APNOEA_TIME, 61).to_bytes())
    simulator.receive(Command(Order.ZERO, 0xFF).to_bytes())
    assert simulator.apnoea_s == 40
    assert len(simulator.heard) == 5


def test_the_same_seed_sends_the_same_bytes() -> None:
    assert analyser(APNOEA).emit(30) == analyser(APNOEA).emit(30)
