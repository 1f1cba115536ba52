from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from manual import at
from modbus_bytes import KELLER, frame, item, two_words

from devices.modbus import profile
from devices.modbus.asking import DEAF_S, LONGEST_S, RETRY_S, TIMEOUT_S, TURNAROUND_S
from devices.modbus.driver import BUSY_IN_A_ROW, RegisterDriver
from devices.modbus.wire import ExceptionCode, Function, Refusal, Reply, Request
from vitals.reading import Item, Note, Notes, Quality, Reading

TEXT = profile.text("keller-30x")
ASKED, ANSWER = KELLER


def reply(value: int, unit: int = 1) -> bytes:
    return Reply(unit, Function.HOLDING_REGISTERS, bytes([0, value])).to_bytes()


def refusal(code: ExceptionCode) -> bytes:
    return Refusal(1, Function.HOLDING_REGISTERS, code).to_bytes()


def told(found: Sequence[Item]) -> list[tuple[float | None, Quality]]:
    return [(one.value, one.quality) for one in found if isinstance(one, Reading)]


def asks(driver: RegisterDriver, start_s: float, end_s: float) -> list[tuple[float, bytes]]:
    """Return what it asks, and when, while nobody answers."""
    ticks = range(round(start_s * 10), round(end_s * 10))
    found = [(tick / 10, driver.due(at(tick / 10))) for tick in ticks]
    return [(when, request) for when, request in found if request]


def test_without_a_map_nothing_is_asked() -> None:
    assert asks(RegisterDriver(), 0, 60) == []


def test_the_first_request_goes_out_at_once_and_is_the_documented_one() -> None:
    assert RegisterDriver(TEXT).due(at(0)) == ASKED


def test_only_one_request_is_open_at_a_time() -> None:
    driver = RegisterDriver(item(site="a") + item(site="b", addr=5))
    assert driver.due(at(0))
    assert driver.due(at(0.5)) == b""
    driver.receive(reply(4), at(0.5))
    assert driver.due(at(0.5)) == b""
    request = Request.parse(driver.due(at(0.5 + TURNAROUND_S)))
    assert request is not None
    assert request.start == 5


def test_the_turnaround_is_within_what_devices_want() -> None:
    assert 0.02 <= TURNAROUND_S <= 0.05


def test_each_item_is_asked_at_its_own_interval() -> None:
    driver = RegisterDriver(item(site="fast", poll_s=0.5) + item(site="slow", addr=5, poll_s=2))
    seen: list[tuple[float, int]] = []
    for tick in range(41):
        if (request := Request.parse(driver.due(at(tick / 10)))) is not None:
            seen.append((tick / 10, request.start))
            driver.receive(reply(1), at(tick / 10 + 0.01))
    assert [when for when, start in seen if start == 5] == [0.1, 2.1]
    assert len([when for when, start in seen if start == 0]) == 9


def test_an_answer_is_read_and_the_next_poll_comes_a_second_later() -> None:
    driver = RegisterDriver(TEXT)
    driver.due(at(0))
    assert told(driver.receive(ANSWER, at(0.05))) == [(5.0, Quality.VALID)]
    assert asks(driver, 0.1, 1.1) == [(1.0, ASKED)]


def test_what_nobody_asked_for_is_discarded() -> None:
    driver = RegisterDriver(TEXT)
    driver.due(at(0))
    driver.receive(ANSWER, at(0.05))
    assert driver.receive(ANSWER, at(0.06)) == []
    assert driver.counts.discarded_bytes == len(ANSWER)


def test_an_answer_that_comes_too_late_is_not_the_next_one_s() -> None:
    driver = RegisterDriver(item(site="O2") + item(site="N2O", addr=5))
    assert driver.due(at(0))
    late_s = TIMEOUT_S + 0.2
    assert driver.due(at(late_s)) == b""
    assert driver.receive(reply(4), at(late_s + DEAF_S / 2)) == []
    assert driver.due(at(late_s + DEAF_S - 0.01)) == b""
    assert driver.due(at(late_s + DEAF_S)) != b""


def test_a_silent_device_that_is_alone_is_asked_on_and_on() -> None:
    times = [when for when, _ in asks(RegisterDriver(TEXT), 0, 100)]
    assert max(later - earlier for earlier, later in pairwise(times)) < 2


def test_silent_devices_are_asked_less_and_less_often() -> None:
    driver = RegisterDriver(item(site="a", device=2) + item(site="b", device=3))
    times = [when for when, request in asks(driver, 0, 200) if request[0] == 2]
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses[0] < 4
    assert pauses[0] <= pauses[1] < pauses[2] < pauses[3]
    assert LONGEST_S <= pauses[-1] < LONGEST_S + 4


def test_a_dead_device_does_not_slow_the_others_on_its_bus() -> None:
    driver = RegisterDriver(item(site="dead", device=2) + item(site="live", device=3))
    answered = 0
    for tick in range(600):
        request = Request.parse(driver.due(at(tick / 10)))
        if request is not None and request.unit == 3:
            answered += 1
            driver.receive(reply(1, 3), at(tick / 10 + 0.01))
    assert answered > 45


