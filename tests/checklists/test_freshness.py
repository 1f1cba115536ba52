"""Whether a pack may be used at a moment, and which first."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stocks import KIT, NOW, ROWS, SITE, TODAY, WALL, entry, pack, said

from checklists.freshness import Status, first_out, last_day, status, usable
from checklists.stock import Pack, packs
from vitals import acts

AHEAD = ROWS.ahead


def one(*done: acts.Done) -> Pack:
    (found,) = packs(said(*done), ROWS)
    return found


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "stands"),
    [
        (-1, Status.EXPIRED),
        (0, Status.DUE),
        (1, Status.DUE),
        (30, Status.DUE),
        (31, Status.ORDER),
        (60, Status.ORDER),
        (61, Status.OK),
    ],
)
def test_a_pack_may_be_used_through_its_last_day_and_is_told_of_before(
    days: int, stands: Status
) -> None:
    assert status(one(pack(expires=in_days(days))), AHEAD, NOW) is stands


def test_the_last_day_ends_by_the_calendar_on_the_wall() -> None:
    found = one(pack(expires=TODAY))
    midnight = datetime(2026, 11, 22, 0, 0, tzinfo=WALL)
    assert usable(found, AHEAD, midnight - timedelta(microseconds=1))
    assert not usable(found, AHEAD, midnight)


@pytest.mark.parametrize(
    ("atc", "act", "lasts", "over"),
    [
        ("N01AX10", acts.Unseal(1), timedelta(hours=12), Status.OPENED_EXPIRED),
        ("M03AB01", acts.Warm(1), timedelta(days=14), Status.WARM_EXPIRED),
        ("M03AC09", acts.Warm(1), timedelta(days=60), Status.WARM_EXPIRED),
    ],
)
def test_a_shorter_time_ends_to_the_minute(
    atc: str, act: acts.Done, lasts: timedelta, over: Status
) -> None:
    found = one(pack("x", atc=atc), act)
    end = NOW + timedelta(minutes=2) + lasts
    assert status(found, AHEAD, end).usable
    assert status(found, AHEAD, end + timedelta(seconds=1)) is over
    assert last_day(found, NOW) == end.astimezone(WALL).date()


def test_a_night_in_which_the_clocks_change_makes_no_hour_longer() -> None:
    wall = ZoneInfo("Europe/Copenhagen")
    opened = datetime(2026, 10, 24, 20, 0, tzinfo=wall)
    (found,) = packs(
        [entry(1, pack("x", atc="N01AX10"), opened), entry(2, acts.Unseal(1), opened)], ROWS
    )
    assert found.opened_until == datetime(2026, 10, 25, 7, 0, tzinfo=wall)


def test_what_is_worst_of_a_pack_is_said() -> None:
    old = pack(expires=in_days(-1), atc="M03AB01")
    assert status(one(old, acts.Recall("LOT77A", "x")), AHEAD, NOW) is Status.RECALLED
    assert status(one(old, acts.Warm(1)), AHEAD, NOW + timedelta(days=99)) is Status.EXPIRED


def test_what_ends_first_goes_out_first_at_each_place_by_itself() -> None:
    stock = packs(
        said(
            pack(expires=in_days(300)),
            pack(expires=in_days(90)),
            pack(expires=in_days(90), place=SITE),
            pack(expires=in_days(-1)),
            pack(expires=in_days(40), quantity=1),
            acts.Take(5, 1),
            pack(expires=in_days(300), atc="N01AX10", item="dr-08"),
            pack(expires=in_days(200), atc="N01AX10", item="dr-08"),
            acts.Unseal(7),
        ),
        ROWS,
    )
    order = first_out(stock, AHEAD, NOW + timedelta(hours=1))
    assert {key: [found.number for found in listed] for key, listed in order.items()} == {
        ("dr-01", KIT): [2, 1],
        ("dr-01", SITE): [3],
        ("dr-08", KIT): [7, 8],
    }


@given(st.lists(st.integers(-40, 400), max_size=6), st.integers(0, 400))
def test_the_first_out_is_usable_and_none_that_is_usable_ends_before_it(
    days: list[int], later: int
) -> None:
    now = NOW + timedelta(days=later)
    stock = packs(said(*(pack(expires=in_days(day)) for day in days)), ROWS)
    good = [found for found in stock if usable(found, AHEAD, now)]
    listed = first_out(stock, AHEAD, now).get(("dr-01", KIT), ())
    assert set(listed) == set(good)
    assert [found.expires for found in listed] == sorted(found.expires for found in good)
    assert all(found.expires >= now.date() for found in listed)
