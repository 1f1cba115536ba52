from __future__ import annotations

from datetime import date

import patients
import pytest
import rosters
import scenes
from dashboards import sight_of
from desks import desk
from msgspec import structs
from patients import asked, keyed
from rosters import DAY, MORROW, ROWS, bed, row

from daemon.protocol.daylist import (
    BadLine,
    CancelRow,
    DoneRow,
    ListRow,
    MoveRow,
    PasteRows,
    PlaceRow,
    TakeRow,
)
from daemon.protocol.messages import Refusal
from daemon.protocol.request import Request
from tui.caseline import more
from tui.commands import Asker
from tui.day import day
from tui.daylist import daylist
from tui.keys import keyrow, promptrow
from tui.message import message
from tui.planning import begun, next_case, pasted
from tui.prompt import IDLE, Gate, Listing, Note, Query, Stay
from tui.sight import Sight
from tui.span import Row, Tone, width_of
from vitals.instant import Instant
from vitals.listing import RowState, Slip
from vitals.vocabulary import Cancellation, CaseState
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
ASKER = Asker("AS", 7)
OPEN = bed(prompt=Listing())
LISTS = (rosters.told(*ROWS), rosters.told(row(1), day=MORROW))


def text(rows: list[Row] | None) -> str:
    assert rows is not None
    return "\n".join("".join(span.text for span in one).rstrip() for one in rows)


def ordered(sight: Sight, *keys: str) -> Request:
    """Return what keys order of the list, or fail."""
    found = keyed(sight, *keys)
    assert isinstance(found, Stay), found
    return found.command


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("width", "height"), [(80, 7), (72, 15), (120, 10)])
@pytest.mark.parametrize("rows", [(), ROWS, rosters.FULL])
def test_the_list_has_room_in_the_place_of_a_wave(
    language: Language, width: int, height: int, rows: tuple[ListRow, ...]
) -> None:
    sight = bed(rows=rows, prompt=Listing(), language=language)
    shown = message(sight, width, height)
    assert shown is not None
    assert [width_of(one) for one in shown] == [width] * height
    assert "…" not in text(shown)


def test_a_row_tells_its_standing_codes_age_side_and_note() -> None:
    shown = text(daylist(OPEN, Listing(), 80, 10))
    assert "3 venter · 0 i gang · 3 slut" in shown
    for expected in (
        "1  færdig     3023 3005 3057        2-4 år               mor med",
        "2  aflyst ",
        "▸ 3  venter     3021 3009 3109        2-4 år       begge   grommets",
        "4! venter     3023 3005 3057        1 år         venstre mor med",
        "5  venter     2635                  Voksen",
        "6  flyttet",
    ):
        assert expected in shown


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2, "AS · infektion"),
        (4, "næsesvælg · AS · HOLDT: luftvej under 2 år"),
        (1, "AS · KN-261121-013"),
        (6, "til søn 22. nov"),
    ],
)
def test_all_of_the_chosen_row_stands_below(number: int, expected: str) -> None:
    assert expected in text(daylist(OPEN, Listing(number), 80, 10))


def test_many_procedures_are_counted_in_the_row_and_listed_below() -> None:
    many = tuple(str(3000 + number) for number in range(9))
    sight = bed(rows=(row(1, procedures=many),))
    first, *_, last = text(daylist(sight, Listing(), 80, 6)).splitlines()[1:]
    assert "3023 3000 3001 +7" in first
    assert " ".join(many) in last


def test_the_row_that_is_chosen_is_always_among_those_shown() -> None:
    for one in rosters.FULL:
        sight = bed(rows=rosters.FULL)
        assert f"▸{one.number:>2}" in text(daylist(sight, Listing(one.number), 80, 7))


def test_the_next_that_waits_is_chosen_until_an_arrow_chooses_and_it_does_not_go_round() -> None:
    assert keyed(OPEN, "down") == Listing(4)
    assert keyed(OPEN, "up", "up", "up", "up") == Listing(1)
    assert keyed(OPEN, *["down"] * 9) == Listing(6)
    assert keyed(bed(rows=(), prompt=Listing()), "down") == Listing()


