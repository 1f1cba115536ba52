from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.message import Message
from daemon.protocol.messages import Reading
from tui.board import board
from tui.devicerow import devicerow
from tui.reason import beside, told
from vitals.measure import Channel, Measure
from vitals.reading import Note, Quality
from words.catalogue import Language

SPOT_CHECKER = msgspec.structs.replace(
    scenes.DEVICE, name="finger", protocol="nonin-df13", notes=(Note.SPOT_CHECK,)
)
CUFF = msgspec.structs.replace(scenes.DEVICE, name="ivy", notes=(Note.FROM_MEMORY,))


def spot(measure: Measure, value: float, age_s: float = 1.0) -> Reading:
    of = scenes.with_value(scenes.SPO2, value, age_s)
    return msgspec.structs.replace(of, device="finger", measure=measure, live=False)


def remembered(measure: Measure, value: float) -> Reading:
    return msgspec.structs.replace(
        spot(measure, value),
        device="ivy",
        quality=Quality.QUESTIONABLE,
        fresh_s=360.0,
        stale_s=600.0,
    )


OLD_CUFF = (
    remembered(Measure.NIBP_SYSTOLIC, 121),
    remembered(Measure.NIBP_DIASTOLIC, 75),
    remembered(Measure.NIBP_MEAN, 92),
)


def drawn(*messages: Message, language: Language = Language.DANISH) -> str:
    rows = board(sight_of(*scenes.greeting(*messages), language=language), 80, 12)
    return "\n".join("".join(span.text for span in row) for row in rows)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.DANISH, "enkeltmåling"),
        (Language.NORWEGIAN, "enkeltmåling"),
        (Language.ENGLISH, "spot check"),
    ],
)
def test_a_spot_check_stands_small_with_its_age_and_never_in_the_large_digits(
    language: Language, words: str
) -> None:
    found = scenes.greeting(SPOT_CHECKER, spot(Measure.SPO2, 97))
    assert sight_of(*found).best(Measure.SPO2) is None
    shown = drawn(SPOT_CHECKER, spot(Measure.SPO2, 97), language=language)
    assert drawn(SPOT_CHECKER, language=language).splitlines()[:4] == shown.splitlines()[:4]
    point = "." if language is Language.ENGLISH else ","
    assert f"97 % (1{point}0 s)" in shown
    assert words in shown


def test_a_spot_check_hides_no_running_number_and_stays_beside_it() -> None:
    found = (scenes.DEVICE, scenes.SPO2, SPOT_CHECKER, spot(Measure.SPO2, 88, 0.1))
    best = sight_of(*scenes.greeting(*found)).best(Measure.SPO2)
    assert best is not None
    assert best.value == 97
    assert "88 % (0,1 s)" in drawn(*found)


def test_a_spot_check_that_is_too_old_is_not_shown() -> None:
    assert "97" not in drawn(SPOT_CHECKER, spot(Measure.SPO2, 97, 10.1))


def test_a_spot_check_has_its_age_in_the_row_of_its_device_too() -> None:
    sight = sight_of(*scenes.greeting(SPOT_CHECKER, spot(Measure.SPO2, 97)))
    row = "".join(span.text for span in devicerow(sight, 80, 1)[0])
    assert "enkeltmåling" in row
    assert "SpO2 97 (1,0 s)" in row


def test_a_remembered_pressure_has_a_mark_and_no_time() -> None:
    shown = drawn(CUFF, *OLD_CUFF)
    assert "121?/75? (92?) mmHg" in shown
    assert "fra hukommelsen" in shown
    assert f"{sight_of(*scenes.greeting()).local_text(scenes.AT):%H:%M}" not in shown


def test_a_remembered_pressure_yields_to_a_measured_one() -> None:
    new = [
        msgspec.structs.replace(one, device="nonin", quality=Quality.VALID, live=True, value=value)
        for one, value in zip(OLD_CUFF, (88, 51, 64), strict=True)
    ]
    assert "88/51 (64)" in drawn(CUFF, *OLD_CUFF, scenes.DEVICE, *new)


def test_a_cuff_of_yesterday_says_nothing_of_a_wave_or_a_number_of_now() -> None:
    beating = msgspec.structs.replace(
        scenes.SPO2, device="ivy", quality=Quality.QUESTIONABLE, value=97
    )
    sight = sight_of(*scenes.greeting(CUFF, *OLD_CUFF, beating))
    for channel in Channel:
        assert beside(sight, channel, "ivy") == ""
    assert "hukommelse" not in told(sight, sight.best(Measure.SPO2))
    assert "hukommelse" in drawn(CUFF, *OLD_CUFF, beating)
