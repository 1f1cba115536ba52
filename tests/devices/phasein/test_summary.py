from __future__ import annotations

import pytest

from devices.phasein.condition import Condition
from devices.phasein.slow import Adapter, Mode, Range, Registers, Service, Work
from devices.phasein.wire import Status
from vitals.reading import Note, Quality

INVALID, QUESTIONABLE, VALID = Quality.INVALID, Quality.QUESTIONABLE, Quality.VALID
NONE = Status(0)
WELL = Registers(Mode.MEASUREMENT, 0, Adapter(0), Range(0))


def said(
    mode: Mode = Mode.MEASUREMENT,
    error: int = 0,
    adapter: Adapter = Adapter(0),  # noqa: B008 - a constant
    ranges: Range = Range(0),  # noqa: B008
) -> Condition:
    return Condition(NONE, Registers(mode, error, adapter, ranges))


@pytest.mark.parametrize(
    ("condition", "told", "quality"),
    [
        (Condition(NONE), set(), VALID),
        (Condition(NONE, WELL, Service(7, Work.ZERO_DISABLED)), set(), VALID),
        (Condition(Status.BREATH), set(), VALID),
        (Condition(Status.APNOEA), {Note.NO_BREATH}, VALID),
        (Condition(Status.O2_LOW), set(), QUESTIONABLE),
        (Condition(Status.O2_REPLACE), set(), QUESTIONABLE),
        (Condition(Status.CHECK_ADAPTER), {Note.CHECK_ADAPTER}, INVALID),
        (Condition(Status.UNSPECIFIED_ACCURACY), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (Condition(Status.UNSPECIFIED_ACCURACY, WELL), set(), QUESTIONABLE),
        (Condition(Status.SENSOR_ERROR), {Note.SENSOR_FAULT}, INVALID),
        (Condition(Status.O2_CALIBRATE), set(), QUESTIONABLE),
        (said(Mode.SELF_TEST), {Note.WARMING_UP}, INVALID),
        (said(Mode.SLEEP), {Note.SLEEPING}, INVALID),
        (said(Mode.DEMO), set(), INVALID),
        (said(error=1), {Note.SENSOR_FAULT}, INVALID),
        (said(adapter=Adapter.REPLACE), {Note.CHECK_ADAPTER}, QUESTIONABLE),
        (said(adapter=Adapter.MISSING), {Note.CHECK_ADAPTER}, QUESTIONABLE),
        (said(adapter=Adapter.O2_CLOGGED), {Note.CHECK_SAMPLING_LINE}, QUESTIONABLE),
        (said(ranges=Range.CO2), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.N2O), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.AGENT), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.OXYGEN), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.TEMPERATURE), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.PRESSURE), {Note.OUT_OF_RANGE}, QUESTIONABLE),
        (said(ranges=Range.ZERO_REQUIRED), {Note.ZERO_REQUIRED}, QUESTIONABLE),
        (Condition(NONE, WELL, Service(7, Work.ZERO_RUNNING)), {Note.ZEROING}, INVALID),
        (
            Condition(Status.APNOEA | Status.CHECK_ADAPTER | Status.O2_LOW),
            {Note.NO_BREATH, Note.CHECK_ADAPTER},
            INVALID,
        ),
    ],
)
def test_what_an_analyser_says_has_its_notes_and_its_quality(
    condition: Condition, told: set[Note], quality: Quality
) -> None:
    assert condition.notes == told
    assert condition.quality is quality


def test_only_the_status_tells_apnoea() -> None:
    assert Condition(Status.APNOEA).apnoea
    assert not Condition(~Status.APNOEA).apnoea