def test_enter_takes_the_chosen_row_to_this_bed() -> None:
    assert ordered(OPEN, "enter") == TakeRow(id="c7", by="AS", bed=scenes.BED, row=3)
    assert ordered(OPEN, "down", "enter") == TakeRow(id="c7", by="AS", bed=scenes.BED, row=4)


@pytest.mark.parametrize(
    ("keys", "number", "before"),
    [
        (("shift+down",), 3, 5),
        (("down", "shift+up"), 4, 3),
        (("down", "shift+down"), 4, None),
        (("pagedown",), 3, 5),
        (("down", "down", "pageup"), 5, 4),
    ],
)
def test_a_row_is_put_before_or_behind_the_next_that_waits(
    keys: tuple[str, ...], number: int, before: int | None
) -> None:
    assert ordered(OPEN, *keys) == PlaceRow(id="c7", by="AS", row=number, before=before)


def test_the_first_is_not_put_before_the_first_nor_the_last_behind_the_last() -> None:
    assert keyed(OPEN, "shift+up") == Listing()
    assert keyed(OPEN, "down", "down", "shift+down") == Listing(5)


@pytest.mark.parametrize(("key", "why"), list(zip("fiud", Cancellation, strict=True)))
def test_a_row_is_cancelled_with_a_key_for_the_reason(key: str, why: Cancellation) -> None:
    assert ordered(OPEN, "c", key) == CancelRow(id="c7", by="AS", row=3, why=why)


def test_a_row_is_done_or_moved_to_the_next_day_or_a_date() -> None:
    assert ordered(OPEN, "f") == DoneRow(id="c7", by="AS", row=3)
    assert ordered(OPEN, "d", "enter") == MoveRow(id="c7", by="AS", row=3, to=MORROW)
    other = MoveRow(id="c7", by="AS", row=3, to=date(2026, 11, 24))
    assert ordered(OPEN, "d", "24.11", "enter") == other
    assert ordered(OPEN, "d", "4x", "backspace", "3", "enter") == other
    assert keyed(OPEN, "d", "31.2", "enter") == Listing(
        3, query=Query.DAY, typed="31.2", unclear=True
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", MORROW),
        ("3", date(2026, 11, 24)),
        ("1/2", date(2027, 2, 1)),
        ("21.11", DAY),
        ("29.2", None),
        ("x", None),
    ],
)
def test_a_day_is_a_number_of_days_or_the_next_such_date(typed: str, expected: date | None) -> None:
    assert day(typed, DAY) == expected


@pytest.mark.parametrize("key", ["enter", "c", "d", "f", "shift+down"])
def test_of_a_row_that_is_over_nothing_is_sent_and_it_says_so(key: str) -> None:
    outcome = keyed(asked(OPEN, Listing(1)), key)
    assert isinstance(outcome, Listing)
    assert isinstance(outcome.line, Note)
    assert outcome.line.refusal is Refusal.WRONG_ROW


def test_a_row_is_typed_as_one_line_and_sent_as_it_was_typed() -> None:
    for typed in ("3005 4 h mor med", "20m 3005", "ent:3005 20m", "3005 4å", "3005 # 4"):
        assert ordered(OPEN, "n", typed, "enter") == PasteRows(id="c7", by="AS", text=typed)
    assert keyed(OPEN, "n", "enter") == Listing(query=Query.LINE, unclear=True)


def test_several_pasted_lines_are_sent_at_once_and_one_is_typed() -> None:
    found = pasted(OPEN, Listing(), "3005 4\n\n3009 8m b", ASKER)
    assert isinstance(found, Stay)
    assert found.command == PasteRows(id="c7", by="AS", text="3005 4\n\n3009 8m b")
    one = pasted(OPEN, Listing(), "3005 4", ASKER)
    assert one == Listing(query=Query.LINE, typed="3005 4")


