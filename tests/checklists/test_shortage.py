"""What is short where the work is, and how stock stands as findings of a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stocks import GROUND, KIT, NOW, ROWS, SITE, TODAY, pack, said

from checklists.readiness import Finding, State, What, readiness
from checklists.shortage import Ground, shortages
from checklists.stock import Pack, packs
from checklists.stocktake import stock_findings
from vitals import acts
from vitals.practice import Readiness
from vitals.vocabulary import Weight

FULL = tuple(pack(row.id, quantity=row.least, lot=row.id) for row in ROWS.supplies)
YESTERDAY = TODAY - timedelta(days=1)


def stock(*done: acts.Done) -> tuple[Pack, ...]:
    return packs(said(*done), ROWS)


def short(*done: acts.Done, ground: Ground = GROUND) -> dict[str, int]:
    found = shortages(stock(*done), ROWS, ground, NOW)
    return {one.row.id: one.there for one in found}


def findings(*done: acts.Done, ground: Ground = GROUND) -> dict[tuple[What, str], Finding]:
    found = stock_findings(stock(*done), ROWS, ground, NOW)
    return {(one.what, one.id): one for one in found}


def test_nothing_in_stock_is_short_of_everything() -> None:
    assert short() == {row.id: 0 for row in ROWS.supplies}


def test_the_least_of_each_is_enough() -> None:
    assert short(*FULL) == {}


def test_one_less_than_the_least_is_short() -> None:
    assert short(*FULL, acts.Take(1, 1)) == {"dr-01": 3}


@pytest.mark.parametrize(
    "act",
    [acts.Recall("dr-04", "glass"), acts.Discard(5, 2, "broken"), acts.Shift(5, SITE)],
    ids=lambda act: act.name(),
)
def test_what_is_recalled_thrown_away_or_elsewhere_counts_for_nothing(act: acts.Done) -> None:
    assert FULL[4].item == "dr-04"
    assert short(*FULL, act) == {"dr-04": 0}


def test_a_pack_counts_by_its_code_and_for_one_row_alone() -> None:
    rest = [one for one in FULL if one.item not in {"dr-01", "dr-01b", "dr-03", "dr-12b"}]
    by_code = (
        pack("Adrenalin", atc="C01CA24", quantity=4),
        pack("Phenylephrin", atc="C01CA06", quantity=2),
        pack("Tavegyl", atc="R06AA04", quantity=1),
    )
    assert short(*rest, *by_code) == {"dr-01b": 0}


def test_the_dilute_ampoule_does_not_stand_for_the_strong_one() -> None:
    rest = [one for one in FULL if one.item != "dr-01"]
    assert short(*rest, pack("dr-01b", atc="C01CA24", quantity=9)) == {"dr-01": 0}


def test_what_travels_is_counted_in_whatever_came_along() -> None:
    rest = [one for one in FULL if one.item != "dr-01"]
    two = (pack("dr-01", quantity=2), pack("dr-01", quantity=2, place="Taske"))
    assert short(*rest, *two) == {"dr-01": 2}
    assert short(*rest, *two, ground=Ground(SITE, (KIT, "Taske"))) == {}


def test_what_is_not_done_there_is_not_asked_for() -> None:
    missing = short(ground=Ground(SITE, (KIT,), ("2626",)))
    assert "dr-04" not in missing
    assert {"dr-01", "dr-15", "em-04"} <= missing.keys()


@given(st.lists(st.tuples(st.integers(-400, 400), st.integers(1, 9)), max_size=5))
def test_an_expired_pack_never_counts_towards_the_minimum(given: list[tuple[int, int]]) -> None:
    done = [pack(expires=TODAY + timedelta(days=days), quantity=some) for days, some in given]
    good = sum(some for days, some in given if days >= 0)
    assert short(*done).get("dr-01", good) == good
    assert ("dr-01" in short(*done)) is (good < 4)


def test_a_full_stock_is_ready_and_one_without_a_hold_row_is_held() -> None:
    assert readiness(findings(*FULL).values(), TODAY, used=True).state is Readiness.READY
    held = findings(*FULL, acts.Take(1, 1))
    assert readiness(held.values(), TODAY, used=True).state is Readiness.HELD
    told = findings(*(one for one in FULL if one.item != "dr-10"))
    assert readiness(told.values(), TODAY, used=True).state is Readiness.NOTICES


def test_a_row_is_met_until_the_day_on_which_too_little_is_left() -> None:
    done = (
        pack(expires=date(2027, 1, 31), quantity=4),
        pack(expires=date(2027, 3, 31), quantity=3),
        pack(expires=date(2027, 6, 30), quantity=1),
    )
    row = findings(*done)[What.SUPPLY, "dr-01"]
    assert (row.state, row.until, row.target) == (State.SOUND, date(2027, 3, 31), KIT)


def test_what_ends_tomorrow_shows_today() -> None:
    row = findings(pack(expires=TODAY + timedelta(days=1)))[What.SUPPLY, "dr-01"]
    assert readiness([row], TODAY, used=True).state is Readiness.NOTICES


@pytest.mark.parametrize(
    ("done", "weight", "state"),
    [
        ((pack(expires=YESTERDAY),), Weight.HOLD, State.EXPIRED),
        ((pack("dr-10", expires=YESTERDAY),), Weight.NOTICE, State.EXPIRED),
        ((pack("Gaze", expires=YESTERDAY),), Weight.NOTICE, State.EXPIRED),
        ((pack(), acts.Recall("LOT77A", "x")), Weight.HOLD, State.RECALLED),
        ((pack(expires=TODAY),), Weight.HOLD, State.ENDING),
        ((pack("dr-04", atc="M03AB01"), acts.Warm(1)), Weight.NOTICE, State.ENDING),
    ],
)
def test_a_pack_that_is_over_or_due_is_told_of(
    done: tuple[acts.Done, ...], weight: Weight, state: State
) -> None:
    found = findings(*done)[What.PACK, "1"]
    assert (found.weight, found.state) == (weight, state)


@pytest.mark.parametrize(
    "done",
    [
        (pack(),),
        (pack(expires=YESTERDAY, quantity=1), acts.Discard(1, 1, "expired")),
        (pack(expires=YESTERDAY, place="Lager"),),
        (pack("dr-08", atc="N01AX10"), acts.Unseal(1)),
    ],
)
def test_of_a_pack_that_is_good_gone_or_elsewhere_nothing_is_said(
    done: tuple[acts.Done, ...],
) -> None:
    assert (What.PACK, "1") not in findings(*done)


def test_what_is_recalled_has_no_day_that_would_be_taken_for_the_one_of_its_label() -> None:
    found = findings(pack(), acts.Recall("LOT77A", "x"))[What.PACK, "1"]
    assert (found.until, found.ends) == (None, None)
    (told,) = readiness([found], TODAY, used=True).reasons
    assert told.state is State.RECALLED
    assert readiness([found], TODAY, used=True).state is Readiness.HELD


def test_the_clock_of_what_was_warmed_ends_at_its_hour_and_a_label_with_its_day() -> None:
    (warm,) = (
        one
        for one in stock_findings(
            stock(pack("dr-04", atc="M03AB01"), acts.Warm(1)),
            ROWS,
            GROUND,
            NOW + timedelta(days=14),
        )
        if one.what is What.PACK
    )
    assert warm.ends == NOW + timedelta(days=14, minutes=2)
    assert warm.until == warm.ends.date()
    assert findings(pack(expires=TODAY))[What.PACK, "1"].ends is None


def test_what_was_opened_too_long_ago_is_told_of_and_does_not_hold() -> None:
    done = stock(pack("dr-08", atc="N01AX10"), acts.Unseal(1))
    later = NOW + timedelta(hours=13)
    (found,) = (
        one
        for one in stock_findings(done, ROWS, GROUND, later)
        if (one.what, one.id) == (What.PACK, "1")
    )
    assert (found.weight, found.state) == (Weight.NOTICE, State.EXPIRED)


def test_a_proposal_is_told_as_one() -> None:
    found = findings()
    assert not found[What.SUPPLY, "dr-10"].approved
    assert found[What.SUPPLY, "em-17"].approved


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (acts.Unseal(1), "opened, no time known: read the label"),
        (acts.Warm(1), "out of the refrigerator, no time known: read the label"),
    ],
)
def test_what_was_opened_or_warmed_and_has_no_known_time_is_told(
    done: acts.Done, said: str
) -> None:
    found = findings(pack("Gaze"), done)[What.PACK, "1"]
    assert (found.weight, found.label.en) == (Weight.NOTICE, f"Gaze: {said}")
    assert readiness([found], TODAY, used=True).state is Readiness.NOTICES


def test_nothing_is_told_of_what_has_a_time_or_is_used_up() -> None:
    timed = findings(pack("dr-04"), acts.Warm(1))[What.PACK, "1"]
    assert "label" not in timed.label.en
    assert (What.PACK, "1") not in findings(pack("Gaze"), acts.Unseal(1), acts.Take(1, 5))
