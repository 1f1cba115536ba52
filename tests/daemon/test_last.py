"""The last events of each bed, for a screen that has just connected."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.journal.calls import BedCalled
from daemon.journal.events import CaseEntered, DeviceChanged
from daemon.journal.writer import Journal
from daemon.protocol.message import Message
from daemon.state import State
from daemon.ward import LAST_EVENTS, Ward
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import DeviceState


def ignored(message: Message) -> None:
    del message


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    return Ward(Journal(tmp_path / "journal.db", "boot"), State(), ignored, Instant(0.0, 0.0))


def test_what_happens_at_one_bed_takes_no_place_of_what_happened_at_another(ward: Ward) -> None:
    ward.recall(BedCalled("Stue 1", "AS"), Instant(0.0, 1000.0))
    for second in range(2 * LAST_EVENTS):
        ward.recall(BedCalled("Stue 2", "LN"), Instant(1.0 + second, 1001.0 + second))
    beds = [event.bed for event in ward.last]
    assert beds == ["Stue 1", *["Stue 2"] * LAST_EVENTS]
    assert [event.at for event in ward.last] == sorted(event.at for event in ward.last)


def test_a_connection_that_comes_and_goes_takes_one_place_and_a_typed_number_is_told(
    ward: Ward,
) -> None:
    typed = deeds.Measured(measure=Measure.SPO2, value=97.0)
    ward.recall(CaseEntered("KN-1", "Stue 1", 1, typed, 0.0, "AS"), Instant(0.0, 1000.0))
    for second in range(2 * LAST_EVENTS):
        state = (DeviceState.SILENT, DeviceState.RECEIVING)[second % 2]
        at = Instant(1.0 + second, 1001.0 + second)
        ward.recall(DeviceChanged("Stue 1", "ivy", state, ""), at)
    number, connection = ward.last
    assert (number.measure, number.value) == (Measure.SPO2, 97)
    assert connection.state is DeviceState.RECEIVING
