from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nonin_packets import GOOD, SHAPES, captured, packet

from devices.nonin.framing import FrameDecoder
from devices.nonin.packet import Numbers, Packet, PacketAssembler, Stat2
from devices.nonin.wire import Df2Frame, Df7Frame, Frame, Shape, Status

SEVEN_BITS = st.integers(0, 127)
NINE_BITS = st.integers(0, 511)
NUMBERS = st.builds(
    Numbers,
    hr=NINE_BITS,
    spo2=SEVEN_BITS,
    srev=SEVEN_BITS,
    tmr=st.integers(0, (1 << 14) - 1),
    stat2=SEVEN_BITS,
    spo2_d=SEVEN_BITS,
    spo2_fast=SEVEN_BITS,
    spo2_b_b=SEVEN_BITS,
    e_hr=NINE_BITS,
    e_spo2=SEVEN_BITS,
    e_spo2_d=SEVEN_BITS,
    hr_d=NINE_BITS,
    e_hr_d=NINE_BITS,
)
TWENTY_FIVE_BYTES = st.binary(min_size=25, max_size=25)


def packets(frames: list[Frame]) -> list[Packet]:
    assembler = PacketAssembler()
    return [found for frame in frames if (found := assembler.add(frame, 0)) is not None]


def of_capture(shape: Shape, name: str) -> Packet:
    decoder = FrameDecoder(shape)
    decoder.feed(captured(name))
    frames = []
    while (frame := decoder.next_frame()) is not None:
        frames.append(frame)
    (found,) = packets(frames)
    return found


def frames_of(count: int) -> list[Frame]:
    return [frame for _ in range(count) for frame in packet().to_frames(Df2Frame)]


def test_every_number_of_a_good_packet_is_read() -> None:
    found = of_capture(Df2Frame, "good-packet-df2")
    assert found.numbers == GOOD
    assert found.numbers.stat2 == Stat2.SPA
    assert found.pleth == tuple(range(100, 125))
    green = [index for index, status in enumerate(found.statuses, 1) if status & Status.GPRF]
    assert green == list(range(6, 18))
    assert found.status == Status.ALWAYS | Status.GPRF | Status.SYNC


def test_every_number_of_a_format_7_packet_is_read() -> None:
    found = of_capture(Df7Frame, "rate-above-127-df7")
    assert found.numbers == Numbers(
        hr=172,
        spo2=99,
        srev=48,
        tmr=301,
        stat2=0,
        spo2_d=99,
        spo2_fast=99,
        spo2_b_b=99,
        e_hr=170,
        e_spo2=98,
        e_spo2_d=98,
        hr_d=172,
        e_hr_d=170,
    )
    assert found.pleth == tuple(range(0x1234, 0x2A35, 0x100))


def test_held_numbers_and_missing_codes_are_told_apart() -> None:
    found = of_capture(Df2Frame, "finger-off-df2")
    assert found.numbers == Numbers(
        hr=511,
        spo2=127,
        srev=48,
        tmr=302,
        stat2=Stat2.LOW_BAT,
        spo2_d=95,
        spo2_fast=127,
        spo2_b_b=127,
        e_hr=511,
        e_spo2=127,
        e_spo2_d=95,
        hr_d=140,
        e_hr_d=138,
    )


@given(NUMBERS, TWENTY_FIVE_BYTES)
def test_numbers_survive_the_wire_whatever_the_reserved_bits(
    numbers: Numbers, reserved: bytes
) -> None:
    assert Numbers.parse(numbers.to_floats(reserved)) == numbers


@given(TWENTY_FIVE_BYTES)
def test_bit_7_of_a_float_byte_is_never_sent(reserved: bytes) -> None:
    assert max(GOOD.to_floats(reserved)) < 0x80


@pytest.mark.parametrize("shape", SHAPES)
@given(numbers=NUMBERS, reserved=TWENTY_FIVE_BYTES, flags=st.integers(0, 0x7E))
def test_a_packet_survives_the_wire(
    shape: Shape, numbers: Numbers, reserved: bytes, flags: int
) -> None:
    sent = packet(numbers, marks=Status(flags & ~1))
    parsed = [shape.parse(frame.to_bytes()) for frame in sent.to_frames(shape, reserved)]
    assert packets([frame for frame in parsed if frame is not None]) == [sent]


def test_a_packet_needs_all_twenty_five_frames() -> None:
    assert packets(frames_of(1)[:24]) == []
    assert len(packets(frames_of(1))) == 1
    assert len(packets(frames_of(4))) == 4


def test_a_packet_begins_with_sync_alone() -> None:
    assert packets(frames_of(1)[1:] + frames_of(1)[:1]) == []
    assert len(packets(frames_of(1)[3:] + frames_of(1))) == 1


@pytest.mark.parametrize("place", [1, 12, 24])
def test_sync_within_a_packet_drops_what_came_before(place: int) -> None:
    frames = frames_of(1)
    broken = [*frames[:place], *frames_of(1)]
    assert len(packets(broken)) == 1
    frames[place] = replace(frames[place], status=frames[place].status | Status.SYNC)
    assert packets(frames) == []


def test_bytes_lost_within_a_packet_drop_it() -> None:
    assembler = PacketAssembler()
    frames = frames_of(2)
    found = [assembler.add(frame, 0 if place < 12 else 1) for place, frame in enumerate(frames)]
    assert [place for place, done in enumerate(found) if done] == [49]


def test_bytes_lost_between_packets_drop_none() -> None:
    assembler = PacketAssembler()
    frames = frames_of(2)
    found = [assembler.add(frame, 0 if place < 25 else 7) for place, frame in enumerate(frames)]
    assert [place for place, done in enumerate(found) if done] == [24, 49]
