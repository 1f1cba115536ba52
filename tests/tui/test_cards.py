from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import patients
import pytest
import ringing
import scenes
from awakening import SECRET, THREE, drawn, named, recovery, shown, ward
from dashboards import FrozenClock, Told, sight_of, text
from dashboards import settings as set_so
from hypothesis import given
from hypothesis import strategies as st
from manual import until
from msgspec import structs
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Enter
from daemon.protocol.message import Message
from daemon.protocol.messages import Snapshot
from tui.app import Dashboard
from tui.cards import cardsview
from tui.items import items
from tui.notice import ribbons
from tui.prompt import Ask
from tui.sight import Sight
from tui.span import Tone
from tui.view import View
from tui.ward import beds
from vitals import deeds
from vitals.reading import Origin
from vitals.vocabulary import CaseState, Priority, Word
from words.catalogue import Language

LONGEST = "Opvågningsafd.s plads nummer"
"""With a number behind it a bed's name is as long as it may be."""
BLOCK = "██"
"""A part of a large digit."""


def chosen(sight: Sight, number: int) -> Sight:
    return replace(sight, place=replace(sight.place, wanted=named(number)))


def app(messages: Sequence[Message], clock: FrozenClock | None = None) -> Dashboard:
    settings = replace(set_so(), view=View.RECOVERY)
    return Dashboard(Told(messages), clock or FrozenClock(), settings)


@given(
    st.lists(st.sampled_from([*Priority, None]), min_size=1, max_size=16),
    st.sampled_from([(80, 17), (80, 15), (120, 29), (200, 47)]),
    st.sampled_from([0.0, 8.0]),
)
def test_every_bed_with_an_alarm_is_on_the_screen_however_long_its_name_is(
    alarms: list[Priority | None], size: tuple[int, int], revealed_s: float
) -> None:
    sight = replace(recovery(ward(alarms, LONGEST)), revealed_s=revealed_s)
    screen = drawn(sight, size)
    assert "…" not in screen
    assert "▼" not in screen
    for number in range(1, len(alarms) + 1):
        assert f"{named(number, LONGEST)} " in screen


def test_of_more_beds_than_rows_those_with_alarms_and_the_chosen_are_shown_and_others_counted() -> (
    None
):
    sight = recovery(ward([*[None] * 30, Priority.LOW, Priority.HIGH], LONGEST))
    sight = replace(sight, place=replace(sight.place, wanted=named(30, LONGEST)))
    screen = drawn(sight, (80, 14))
    assert f" {named(31, LONGEST)} " in screen
    assert f" {named(32, LONGEST)} " in screen
    assert f"▸{named(30, LONGEST)} " in screen
    assert "▼ 8 flere" in screen


def test_an_alarm_that_has_no_card_is_not_passed_over_in_silence() -> None:
    assert "▼ 16 flere !!!" in drawn(recovery(ward([Priority.HIGH] * 40, LONGEST)), (80, 14))


def test_an_alarm_where_nobody_is_said_to_be_has_a_card_and_its_row_in_the_bar() -> None:
    alarm = structs.replace(scenes.DESATURATION, bed="Stue 9", device=None)
    sight = recovery([*ward([None]), alarm])
    assert [one.bed_name for one in beds(sight)] == ["Stue 9", named(1)]
    assert [item.bed for item in items(sight)] == ["Stue 9"]
    assert "ledige" not in drawn(sight, (80, 17))


def test_a_call_from_where_nobody_is_said_to_be_has_a_card() -> None:
    sight = recovery([*ward([None]), ringing.called(ringing.RING, bed="Stue 9")])
    screen = drawn(sight, (80, 17))
    assert "!!! Læge tilkaldt 10:42" in screen
    assert ringing.PHONE in screen


def test_a_call_hides_no_alarm_of_its_bed() -> None:
    told = [*ward([Priority.MEDIUM]), ringing.called(ringing.CALL, bed=named(1))]
    screen = drawn(recovery(told), (80, 17))
    assert "!!! Læge tilkaldt" in screen
    assert "!! Puls høj" in screen


def test_of_two_in_the_same_phase_who_waits_longer_comes_first() -> None:
    later = [structs.replace(one, at="2026-11-21T09:59:00.000Z") for one in patients.STORY[:5]]
    first = structs.replace(patients.EARLY, bed=named(2), case="KN-261121-030")
    second = structs.replace(patients.EARLY, bed=named(1), entries=tuple(later))
    sight = recovery([*ward([None, None]), second, first])
    assert [one.bed_name for one in beds(sight)] == [named(2), named(1)]


@pytest.mark.parametrize(
    ("count", "size"), [(1, (80, 17)), (3, (80, 17)), (6, (120, 29)), (8, (200, 47))]
)
def test_saturations_are_read_across_the_room_where_there_is_room(
    count: int, size: tuple[int, int]
) -> None:
    sight = recovery([*ward([None] * count)])
    awake = sum(one.open is not None and one.open.state in LOOKED_AT for one in beds(sight))
    digits = [row for row in drawn(sight, size).splitlines() if BLOCK in row]
    assert awake > 0
    assert len(digits) >= 5


