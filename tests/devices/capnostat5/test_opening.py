from __future__ import annotations

from collections.abc import Sequence

import pytest
from capnostat_frames import MMHG, VECTORS, carrying, number
from damage import numbers, told
from hypothesis import given
from hypothesis import strategies as st
from manual import at

from devices.capnostat5.driver import CapnostatDriver
from devices.capnostat5.handshake import ANSWER, ANSWERS, NEXT, PATIENCE, Handshake, Phase, Turn
from devices.capnostat5.setting import Compensation, Index, Setting
from devices.capnostat5.wire import Nack, Parameter, Waveform
from devices.contract import Options
from vitals.measure import Measure
from vitals.reading import Quality

STOP, REVISION, START = VECTORS["stop"], VECTORS["revision"], VECTORS["start"]
ASK_UNIT, BOOTED = VECTORS["ask-unit"], VECTORS["booted"]
ASK_PRESSURE = Setting(Index.PRESSURE).to_bytes()
ASK_GAS = Setting(Index.GAS).to_bytes()
PRESSURE = VECTORS["pressure-760"]
GAS = VECTORS["gas-air"]
WAVE = VECTORS["wave"]
ALL = Options(pressure_mmhg=760, gas="air", oxygen_percent=21)


def asked(driver: CapnostatDriver, answers: Sequence[bytes], at_s: float = 0.0) -> list[bytes]:
    """Return what is sent first and after each of the answers, all at one moment."""
    sent = [driver.due(at(at_s))]
    for answer in answers:
        driver.receive(answer, at(at_s))
        sent.append(driver.due(at(at_s)))
    return sent


def streaming() -> CapnostatDriver:
    driver = CapnostatDriver(Options())
    asked(driver, [STOP, REVISION, PRESSURE, MMHG, WAVE])
    return driver


def test_it_stops_asks_and_starts() -> None:
    driver = CapnostatDriver(Options())
    assert asked(driver, [STOP, REVISION, PRESSURE, MMHG, WAVE]) == [
        STOP, REVISION, ASK_PRESSURE, ASK_UNIT, START, b"",
    ]  # fmt: skip


def test_pressure_and_gas_are_told_where_they_are_configured() -> None:
    driver = CapnostatDriver(ALL)
    assert asked(driver, [STOP, REVISION, PRESSURE, GAS, MMHG, WAVE]) == [
        STOP, REVISION, PRESSURE, GAS, ASK_UNIT, START, b"",
    ]  # fmt: skip


def test_oxygen_that_is_not_configured_is_told_back_as_it_is() -> None:
    driver = CapnostatDriver(Options(gas="n2o"))
    there = Setting(Index.GAS, Compensation(33, 0, 25).to_bytes()).to_bytes()
    told_back = Setting(Index.GAS, Compensation(33, 1, 25).to_bytes()).to_bytes()
    assert asked(driver, [STOP, REVISION, PRESSURE, there, told_back, MMHG]) == [
        STOP, REVISION, ASK_PRESSURE, ASK_GAS, told_back, ASK_UNIT, START,
    ]  # fmt: skip


def test_a_gas_that_cannot_be_read_is_not_told() -> None:
    driver = CapnostatDriver(Options(gas="n2o"))
    assert asked(driver, [STOP, REVISION, PRESSURE, Nack(1).to_bytes(), MMHG]) == [
        STOP, REVISION, ASK_PRESSURE, ASK_GAS, ASK_UNIT, START,
    ]  # fmt: skip


def test_nothing_is_sent_before_anybody_asks_what_to_send() -> None:
    driver = CapnostatDriver(Options())
    driver.receive(BOOTED + STOP + REVISION, at(0))
    assert driver.due(at(0)) == STOP


def test_stop_is_repeated_every_half_second() -> None:
    driver = CapnostatDriver(Options())
    sent = [driver.due(at(tick / 10)) for tick in range(11)]
    assert sent == [STOP, *[b""] * 4, STOP, *[b""] * 4, STOP]


def test_after_5_s_without_an_answer_to_stop_it_goes_on() -> None:
    driver = CapnostatDriver(Options())
    sent = [driver.due(at(tick / 10)) for tick in range(51)]
    assert sent.count(STOP) == 10
    assert sent[50] == REVISION


def test_a_question_is_put_three_times_a_second_apart_and_then_all_begins_anew() -> None:
    driver = CapnostatDriver(Options())
    asked(driver, [STOP])
    sent = [driver.due(at(tick / 10)) for tick in range(1, 31)]
    assert sent == [*[b""] * 9, REVISION, *[b""] * 9, REVISION, *[b""] * 9, STOP]


