from __future__ import annotations

import pytest
from manual import at

from vitals.measure import Measure
from vitals.reading import Quality, Reading


@pytest.mark.parametrize("quality", Quality)
def test_a_number_stands_with_a_usable_quality_and_with_no_other(quality: Quality) -> None:
    if quality.usable:
        assert Reading(Measure.SPO2, 97, quality, at(0)).value == 97
        with pytest.raises(ValueError, match="cannot be"):
            Reading(Measure.SPO2, None, quality, at(0))
    else:
        assert Reading(Measure.SPO2, None, quality, at(0)).value is None
        with pytest.raises(ValueError, match="cannot be"):
            Reading(Measure.SPO2, 97, quality, at(0))


def test_zero_is_a_number_and_no_absence() -> None:
    assert Reading(Measure.SPO2, 0, Quality.VALID, at(0)).value == 0


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_has_a_form(measure: Measure) -> None:
    assert measure.form.unit
    assert measure.form.decimals >= 0
    assert measure.rounded(None) is None