def test_the_list_of_another_day_names_that_day() -> None:
    morrow = asked(OPEN, Listing(ahead=1))
    assert "Liste søn 22. nov" in text(message(morrow, 80, 7))
    order = ordered(morrow, "c", "f")
    assert order == CancelRow(id="c7", by="AS", day=MORROW, row=1, why=Cancellation.FASTING)
    assert keyed(OPEN, "right") == Listing(ahead=1)
    assert keyed(OPEN, "left") == Listing()
    assert isinstance(keyed(morrow, "enter"), Listing)


def test_today_goes_on_at_midnight_with_the_clock_of_the_screen() -> None:
    late = bed()
    assert late.today == DAY
    now = Instant(late.now.monotonic + 86_400, late.now.wall + 86_400)
    assert Sight(late.mirror, late.place, late.tongue, IDLE, now, 0, late.daybook).today == MORROW


def test_a_letter_calls_and_acknowledges_unless_it_is_text() -> None:
    running = bed(patients.RUNNING, prompt=Listing())
    called = keyed(running, "k")
    assert not isinstance(called, Listing | Stay | None)
    assert keyed(running, "n", "ak") == Listing(query=Query.LINE, typed="ak")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("query", [None, *Query])
def test_the_keys_and_questions_of_the_list_have_room_in_80_columns(
    language: Language, query: Query | None
) -> None:
    sight = bed(prompt=Listing(3, query=query), language=language)
    shown = text(promptrow(sight, 80, 1))
    assert shown
    assert "…" not in shown
    assert "Esc" in shown
    (keys,) = keyrow(sight, 80, 1)
    assert "…" not in "".join(span.text for span in keys)


@pytest.mark.parametrize("language", list(Language))
def test_who_is_next_stands_where_nobody_is_and_once_a_case_is_over(language: Language) -> None:
    over = structs.replace(patients.LATE, state=CaseState.DISCHARGED)
    for sight in (bed(language=language), bed(over, language=language)):
        shown = "".join(span.text for span in more(sight, 80))
        assert "F6" in shown
        assert "3021 3009 3109" in shown
        assert "grommets" in shown
        assert "…" not in shown
    running = "".join(span.text for span in more(bed(patients.RUNNING), 80))
    assert "F6" not in running


def test_without_anybody_waiting_nothing_is_sent() -> None:
    outcome = next_case(bed(rows=(row(1, RowState.DONE),)), ASKER)
    assert isinstance(outcome, Note)
    assert outcome.word == "note.nobody"


def test_without_a_daemon_there_is_no_list() -> None:
    gone = sight_of(*rosters.greeting(), later_s=9.0)
    assert isinstance(begun(gone), Note)


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_takes_the_next_patient_to_the_bed_and_opens_the_start_check(
    size: tuple[int, int],
) -> None:
    async with desk(lists=LISTS, size=size) as at:
        assert at.shows("F6 næste: 3021 3009 3109")
        (order,) = await at.press("f6")
        assert order == TakeRow(id=order.id, by="AS", bed=scenes.BED)
        await at.hear(patients.PLANNED)
        await at.answer()
        assert at.shows("Starttjek", "navn + CPR", "Journalført")


async def test_a_block_that_is_taken_has_no_start_check() -> None:
    async with desk(lists=LISTS) as at:
        await at.press("f5", "down", "down", "enter")
        await at.hear(patients.BLOCK)
        await at.answer()
        assert at.shows("Journalført", "Behandling KN-261121-014")
        assert not at.shows("Starttjek")


async def test_a_patient_at_the_bed_keeps_the_next_from_it_and_that_is_said_in_words() -> None:
    async with desk(patients.RUNNING, lists=LISTS) as at:
        await at.press("f6")
        await at.answer(Refusal.CASE_RUNNING)
        assert at.shows("Afvist: pladsen har en patient")
        await at.press("f5", "enter")
        await at.answer(Refusal.CASE_RUNNING)
        assert at.shows("Afvist: pladsen har en patient", "Liste lør 21. nov")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("slip", [slip for slip in Slip if slip is not Slip.NO_SITE])
