from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
import scenes
import wards
from dashboards import sight_of

from daemon.protocol.messages import Reading
from tui.aging import Standing
from tui.board import board
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality
from words.catalogue import Language
from words.forms import Forms


@pytest.mark.parametrize(
    ("age_s", "standing"),
    [
        (2.0, Standing.FRESH),
        (2.01, Standing.OLD),
        (10.0, Standing.OLD),
        (10.01, Standing.GONE),
    ],
)
def test_a_reading_stands_as_its_devices_own_bounds_say(age_s: float, standing: Standing) -> None:
    reading = scenes.with_value(scenes.SPO2, 97, age_s)
    shown = sight_of(*scenes.greeting(scenes.DEVICE, reading)).best(Measure.SPO2)
    assert shown is not None
    assert shown.standing is standing
    assert shown.value == (None if standing is Standing.GONE else 97)


def test_a_reading_of_an_unknown_device_is_not_shown() -> None:
    assert sight_of(*scenes.greeting(scenes.SPO2)).best(Measure.SPO2) is None


def test_a_number_is_preferred_to_none_and_a_current_one_to_an_old_one() -> None:
    other = msgspec.structs.replace(scenes.DEVICE, name="aaa")
    absent = msgspec.structs.replace(
        scenes.SPO2, device="aaa", value=None, quality=Quality.UNAVAILABLE
    )
    old = msgspec.structs.replace(scenes.SPO2, device="aaa", value=71, age_s=5.0)
    for rival in (absent, old):
        shown = sight_of(*scenes.greeting(scenes.DEVICE, other, rival, scenes.SPO2)).best(
            Measure.SPO2
        )
        assert shown is not None
        assert shown.value == 97


def test_between_equals_the_name_decides_so_that_two_monitors_do_not_take_turns() -> None:
    other = msgspec.structs.replace(scenes.DEVICE, name="aaa")
    rival = msgspec.structs.replace(scenes.SPO2, device="aaa", value=96, age_s=0.9)
    shown = sight_of(*scenes.greeting(scenes.DEVICE, other, scenes.SPO2, rival)).best(Measure.SPO2)
    assert shown is not None
    assert shown.device.name == "aaa"


@pytest.mark.parametrize("jump_s", [-86_400.0, 86_400.0])
def test_a_jump_of_a_wall_clock_makes_nothing_fresh_and_nothing_old(jump_s: float) -> None:
    """Of this machine's, and of the daemon's: what was measured at says nothing of an age."""
    at = Instant(0.0, scenes.WALL + jump_s).rfc3339()
    told = [msgspec.structs.replace(one, at=at) for one in (*wards.READINGS, *ages_of_each())]
    for later_s in (0.0, 5.0, 12.0):
        true = sight_of(*scenes.greeting(*wards.DEVICES, *told, scenes.BEAT), later_s=0.0)
        mirror = true.mirror
        arrived = Instant(scenes.NOW.monotonic + later_s, scenes.NOW.wall + jump_s)
        mirror.apply(scenes.BEAT, arrived)
        jumped = replace(true, now=arrived)
        plain = replace(true, now=Instant(arrived.monotonic, scenes.NOW.wall + later_s))
        for measure in Measure:
            found, expected = jumped.best(measure), plain.best(measure)
            assert found == expected, measure
            gone = found is not None and found.age_s > found.reading.stale_s
            assert not gone or (found is not None and found.value is None)


def ages_of_each() -> list[Reading]:
    """Return numbers of a second oximeter: one that is old, and one that is gone."""
    return [
        wards.reading("finger", Measure.SPO2, 88, age_s=9.0),
        wards.reading("finger", Measure.PULSE_RATE, 60, age_s=11.0),
    ]


def tiles_of(*readings: Reading, later_s: float) -> str:
    told = scenes.greeting(*wards.DEVICES, *readings)
    sight = sight_of(*told)
    now = Instant(scenes.NOW.monotonic + later_s, scenes.NOW.wall + later_s)
    sight.mirror.apply(scenes.BEAT, now)
    rows = board(replace(sight, now=now), 48, 20)
    return "\n".join("".join(span.text for span in row) for row in rows)


def test_every_number_is_fresh_then_old_with_its_age_and_then_three_dashes() -> None:
    large = {
        Measure.SPO2,
        Measure.PULSE_RATE,
        Measure.HEART_RATE,
        Measure.ETCO2,
        Measure.RESPIRATORY_RATE,
    }
    small = [
        one
        for one in wards.READINGS
        if one.measure not in large and one.site is None and "nibp" not in one.measure.value
    ]
    assert len(small) > 8
    for reading in small:
        number = Forms(Language.DANISH).number(
            round(reading.value or 0.0, 1), min(1, reading.measure.form.decimals)
        )
        fresh, old, gone = (tiles_of(reading, later_s=s) for s in (0.0, 5.0, 10.5))
        assert number in fresh, reading.measure
        assert "(5,3 s)" in old, reading.measure
        assert "(5,3 s)" not in fresh + gone
        assert "---" in gone


