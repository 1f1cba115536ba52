from __future__ import annotations

import pytest
from conversation import WIRES, Conversation
from damage import notes, told
from dri_records import START_DISPLAYED, START_ECG, STOP_DISPLAYED, art_driver, driver
from msgspec.structs import replace

from devices.contract import Counts
from devices.ge_dri.framing import framed
from devices.ge_dri.requests import Action, Kind, NumbersRequest, WaveRequest
from devices.ge_dri.simulator import DriSimulator
from devices.simulated.patient import Patient, State
from devices.simulated.rows import PatientEvent, PatientRow, Probe
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

CHILD = PatientRow("Stue 1", "4y", 98, 118, nibp_every_s=60, n2o=50)
CUFF = {
    Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN, Measure.NIBP_PULSE_RATE,
}  # fmt: skip
TURNS = [
    PatientEvent(at_s=30, etco2=6.4, over_s=10),
    PatientEvent(at_s=40, pulse_rate=150, over_s=10),
]


def conversation(
    *events: PatientEvent, wire: str = "whole"
) -> tuple[Conversation, DriSimulator, Patient]:
    patient = Patient(CHILD, events, seed=3)
    simulator = DriSimulator(patient)
    return Conversation(driver(), simulator, wire), simulator, patient


def readings(items: list[Item], measure: Measure) -> list[Reading]:
    return [item for item in items if isinstance(item, Reading) and item.measure is measure]


def samples(items: list[Item], channel: Channel) -> list[float | None]:
    blocks = [item for item in items if isinstance(item, WaveBlock) and item.channel is channel]
    return [sample for block in blocks for sample in block.samples]


def test_it_sends_nothing_unasked() -> None:
    _, simulator, _ = conversation()
    assert all(simulator.emit(second) == b"" for second in range(120))


def test_it_sends_values_at_the_interval_that_was_asked_until_told_to_stop() -> None:
    _, simulator, _ = conversation()
    simulator.receive(START_DISPLAYED)
    sent = [bool(simulator.emit(second)) for second in range(30)]
    assert sent == [second % 10 == 0 for second in range(30)]
    simulator.receive(STOP_DISPLAYED)
    assert [simulator.emit(second) for second in range(30, 60)] == [b""] * 30


def test_it_grants_no_shorter_interval_than_five_seconds() -> None:
    _, simulator, _ = conversation()
    simulator.receive(framed(NumbersRequest(Kind.DISPLAYED, 1).record()))
    assert sum(bool(simulator.emit(second)) for second in range(20)) == 4


def test_it_stops_its_waves_when_told_to() -> None:
    _, simulator, _ = conversation()
    simulator.receive(START_ECG)
    assert simulator.emit(0) == b""
    assert simulator.emit(1)
    simulator.receive(framed(WaveRequest(Action.STOP, ()).record()))
    assert simulator.emit(2) == simulator.emit(3) == b""


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    often, seldom = (conversation(*TURNS)[1] for _ in range(2))
    for simulator in (often, seldom):
        simulator.receive(START_DISPLAYED)
        simulator.emit(0)
    stream = b"".join(often.emit(step * 0.1) for step in range(601))
    assert stream == seldom.emit(60)


def shown(state: State) -> dict[Measure, float]:
    """Return what a monitor shows of a patient, but for the cuff."""
    return {
        Measure.HEART_RATE: round(state.pulse_rate),
        Measure.PULSE_RATE: round(state.pulse_rate),
        Measure.SPO2: state.spo2,
        Measure.ETCO2: state.etco2,
        Measure.FICO2: 0,
        Measure.RESPIRATORY_RATE: 22,
        Measure.TEMPERATURE: 36.7,
        Measure.FIO2: 40,
        Measure.ETO2: 36,
        Measure.N2O_INSPIRED: 50,
        Measure.N2O_EXPIRED: 45,
        Measure.AGENT_INSPIRED: 2.2,
        Measure.AGENT_EXPIRED: 1.98,
        Measure.MAC: 0.79,
    }


