from __future__ import annotations

from datetime import timedelta

from ticks import KIT, MONDAY, mark, said

from checklists.entry import Entry
from checklists.keeping import WHOLE
from checklists.undone import undone
from vitals.acts import Counter

TICKED = said(1, mark("machine", "mc-01 mc-02"))
TAKEN = said(2, Counter(1, "another kit"), by="MK", hour=8)


def told(*entries: Entry, today: int = 0) -> dict[str, str]:
    """Return who took back the answer to each row."""
    found = undone(entries, MONDAY + timedelta(days=today))
    assert all((name, target) == ("machine", KIT) for name, _, target in found)
    return {row: one.by for (_, row, _), one in found.items()}


def test_every_row_of_a_mark_that_was_countered_tells_who_took_it_back() -> None:
    assert told(TICKED) == {}
    assert told(TICKED, TAKEN) == told(TAKEN, TICKED) == {"mc-01": "MK", "mc-02": "MK"}


def test_a_row_that_was_answered_anew_tells_nothing_more() -> None:
    again = said(3, mark("machine", "mc-01"), hour=9)
    assert told(TICKED, TAKEN, again) == {"mc-02": "MK"}


def test_an_answer_that_was_there_before_does_not_hide_that_a_later_one_was_taken_back() -> None:
    second = said(2, mark("machine", "mc-01"), hour=7.5)
    assert told(TICKED, second, said(3, Counter(2, "slip"), hour=8)) == {"mc-01": "AS"}


def test_a_counter_that_was_countered_took_nothing_back() -> None:
    assert told(TICKED, TAKEN, said(3, Counter(2, "it was right"), hour=9)) == {}


def test_what_was_said_longer_ago_than_everything_is_kept_tells_nothing() -> None:
    assert told(TICKED, TAKEN, today=WHOLE.days)
    assert told(TICKED, TAKEN, today=WHOLE.days + 1) == {}
