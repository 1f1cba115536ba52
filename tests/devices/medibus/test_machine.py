from __future__ import annotations

from collections.abc import Sequence

import pytest
from conversation import WIRES, Conversation
from damage import notes, numbers, told

from devices.medibus.driver import MedibusDriver
from devices.medibus.simulator import MedibusSimulator, Stage
from devices.medibus.wire import Answer, Code, Command
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe
from vitals.measure import Agent, Measure
from vitals.reading import Item, Note, Quality, Reading

CHILD = PatientRow("Stue 1", "4y", 98, 118, respiratory_rate=24, n2o=50)
ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
CALL, NOP = Command(Code.ICC).to_bytes(), Command(Code.NOP).to_bytes()
CALL_ANSWERED = Answer(Code.ICC).to_bytes()


def joined(wire: str = "whole", *events: PatientEvent) -> tuple[Conversation, MedibusSimulator]:
    simulator = MedibusSimulator(Patient(CHILD, events, seed=3), 3)
    return Conversation(MedibusDriver(), simulator, wire), simulator


def agents(found: Sequence[Item]) -> set[Agent | None]:
    kinds = (Measure.AGENT_INSPIRED, Measure.AGENT_EXPIRED)
    return {one.agent for one in found if isinstance(one, Reading) and one.measure in kinds}


def valid(found: Sequence[Item], measure: Measure) -> list[float]:
    return [value for value in numbers(found, measure) if value is not None]


@pytest.mark.parametrize("wire", WIRES)
def test_the_first_numbers_come_soon_whatever_the_wire(wire: str) -> None:
    conversation, simulator = joined(wire)
    found = conversation.run(40 if wire == "lossy" else 5)
    assert valid(found, ETCO2)[0] == pytest.approx(5.1, abs=0.06)
    assert simulator.stage is Stage.LINKED


@pytest.mark.parametrize("wire", WIRES)
def test_the_conversation_survives_a_reboot(wire: str) -> None:
    conversation, simulator = joined(wire)
    assert valid(conversation.run(40), ETCO2) != []
    simulator.off = True
    conversation.run(5)
    assert numbers(conversation.run(5), ETCO2) == []
    simulator.off = False
    assert valid(conversation.run(40), ETCO2) != []


def test_a_short_power_cut_is_noticed_by_the_machines_call() -> None:
    conversation, simulator = joined()
    conversation.run(10)
    simulator.off = True
    conversation.run(1)
    simulator.off = False
    assert len(valid(conversation.run(3), ETCO2)) >= 2


def test_the_numbers_are_the_patients() -> None:
    conversation, _ = joined("whole", PatientEvent(at_s=5, etco2=7.4, over_s=5))
    conversation.run(15)
    found = conversation.run(1)
    state = Patient(CHILD, [PatientEvent(at_s=5, etco2=7.4, over_s=5)], seed=3).at(15)
    gases = state.gases
    expected = {
        Measure.SPO2: (state.spo2, 0.6),
        Measure.PULSE_RATE: (state.pulse_rate, 1.5),
        ETCO2: (state.etco2, 0.06),
        FICO2: (state.fico2, 0.06),
        RATE: (state.respiratory_rate, 0.6),
        Measure.FIO2: (gases.fio2, 0.06),
        Measure.ETO2: (gases.eto2, 0.06),
        Measure.N2O_INSPIRED: (gases.n2o_inspired, 0.06),
        Measure.N2O_EXPIRED: (gases.n2o_expired, 0.06),
        Measure.AGENT_INSPIRED: (gases.agent_inspired, 0.06),
        Measure.AGENT_EXPIRED: (gases.agent_expired, 0.06),
        Measure.MAC: (gases.mac, 0.006),
        Measure.GAS_PRESSURE: (4.9, 0.001),
    }
    for measure, (value, within) in expected.items():
        assert valid(found, measure) == [pytest.approx(value, abs=within)], measure
    assert agents(found) == {Agent.SEVOFLURANE}


@pytest.mark.parametrize(("unit", "within"), [("kPa", 0.06), ("mmHg", 0.07), ("%", 0.06)])
def test_carbon_dioxide_is_the_same_in_each_unit_that_a_machine_may_be_set_to(
    unit: str, within: float
) -> None:
    conversation, simulator = joined()
    simulator.co2_unit = unit
    assert valid(conversation.run(5), ETCO2)[-1] == pytest.approx(5.1, abs=within)


def test_an_anaesthetic_without_codes_of_its_own_gets_its_name_from_the_texts() -> None:
    conversation, simulator = joined()
    simulator.names_agent = False
    conversation.run(3)
    assert agents(conversation.run(5)) == {Agent.SEVOFLURANE}


