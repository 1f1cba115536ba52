from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from ticks import KIT, MONDAY, mark, said

from checklists.entry import Entry
from checklists.marks import done, marks, newest
from vitals.acts import Counter, Mark
from vitals.practice import Outcome

KEY = "machine", "mc-01", KIT
ROWS = st.sampled_from(["mc-01", "mc-02", "mc-01 mc-02", "mc-02 mc-03"])
ACTS = st.one_of(
    st.builds(
        mark, st.just("machine"), ROWS, st.sampled_from([KIT, "K2"]), st.sampled_from(Outcome)
    ),
    st.builds(Counter, st.integers(1, 12), st.just("a slip")),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw up to twelve entries, some of them told late."""
    acts = draw(st.lists(ACTS, max_size=12))
    hours = [draw(st.integers(6, 16)) for _ in acts]
    return [said(n, act, hour=hours[n - 1]) for n, act in enumerate(acts, 1)]


def test_a_group_that_is_confirmed_at_once_marks_each_of_its_rows() -> None:
    act = Mark("machine", ("mc-01", "mc-02"), KIT, took_s=9.0)
    found = newest([said(1, act, by="MK")])
    assert set(found) == {KEY, ("machine", "mc-02", KIT)}
    assert (found[KEY].by, found[KEY].took_s, found[KEY].number) == ("MK", 9.0, 1)


def test_the_newest_mark_is_the_one_of_the_latest_moment_not_the_one_told_last() -> None:
    found = newest(
        [
            said(1, mark("machine", "mc-01", outcome=Outcome.FAILED), hour=8),
            said(2, mark("machine", "mc-01"), hour=7.5),
        ]
    )
    assert found[KEY].outcome is Outcome.FAILED
    assert found[KEY].reason == "as found"


def test_a_mark_of_one_kit_says_nothing_of_another() -> None:
    assert KEY not in newest([said(1, mark("machine", "mc-01", "K2"))])


def test_what_is_said_of_later_days_is_left_out() -> None:
    entries = [said(1, mark("machine", "mc-01"), MONDAY + timedelta(days=1))]
    assert marks(entries, MONDAY) == {}
    assert set(marks(entries)) == {KEY}


def test_the_last_time_in_order_is_found_behind_a_failure() -> None:
    failed = mark("machine", "mc-01", outcome=Outcome.FAILED)
    told = marks([said(1, mark("machine", "mc-01")), said(2, failed, hour=8)])[KEY]
    last = done(told)
    assert last is not None
    assert last.number == 1
    assert done(told[1:]) is None


@given(histories(), st.randoms())
def test_the_order_of_entries_changes_no_mark(entries: list[Entry], chance: Random) -> None:
    shuffled = sorted(entries, key=lambda _: chance.random())
    assert marks(shuffled) == marks(entries)


@given(histories(), st.integers(1, 12))
def test_a_counter_undoes_one_entry_and_no_other(entries: list[Entry], number: int) -> None:
    entries = [one for one in entries if isinstance(one.act, Mark)]
    counter = said(99, Counter(number, "a slip"), hour=17)
    kept = [one for one in entries if one.number != number]
    assert marks([*entries, counter]) == marks(kept)


@given(histories())
def test_a_countered_counter_counts_no_longer(entries: list[Entry]) -> None:
    undone = [said(98, Counter(1, "a slip")), said(99, Counter(98, "it was so"))]
    assert marks([*entries, *undone]) == marks(entries)
