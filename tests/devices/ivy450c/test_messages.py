from __future__ import annotations

from dataclasses import replace

import pytest
from damage import captured
from hypothesis import given
from hypothesis import strategies as st
from ivy_messages import RECORDED_TEXT, WAVES, message

from devices.ivy450c.text import Line
from devices.ivy450c.wire import END, START, TEXT_AT, Message, MessageDecoder

WAVE = st.binary(min_size=50, max_size=50)
MESSAGES = st.builds(
    Message, st.binary(min_size=200, max_size=200), WAVE, WAVE, WAVE, WAVE, st.just(RECORDED_TEXT)
)
STREAMS = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from([START, END, message(), message()[:300], message()[300:]]),
    ),
    max_size=6,
)


def decoded(data: bytes, portion: int = 1024) -> tuple[list[Message], MessageDecoder]:
    decoder = MessageDecoder()
    found: list[Message] = []
    for start in range(0, len(data), portion):
        decoder.feed(data[start : start + portion])
        while (one := decoder.next_frame()) is not None:
            found.append(one)
    return found, decoder


def counted(data: bytes) -> tuple[int, int, int]:
    _, decoder = decoded(data)
    while decoder.waiting:
        decoder.give_up()
        while decoder.next_frame() is not None:
            pass
    return decoder.frames, decoder.bad_frames, decoder.discarded_bytes


def test_the_recording_is_a_cut_message_and_fourteen_whole_ones() -> None:
    assert counted(captured("ivy450c", "recorded")) == (14, 0, 252)


def test_the_first_ecg_counts_are_those_of_the_recording() -> None:
    data = captured("ivy450c", "recorded")
    assert data[252:].startswith(bytes.fromhex("ff 41 4e 53 41 52 2d 42 20 8a 86 8a 8e 86 88"))
    found, _ = decoded(data)
    assert tuple(found[0].ecg[:6]) == (138, 134, 138, 142, 134, 136)
    assert found[1].ecg[:8] == bytes.fromhex("7b 75 79 7d 77 76 7d 79")


def test_a_recorded_message_is_written_as_it_was() -> None:
    data = captured("ivy450c", "recorded")[252:]
    found, _ = decoded(data)
    assert b"".join(one.to_bytes() for one in found) == data
    assert len(found[0].to_bytes()) == 562


@given(MESSAGES)
def test_a_message_survives_the_wire_whatever_its_waves(one: Message) -> None:
    assert decoded(one.to_bytes())[0] == [one]


def test_marks_within_the_waves_are_only_samples() -> None:
    tricky = (START + END + b"HR=1;80;\r" + END) * 20
    one = replace(WAVES, ecg=tricky[:200], resp=END * 50, pleth=b"\xff" * 50, p2=tricky[7:57])
    assert decoded(one.to_bytes() * 2)[0] == [one, one]
    assert counted(one.to_bytes() * 2) == (2, 0, 0)


def test_an_end_mark_counts_from_the_text_on_alone() -> None:
    assert counted(message()[:TEXT_AT] + END) == (0, 1, TEXT_AT + 1)
    assert counted(message()[: TEXT_AT - 1] + END) == (0, 0, TEXT_AT)


@pytest.mark.parametrize("byte", [0x00, 0x0A, 0x1F, 0x7F, 0x80, 0xFF])
def test_a_byte_that_is_no_text_breaks_the_message(byte: int) -> None:
    for place in range(TEXT_AT, 561):
        broken = bytearray(message())
        broken[place] = byte
        assert counted(bytes(broken)) == (0, 1, 562)


def test_the_last_line_needs_its_carriage_return() -> None:
    assert counted(message()[:-2] + END) == (0, 1, 561)


def test_without_its_tag_it_is_no_candidate() -> None:
    for place in range(len(START)):
        broken = bytearray(message())
        broken[place] ^= 0x01
        assert counted(bytes(broken)) == (0, 0, 562)


def test_a_text_of_six_hundred_bytes_is_read_and_a_longer_one_is_none() -> None:
    room = 600 - len(RECORDED_TEXT.to_bytes())
    longest = message(t2=Line(("",), "X" * room))
    assert counted(longest + message()) == (2, 0, 0)
    longer = message(t2=Line(("",), "X" * (room + 1)))
    assert counted(longer + message()) == (1, 1, len(longer))


def test_a_text_without_end_is_given_up_at_once() -> None:
    decoder = MessageDecoder()
    decoder.feed(message()[:TEXT_AT] + b"X" * 601)
    assert decoder.next_frame() is None
    assert decoder.bad_frames == 1
    assert not decoder.waiting


@pytest.mark.parametrize("length", range(0, 562, 7))
def test_a_cut_message_costs_no_other(length: int) -> None:
    other = message(hr=Line(("120",), "ECG-I-MON"))[:length]
    found, decoder = decoded(other + message())
    assert [one.to_bytes() for one in found] == [message()]
    assert decoder.discarded_bytes == length


@given(STREAMS)
def test_every_byte_is_in_a_message_or_discarded(parts: list[bytes]) -> None:
    data = b"".join(parts)
    found, decoder = decoded(data)
    sent = sum(len(one.to_bytes()) for one in found)
    while decoder.waiting:
        decoder.give_up()
        while (one := decoder.next_frame()) is not None:
            sent += len(one.to_bytes())
    assert sent + decoder.discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
@given(parts=STREAMS)
def test_portions_make_no_difference(portion: int, parts: list[bytes]) -> None:
    data = b"".join(parts)
    whole, counts = decoded(data)
    found, decoder = decoded(data, portion)
    assert found == whole
    assert decoder.bad_frames == counts.bad_frames
    assert decoder.discarded_bytes == counts.discarded_bytes