LOOKED_AT = (CaseState.RECOVERY, CaseState.LATE_RECOVERY, CaseState.MONITORING_ENDED)


def test_a_patient_who_is_still_asleep_has_no_large_digits_while_all_is_well() -> None:
    asleep = structs.replace(patients.RUNNING, bed=named(1), case="KN-261121-010")
    assert BLOCK not in drawn(recovery([*ward([None]), asleep]), (80, 17))
    alarm = structs.replace(scenes.DESATURATION, bed=named(1), device=None)
    assert BLOCK in drawn(recovery([*ward([None]), asleep, alarm]), (80, 17))


def test_an_old_number_is_dim_and_one_that_is_too_old_is_none() -> None:
    aged = structs.replace(scenes.SPO2, bed=named(1), device="nonin0", age_s=5.0)
    rows = cardsview(recovery([*ward([None]), aged]), 80, 17)
    tones = {span.tone for row in rows for span in row if BLOCK in span.text}
    assert Tone.CHANNEL_OLD in tones
    gone = structs.replace(aged, value=88, age_s=30.0)
    screen = drawn(recovery([*ward([None] * 8), gone]), (80, 17))
    assert "SpO2 ---" in screen
    assert "88" not in screen


def test_who_can_be_called_is_said_once_above_and_at_the_beds_where_it_differs() -> None:
    late = structs.replace(patients.LATE, callable=True)
    first = structs.replace(late, bed=named(1), case="KN-261121-010")
    second = structs.replace(late, bed=named(2), by="PO", callable=False, case="KN-261121-011")
    screen = drawn(recovery([*ward([None, None]), first]), (80, 17))
    assert "anæstesilæge AS kan tilkaldes ✓" in screen.splitlines()[0]
    both = drawn(recovery([*ward([None, None]), first, second]), (80, 17)).splitlines()
    assert not any("tilkaldes" in line for line in both[:1])
    assert any("AS kan tilkaldes ✓" in line for line in both)
    assert any("PO kan ikke tilkaldes ✗" in line for line in both)


@pytest.mark.parametrize(
    ("language", "words", "usual"),
    [
        (Language.DANISH, "vågen ☐   klar ☐   relevant ☐   cirk. stabil ☐", "vanlig tilstand"),
        (Language.NORWEGIAN, "våken ☐   klar ☐   relevant ☐   sirk. stabil ☐", "habituell"),
        (Language.ENGLISH, "awake ☐   clear ☐   relevant ☐", "for the age, and as usual"),
    ],
)
def test_the_five_words_stand_below_with_what_they_are_held_to(
    language: Language, words: str, usual: str
) -> None:
    screen = drawn(chosen(recovery(THREE, language), 2), (80, 17))
    assert words in screen
    assert usual in screen


def test_the_five_words_are_ticked_once_they_are_signed() -> None:
    signed = patients.entry(7, deeds.Conclude(words=tuple(Word)), 43)
    ended = structs.replace(patients.JUDGED, bed=named(1), entries=(*patients.STORY, signed))
    sight = recovery([*ward([None]), ended])
    assert "vågen ✓   klar ✓" in drawn(sight, (80, 17))
    assert "☐" not in drawn(sight, (80, 17))


def test_who_lies_there_is_told_whole_beside_the_numbers_and_counts_down() -> None:
    judged = structs.replace(patients.JUDGED, bed=named(1), case="KN-261121-010")
    sight = replace(recovery([*ward([None]), judged]), revealed_s=6.2)
    screen = " ".join(drawn(sight, (80, 17)).split())
    told = ("KN-261121-010", "3022", "2-4 år", "10:31 larynxmaske anlagt", "10:39 luftvej fjernet")
    for part in (*told, "Krav: IKKE OPFYLDT", "(7 s)", BLOCK):
        assert part in screen


@pytest.mark.parametrize("count", [1, 8, 16])
def test_who_lies_there_is_told_however_small_the_cards_are(count: int) -> None:
    sight = replace(recovery(ward([None] * count)), revealed_s=9.0)
    assert "KN-261121-010" in drawn(chosen(sight, 1), (80, 15))


@pytest.mark.parametrize("key", ["left", "up", "home", "down", "right"])
async def test_no_arrow_tells_who_lies_there_however_often_it_is_pressed(key: str) -> None:
    dashboard = app(THREE)
    async with dashboard.run_test(size=(80, 24)) as pilot:
        for _ in range(5):
            await pilot.press(key)
            screen = await shown(pilot, dashboard)
            assert not any(word in screen for word in SECRET)