@pytest.mark.parametrize("wire", ["whole", "byte by byte", "late"])
def test_the_driver_reads_what_the_patient_has(wire: str) -> None:
    talk, _, patient = conversation(*TURNS, wire=wire)
    talk.run(60)
    late_s = talk.back.delay_s
    for one in talk.items:
        if isinstance(one, Reading) and one.measure not in CUFF:
            wanted = shown(patient.at(max(one.at.monotonic - late_s, 0.0)))[one.measure]
            assert one.value == pytest.approx(wanted, abs=0.006)
            assert one.quality is Quality.VALID
    assert all(len(readings(talk.items, measure)) >= 11 for measure in shown(patient.at(0)))
    agents = {one.agent for one in readings(talk.items, Measure.AGENT_EXPIRED)}
    assert agents == {Agent.SEVOFLURANE}


def test_the_waves_are_the_patients() -> None:
    talk, _, patient = conversation()
    talk.run(8.2)
    start_s = 0.1
    for channel, rate_hz in ((Channel.ECG, 300), (Channel.PLETH, 100), (Channel.CO2, 25)):
        assert len(samples(talk.items, channel)) == 8 * rate_hz
    times = [start_s + index / 25 for index in range(200)]
    # The ambient pressure is known from the first displayed values on, before any wave.
    assert samples(talk.items, Channel.CO2) == [
        pytest.approx(patient.co2(at_s), abs=0.006) for at_s in times
    ]
    ecg = [round(patient.ecg(start_s + index / 300) * 1000) for index in range(2400)]
    assert samples(talk.items, Channel.ECG) == ecg
    pleth = [patient.pleth(start_s + index / 100) or 0 for index in range(800)]
    assert samples(talk.items, Channel.PLETH) == [round((one - 0.5) * 10_000) for one in pleth]


def test_an_arterial_pressure_is_drawn_and_read() -> None:
    patient = Patient(CHILD, seed=3)
    talk = Conversation(art_driver(), DriSimulator(patient))
    talk.run(10)
    assert set(told(talk.items, Measure.ART_SYSTOLIC)) == {(92, Quality.VALID)}
    wave = [sample for sample in samples(talk.items, Channel.ART) if sample is not None]
    assert min(wave) == pytest.approx(52, abs=0.5)
    assert max(wave) == pytest.approx(92, abs=0.5)


@pytest.mark.parametrize("wire", WIRES)
def test_each_measurement_by_cuff_is_published_once(wire: str) -> None:
    talk, simulator, _ = conversation(PatientEvent(at_s=50, systolic=81), wire=wire)
    simulator.draws = False
    talk.run(110)
    found = readings(talk.items, Measure.NIBP_SYSTOLIC)
    assert [one.value for one in found if one.quality is Quality.VALID] == [92, 81]
    assert any(Note.CUFF_INFLATING in said for said in notes(talk.items))


def test_two_equal_measurements_are_told_apart_once_the_first_was_old() -> None:
    simulator = DriSimulator(Patient(replace(CHILD, nibp_every_s=120), seed=3))
    simulator.draws = False
    talk = Conversation(driver(), simulator)
    talk.run(280)
    valid = [one for one in readings(talk.items, Measure.NIBP_SYSTOLIC) if one.quality.usable]
    assert [one.value for one in valid] == [92, 92, 92]
    assert [one.at.monotonic for one in valid] == [35, 155, 275]


def test_a_measurement_from_before_the_port_was_opened_is_in_doubt() -> None:
    simulator = DriSimulator(Patient(replace(CHILD, nibp_every_s=600), seed=3))
    simulator.draws = False
    talk = Conversation(driver(), simulator)
    talk.ticks = 1000
    talk.run(20)
    assert told(talk.items, Measure.NIBP_SYSTOLIC) == [(92, Quality.QUESTIONABLE)]


@pytest.mark.parametrize("wire", WIRES)
def test_the_request_gets_through_and_survives_a_reboot(wire: str) -> None:
    talk, simulator, _ = conversation(wire=wire)
    talk.run(35)
    assert readings(talk.items, Measure.SPO2)
    assert samples(talk.items, Channel.ECG)
    simulator.off = True
    talk.run(2)
    assert talk.run(8) == []
    simulator.off = False
    after = talk.run(60)
    assert len(readings(after, Measure.SPO2)) >= 3
    assert len(samples(after, Channel.ECG)) >= 300


