"""Every single flipped bit of every capture and published line: what is shown then."""

from __future__ import annotations

import functools

import pytest
from checkout import ROOT
from flipping import Tally, row, summed

from devices.catalogue import PROTOCOLS
from vitals.measure import Measure

pytestmark = pytest.mark.no_cover
"""Ninety thousand decodings of what other tests cover; counting lines takes thrice as long."""

TEXTS = {"nonin-text", "masimo-ascii1", "nellcor", "ivy450c"}
"""Their form is all that is checked."""
UNSUMMED = TEXTS | {name for name, entry in PROTOCOLS.items() if not entry.checked}
WIDEST = {
    Measure.SPO2: (1, 100),
    Measure.PULSE_RATE: (1, 350),
    Measure.PERFUSION_INDEX: (0, 20),
    Measure.HEART_RATE: (1, 350),
    Measure.RESPIRATORY_RATE: (1, 255),
    Measure.TEMPERATURE: (10, 50),
    Measure.NIBP_SYSTOLIC: (10, 300),
    Measure.NIBP_DIASTOLIC: (10, 300),
    Measure.NIBP_MEAN: (10, 300),
    Measure.NIBP_PULSE_RATE: (20, 350),
}
"""What any of the devices without a sum can say, both ends included."""


NAMES = [name for name in PROTOCOLS if name != "nonin"]
"""That one only finds out which of the others is spoken."""
LINES = (ROOT / "docs/monitors.md").read_text("utf-8").splitlines()


@functools.cache
def tally(name: str) -> Tally:
    return summed(name)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", NAMES)
def test_the_document_has_these_very_counts(name: str) -> None:
    assert tally(name).flips > 0
    assert row(name, tally(name)) in LINES


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in UNSUMMED])
def test_where_frames_carry_a_sum_no_flip_shows_a_number_that_was_not_sent(name: str) -> None:
    assert tally(name).readings == []
    assert tally(name).lost > 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", [name for name in NAMES if name in UNSUMMED])
def test_where_they_do_not_it_lies_within_what_the_device_can_say(name: str) -> None:
    for measure, value, _ in tally(name).readings:
        low, high = WIDEST[measure]
        assert low <= value <= high, (measure, value)
