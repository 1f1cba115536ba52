from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from damage import captured, notes, numbers, received, waves
from hypothesis import example, given, settings
from hypothesis import strategies as st
from manual import at
from nonin_packets import stream

from devices.catalogue import PROTOCOLS
from devices.contract import Counts, Driver, Options
from devices.nonin.detection import DetectingDriver
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.records import display_driver
from devices.nonin.wire import Df2Frame, Df7Frame
from vitals.measure import Measure
from vitals.reading import Item, Reading

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
CAPTURED = {
    "good-packet-df2": "nonin-df2",
    "finger-off-df2": "nonin-df2",
    "rate-above-127-df7": "nonin-df7",
    "spot-check-df13": "nonin-df13",
    "spot-check-from-memory-df13": "nonin-df13",
    "lines-text": "nonin-text",
}
PACKET = captured("nonin", "good-packet-df2")
PACKET_7 = captured("nonin", "rate-above-127-df7")
BLOCK = captured("nonin", "spot-check-df13")
TEXT = captured("nonin", "lines-text")
FRAMES_8 = captured("nonin", "once-a-second-df8")
JUNK = Random(5).randbytes(700)

Burst = tuple[float, bytes]


def named(name: str) -> Driver:
    return PROTOCOLS[name].driver(Options())


def frame(hr: int = 72, spo2: int = 97) -> bytes:
    return Df8Frame(0, hr, spo2, 0x20).to_bytes()


def every_second(count: int, data: bytes = b"") -> list[Burst]:
    return [(float(second), data or frame(spo2=97 - second)) for second in range(count)]


def live(bursts: Sequence[Burst]) -> tuple[list[Item], Counts]:
    driver = DetectingDriver()
    items = [item for at_s, data in bursts for item in driver.receive(data, at(at_s))]
    return items, driver.finish()


def test_the_protocol_called_nonin_finds_its_format() -> None:
    assert isinstance(named("nonin"), DetectingDriver)


@pytest.mark.parametrize("lead", [b"", JUNK, PACKET[60:]], ids=["", "junk", "joined late"])
@pytest.mark.parametrize("name", CAPTURED)
def test_what_is_found_says_and_counts_what_it_would_by_name(name: str, lead: bytes) -> None:
    # Behind a line end, so that text begins a line; that ends no binary frame.
    data = lead + b"\r\n" + captured("nonin", name) * 3
    detecting, by_name = DetectingDriver(), named(CAPTURED[name])
    assert received(detecting, data) == received(by_name, data)
    assert detecting.counts == by_name.counts
    assert detecting.finish() == by_name.finish()
    assert detecting.counts.frames > 0


@pytest.mark.parametrize("portion", [1, 3, 16, 17])
@pytest.mark.parametrize("name", CAPTURED)
def test_portions_make_no_difference(name: str, portion: int) -> None:
    data = captured("nonin", name) * 2
    whole, cut = DetectingDriver(), DetectingDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@pytest.mark.parametrize("name", CAPTURED)
def test_no_capture_completes_in_another_decoder(name: str) -> None:
    data = captured("nonin", name) * 4
    others = {"nonin-df2", "nonin-df7", "nonin-df13", "nonin-text"} - {CAPTURED[name]}
    assert [other for other in others if received(named(other), data)] == []


def test_the_first_format_that_is_whole_wins_and_stays() -> None:
    for first, second, values in (
        (PACKET, TEXT * 9, [97]),
        (TEXT, PACKET * 2, [98, None, 97]),
        (BLOCK, TEXT * 9, [97]),
        (PACKET_7, PACKET * 2, [99]),
    ):
        for portion in (1, 7, 1 << 20):
            assert numbers(received(DetectingDriver(), first + second, portion), SPO2) == values


def test_nothing_is_said_before_something_is_whole() -> None:
    for whole in (PACKET, PACKET_7, BLOCK, TEXT[:36]):
        driver = DetectingDriver()
        assert received(driver, whole[:-1]) == []
        assert driver.counts.frames == 0
        assert received(driver, whole[-1:]) != []
        assert driver.counts.frames > 0


def test_the_packet_that_decides_is_not_lost() -> None:
    data, values = stream(Df7Frame, 2)
    found = received(DetectingDriver(), data)
    assert list(zip(numbers(found, SPO2), numbers(found, RATE), strict=True)) == values
    assert len(waves(found)) == 50


def test_a_stored_spot_check_decides_and_gives_no_reading() -> None:
    driver = DetectingDriver()
    stored = captured("nonin", "spot-check-from-memory-df13")
    assert numbers(received(driver, stored), SPO2) == []
    assert driver.counts == Counts(1, 0, 0)
    assert numbers(received(driver, BLOCK), SPO2) == [97]


@pytest.mark.parametrize("data", [b"", JUNK, PACKET[:-1], FRAMES_8 * 50, b"SPO2=098 HR=067"])
def test_what_is_never_found_is_all_discarded_and_nothing_bad(data: bytes) -> None:
    driver = DetectingDriver()
    assert received(driver, data) == []
    assert driver.counts.bad_frames == 0
    assert driver.finish() == Counts(0, 0, len(data))


