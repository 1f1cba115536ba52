from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import patients
import pytest
import ringing
import scenes
from awakening import SECRET, THREE, drawn, named, recovery, shown, ward
from dashboards import FrozenClock, Told, settings
from hypothesis import given
from hypothesis import strategies as st
from manual import until
from msgspec import structs
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Enter
from tui.app import Dashboard
from tui.cards import columns
from tui.prompt import IDLE, Ask, EndArmed
from tui.view import View
from tui.ward import beds, foremost
from vitals.vocabulary import CaseState, Priority, SignalState
from words.catalogue import Language


class Compare(Protocol):
    def __call__(
        self,
        app: Dashboard,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


SIZES = [(80, 24), (120, 40), (200, 60)]


@given(st.lists(st.sampled_from([*Priority, None]), min_size=1, max_size=16))
def test_a_bed_with_a_higher_alarm_stands_before_every_other(
    alarms: list[Priority | None],
) -> None:
    found = beds(recovery(ward(alarms)))
    ranks = [
        max((held.message.priority.rank for held in one.bed.alarms.values()), default=-1)
        for one in found
    ]
    assert len(found) == len(alarms)
    assert ranks == sorted(ranks, reverse=True)


@given(
    st.lists(st.sampled_from([*Priority, None]), min_size=1, max_size=16),
    st.sampled_from([(80, 14), (80, 11), (120, 20), (200, 40)]),
)
def test_every_bed_with_a_patient_is_on_the_screen_with_its_saturation(
    alarms: list[Priority | None], size: tuple[int, int]
) -> None:
    screen = drawn(recovery(ward(alarms)), size)
    for number in range(1, len(alarms) + 1):
        assert f"{named(number)} " in screen
        assert "██" in screen or f"SpO2 {90 + (number - 1) % 10}" in screen
    assert "ledige: Stue 9" in screen


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("count", [1, 3, 8, 12, 16])
@pytest.mark.parametrize("size", [(80, 14), (120, 24), (200, 44)])
def test_no_card_is_cut_however_long_the_names_of_its_beds_are(
    language: Language, count: int, size: tuple[int, int]
) -> None:
    for name in ("Seng", "Opvågningsafdelingens plads nr."):
        beds_of = ward(
            [Priority.HIGH, Priority.MEDIUM, None, Priority.LOW] * (-(-count // 4)), name
        )
        assert "…" not in drawn(recovery(beds_of, language), size)


def test_a_call_stands_before_a_medium_alarm_and_tells_whom_to_ring() -> None:
    told = [*ward([Priority.MEDIUM, None]), ringing.called(ringing.RING, bed=named(2))]
    sight = recovery(told)
    assert [one.bed_name for one in beds(sight)] == [named(2), named(1)]
    screen = drawn(sight, (120, 20))
    assert "!!! Læge tilkaldt" in screen
    assert ringing.PHONE in screen


def test_what_is_required_and_missing_stands_before_what_is_well() -> None:
    cell = structs.replace(scenes.CELLS[0], met=False)
    lacking = structs.replace(patients.EARLY, bed=named(2), cells=(cell,), case="KN-261121-030")
    sight = recovery([*ward([None, None]), lacking])
    assert beds(sight)[0].bed_name == named(2)
    assert "✗" in drawn(sight, (120, 20))


def test_absent_numbers_are_dashes_and_old_ones_are_told_to_be_old() -> None:
    later = replace(recovery(THREE), now=replace(scenes.NOW, monotonic=1002.0))
    assert "SpO2 90 (2,3 s)" in drawn(later, (80, 11))
    silent = [
        *THREE,
        structs.replace(scenes.with_value(scenes.SPO2, None), bed=named(1), device="nonin0"),
    ]
    assert "SpO2 ---" in drawn(recovery(silent), (80, 11))


def test_nothing_is_shown_of_beds_once_the_daemon_is_silent() -> None:
    lost = replace(recovery(THREE), now=replace(scenes.NOW, monotonic=1003.0))
    screen = drawn(lost, (120, 20))
    assert "Seng" not in screen
    assert "SpO2" not in screen


def test_what_is_acknowledged_is_of_the_chosen_bed_or_else_the_worst() -> None:
    sight = recovery(THREE)
    chosen = replace(sight, place=replace(sight.place, wanted=named(3)))
    calm = replace(sight, place=replace(sight.place, wanted=named(1)))
    first, second = foremost(chosen), foremost(calm)
    assert first is not None
    assert second is not None
    assert (first.bed, second.bed) == (named(3), named(2))


LONG = "Opvågningsafdelingens plads nr."
SCENES = {
    "three": THREE,
    "eight": ward([None, Priority.LOW, *[None] * 6]),
    "sixteen": ward([None, Priority.MEDIUM, *[None] * 14]),
    "called": [
        *ward([Priority.MEDIUM, None, None]),
        ringing.called(ringing.RING, bed=named(2)),
        structs.replace(patients.LATE, bed=named(2), case="KN-261121-011", callable=True),
    ],
    "nobody": ward([]),
    "longest": ward([Priority.HIGH, None, Priority.LOW], LONG),
    "nothing": [
        *ward([None, None]),
        *(
            structs.replace(scenes.with_value(reading, None), bed=named(1), device="nonin0")
            for reading in (scenes.SPO2, scenes.PULSE)
        ),
    ],
}
PICTURES = [
    *(("three", size, Language.DANISH) for size in SIZES),
    *(("three", (80, 24), language) for language in (Language.NORWEGIAN, Language.ENGLISH)),
    *((scene, (80, 24), Language.DANISH) for scene in SCENES if scene != "three"),
    ("eight", (120, 40), Language.DANISH),
    ("sixteen", (200, 60), Language.DANISH),
]


@pytest.mark.parametrize(("scene", "size", "language"), PICTURES)
def test_the_recovery_room_looks_as_it_was_approved(
    snap_compare: Compare, scene: str, size: tuple[int, int], language: Language
) -> None:
    set_so = replace(settings(language), view=View.RECOVERY)
    app = Dashboard(Told(SCENES[scene]), FrozenClock(), set_so)

    async def look(pilot: Pilot[None]) -> None:
        await shown(pilot, app)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", SIZES)
async def test_who_lies_there_is_told_for_ten_seconds_and_only_when_asked(
    size: tuple[int, int],
) -> None:
    clock = FrozenClock()
    app = Dashboard(Told(THREE), clock, replace(settings(), view=View.RECOVERY))
    async with app.run_test(size=size) as pilot:
        screen = await shown(pilot, app)
        assert "2 senge med alarm" in screen
        assert not any(word in screen for word in SECRET)
        await pilot.press("right", "left", "enter")
        screen = await shown(pilot, app)
        assert "KN-261121-011" in screen
        assert "2-4 år" in screen
        clock.move(10.5)
        for message in THREE:
            app.hear(message)  # type: ignore[arg-type]  # said anew
        screen = await shown(pilot, app)
        assert "Seng 2" in screen
        assert not any(word in screen for word in SECRET)


async def test_keys_speak_of_the_chosen_bed_which_stays_chosen_when_the_order_changes() -> None:
    told = Told(THREE)
    app = Dashboard(told, FrozenClock(), replace(settings(), view=View.RECOVERY))
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, app)
        assert app.sight().bed_name == named(2)
        await pilot.press("right")
        assert app.sight().bed_name == named(3)
        app.hear(structs.replace(scenes.DESATURATION, bed=named(1), device=None))
        await shown(pilot, app)
        assert app.sight().bed_name == named(3)
        await pilot.press("k", "a")
        await until(lambda: len(told.sent) == 2)
    call, acknowledge = told.sent
    assert isinstance(call, Enter)
    assert isinstance(acknowledge, Acknowledge)
    assert (call.bed, acknowledge.bed) == (named(3), named(3))


async def test_a_touch_chooses_a_bed_and_a_second_tells_who_lies_there() -> None:
    app = Dashboard(Told(THREE), FrozenClock(), replace(settings(), view=View.RECOVERY))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await shown(pilot, app)
        row = next(y for y, line in enumerate(screen.splitlines()) if "▸Seng 2" in line)
        column = screen.splitlines()[row].index("Seng 3")
        await pilot.click(offset=(column, row))
        assert app.sight().bed_name == named(3)
        assert "KN-261121-012" not in await shown(pilot, app)
        await pilot.click(offset=(column, row))
        assert "KN-261121-012" in await shown(pilot, app)


async def test_an_end_that_was_asked_for_is_never_of_the_next_bed() -> None:
    told = Told(ward([None, None, None, None]))
    app = Dashboard(told, FrozenClock(), replace(settings(), view=View.RECOVERY, bed=named(4)))
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, app)
        await pilot.press("s")
        assert isinstance(app.sight().prompt, EndArmed)
        await pilot.press("left")
        assert app.sight().prompt == IDLE
        await pilot.press("s")
        assert told.sent == []


async def test_a_touch_chooses_nobody_while_a_form_lies_over_the_cards() -> None:
    app = Dashboard(Told(THREE), FrozenClock(), replace(settings(), view=View.RECOVERY))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = (await shown(pilot, app)).splitlines()
        row = next(y for y, line in enumerate(screen) if "▸Seng 2" in line)
        await pilot.press("e")
        await pilot.click(offset=(screen[row].index("Seng 3"), row))
        assert app.sight().bed_name == named(2)
        assert app.sight().prompt == Ask("conclude")


async def test_who_looked_at_recovery_from_a_theatre_comes_back_to_that_theatre() -> None:
    app = Dashboard(Told(THREE), FrozenClock(), replace(settings(), bed=named(1)))
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, app)
        await pilot.press("f11", "home")
        assert app.sight().bed_name == named(2)
        await pilot.press("f11")
        assert app.sight().bed_name == named(1)


