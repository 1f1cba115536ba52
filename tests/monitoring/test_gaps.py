from __future__ import annotations

import msgspec
from beds import at
from courses import CO2, SPO2

from monitoring.gaps import Begun, Changed, Closed, Gap, Opened, Record, Turned, folded
from vitals.vocabulary import GapCause, Modality

BEGUN = Begun(at(0))


def fold(*changes: Changed) -> Record | None:
    record = None
    for change in changes:
        record = folded(record, change)
    return record


def opened(since: float, modality: Modality = SPO2) -> Opened:
    return Opened(modality, at(since), GapCause.STALE, at_reading=True)


def closed(until: float, modality: Modality = SPO2) -> Closed:
    return Closed(modality, at(until), at_reading=True)


def test_a_gap_begins_and_ends_where_it_is_told() -> None:
    record = fold(BEGUN, opened(5), closed(9))
    gap = Gap(SPO2, at(5), (GapCause.STALE,), from_reading=True, until=at(9), to_reading=True)
    assert record == Record(at(0), (gap,))


def test_a_gap_keeps_each_cause_once_in_the_order_in_which_they_were_seen() -> None:
    lost, stale = Turned(SPO2, GapCause.DEVICE_LOST), Turned(SPO2, GapCause.STALE)
    record = fold(BEGUN, opened(5), lost, stale, lost)
    assert record is not None
    (gap,) = record.gaps
    assert gap.causes == (GapCause.STALE, GapCause.DEVICE_LOST)
    assert gap.cause is GapCause.STALE


def test_modalities_do_not_close_each_other() -> None:
    record = fold(BEGUN, opened(5), opened(6, CO2), closed(9, CO2))
    assert record is not None
    assert record.standing(SPO2) is not None
    assert record.standing(CO2) is None


def test_a_gap_whose_end_was_lost_ends_where_the_next_opens() -> None:
    record = fold(BEGUN, opened(5), opened(20), closed(25))
    assert record is not None
    assert [(gap.since, gap.until) for gap in record.of(SPO2)] == [
        (at(5), at(20)),
        (at(20), at(25)),
    ]


def test_without_its_beginning_nothing_is_on_record() -> None:
    assert fold(opened(5), Turned(SPO2, GapCause.STALE), closed(9)) is None


def test_what_follows_from_nothing_changes_nothing() -> None:
    assert fold(BEGUN, Begun(at(7)), closed(9), Turned(SPO2, GapCause.STALE)) == Record(at(0))


def test_a_gap_of_the_recorder_is_not_documented() -> None:
    down = Gap(SPO2, at(0), (GapCause.RECORDER_DOWN,), from_reading=False)
    other = Gap(SPO2, at(0), (GapCause.STALE, GapCause.RECORDER_DOWN), from_reading=False)
    assert (down.documented, other.documented) == (False, True)


def test_changes_and_records_can_be_written_down_and_read_back() -> None:
    changes: list[Changed] = [BEGUN, opened(5), Turned(SPO2, GapCause.INVALID), closed(9)]
    text = msgspec.json.encode(changes)
    assert msgspec.json.decode(text, type=list[Changed]) == changes
    record = fold(*changes)
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record