@pytest.mark.parametrize("wire", ["whole", "byte by byte"])
def test_numbers_come_once_a_second(wire: str) -> None:
    conversation, _ = joined(wire)
    conversation.run(5)
    assert len(valid(conversation.run(30), ETCO2)) == 30


def test_in_apnoea_the_numbers_of_the_last_breath_are_not_shown() -> None:
    events = [PatientEvent(at_s=10, respiratory_rate=0), PatientEvent(at_s=20, respiratory_rate=20)]
    conversation, _ = joined("whole", *events)
    conversation.run(11.5)
    found = conversation.run(8)
    assert set(told(found, ETCO2)) == {(None, Quality.INVALID)}
    assert set(told(found, RATE)) == {(None, Quality.INVALID)}
    after = conversation.run(4)
    assert valid(after, RATE)[-1] == 20
    assert [Note.NO_BREATH in one for one in notes(conversation.items)] == [False, True, False]


def test_a_machine_that_warms_up_measures_no_gases_yet() -> None:
    conversation, simulator = joined()
    simulator.warm_up_s = 10
    early = conversation.run(9)
    assert valid(early, ETCO2) == []
    assert valid(early, Measure.SPO2) != []
    assert valid(conversation.run(5), ETCO2) != []


def test_a_probe_taken_off_leaves_no_number() -> None:
    conversation, _ = joined("whole", PatientEvent(at_s=10, probe=Probe.OFF))
    conversation.run(11)
    found = conversation.run(3)
    assert set(told(found, Measure.SPO2)) == {(None, Quality.UNAVAILABLE)}
    assert valid(found, ETCO2) != []


def test_faults_of_supply_and_line_are_noted_and_forgotten_when_mended() -> None:
    conversation, simulator = joined()
    conversation.run(5)
    simulator.supply_failed = simulator.line_blocked = True
    assert notes(conversation.run(3)) == [{Note.GAS_SUPPLY, Note.CHECK_SAMPLING_LINE}]
    simulator.supply_failed = simulator.line_blocked = False
    simulator.cylinder_empty = True
    assert notes(conversation.run(4))[-1] == {Note.GAS_SUPPLY}
    simulator.cylinder_empty = False
    assert notes(conversation.run(4)) == [set()]


def test_a_failing_supply_takes_the_pressure_away() -> None:
    conversation, simulator = joined()
    conversation.run(5)
    simulator.supply_failed = True
    conversation.run(1)
    assert told(conversation.run(1), Measure.GAS_PRESSURE) == [(None, Quality.UNAVAILABLE)]


@pytest.mark.parametrize("wire", ["whole", "byte by byte"])
def test_realtime_data_and_commands_inside_answers_disturb_nothing(wire: str) -> None:
    plain, _ = joined(wire)
    strewn, simulator = joined(wire)
    simulator.interleaved = True
    assert numbers(strewn.run(20), ETCO2) == numbers(plain.run(20), ETCO2)
    assert strewn.driver.counts.bad_frames == 0
    assert strewn.driver.counts.discarded_bytes > 0


def test_damaged_bytes_give_gaps_and_no_wrong_number() -> None:
    conversation, simulator = joined()
    simulator.corrupt_every = 211
    found = conversation.run(60)
    assert set(valid(found, ETCO2)) == {5.1}
    assert set(valid(found, RATE)) == {24}
    assert conversation.driver.counts.bad_frames > 5


def test_a_machine_that_nobody_answers_calls_every_three_seconds_and_gives_nothing() -> None:
    simulator = MedibusSimulator(Patient(CHILD, seed=3))
    said = b""
    for tenth in range(100):
        simulator.receive(Command(Code.MEASURED).to_bytes())
        said += simulator.emit(tenth / 10)
    assert said == CALL * 4


def test_a_machine_that_hears_nothing_more_shows_that_it_lives_and_calls_anew() -> None:
    simulator = MedibusSimulator(Patient(CHILD, seed=3))
    simulator.emit(0)
    simulator.receive(CALL_ANSWERED)
    assert simulator.emit(0.1) == Command(Code.IDENTITY).to_bytes()
    simulator.receive(Answer(Code.IDENTITY).to_bytes())
    said = {tenth: simulator.emit(tenth / 10) for tenth in range(2, 60)}
    spoken = {tenth: data for tenth, data in said.items() if data}
    assert list(spoken.values()) == [NOP, CALL]
    assert [*spoken] == [pytest.approx(21, abs=1), pytest.approx(33, abs=1)]


def test_what_a_machine_does_not_understand_it_refuses() -> None:
    simulator = MedibusSimulator(Patient(CHILD, seed=3))
    simulator.emit(0)
    simulator.receive(CALL_ANSWERED + Command(0x53).to_bytes())
    assert simulator.emit(0.1).startswith(Answer(Code.NAK).to_bytes())
