from __future__ import annotations

import msgspec
import pytest
import scenes
import wards
from dashboards import sight_of

from daemon.protocol.messages import Reading
from tui.aging import Standing
from vitals.measure import Measure
from vitals.reading import Quality


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