def test_blood_pressure_has_its_time_and_its_age_from_the_first_second() -> None:
    for later_s, age in ((0.0, "10:36 (6 min)"), (200.0, "10:36 (9 min)")):
        assert f"BT 88/51 (64) mmHg {age}" in tiles_of(
            *wards.cuff("cuff", 88, 51, 64), later_s=later_s
        )
    old = tiles_of(*wards.cuff("cuff", 88, 51, 64), later_s=400.0)
    assert "BT 88/51 (64) mmHg (12 min) 10:36" in old
    assert "BT ---" in tiles_of(*wards.cuff("cuff", 88, 51, 64), later_s=600.0)


BOTH = (wards.device("cuff", "suntech"), wards.device("ivy", "ivy450c"))
PRESSURES = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN)


def aged(readings: list[Reading], age_s: float) -> list[Reading]:
    return [msgspec.structs.replace(reading, age_s=age_s) for reading in readings]


def pressures(*readings: Reading) -> list[tuple[str, float | None] | None]:
    """Return whose each shown pressure is, and its value."""
    found = sight_of(*scenes.greeting(*BOTH, *readings)).together(PRESSURES)
    return [None if one is None else (one.device.name, one.value) for one in found]


def test_of_two_cuffs_the_newest_measurement_is_shown_whole() -> None:
    older, newer = wards.cuff("cuff", 121, 75, 92), wards.cuff("ivy", 88, 51, 64)
    for pair in ((older, newer), (newer, older)):
        shown = pressures(*aged(pair[0], 200.0), *aged(pair[1], 90.0))
        values = (121, 75, 92) if pair[1] is older else (88, 51, 64)
        assert shown == [(pair[1][0].device, value) for value in values]


def test_the_systolic_of_one_cuff_never_stands_beside_the_diastolic_of_another() -> None:
    lacking = wards.cuff("ivy", 88, 51, 64)
    lacking[1] = msgspec.structs.replace(lacking[1], value=None, quality=Quality.INVALID)
    whole = wards.cuff("cuff", 121, 75, 92)
    for ages in ((30.0, 200.0), (200.0, 30.0)):
        shown = pressures(*aged(lacking, ages[0]), *aged(whole, ages[1]))
        assert len({one[0] for one in shown if one is not None}) == 1
    assert pressures(*aged(lacking, 30.0), *aged(whole, 700.0)) == [
        ("ivy", 88),
        ("ivy", None),
        ("ivy", 64),
    ]


def test_a_sure_measurement_comes_before_a_newer_doubtful_one() -> None:
    doubtful = [
        msgspec.structs.replace(one, quality=Quality.QUESTIONABLE)
        for one in wards.cuff("cuff", 121, 75, 92)
    ]
    shown = pressures(*aged(doubtful, 30.0), *aged(wards.cuff("ivy", 88, 51, 64), 90.0))
    assert shown[0] == ("ivy", 88)


def test_values_of_two_measurements_of_one_cuff_are_not_shown_as_one() -> None:
    first, second = wards.cuff("ivy", 121, 75, 92), wards.cuff("ivy", 88, 51, 64)
    shown = pressures(*aged(second[:1], 1.0), *aged(first[1:3], 180.0))
    assert shown == [("ivy", 88), None, None]


def test_breaths_in_the_co2_are_not_replaced_by_a_chest_that_moves() -> None:
    """In a closed airway the chest moves and nothing is breathed."""
    rate = Measure.RESPIRATORY_RATE
    chest = wards.reading("ivy", rate, 22)
    airway = wards.device("zz", "capnostat5"), wards.reading("zz", rate, None)
    sight = sight_of(
        *scenes.greeting(*BOTH, *airway, chest, wards.reading("zz", Measure.ETCO2, None))
    )
    shown = sight.best(rate)
    assert shown is not None
    assert (shown.device.name, shown.value) == ("zz", None)
    gone = wards.reading("zz", Measure.ETCO2, 5.0, age_s=11.0)
    alone = sight_of(*scenes.greeting(*BOTH, *airway, chest, gone)).best(rate)
    assert alone is not None
    assert (alone.device.name, alone.value) == ("ivy", 22)