async def test_escape_hides_at_once_who_lies_there() -> None:
    dashboard = app(THREE)
    async with dashboard.run_test(size=(80, 24)) as pilot:
        await shown(pilot, dashboard)
        await pilot.press("enter")
        assert "KN-261121-011" in await shown(pilot, dashboard)
        await pilot.press("escape")
        assert "KN-261121-011" not in await shown(pilot, dashboard)


@pytest.mark.parametrize("key", [*"khexyolru", "f3", "f8", "f10"])
async def test_no_key_for_a_bed_tells_who_lies_there(key: str) -> None:
    dashboard = app(THREE)
    async with dashboard.run_test(size=(80, 24)) as pilot:
        await shown(pilot, dashboard)
        await pilot.press(key)
        screen = await shown(pilot, dashboard)
        assert not any(word in screen for word in SECRET)


def test_that_a_child_cries_is_offered_at_the_alarm_of_the_chosen_bed_alone() -> None:
    sight = recovery([*ward([Priority.MEDIUM, None])])
    offered = [[item.hints for item in items(chosen(sight, number))] for number in (1, 2)]
    assert "[Y]" in "".join(offered[0][0])
    assert "[Y]" not in "".join(offered[1][0])


async def test_an_alarm_elsewhere_is_two_keys_the_first_of_which_chooses_its_bed() -> None:
    told = Told(THREE)
    dashboard = Dashboard(told, FrozenClock(), replace(set_so(), view=View.RECOVERY))
    async with dashboard.run_test(size=(80, 24)) as pilot:
        await shown(pilot, dashboard)
        await pilot.press("right", "right")
        assert dashboard.sight().bed_name == named(1)
        assert "[A] vælg seng" in await shown(pilot, dashboard)
        await pilot.press("a")
        assert dashboard.sight().bed_name == named(2)
        assert told.sent == []
        assert "[A] kvittér" in await shown(pilot, dashboard)
        await pilot.press("a")
        await until(lambda: bool(told.sent))
    (acknowledge,) = told.sent
    assert isinstance(acknowledge, Acknowledge)
    assert acknowledge.bed == named(2)


async def test_an_alarm_elsewhere_is_acknowledged_at_once_while_something_is_asked() -> None:
    told = Told(THREE)
    dashboard = Dashboard(told, FrozenClock(), replace(set_so(), view=View.RECOVERY))
    async with dashboard.run_test(size=(80, 24)) as pilot:
        await shown(pilot, dashboard)
        await pilot.press("right", "right", "e", "f4")
        await until(lambda: bool(told.sent))
        assert dashboard.sight().prompt == Ask("conclude")
        assert dashboard.sight().bed_name == named(1)


async def touch_call(pilot: Pilot[None], dashboard: Dashboard) -> None:
    lines = text(dashboard).splitlines()
    await pilot.click(offset=(lines[-1].index("tilkald"), len(lines) - 1))
    await shown(pilot, dashboard)


async def test_the_call_is_touched_twice_and_is_of_the_chosen_bed() -> None:
    told, clock = Told(THREE), FrozenClock()
    dashboard = Dashboard(told, clock, replace(set_so(), view=View.RECOVERY))
    async with dashboard.run_test(size=(80, 24)) as pilot:
        await shown(pilot, dashboard)
        await touch_call(pilot, dashboard)
        assert "tryk igen: tilkald læge" in text(dashboard)
        clock.move(60.0)
        for message in THREE:
            dashboard.hear(message)  # type: ignore[arg-type]  # said anew
        await shown(pilot, dashboard)
        await touch_call(pilot, dashboard)
        assert told.sent == []
        await touch_call(pilot, dashboard)
        await until(lambda: bool(told.sent))
    (call,) = told.sent
    assert isinstance(call, Enter)
    assert (call.bed, call.deed) == (named(2), deeds.Call())


def test_nothing_is_said_of_a_daemon_that_was_never_heard() -> None:
    assert "Seng" not in drawn(replace(sight_of(), view=View.RECOVERY), (80, 17))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("count", [8, 12, 16])
def test_however_low_a_card_is_it_says_where_the_patient_stands(
    count: int, language: Language
) -> None:
    sight = recovery(ward([None] * count), language)
    shown = drawn(sight, (80, 15))
    words = [sight.words.named("card", one.open.state.value) for one in beds(sight) if one.open]
    short = [f"card.short.{one.open.state.value}" for one in beds(sight) if one.open]
    told = sum(shown.count(one) for one in {*words, *map(sight.words.text, short)})
    assert told >= count


def test_the_ribbon_stands_while_any_number_on_the_screen_is_not_measured() -> None:
    hello, told = THREE
    assert isinstance(told, Snapshot)
    devices = tuple(structs.replace(one, origin=Origin.SIMULATED) for one in told.devices)
    sight = recovery([hello, structs.replace(told, devices=devices)])
    empty = replace(sight, place=replace(sight.place, wanted="Stue 9"))
    assert "SIMULERET" in "".join(span.text for span in ribbons(empty))
    assert ribbons(replace(empty, view=View.BEDSIDE)) == ()
