from __future__ import annotations

import pytest
from capnostat_frames import VECTORS
from conversation import WIRES, Conversation
from damage import notes, numbers, told
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from devices.capnostat5.driver import CapnostatDriver
from devices.capnostat5.frame import Frame, FrameDecoder
from devices.capnostat5.setting import Compensation, Index
from devices.capnostat5.simulator import CapnostatSimulator
from devices.contract import Options
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality

CHILD = PatientRow("Stue 1", "4y", 98, 118, respiratory_rate=24.0, etco2=4.8)
ALL = Options(pressure_mmhg=748, gas="n2o", oxygen_percent=35)
ETCO2 = Measure.ETCO2
NEVER = {0x82, 0x90, 0xCC, 0xF8}
"""Zeroing, mode, clearing the no-breath flag, reset."""


def joined(wire: str, options: Options = ALL) -> tuple[Conversation, CapnostatSimulator]:
    module = CapnostatSimulator(Patient(CHILD, seed=1), 1)
    return Conversation(CapnostatDriver(options), module, wire), module


def measured(found: list[Item]) -> list[float]:
    return [value for value, quality in told(found, ETCO2) if quality.usable and value is not None]


def commands(data: bytes) -> list[Frame]:
    decoder = FrameDecoder()
    decoder.feed(data)
    frames = []
    while (frame := decoder.next_frame()) is not None:
        frames.append(frame)
    assert len(b"".join(frame.to_bytes() for frame in frames)) == len(data)
    return frames


@pytest.mark.parametrize("wire", WIRES)
def test_on_any_wire_it_starts_and_reads_the_patient(wire: str) -> None:
    conversation, module = joined(wire)
    conversation.run(20)
    found = measured(conversation.run(20))
    assert len(found) >= 10
    assert found == [pytest.approx(4.8, abs=0.01)] * len(found)
    assert module.module.pressure_mmhg == 748
    assert module.module.compensation == Compensation(35, 1, 0)


@pytest.mark.parametrize("wire", WIRES)
def test_on_any_wire_it_survives_a_reboot(wire: str) -> None:
    conversation, module = joined(wire)
    conversation.run(20)
    module.reboot()
    conversation.run(20)
    found = conversation.run(20)
    assert len(measured(found)) >= 10
    assert module.module.compensated
    assert told(found, ETCO2)[-1][1] is Quality.VALID


@pytest.mark.parametrize("wire", WIRES)
def test_on_any_wire_it_starts_anew_after_a_long_silence(wire: str) -> None:
    conversation, module = joined(wire)
    conversation.run(20)
    module.silent = True
    conversation.run(12)
    assert measured(conversation.run(5)) == []
    module.silent = False
    conversation.run(20)
    assert len(measured(conversation.run(20))) >= 10


def test_a_good_wire_needs_less_than_two_seconds() -> None:
    conversation, _ = joined("whole")
    assert len(measured(conversation.run(4))) >= 1


@pytest.mark.parametrize("wire", WIRES)
def test_it_writes_what_it_must_and_nothing_that_alters_the_patient_or_the_unit(wire: str) -> None:
    conversation, module = joined(wire)
    conversation.run(10)
    module.reboot()
    conversation.run(20)
    sent = commands(conversation.written)
    assert {frame.command for frame in sent} & NEVER == set()
    units = [frame for frame in sent if frame.command == 0x84 and frame.data[0] == Index.UNIT]
    assert {frame.data for frame in units} == {bytes((Index.UNIT,))}


def test_nothing_is_set_that_is_not_configured() -> None:
    conversation, module = joined("whole", Options())
    found = conversation.run(20)
    settings = [frame for frame in module.module.heard if frame.command == 0x84]
    assert {len(frame.data) for frame in settings} == {1}
    assert notes(found)[-1] == {Note.COMPENSATION_NOT_SET}
    assert measured(found)[-1] == pytest.approx(4.8, abs=0.01)
    assert told(found, ETCO2)[-1][1] is Quality.QUESTIONABLE


def test_a_module_that_knows_no_pressure_is_read_all_the_same() -> None:
    conversation, module = joined("whole")
    module.module.refused = {Index.PRESSURE, Index.GAS}
    assert numbers(conversation.run(10), ETCO2)[-1] == pytest.approx(4.8, abs=0.01)


def test_a_module_that_does_not_know_its_unit_gives_a_rate_alone() -> None:
    conversation, module = joined("whole")
    module.module.refused = {Index.UNIT}
    found = conversation.run(10)
    assert measured(found) == []
    assert numbers(found, Measure.RESPIRATORY_RATE)[-1] == 24


def test_a_module_that_streamed_before_is_stopped_first() -> None:
    conversation, module = joined("whole")
    module.emit(0)
    module.receive(VECTORS["start"])
    assert len(measured(conversation.run(10))) >= 5
    assert commands(conversation.written)[0].command == 0xC9


@examples(max_examples=10)
@given(reboots=st.lists(st.integers(1, 60), max_size=3))
def test_whenever_it_reboots_it_is_read_again(reboots: list[int]) -> None:
    conversation, module = joined("whole")
    for ticks in reboots:
        conversation.run(ticks / 10)
        module.reboot()
    conversation.run(5)
    assert len(measured(conversation.run(5))) >= 4
