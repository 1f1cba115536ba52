"""Cards lie as they lay before, whatever is the matter and whatever is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from awakening import drawn, named, recovery, ward
from hypothesis import given
from hypothesis import strategies as st

from tui.dealing import dealt
from tui.prompt import Ask
from tui.ward import beds
from vitals.vocabulary import Priority
from words.catalogue import Language


@given(
    st.lists(st.sampled_from([*Priority, None]), min_size=1, max_size=20),
    st.sampled_from([(80, 13), (80, 17), (120, 29), (200, 47)]),
)
def test_cards_lie_the_same_whatever_is_the_matter(
    alarms: list[Priority | None], size: tuple[int, int]
) -> None:
    sizes = []
    for told in (alarms, [None] * len(alarms), [Priority.HIGH] * len(alarms)):
        sight = recovery(ward(told))
        deal = dealt(sight, beds(sight), *size)
        sizes.append((deal.across, deal.wide, deal.tall))
    assert len(set(sizes)) == 1


def test_words_of_an_alarm_that_have_no_room_beside_the_bed_stand_below_it() -> None:
    name = "Opvågningsafd.s plads"
    screen = drawn(recovery(ward([Priority.HIGH, None, None, None], name)), (80, 15))
    assert "!!! SpO2 lav" in screen


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("count", "size"), [(3, (80, 17)), (8, (80, 17)), (8, (120, 29))])
def test_the_numbers_stay_in_sight_while_the_five_words_are_ticked(
    count: int, size: tuple[int, int], language: Language
) -> None:
    sight = recovery(ward([None] * count), language)
    rows = drawn(replace(sight, prompt=Ask("conclude")), size).splitlines()
    assert len(rows) == size[1]
    screen = "\n".join(rows)
    assert sight.words.text("ask.words").split("(")[0] in screen
    assert f"▸{sight.bed_name} " in screen
    for number in range(1, count + 1):
        assert f"{named(number)} " in screen
    assert "SpO2" in screen
    assert "…" not in screen


def test_a_form_that_needs_all_rows_has_them() -> None:
    sight = replace(recovery(ward([None] * 8)), prompt=Ask("conclude"))
    assert named(1) not in drawn(sight, (80, 8))
