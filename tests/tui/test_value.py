from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

from tui.devicerow import devicerow
from tui.numeric import limits_text, numeric
from tui.sight import Sight
from vitals.measure import Measure
from vitals.vocabulary import CaseState, DeviceState
from words.catalogue import Language


def row(sight: Sight) -> str:
    return "".join(span.text for span in devicerow(sight, 80, 1)[0])


def test_an_old_value_in_the_row_of_its_monitor_is_followed_by_its_age() -> None:
    """The cable is back: data are new, the number is still the one before it went."""
    old = scenes.with_value(scenes.SPO2, 97, 7.6)
    shown = row(sight_of(*scenes.greeting(scenes.DEVICE, old, scenes.PULSE)))
    assert "SpO2 97 (7,6 s) · puls 118 " in shown
    assert "puls 118 (" not in shown


@pytest.mark.parametrize(("age_s", "expected"), [(2.0, "SpO2 97 ·"), (10.1, "SpO2 --- ·")])
def test_a_current_value_stands_alone_and_one_that_is_gone_is_dashes(
    age_s: float, expected: str
) -> None:
    reading = scenes.with_value(scenes.SPO2, 97, age_s)
    assert expected in row(sight_of(*scenes.greeting(scenes.DEVICE, reading, scenes.PULSE)))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", list(DeviceState))
def test_a_long_name_yields_to_old_values_in_80_columns(
    language: Language, state: DeviceState
) -> None:
    name = "Nonin Xpod ved øre-næse-hals"
    device = msgspec.structs.replace(scenes.DEVICE, name=name, state=state, age_s=7.6)
    readings = (
        msgspec.structs.replace(scenes.with_value(reading, 118, 7.6), device=name)
        for reading in (scenes.SPO2, scenes.PULSE)
    )
    shown = row(sight_of(*scenes.greeting(device, *readings), language=language))
    assert shown.count(f"118 ({'7.6' if language is Language.ENGLISH else '7,6'} s)") == 2
    assert "Noni" in shown or "Non…" in shown


def test_limits_are_shown_only_while_they_are_held_to() -> None:
    running = sight_of(*scenes.greeting(*scenes.RUNNING))
    assert limits_text(running, Measure.SPO2) == "≥ 92"
    assert limits_text(running, Measure.PULSE_RATE) == "70-155"
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.MONITORING_ENDED)
    for messages in ((*scenes.IDLE, ended), scenes.IDLE):
        sight = sight_of(*scenes.greeting(*messages))
        title = "".join(span.text for span in numeric(Measure.SPO2)(sight, 40, 8)[0])
        assert "≥" not in title
