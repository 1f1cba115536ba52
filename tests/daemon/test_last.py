"""The last events of each bed, for a screen that has just connected."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.journal.calls import BedCalled
from daemon.journal.writer import Journal
from daemon.protocol.message import Message
from daemon.state import State
from daemon.ward import LAST_EVENTS, Ward
from vitals.instant import Instant


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
