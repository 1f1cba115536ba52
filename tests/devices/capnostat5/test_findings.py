from __future__ import annotations

from itertools import combinations

import pytest

from devices.capnostat5.status import Code, Flag, Sidestream, Status, Temperature, Zero
from vitals.reading import Note, Quality

INVALID, QUESTIONABLE, VALID = Quality.INVALID, Quality.QUESTIONABLE, Quality.VALID

ROWS = [
    (Status(), None, VALID),
    (Status(Flag.BREATHS), None, VALID),
    (Status(Flag.NOT_READY_TO_ZERO), None, VALID),
    (Status(Flag.NEGATIVE_CO2), Note.OUT_OF_RANGE, QUESTIONABLE),
    (Status(Flag.CHECK_ADAPTER), Note.CHECK_ADAPTER, INVALID),
    (Status(Flag.OUT_OF_RANGE), Note.OUT_OF_RANGE, QUESTIONABLE),
    (Status(Flag.SLEEPING), Note.SLEEPING, INVALID),
    (Status(Flag.NO_BREATH), Note.NO_BREATH, INVALID),
    (Status(temperature=Temperature.BELOW), Note.WARMING_UP, QUESTIONABLE),
    (Status(temperature=Temperature.ABOVE), None, QUESTIONABLE),
    (Status(temperature=Temperature.WARMING_UP), Note.WARMING_UP, INVALID),
    (Status(zero=Zero.RUNNING), Note.ZEROING, INVALID),
    (Status(zero=Zero.REQUIRED), Note.ZERO_REQUIRED, INVALID),
    (Status(zero=Zero.FAILED), Note.ZERO_REQUIRED, INVALID),
    (Status(compensated=False), Note.COMPENSATION_NOT_SET, QUESTIONABLE),
    (Status(source=1), None, QUESTIONABLE),
    (Status(source=2), None, QUESTIONABLE),
    (Status(source=3), None, QUESTIONABLE),
    (Status(hardware=1), Note.SENSOR_FAULT, QUESTIONABLE),
    (Status(sidestream=Sidestream.NO_ADAPTER), Note.CHECK_SAMPLING_LINE, INVALID),
    (Status(sidestream=Sidestream.PUMP_LIFE), None, QUESTIONABLE),
    (Status(sidestream=Sidestream.PNEUMATIC), Note.CHECK_SAMPLING_LINE, INVALID),
    (Status(code=Code.TOO_HOT), Note.SENSOR_FAULT, INVALID),
    (Status(code=Code.FAULTY), Note.SENSOR_FAULT, INVALID),
    (Status(code=Code.COMPENSATION_NOT_SET), Note.COMPENSATION_NOT_SET, QUESTIONABLE),
    (Status(code=Code.SLEEPING), Note.SLEEPING, INVALID),
    (Status(code=Code.ZEROING), Note.ZEROING, INVALID),
    (Status(code=Code.WARMING_UP), Note.WARMING_UP, INVALID),
    (Status(code=Code.ZERO_REQUIRED), Note.ZERO_REQUIRED, INVALID),
    (Status(code=Code.OUT_OF_RANGE), Note.OUT_OF_RANGE, QUESTIONABLE),
    (Status(code=Code.CHECK_ADAPTER), Note.CHECK_ADAPTER, INVALID),
    (Status(code=Code.CHECK_SAMPLING_LINE), Note.CHECK_SAMPLING_LINE, INVALID),
    (Status(code=0x0B), None, QUESTIONABLE),
]
ORDER = [VALID, QUESTIONABLE, INVALID]


@pytest.mark.parametrize(("status", "note", "quality"), ROWS)
def test_what_a_module_says_has_its_note_and_its_quality(
    status: Status, note: Note | None, quality: Quality
) -> None:
    assert status.notes == ({note} if note else set())
    assert status.quality is quality


def joined(one: Status, other: Status) -> Status:
    both = zip(one.to_bytes(), other.to_bytes(), strict=True)
    status = Status.parse(bytes(first | second for first, second in both))
    assert status is not None
    return status


def test_of_two_findings_the_worse_wins_and_both_are_told() -> None:
    flags = [row for row in ROWS if row[0].code == Code.NONE and row[0].to_bytes()[1] == 0]
    for (one, note, quality), (other, further, worse) in combinations(flags, 2):
        status = joined(one, other)
        assert status.notes == {said for said in (note, further) if said}
        assert status.quality is max(quality, worse, key=ORDER.index)


@pytest.mark.parametrize(("status", "note", "quality"), ROWS)
def test_the_wave_is_gone_with_the_numbers_save_in_apnoea(
    status: Status, note: Note | None, quality: Quality
) -> None:
    assert status.traced == (quality is not INVALID or note is Note.NO_BREATH)