def test_while_it_stops_it_heeds_nothing_but_the_answer() -> None:
    driver = CapnostatDriver(Options())
    assert asked(driver, [WAVE + REVISION + MMHG + GAS]) == [STOP, b""]


@pytest.mark.parametrize("code", [1, 4, 5])
def test_a_question_the_module_refuses_is_passed_over(code: int) -> None:
    refused = Nack(code).to_bytes()
    driver = CapnostatDriver(ALL)
    assert asked(driver, [refused] * 5) == [STOP, REVISION, PRESSURE, GAS, ASK_UNIT, START]


@pytest.mark.parametrize("code", [2, 3, 6, 20])
def test_noise_and_faults_are_no_answer(code: int) -> None:
    driver = CapnostatDriver(Options())
    assert asked(driver, [STOP, Nack(code).to_bytes()]) == [STOP, REVISION, b""]


def test_the_echo_of_another_setting_is_no_answer() -> None:
    driver = CapnostatDriver(Options())
    assert asked(driver, [STOP, REVISION, MMHG]) == [STOP, REVISION, ASK_PRESSURE, b""]


def test_a_reboot_at_any_point_begins_anew() -> None:
    answers = [STOP, REVISION, PRESSURE, MMHG, WAVE]
    for heard in range(len(answers) + 1):
        driver = CapnostatDriver(Options())
        asked(driver, answers[:heard])
        assert asked(driver, [BOOTED, *answers], 0.1)[1:] == [
            STOP, REVISION, ASK_PRESSURE, ASK_UNIT, START, b"",
        ]  # fmt: skip


def test_a_stream_that_ends_is_started_anew_after_1_s() -> None:
    driver = streaming()
    driver.receive(WAVE, at(5))
    assert [driver.due(at(5 + tick / 10)) for tick in range(11)] == [*[b""] * 10, STOP]


def test_a_stream_that_goes_on_is_left_alone() -> None:
    driver = streaming()
    for tick in range(100):
        driver.receive(WAVE, at(tick / 2))
        assert driver.due(at(tick / 2)) == b""


def test_the_unit_is_asked_anew_after_the_stream_was_lost() -> None:
    driver = streaming()
    found = driver.receive(number(Parameter.ETCO2, 380), at(0.5))
    assert numbers(found, Measure.ETCO2) == [pytest.approx(38 / 7.50062)]
    driver.due(at(0.5))
    driver.due(at(1.5))
    found = driver.receive(number(Parameter.ETCO2, 380), at(1.5))
    assert told(found, Measure.ETCO2) == [(None, Quality.UNAVAILABLE)]


def test_the_wave_is_not_joined_over_a_new_start() -> None:
    driver = streaming()
    driver.due(at(0.1))
    driver.due(at(2))
    (block,) = driver.receive(carrying(Parameter.BREATH, sync=50), at(3))
    assert len(getattr(block, "samples", ())) == 1


def test_every_phase_that_asks_knows_its_answer() -> None:
    asking = {phase for phase, row in NEXT.items() if Turn.ANSWERED in row}
    assert asking == set(ANSWERS)
    assert set(NEXT) == set(Phase)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.LISTENING])
def test_every_phase_ends_with_a_reboot_or_with_patience(phase: Phase) -> None:
    assert NEXT[phase][Turn.REBOOTED] is Phase.STOPPING
    assert Turn.UNANSWERED in NEXT[phase]
    patience = PATIENCE.get(phase, ANSWER)
    assert patience.wait_s * patience.times <= 5


SAID = st.one_of(
    st.builds(Nack, st.integers(0, 30)),
    st.builds(Setting, st.sampled_from([1, 4, 7, 11]), st.binary(max_size=5)),
    st.builds(Waveform, st.just(1), st.just(1000)),
)
ALLOWED = {STOP, REVISION, START, ASK_UNIT, ASK_PRESSURE, ASK_GAS, PRESSURE, b""}


@given(st.lists(st.tuples(SAID, st.floats(0, 2))), st.sampled_from(["air", "n2o", None]))
def test_whatever_it_hears_it_never_zeroes_resets_or_sets_the_unit(
    said: list[tuple[Nack | Setting | Waveform, float]], gas: str | None
) -> None:
    options = Options(pressure_mmhg=760, gas="n2o" if gas == "n2o" else None)
    handshake = Handshake(options)
    now_s = 0.0
    for message, wait_s in said:
        now_s += wait_s
        sent = handshake.due(at(now_s))
        assert sent in ALLOWED or sent.startswith(bytes.fromhex("84 06 0b"))
        handshake.hear(message)
