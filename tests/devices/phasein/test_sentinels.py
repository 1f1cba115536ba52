from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phasein_frames import VECTORS

from devices.phasein.command import Command, Order
from devices.phasein.slow import (
    Adapter,
    Concentrations,
    Configuration,
    General,
    Mode,
    Range,
    Registers,
    Service,
    Work,
)
from devices.phasein.wire import Frame, Status

BYTES = st.integers(0, 255)
VALUES = st.one_of(st.none(), st.integers(0, 254))
WORDS = st.integers(0, 0xFFFF)
CONCENTRATIONS = st.builds(Concentrations, VALUES, VALUES, VALUES, VALUES, VALUES)
PRESSURES = st.one_of(st.none(), st.integers(0, 0xFFFE))
REGISTER = st.integers(0, 0xFE)


def parsed(name: str) -> Frame:
    frame = Frame.parse(VECTORS[name])
    assert frame is not None
    return frame


def test_the_recorded_frame_makes_physical_sense() -> None:
    frame = parsed("recorded")
    assert (frame.id, frame.status) == (3, Status(0))
    assert (frame.co2, frame.n2o, frame.agent1, frame.agent2, frame.oxygen) == (0, 0, 0, 0, 1600)
    assert General.parse(frame.slow) == General(0, None, 4, 0, 1013)


def test_the_composed_frames_say_what_they_were_composed_of() -> None:
    inspired, expired = parsed("inspired"), parsed("expired")
    assert (inspired.co2, inspired.n2o, inspired.oxygen) == (12, 5500, 4000)
    assert Concentrations.parse(inspired.slow) == Concentrations(1, 55, 0, 0, 40)
    assert (expired.status, expired.co2) == (Status.BREATH, 525)
    assert Concentrations.parse(expired.slow) == Concentrations(52, 54, 18, 0, 36)
    assert General.parse(parsed("general").slow) == General(14, 3, 4, 0, 1013)


def test_the_composed_faults_say_what_they_were_composed_of() -> None:
    apnoea, zero = parsed("apnoea"), parsed("zero-required")
    assert apnoea.status == Status.APNOEA | Status.CHECK_ADAPTER
    assert apnoea.oxygen == 0xFFFF
    assert General.parse(apnoea.slow) == General(0, None, 0, 0, 998)
    assert zero.status == Status.UNSPECIFIED_ACCURACY
    assert zero.oxygen == 2100
    assert Registers.parse(zero.slow) == Registers(
        Mode.MEASUREMENT, 0, Adapter(0), Range.ZERO_REQUIRED
    )


@pytest.mark.parametrize("name", VECTORS)
def test_a_known_frame_is_written_again_to_the_byte(name: str) -> None:
    assert parsed(name).to_bytes() == VECTORS[name]


@given(CONCENTRATIONS)
def test_any_concentrations_survive_their_six_bytes(block: Concentrations) -> None:
    assert Concentrations.parse(block.to_bytes()) == block


@given(st.builds(General, VALUES, VALUES, BYTES, BYTES, PRESSURES))
def test_any_general_values_survive_their_six_bytes(block: General) -> None:
    assert General.parse(block.to_bytes()) == block


@given(
    st.builds(Registers, st.integers(0, 7), REGISTER, REGISTER.map(Adapter), REGISTER.map(Range))
)
def test_any_registers_survive_their_six_bytes(block: Registers) -> None:
    assert Registers.parse(block.to_bytes()) == block


@given(st.builds(Configuration, BYTES, BYTES, WORDS, st.booleans(), BYTES))
def test_any_configuration_survives_its_six_bytes(block: Configuration) -> None:
    assert Configuration.parse(block.to_bytes()) == block


@given(st.builds(Service, WORDS, REGISTER.map(Work)))
def test_any_service_data_survive_their_six_bytes(block: Service) -> None:
    assert Service.parse(block.to_bytes()) == block


def test_every_option_fitted_is_not_no_data() -> None:
    assert Configuration.parse(bytes.fromhex("ff 10 02 34 01 12")) == Configuration(
        0xFF, 0x10, 0x0234, identifies=True, protocol=0x12
    )


def test_a_register_without_data_has_no_bit() -> None:
    none = Registers.parse(bytes.fromhex("02 ff ff ff ff ff"))
    assert none == Registers(Mode.MEASUREMENT, 0, Adapter(0), Range(0))


def test_nitrous_oxide_and_oxygen_are_whole_and_the_others_tenths() -> None:
    assert Concentrations(52, 54, 18, 0, 36).to_bytes().hex(" ") == "34 36 12 00 24 ff"


@pytest.mark.parametrize(
    ("command", "data"),
    [
        (Command(Order.MODE, Mode.MEASUREMENT), "aa 55 00 02 fe"),
        (Command(Order.MODE, Mode.SLEEP), "aa 55 00 01 ff"),
        (Command(Order.APNOEA_TIME, 20), "aa 55 01 14 eb"),
        (Command(Order.OXYGEN, 40), "aa 55 04 28 d4"),
        (Command(Order.ZERO, 0xFF), "aa 55 06 ff fb"),
    ],
)
def test_a_known_command_is_written_and_read_to_the_byte(command: Command, data: str) -> None:
    assert command.to_bytes() == bytes.fromhex(data)
    assert Command.parse(bytes.fromhex(data)) == command


@given(BYTES, BYTES)
def test_any_command_survives_the_wire(order: int, parameter: int) -> None:
    command = Command(order, parameter)
    assert Command.parse(command.to_bytes()) == command
    assert Command.parse(command.to_bytes()[:4]) is None
