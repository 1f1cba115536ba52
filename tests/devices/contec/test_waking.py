from __future__ import annotations

import pytest
from contec_packets import NEW, OLD
from conversation import WIRES, Conversation
from damage import numbers, told, waves
from manual import at

from devices.contec.commands import KEEP_ALIVE, START_LIVE, STOP_LIVE, request
from devices.contec.driver import ContecDriver
from devices.contec.newer import NewFrame
from devices.contec.simulator import ContecSimulator
from devices.contec.wire import OldFrame
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.measure import Measure
from vitals.reading import Quality

SPO2 = Measure.SPO2
START, ALIVE = request(START_LIVE), request(KEEP_ALIVE)
CHILD = PatientRow("Stue 1", "4y", 98, 118)


def simulator() -> ContecSimulator:
    return ContecSimulator(NewFrame, Patient(CHILD, seed=1), 1)


def asked(driver: ContecDriver, until_s: float, *, answers: bool) -> list[tuple[float, bytes]]:
    """Return what the driver sends, asked ten times a second, and when."""
    sent = []
    for tick in range(round(until_s * 10) + 1):
        if due := driver.due(at(tick / 10)):
            sent.append((tick / 10, due))
        if answers:
            driver.receive(NEW, at(tick / 10))
    return sent


def test_the_two_commands_are_those_of_the_device() -> None:
    assert bytes.fromhex("7d 81 a1 80 80 80 80 80 80") == START
    assert bytes.fromhex("7d 81 af 80 80 80 80 80 80") == ALIVE


def test_it_starts_the_stream_on_opening_and_keeps_it_alive_every_five_seconds() -> None:
    assert asked(ContecDriver(NewFrame), 16, answers=True) == [
        (0, START),
        (5, ALIVE),
        (10, ALIVE),
        (15, ALIVE),
    ]


def test_it_starts_again_after_three_seconds_without_a_frame() -> None:
    assert asked(ContecDriver(NewFrame), 9, answers=False) == [
        (0, START),
        (3, START),
        (6, START),
        (9, START),
    ]


def test_three_seconds_count_from_the_last_frame() -> None:
    driver = ContecDriver(NewFrame)
    driver.due(at(0))
    driver.receive(NEW, at(2))
    assert driver.due(at(4.9)) == b""
    assert driver.due(at(5)) == START


def test_a_frame_just_before_keeps_it_from_starting_again() -> None:
    driver = ContecDriver(NewFrame)
    driver.due(at(0))
    driver.receive(NEW, at(2.1))
    assert driver.due(at(5)) == ALIVE


def test_noise_is_no_frame() -> None:
    driver = ContecDriver(NewFrame)
    driver.due(at(0))
    driver.receive(b"\x0d\x80" + NEW[:8], at(2.9))
    assert driver.due(at(3)) == START


def test_the_older_device_is_sent_nothing() -> None:
    driver = ContecDriver(OldFrame)
    assert driver.due(at(0)) == driver.due(at(60)) == b""
    driver.receive(OLD, at(61))
    assert driver.due(at(120)) == b""


@pytest.mark.parametrize("wire", WIRES)
def test_the_stream_starts_and_goes_on_over_any_wire(wire: str) -> None:
    talk = Conversation(ContecDriver(NewFrame), simulator(), wire)
    found = talk.run(30)
    values = [value for value, quality in told(found, SPO2) if quality is Quality.VALID]
    assert len(values) > (200 if wire == "lossy" else 1600)
    assert all(value and 96 <= value <= 100 for value in values)


@pytest.mark.parametrize("wire", WIRES)
def test_the_stream_comes_back_after_a_restart(wire: str) -> None:
    simulated = simulator()
    talk = Conversation(ContecDriver(NewFrame), simulated, wire)
    talk.run(10)
    simulated.reboot = True
    talk.run(15)
    assert numbers(talk.run(10), SPO2)


@pytest.mark.parametrize("wire", WIRES)
def test_nothing_but_the_two_commands_is_ever_written(wire: str) -> None:
    talk = Conversation(ContecDriver(NewFrame), simulator(), wire)
    talk.run(30)
    written = {talk.written[start : start + 9] for start in range(0, len(talk.written), 9)}
    assert written == {START, ALIVE}


def test_the_device_is_silent_until_it_is_asked() -> None:
    simulated = simulator()
    assert simulated.emit(10) == b""
    simulated.receive(START)
    assert len(simulated.emit(11)) == 60 * 9


def test_the_device_falls_silent_when_it_is_not_kept_alive() -> None:
    simulated = simulator()
    simulated.receive(START)
    assert len(simulated.emit(20)) == 6 * 60 * 9
    simulated.receive(ALIVE)
    assert simulated.emit(25) == b""


def test_the_device_is_kept_alive() -> None:
    simulated = simulator()
    simulated.receive(START)
    simulated.emit(5)
    simulated.receive(ALIVE)
    assert len(simulated.emit(10)) == 5 * 60 * 9


def test_the_device_stops_when_it_is_told_to() -> None:
    simulated = simulator()
    simulated.receive(START)
    simulated.emit(1)
    simulated.receive(request(STOP_LIVE))
    assert simulated.emit(5) == b""


def test_the_device_hears_a_command_in_pieces_and_behind_noise() -> None:
    simulated = simulator()
    for byte in b"\x00\x7d\x81" + START:
        simulated.receive(bytes((byte,)))
    assert simulated.emit(1) != b""


def test_a_command_it_does_not_know_changes_nothing() -> None:
    simulated = simulator()
    simulated.receive(request(0xA0) + request(0xB3))
    assert simulated.emit(1) == b""


def test_the_wave_has_no_gap_while_the_stream_lasts() -> None:
    talk = Conversation(ContecDriver(NewFrame), simulator())
    talk.run(20)
    assert len(waves(talk.items)) == pytest.approx(20 * 60, abs=20)
