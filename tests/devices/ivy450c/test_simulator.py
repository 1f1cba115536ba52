from __future__ import annotations

import pytest
from damage import captured, told
from ivy_messages import ARTERIAL, items, samples

from devices.contract import Options
from devices.ivy450c.driver import IvyDriver
from devices.ivy450c.simulator import IvySimulator
from devices.ivy450c.text import Line
from devices.ivy450c.wire import Message
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe, Pulse
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Quality, Reading

CHILD = PatientRow("Stue 1", "4y", 98, 118)
VALID, INVALID, UNAVAILABLE = Quality.VALID, Quality.INVALID, Quality.UNAVAILABLE


def simulator(*events: PatientEvent, seed: int = 1) -> IvySimulator:
    return IvySimulator(Patient(CHILD, events, seed=seed), seed)


def test_the_driver_reads_what_the_patient_has() -> None:
    events = [
        PatientEvent(at_s=5, spo2=84, over_s=10),
        PatientEvent(at_s=8, pulse_rate=171, over_s=10),
        PatientEvent(at_s=8, respiratory_rate=30, systolic=70, diastolic=40),
    ]
    patient = Patient(CHILD, events, seed=3)
    found = items(IvySimulator(patient, 3).emit(30))
    states = [patient.at(second) for second in range(1, 31)]

    def numbers(measure: Measure) -> list[float | None]:
        return [value for value, _ in told(found, measure)]

    assert numbers(Measure.HEART_RATE) == [round(state.pulse_rate) for state in states]
    assert numbers(Measure.PULSE_RATE) == [round(state.pulse_rate) for state in states]
    assert numbers(Measure.SPO2) == [round(state.spo2) for state in states]
    assert numbers(Measure.RESPIRATORY_RATE) == [round(s.respiratory_rate) for s in states]
    assert numbers(Measure.ART_SYSTOLIC) == [round(s.pressures.systolic) for s in states]
    assert numbers(Measure.ART_DIASTOLIC) == [round(s.pressures.diastolic) for s in states]
    assert numbers(Measure.ART_MEAN) == [round(s.pressures.mean) for s in states]


def test_the_waves_are_the_patients() -> None:
    patient = Patient(CHILD, seed=3)
    found = items(IvySimulator(patient, 3).emit(3))
    ecg = samples(found, Channel.ECG)
    assert len(ecg) == 600
    for place, sample in enumerate(ecg):
        assert sample == pytest.approx(100 + 50 * patient.ecg(place / 200), abs=2)
    for place, sample in enumerate(samples(found, Channel.ART)):
        assert sample == pytest.approx(patient.art(place / 50), abs=1)
    pleth = samples(found, Channel.PLETH)
    assert len(set(pleth)) > 10
    assert all(117 <= (sample or 0) <= 153 for sample in pleth)
    assert len(set(samples(found, Channel.RESP))) > 10


def test_a_cuff_measurement_goes_out_when_it_is_finished_and_not_again() -> None:
    patient = Patient(CHILD, seed=3)
    found = items(IvySimulator(patient, 3).emit(300))
    finished = [patient.cuff(34), patient.cuff(35), patient.cuff(215)]
    expected = [cuff and round(cuff.pressures.systolic) for cuff in finished]
    assert [value for value, _ in told(found, Measure.NIBP_SYSTOLIC)][:2] == expected[:2]
    rates = [cuff and round(cuff.pulse_rate) for cuff in finished]
    assert [value for value, _ in told(found, Measure.NIBP_PULSE_RATE)] == rates


def test_its_messages_look_like_the_recorded_ones() -> None:
    message = simulator().emit(1)
    assert Message.parse(message) is not None
    recorded = captured("ivy450c", "recorded")[252:]
    assert message[:9] == recorded[:9]
    assert message[359:409] == recorded[359:409]
    assert b"SPO2=1;98;PR=118;\r" in message or b";PR=1" in message


@pytest.mark.parametrize("seed", range(3))
def test_one_message_comes_each_second(seed: int) -> None:
    simulated = simulator(seed=seed)
    assert simulated.emit(0.99) == b""
    assert simulated.emit(1.0).count(b"ANSAR-B ") == 1
    assert simulated.emit(1.5) == b""
    assert simulated.emit(5.0).count(b"ANSAR-B ") == 4
    assert simulated.emit(2.0) == b""


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    often, seldom = simulator(), simulator()
    often.corrupt_every = seldom.corrupt_every = 0
    assert b"".join(often.emit(step * 0.1) for step in range(201)) == seldom.emit(20)
    assert simulator(seed=2).emit(5) != simulator(seed=1).emit(5)


def test_a_probe_that_comes_off_is_a_fault_and_a_lost_pulse_is_none() -> None:
    off = simulator(PatientEvent(at_s=1.5, probe=Probe.OFF)).emit(3)
    assert told(items(off), Measure.SPO2)[1:] == [(None, INVALID)] * 2
    lost = simulator(PatientEvent(at_s=1.5, pulse=Pulse.LOST)).emit(3)
    assert told(items(lost), Measure.SPO2)[1:] == [(None, UNAVAILABLE)] * 2


def test_apnoea_is_no_respiratory_rate() -> None:
    found = items(simulator(PatientEvent(at_s=1.5, respiratory_rate=0)).emit(3))
    assert told(found, Measure.RESPIRATORY_RATE)[1:] == [(None, UNAVAILABLE)] * 2


def test_leads_off_is_a_fault_and_a_flat_line() -> None:
    simulated = simulator()
    simulated.leads_off = True
    found = items(simulated.emit(2))
    assert told(found, Measure.HEART_RATE) == [(None, INVALID)] * 2
    assert set(samples(found, Channel.ECG)) <= {99, 100, 101}


def test_without_a_transducer_there_is_no_pressure() -> None:
    simulated = simulator()
    simulated.transducer = False
    found = items(simulated.emit(1))
    assert told(found, Measure.ART_SYSTOLIC) == [(None, INVALID)]
    assert samples(found, Channel.ART) == [None] * 50


def test_with_a_capnograph_carbon_dioxide_takes_the_place_of_respiration() -> None:
    simulated = simulator()
    simulated.capnograph = True
    data = simulated.emit(1)
    assert b"ETCO2=1;38;;\r" in data
    assert samples(items(data), Channel.RESP) == [None] * 50


def test_damage_on_the_way_never_publishes_what_is_past_the_limits() -> None:
    simulated = simulator()
    simulated.corrupt_every = 1999
    driver = IvyDriver(ARTERIAL)
    found = driver.receive(simulated.emit(120), Instant(0, 0))
    counts = driver.finish()
    assert 60 < counts.frames < 120
    assert counts.bad_frames > 0
    rates = [value for value, _ in told(list(found), Measure.HEART_RATE) if value is not None]
    assert all(20 <= rate <= 350 for rate in rates)


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = simulator()
    simulated.receive(b"hello")
    assert simulated.heard == 5
    assert simulated.emit(2) == simulator().emit(2)


def test_a_monitor_without_an_arterial_line_publishes_none() -> None:
    found = items(simulator().emit(2), Options())
    assert all(not item.measure.startswith("art_") for item in found if isinstance(item, Reading))


def test_temperatures_are_on_the_wire_and_withheld() -> None:
    data = simulator().emit(1)
    message = Message.parse(data)
    assert message is not None
    assert message.text.t1 == Line(("36.7",))
    assert told(items(data), Measure.TEMPERATURE) == []
