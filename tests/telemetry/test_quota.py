"""Which rows go first: what nobody is owed before what somebody is, and always the oldest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telemetry.quota import Cut, Holding, Kind, cut

POINT, WAVE, MESSAGE = Kind.POINT, Kind.WAVE, Kind.MESSAGE


@st.composite
def holding(draw: st.DrawFn, kind: Kind) -> Holding:
    first = draw(st.integers(1, 1000))
    last = first + draw(st.integers(0, 100))
    return Holding(kind, first, last, draw(st.integers(0, last)), draw(st.integers(0, 10**6)))


HOLDINGS = st.tuples(*(st.none() | holding(kind) for kind in Kind)).map(
    lambda found: [one for one in found if one is not None]
)


@given(HOLDINGS, st.integers(1, 50))
def test_what_goes_is_free_if_anything_is_and_the_oldest_of_it(
    holdings: list[Holding], chunk: int
) -> None:
    gone = cut(holdings, chunk)
    if gone is None:
        assert holdings == []
        return
    (of,) = [one for one in holdings if one.kind is gone.kind]
    count = gone.up_to - of.first + 1
    assert 1 <= count <= chunk
    free = [one for one in holdings if one.free]
    assert gone.lost == (0 if free else count)
    assert of.oldest == min(one.oldest for one in free or holdings)
    assert count <= (of.free if free else of.owed)


@given(HOLDINGS, st.integers(1, 50))
def test_what_is_held_is_either_free_or_owed(holdings: list[Holding], chunk: int) -> None:
    del chunk
    assert all(one.free + one.owed == one.last - one.first + 1 for one in holdings)


def test_with_no_sink_points_go_as_waves_do_by_age() -> None:
    points, waves = Holding(POINT, 1, 9, 9, 200), Holding(WAVE, 5, 9, 9, 100)
    assert cut([points, waves], 3) == Cut(WAVE, 7, 0)


def test_with_one_sink_waves_and_taken_points_go_before_owed_ones() -> None:
    points, waves = Holding(POINT, 1, 9, 4, 100), Holding(WAVE, 5, 9, 9, 200)
    assert cut([points, waves], 9) == Cut(POINT, 4, 0)
    assert cut([Holding(POINT, 5, 9, 4, 100), waves], 9) == Cut(WAVE, 9, 0)
    assert cut([Holding(POINT, 5, 9, 4, 100)], 2) == Cut(POINT, 6, 2)


def test_with_two_sinks_the_older_of_what_is_owed_goes() -> None:
    points, messages = Holding(POINT, 1, 9, 0, 200), Holding(MESSAGE, 1, 9, 0, 100)
    assert cut([points, messages], 2) == Cut(MESSAGE, 2, 2)


def test_of_nothing_nothing_goes() -> None:
    assert cut([], 5) is None
