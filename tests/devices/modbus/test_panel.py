from __future__ import annotations

import pytest
from conversation import WIRES, Conversation

from devices.modbus import profile
from devices.modbus.driver import RegisterDriver
from devices.modbus.panel import Panel
from devices.modbus.simulator import PanelSimulator
from devices.modbus.wire import ExceptionCode, Function, Refusal, Request
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

TEXT = profile.text("simulated-panel")
PRESSURE = Measure.GAS_PRESSURE
IN_TIME = [wire for wire in WIRES if wire != "late"]
SITES = ["O2", "N2O", "air", "O2 cylinder"]


def joined(wire: str = "whole", use: float = 1.0) -> Conversation:
    return Conversation(RegisterDriver(TEXT), PanelSimulator(Panel(use)), wire)


def panel(talk: Conversation) -> PanelSimulator:
    assert isinstance(talk.simulator, PanelSimulator)
    return talk.simulator


def last(items: list[Item], measure: Measure, site: str) -> Reading:
    return [
        one
        for one in items
        if isinstance(one, Reading) and (one.measure, one.site) == (measure, site)
    ][-1]


def test_every_pressure_and_the_mass_arrive_under_their_sites() -> None:
    items = joined().run(5)
    found = [last(items, Measure.GAS_PRESSURE, site).value for site in SITES]
    assert found == [4.2, 4.2, 4.2, pytest.approx(136.9, abs=0.2)]
    assert last(items, Measure.GAS_MASS, "N2O").value == pytest.approx(8.0, abs=0.01)


def test_pressure_and_mass_fall_with_use_as_the_panel_s_do() -> None:
    talk = joined(use=10)
    talk.run(600)
    now = panel(talk).panel.at(talk.now_s)
    found = last(talk.items, Measure.GAS_PRESSURE, "O2 cylinder").value
    assert found == pytest.approx(now.o2_cylinder, abs=0.5)
    assert last(talk.items, Measure.GAS_MASS, "N2O").value == pytest.approx(now.n2o_mass, abs=0.01)
    assert found is not None
    assert found < 60


def test_a_cylinder_lasts_as_long_as_its_content_divided_by_the_flow() -> None:
    minutes = 158.75
    assert Panel().at(minutes * 60).o2_cylinder == pytest.approx(10, abs=0.01)


def test_an_empty_cylinder_opens_the_contact() -> None:
    talk = joined(use=1000)
    talk.run(20)
    assert {Note.GAS_SUPPLY} in [set(one.notes) for one in talk.items if isinstance(one, Notes)]
    assert last(talk.items, Measure.GAS_PRESSURE, "O2").value == 0


def lines(items: list[Item]) -> list[Reading]:
    """Return the pressures of the three lines that have a number."""
    pressures = [one for one in items if isinstance(one, Reading) and one.value is not None]
    return [one for one in pressures if one.measure is PRESSURE and one.site in SITES[:3]]


@pytest.mark.parametrize("wire", IN_TIME)
def test_values_come_over_any_wire_and_none_is_wrong(wire: str) -> None:
    found = lines(joined(wire).run(60))
    assert {one.site for one in found} == {*SITES[:3]}
    assert {(one.value, one.quality) for one in found} == {(4.2, Quality.VALID)}


def test_answers_that_always_come_too_late_are_nobody_s() -> None:
    talk = joined("late")
    assert not lines(talk.run(120))
    assert talk.driver.counts.frames == 0
    assert talk.written


@pytest.mark.parametrize("wire", IN_TIME)
def test_a_reboot_is_survived(wire: str) -> None:
    talk = joined(wire)
    talk.run(10)
    panel(talk).off = True
    assert not [one for one in talk.run(20) if isinstance(one, Reading) and one.value][8:]
    panel(talk).off = False
    assert [one for one in talk.run(60) if isinstance(one, Reading) and one.value]


def test_damaged_bytes_are_counted_and_no_value_is_wrong() -> None:
    talk = joined()
    panel(talk).corrupt_every = 37
    items = talk.run(120)
    assert talk.driver.counts.bad_frames > 0
    assert {one.value for one in lines(items)} == {4.2}


def test_noise_before_each_answer_is_borne() -> None:
    talk = joined()
    panel(talk).noise = b"\x00\xff"
    assert [one for one in talk.run(3) if isinstance(one, Reading) and one.value]


def test_a_sensor_without_a_value_is_one() -> None:
    talk = joined()
    panel(talk).sensor_off = True
    found = last(talk.run(3), Measure.GAS_PRESSURE, "O2")
    assert (found.value, found.quality) == (None, Quality.UNAVAILABLE)


def test_a_panel_that_refuses_has_no_values_and_lives() -> None:
    talk = joined()
    panel(talk).refuses = True
    items = talk.run(5)
    assert {one.quality for one in items if isinstance(one, Reading)} == {Quality.INVALID}
    assert talk.driver.counts.frames > 5


def test_two_busy_answers_change_nothing() -> None:
    talk = joined()
    panel(talk).busy = 2
    items = talk.run(10)
    assert all(one.value is not None for one in items if isinstance(one, Reading))


def asked(data: bytes) -> bytes:
    simulator = PanelSimulator()
    simulator.receive(data)
    return simulator.emit(0)


def test_a_device_is_silent_to_another_s_address_and_to_damage() -> None:
    request = Request(1, Function.INPUT_REGISTERS, 0, 3)
    assert asked(request.to_bytes())
    assert asked(Request(2, Function.INPUT_REGISTERS, 0, 3).to_bytes()) == b""
    assert asked(request.to_bytes()[:-1] + b"\x00") == b""


def test_a_hole_is_refused_whole() -> None:
    refusal = Refusal(1, Function.INPUT_REGISTERS, ExceptionCode.ILLEGAL_ADDRESS)
    assert asked(Request(1, Function.INPUT_REGISTERS, 0, 11).to_bytes()) == refusal.to_bytes()


@pytest.mark.parametrize("text", ["01 05 00 00 ff 00 8c 3a", "01 06 00 00 00 01 48 0a"])
def test_a_request_to_write_changes_nothing(text: str) -> None:
    simulator = PanelSimulator()
    simulator.receive(bytes.fromhex(text))
    answer = simulator.emit(0)
    assert answer[:3] == bytes([1, bytes.fromhex(text)[1] | 0x80, 1])
    assert simulator.refused == 1