async def test_a_terminal_of_recovery_shows_the_waves_of_the_bed_that_is_chosen() -> None:
    app = Dashboard(Told(THREE), FrozenClock(), replace(settings(), view=View.RECOVERY))
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot, app)
        await pilot.press("right", "f11")
        assert app.sight().bed_name == named(3)
        assert "Pleth" in await shown(pilot, app)


async def test_the_views_are_one_key_apart_and_a_form_lies_over_the_cards() -> None:
    app = Dashboard(Told(THREE), FrozenClock(), replace(settings(), bed=named(2)))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "i opvågning" not in await shown(pilot, app)
        await pilot.press("f11")
        assert "3 i opvågning" in await shown(pilot, app)
        await pilot.press("e")
        assert "svarende til alder og vanlig tilstand" in await shown(pilot, app)
        await pilot.press("escape", "f11")
        assert "i opvågning" not in await shown(pilot, app)


def test_the_patient_who_has_left_leaves_nobody_chosen() -> None:
    gone = structs.replace(
        patients.EARLY, bed=named(1), state=CaseState.DISCHARGED, case="KN-261121-010"
    )
    sight = recovery([*ward([None, None]), gone])
    assert [one.bed_name for one in beds(sight)] == [named(2)]
    assert "▸" not in drawn(replace(sight, place=replace(sight.place, wanted=named(1))), (80, 14))


def test_a_wide_window_holds_more_cards_side_by_side() -> None:
    sight = recovery(THREE)
    assert [columns(sight, width, 28) for width in (80, 120, 200)] == [2, 3, 3]
    eight = recovery(ward([None] * 8))
    assert [columns(eight, width, 28) for width in (80, 120, 200)] == [2, 3, 4]


def test_an_acknowledged_high_still_stands_before_a_medium() -> None:
    seen = structs.replace(
        scenes.DESATURATION, bed=named(1), device=None, signal=SignalState.ACKNOWLEDGED
    )
    assert beds(recovery([*ward([None, Priority.MEDIUM]), seen]))[0].bed_name == named(1)