def test_a_monitor_without_waves_is_asked_for_them_now_and_then_and_read_all_the_same() -> None:
    talk, simulator, _ = conversation()
    simulator.draws = False
    talk.run(60)
    assert samples(talk.items, Channel.ECG) == []
    assert len(readings(talk.items, Measure.SPO2)) == 12
    assert len(talk.written) == 52 + 4 * 75


def test_a_reboot_costs_no_more_than_three_intervals() -> None:
    talk, simulator, _ = conversation()
    talk.run(30)
    simulator.off = True
    talk.run(1)
    simulator.off = False
    talk.run(14)
    assert readings(talk.run(1.1), Measure.SPO2)


def test_a_probe_that_is_off_leaves_no_saturation_and_no_pleth() -> None:
    talk, _, _ = conversation(PatientEvent(at_s=10, probe=Probe.OFF))
    talk.run(12)
    off = talk.run(10)
    assert set(told(off, Measure.SPO2)) == {(None, Quality.UNAVAILABLE)}
    assert set(told(off, Measure.PULSE_RATE)) == {(None, Quality.UNAVAILABLE)}
    assert set(samples(off, Channel.PLETH)) == {None}
    assert all(value for value, _ in told(off, Measure.HEART_RATE))


def test_apnoea_is_said_and_has_no_numbers() -> None:
    talk, _, _ = conversation(PatientEvent(at_s=10, respiratory_rate=0))
    talk.run(9)
    found = talk.run(10)
    assert any(Note.NO_BREATH in said for said in notes(found))
    last = readings(found, Measure.ETCO2)[-1]
    assert (last.value, last.quality) == (None, Quality.UNAVAILABLE)
    assert told(found, Measure.RESPIRATORY_RATE)[-1] == (None, Quality.UNAVAILABLE)


@pytest.mark.parametrize(
    ("fault", "measure", "quality"),
    [
        ("leads_off", Measure.HEART_RATE, Quality.INVALID),
        ("gas_calibrating", Measure.ETCO2, Quality.CALIBRATING),
        ("gas_calibrating", Measure.FIO2, Quality.CALIBRATING),
        ("occluded", Measure.ETCO2, Quality.INVALID),
    ],
)
def test_a_fault_of_the_monitor_leaves_no_number(
    fault: str, measure: Measure, quality: Quality
) -> None:
    talk, simulator, _ = conversation()
    talk.run(11)
    setattr(simulator.display, fault, True)
    assert set(told(talk.run(10), measure)) == {(None, quality)}
    setattr(simulator.display, fault, False)
    assert {quality for _, quality in told(talk.run(10), measure)} == {Quality.VALID}


def test_without_a_gas_module_breaths_are_counted_by_impedance() -> None:
    talk, simulator, _ = conversation()
    simulator.display.gas_module = False
    talk.run(10)
    assert told(talk.items, Measure.ETCO2) == told(talk.items, Measure.FIO2) == []
    assert set(told(talk.items, Measure.RESPIRATORY_RATE)) == {(22, Quality.VALID)}


def test_damaged_bytes_publish_nothing_wrong() -> None:
    talk, simulator, patient = conversation()
    simulator.corrupt_every = 2_003
    talk.run(80)
    assert talk.driver.counts.bad_frames > 15
    found = readings(talk.items, Measure.HEART_RATE)
    assert found
    assert all(one.value == round(patient.at(one.at.monotonic).pulse_rate) for one in found)
    raw = {round(patient.ecg(0.1 + index / 300) * 1000) for index in range(24_000)}
    assert set(samples(talk.items, Channel.ECG)) <= raw


def test_a_sound_conversation_loses_no_byte_and_asks_twice() -> None:
    talk, _, _ = conversation()
    talk.run(60)
    assert talk.driver.finish() == Counts(12 + 149, 0, 0)
    assert len(talk.written) == 52 + 75
