from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

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
