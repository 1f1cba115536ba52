"""A probe that is on and finds no pulse: every oximeter says that it searches, and none a fault."""

from __future__ import annotations

import pytest
from conversation import Conversation

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe, Pulse
from vitals.measure import Measure
from vitals.reading import Note, Notes, Quality, Reading

LOST_S = 20.0
APART = {"nonin-df13", "modbus"}
"""One measures once and then sleeps; the other has what its register map names."""
OXIMETERS = [
    name
    for name, entry in PROTOCOLS.items()
    if name in SIMULATORS.keys() - APART and Measure.SPO2 in entry.measures
]


@pytest.mark.parametrize("name", OXIMETERS)
def test_a_pulse_that_is_gone_is_searched_for_and_no_fault_of_the_probe(name: str) -> None:
    events = [PatientEvent(at_s=LOST_S, pulse=Pulse.LOST)]
    patient = Patient(PatientRow("b", "4y", 97, 118), events)
    talk = Conversation(PROTOCOLS[name].driver(Options()), SIMULATORS[name](patient, 0))
    talk.run(LOST_S)
    told = talk.run(40)
    measures = PROTOCOLS[name].measures
    sought = Measure.PULSE_RATE if Measure.PULSE_RATE in measures else Measure.SPO2
    rates = [one for one in told if isinstance(one, Reading) and one.measure is sought]
    assert rates[-1].value is None
    notes = [one.notes for one in talk.items if isinstance(one, Notes)]
    said = notes[-1] if notes else frozenset()
    assert rates[-1].quality is Quality.UNAVAILABLE or Note.NO_PULSE in said
    assert said.isdisjoint({Note.PROBE_OFF, Note.SENSOR_FAULT})


@pytest.mark.parametrize("name", OXIMETERS)
def test_a_probe_that_is_off_is_no_search_for_a_pulse(name: str) -> None:
    patient = Patient(PatientRow("b", "4y", 97, 118), [PatientEvent(at_s=20, probe=Probe.OFF)])
    talk = Conversation(PROTOCOLS[name].driver(Options()), SIMULATORS[name](patient, 0))
    talk.run(LOST_S + 40)
    notes = [one.notes for one in talk.items if isinstance(one, Notes)]
    assert not notes or Note.NO_PULSE not in notes[-1]