async def test_a_line_that_cannot_be_taken_is_there_to_be_mended(
    slip: Slip, language: Language
) -> None:
    async with desk(lists=LISTS, language=language) as at:
        await at.press("f5", "n", *"3005 4", "enter")
        await at.answer(Refusal.BAD_LINES, BadLine(1, slip, "detail"))
        words = at.app.sight().words
        assert at.shows(words.named("slip", slip, age=""), "3005 4▏")
        _, again = await at.press("space", "h", "enter")
        assert isinstance(again, PasteRows)
        assert again.text == "3005 4 h"


async def test_of_pasted_lines_the_first_bad_one_is_mended_and_all_are_sent_again() -> None:
    async with desk(lists=LISTS) as at:
        await at.press("f5")
        (order,) = await at.paste("3005 4\n3009\n3015 8m\n")
        assert isinstance(order, PasteRows)
        await at.answer(
            Refusal.BAD_LINES,
            BadLine(2, Slip.NO_AGE, "the age is missing"),
        )
        assert at.shows("linje 2 af 3", "3009▏")
        _, again = await at.press("space", "2", "enter")
        assert isinstance(again, PasteRows)
        assert again.text == "3005 4\n3009 2\n3015 8m"
        await at.hear(rosters.told(*ROWS, row(7), row(8), row(9)))
        await at.answer()
        assert at.shows("Journalført", "6 venter")


async def test_a_site_that_decides_is_one_key() -> None:
    async with desk(lists=LISTS) as at:
        await at.press("f5", "n", *"3005 4 mor med", "enter")
        await at.answer(Refusal.BAD_LINES, BadLine(1, Slip.NO_SITE, "the site decides"))
        assert at.shows("4 mund, svælg")
        _, again = await at.press("4")
        assert isinstance(again, PasteRows)
        assert again.text == "mouth_throat 3005 4 mor med"


async def test_a_full_list_keeps_what_was_typed_with_the_refusal_beside_it() -> None:
    async with desk(lists=LISTS) as at:
        await at.press("f5", "n", *"3005 4", "enter")
        await at.answer(Refusal.LIST_FULL)
        assert at.shows("3005 4▏", "Afvist: listen er fuld")


async def test_what_another_terminal_does_to_the_list_is_seen_and_the_choice_stays() -> None:
    async with desk(lists=LISTS) as at:
        await at.press("f5", "down")
        assert at.shows("▸ 4!")
        await at.hear(rosters.told(*reversed(ROWS)))
        assert at.shows("▸ 4!")
        cancelled = tuple(
            structs.replace(one, state=RowState.CANCELLED) if one.number == 4 else one
            for one in ROWS
        )
        await at.hear(rosters.told(*cancelled))
        await at.press("enter")
        assert at.shows("Afvist: listen har ingen")
        assert at.source.sent == []


async def test_the_list_leaves_numbers_in_sight_and_closes_with_its_key() -> None:
    async with desk(patients.RUNNING, lists=LISTS) as at:
        await at.press("f5")
        assert at.shows("Liste lør 21. nov", "SpO2 97 · puls 118")
        await at.press("f5")
        assert not at.shows("Liste lør 21. nov")


async def test_an_alarm_is_acknowledged_while_a_row_is_typed_and_the_row_stays() -> None:
    async with desk(patients.RUNNING, scenes.DESATURATION, lists=LISTS) as at:
        await at.press("f5", "n", *"3005 a")
        assert at.shows("[F4] kvittér")
        await at.press("f4")
        assert len(at.source.sent) == 1
        assert at.shows("3005 a▏")


def test_what_stands_out_is_the_row_that_is_chosen() -> None:
    rows = daylist(OPEN, Listing(), 80, 10)
    strong = [one for one in rows[1:7] if one[0].tone is Tone.STRONG]
    assert ["".join(span.text for span in one)[:5] for one in strong] == [" ▸ 3 "]


def test_the_start_check_is_not_reached_by_a_refused_row() -> None:
    assert not isinstance(keyed(OPEN, "enter"), Gate)