def test_a_device_that_is_back_is_asked_as_before() -> None:
    driver = RegisterDriver(item(site="a", device=2) + item(site="b", device=3))
    times: dict[int, list[float]] = {2: [], 3: []}
    for tick in range(900):
        request = Request.parse(driver.due(at(tick / 10)))
        if request is not None:
            times[request.unit].append(tick / 10)
            if request.unit == 3 or tick > 500:
                driver.receive(reply(1, request.unit), at(tick / 10 + 0.01))
    recent = [when for when in times[2] if when > 65]
    assert max(later - earlier for earlier, later in pairwise(recent)) < 1.2


@pytest.mark.parametrize("code", [ExceptionCode.ACKNOWLEDGE, ExceptionCode.BUSY])
def test_a_busy_device_is_asked_again_after_a_second_and_is_no_fault(code: ExceptionCode) -> None:
    driver = RegisterDriver(two_words(addr=2, poll_s=4))
    for answer in range(3):
        now_s = answer * RETRY_S
        assert driver.due(at(now_s)) == ASKED
        items = driver.receive(refusal(code), at(now_s))
        assert told(items) == ([] if answer < BUSY_IN_A_ROW - 1 else [(None, Quality.UNAVAILABLE)])
        assert driver.due(at(now_s + RETRY_S - 0.05)) == b""


def test_a_value_between_makes_busy_count_anew() -> None:
    driver = RegisterDriver(TEXT)
    busy = refusal(ExceptionCode.BUSY)
    found: list[Item] = []
    for turn, answer in enumerate([busy, busy, ANSWER, busy, busy]):
        assert driver.due(at(turn * 1.1))
        found += driver.receive(answer, at(turn * 1.1 + 0.01))
    assert told(found) == [(5.0, Quality.VALID)]


@pytest.mark.parametrize("code", [1, 2, 3, 4, 8])
def test_a_device_that_says_no_lives_and_has_no_value(code: int) -> None:
    driver = RegisterDriver(TEXT)
    driver.due(at(0))
    found = driver.receive(refusal(ExceptionCode(code)), at(0.01))
    assert told(found) == [(None, Quality.INVALID)]
    assert driver.counts.frames == 1
    assert asks(driver, 0.1, 1.2) == [(1.0, ASKED)]


@pytest.mark.parametrize("code", [ExceptionCode.GATEWAY_PATH, ExceptionCode.GATEWAY_TARGET])
def test_a_gateway_s_answer_for_a_dead_device_is_none_of_the_device(code: ExceptionCode) -> None:
    driver = RegisterDriver(item(site="a") + item(site="b", device=3))
    times = []
    for tick in range(600):
        request = Request.parse(driver.due(at(tick / 10)))
        if request is not None and request.unit == 1:
            times.append(tick / 10)
            found = driver.receive(refusal(code), at(tick / 10))
            assert told(found) == [(None, Quality.UNAVAILABLE)]
        elif request is not None:
            driver.receive(reply(1, 3), at(tick / 10))
    assert len(times) < 12


def test_a_value_is_not_known_any_more_once_it_is_stale() -> None:
    driver = RegisterDriver(item(site="a", stale_s=3) + item(site="b", addr=5))
    driver.due(at(0))
    driver.receive(reply(4), at(0.01))
    driver.due(at(0.1))
    assert told(driver.receive(refusal(ExceptionCode.ILLEGAL_ADDRESS), at(2.9))) == []
    assert told(driver.receive(b"\x00", at(3.2))) == [(None, Quality.UNAVAILABLE)]
    assert told(driver.receive(b"\x00", at(3.3))) == []


def test_a_contact_that_nobody_answers_for_is_a_fault() -> None:
    driver = RegisterDriver(item(name="gas_supply", fc=2, type="bit"))
    driver.due(at(0))
    answer = frame("01 02 01 01")
    closed = Reply(1, Function.DISCRETE_INPUTS, answer[3:]).to_bytes()
    assert driver.receive(closed, at(0.01)) == [Notes(frozenset({Note.GAS_SUPPLY}), at(0.01))]
    assert driver.receive(b"\x00", at(3.2)) == [Notes(frozenset({Note.SENSOR_FAULT}), at(3.2))]


def test_a_refused_contact_is_a_fault() -> None:
    driver = RegisterDriver(item(name="gas_supply", fc=3, type="bit", bit=0))
    driver.due(at(0))
    found = driver.receive(refusal(ExceptionCode.DEVICE_FAILURE), at(0.01))
    assert found == [Notes(frozenset({Note.SENSOR_FAULT}), at(0.01))]


def test_nothing_but_requests_to_read_is_ever_sent() -> None:
    text = profile.text("simulated-panel") + item(name="gas_supply", fc=1, addr=9, type="bit")
    sent = [request for _, request in asks(RegisterDriver(text), 0, 300)]
    assert sent
    assert all(
        Request.parse(request) is not None and request[1] in {1, 2, 3, 4} for request in sent
    )
