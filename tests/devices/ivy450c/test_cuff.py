from __future__ import annotations

import pytest
from damage import captured, notes, told
from ivy_messages import items, message

from devices.contract import Options
from devices.ivy450c.driver import IvyDriver
from devices.ivy450c.text import Line
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality, Reading

NIBP = (
    Measure.NIBP_SYSTOLIC,
    Measure.NIBP_DIASTOLIC,
    Measure.NIBP_MEAN,
    Measure.NIBP_PULSE_RATE,
)
DOUBTED = Quality.QUESTIONABLE
VALID, INVALID, UNAVAILABLE = Quality.VALID, Quality.INVALID, Quality.UNAVAILABLE
NO_VALUE = message(nibp=Line(("",) * 4))


def cuff(*fields: str) -> bytes:
    return message(nibp=Line(fields))


def found(*messages: bytes) -> list[tuple[float | None, ...]]:
    """Return the measurements that come out of `messages`, each once."""
    readings = items(b"".join(messages))
    columns = [[value for value, _ in told(readings, measure)] for measure in NIBP]
    return list(zip(*columns, strict=True))


GOOD = cuff("121", "75", "92", "80")


def test_a_measurement_goes_out_once_however_often_it_is_said() -> None:
    assert found(*[GOOD] * 14) == [(121, 75, 92, 80)]
    assert len(told(items(captured("ivy450c", "recorded")), Measure.NIBP_SYSTOLIC)) == 1


@pytest.mark.parametrize("place", range(4))
def test_any_changed_number_is_a_new_measurement(place: int) -> None:
    fields = ["121", "75", "92", "80"]
    fields[place] = str(int(fields[place]) + 1)
    changed = cuff(*fields)
    assert found(GOOD, changed, changed, GOOD) == [
        (121, 75, 92, 80),
        tuple(map(int, fields)),
        (121, 75, 92, 80),
    ]


def test_a_measurement_bears_the_time_at_which_it_was_first_said() -> None:
    driver = IvyDriver(Options())
    seen: list[Item] = []
    for second in range(5):
        seen += driver.receive(GOOD, Instant(second, second))
    times = [item.at.monotonic for item in seen if isinstance(item, Reading)]
    assert times.count(0) == 8
    assert times.count(1) == 4


def live(found: list[Item]) -> list[tuple[float | None, bool]]:
    cuffs = [one for one in found if isinstance(one, Reading) and one.measure is NIBP[0]]
    return [(one.value, one.live) for one in cuffs]


def test_what_is_there_when_the_port_is_opened_is_from_memory_until_another_comes() -> None:
    other = cuff("118", "75", "92", "80")
    found = items(GOOD * 3 + other * 2)
    assert live(found) == [(121, False), (118, True)]
    assert told(found, NIBP[0]) == [(121, DOUBTED), (118, VALID)]
    assert notes(found) == [{Note.FROM_MEMORY}, set()]


def test_each_opening_doubts_anew_what_the_monitor_remembers() -> None:
    assert [live(items(GOOD)) for _ in range(3)] == [[(121, False)]] * 3


def test_what_is_measured_where_nothing_was_remembered_is_new() -> None:
    assert live(items(NO_VALUE + GOOD)) == [(None, True), (121, True)]


def test_a_damaged_message_makes_the_remembered_measurement_no_new_one() -> None:
    damaged = cuff("125", "75", "92", "80")
    assert live(items(GOOD + damaged + GOOD)) == [(121, False), (125, True), (121, False)]
    assert live(items(GOOD + NO_VALUE + GOOD)) == [(121, False), (None, True), (121, False)]


def test_no_measurement_yet_is_said_once() -> None:
    assert found(NO_VALUE, NO_VALUE) == [(None,) * 4]
    assert told(items(NO_VALUE), Measure.NIBP_MEAN) == [(None, UNAVAILABLE)]


def test_a_measurement_that_is_taken_back_is_unavailable() -> None:
    assert found(GOOD, NO_VALUE, GOOD) == [(121, 75, 92, 80), (None,) * 4, (121, 75, 92, 80)]


def test_a_failed_measurement_is_a_fault() -> None:
    failed = message(nibp=Line(("",) * 4, "", "CUFF LEAK"))
    assert told(items(NO_VALUE + failed), Measure.NIBP_SYSTOLIC) == [
        (None, UNAVAILABLE),
        (None, INVALID),
    ]


def test_a_pulse_rate_may_be_missing() -> None:
    assert found(cuff("121", "75", "92", "")) == [(121, 75, 92, None)]
    assert found(cuff("121", "75", "92", "0")) == [(121, 75, 92, None)]


@pytest.mark.parametrize(
    "fields",
    [
        ("1x1", "75", "92", "80"),
        ("121", "75", "92", "8:"),
        ("321", "75", "92", "80"),
        ("121", "5", "92", "80"),
        ("75", "121", "92", "80"),
        ("121", "75", "72", "80"),
        ("121", "75", "129", "80"),
        ("12", "75", "92", "80"),
    ],
)
def test_a_garbled_measurement_is_passed_over_and_the_good_one_stays_old(
    fields: tuple[str, ...],
) -> None:
    assert found(cuff(*fields)) == []
    assert found(GOOD, cuff(*fields), GOOD) == [(121, 75, 92, 80)]


def test_equal_pressures_are_in_order() -> None:
    assert found(cuff("90", "90", "90", "80")) == [(90, 90, 90, 80)]


def test_the_order_is_systolic_diastolic_mean() -> None:
    first = items(captured("ivy450c", "recorded"))
    assert [told(first, measure)[0] for measure in NIBP] == [
        (121, DOUBTED),
        (75, DOUBTED),
        (92, DOUBTED),
        (80, DOUBTED),
    ]