@pytest.mark.parametrize("shape", [Df2Frame, Df7Frame])
def test_the_failures_of_other_trials_are_not_counted(
    shape: type[Df2Frame] | type[Df7Frame],
) -> None:
    data, _ = stream(shape, 2)
    driver = DetectingDriver()
    received(driver, data)
    assert driver.finish() == Counts(50, 0, 0)


def test_format_8_is_taken_for_it_after_three_lone_frames() -> None:
    items, counts = live(every_second(3))
    assert (items, counts) == ([], Counts(0, 0, 12))
    items, counts = live(every_second(5))
    assert numbers(items, SPO2) == [97, 96, 95, 94, 93]
    assert counts == Counts(5, 0, 0)


def test_the_frames_that_decided_keep_their_times() -> None:
    items, _ = live(every_second(4))
    times = [item.at.monotonic for item in items if isinstance(item, Reading)]
    assert times == [0, 0, 1, 1, 2, 2, 3, 3]


def test_format_8_found_says_what_it_would_by_name() -> None:
    bursts = [(float(place), FRAMES_8[place * 4 :][:4]) for place in range(4)]
    driver = display_driver(Df8Frame)
    expected = [item for at_s, data in bursts for item in driver.receive(data, at(at_s))]
    assert live(bursts) == (expected, Counts(4, 0, 0))
    assert len(notes(expected)) == 4


@pytest.mark.parametrize(("silence_s", "found"), [(0.499, 0), (0.5, 4)])
def test_half_a_second_of_silence_is_needed(silence_s: float, found: int) -> None:
    items, _ = live([(place * silence_s, frame()) for place in range(4)])
    assert len(numbers(items, SPO2)) == found


def test_a_frame_may_come_in_pieces() -> None:
    pieces = [
        (second + place / 1000, bytes((byte,)))
        for second in range(5)
        for place, byte in enumerate(frame())
    ]
    items, counts = live(pieces)
    assert numbers(items, SPO2) == [97] * 5
    assert counts == Counts(5, 0, 0)


@pytest.mark.parametrize(
    "odd",
    [
        frame() + b"\x00",
        frame()[:3],
        frame() * 2,
        b"\x00" + frame()[1:],
        frame()[:3] + b"\x80",
        frame(hr=17),
        frame(hr=322),
        frame(spo2=0),
        frame(spo2=101),
    ],
    ids=["five", "three", "eight", "first bit", "last bit", "slow", "fast", "zero", "full"],
)
def test_a_burst_that_does_not_fit_begins_the_count_anew(odd: bytes) -> None:
    before, after = every_second(2), [(float(second), frame()) for second in range(3, 6)]
    items, counts = live([*before, (2.0, odd), *after])
    assert (items, counts.frames) == ([], 0)
    items, counts = live([*before, (2.0, odd), *after, (6.0, frame())])
    assert numbers(items, SPO2) == [97] * 4
    assert counts == Counts(4, 0, 8 + len(odd))


@pytest.mark.parametrize("odd", [frame(hr=511, spo2=127), frame(18, 1), frame(321, 100)])
def test_missing_codes_and_outermost_numbers_fit(odd: bytes) -> None:
    assert live(every_second(4, odd))[1] == Counts(4, 0, 0)


def test_format_8_is_not_found_in_bytes_without_times() -> None:
    assert received(DetectingDriver(), frame() * 100, 4) == []


def test_format_1_is_never_found() -> None:
    data = Df1Frame(0, 72, 97).to_bytes()
    assert live(every_second(60, data)) == ([], Counts(0, 0, 180))


def test_junk_before_format_8_is_discarded() -> None:
    items, counts = live([(-1.0, JUNK), *every_second(4)])
    assert numbers(items, SPO2) == [97, 96, 95, 94]
    assert counts == Counts(4, 0, len(JUNK))


def test_frames_full_of_line_ends_are_not_discarded_while_they_may_be_format_8() -> None:
    driver = DetectingDriver()
    for second in range(5):
        driver.receive(b"\x81\n\n\n", at(second))
        assert driver.counts.discarded_bytes == 0
    assert driver.counts == Counts(5, 0, 0)


def test_junk_in_a_format_that_was_found_is_counted_as_by_name() -> None:
    items, counts = live([*every_second(4), (4.0, b"\x80\xff\xff\xff\x00")])
    assert numbers(items, SPO2) == [97, 96, 95, 94]
    assert counts == Counts(4, 2, 5)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.6]),
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from([frame(), PACKET, PACKET_7, BLOCK, TEXT, PACKET[:50]]),
            ),
        )
    )
)
@example([(0.6, frame())] * 5)
def test_no_bytes_make_it_fail_and_no_count_ever_falls(pieces: list[tuple[float, bytes]]) -> None:
    driver, now_s, before = DetectingDriver(), 0.0, Counts()
    for pause_s, data in pieces:
        now_s += pause_s
        driver.receive(data, at(now_s))
        counts = driver.counts
        assert counts.frames >= before.frames
        assert counts.bad_frames >= before.bad_frames
        assert counts.discarded_bytes >= before.discarded_bytes
        before = counts
    assert driver.finish().discarded_bytes <= sum(len(data) for _, data in pieces)


def test_it_asks_for_nothing() -> None:
    driver = DetectingDriver()
    assert driver.due(at(0)) == driver.due(at(9)) == b""
