"""Looking a procedure up: what stands on the screen, what keys do, and how it looks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import patients
import pytest
import rosters
import scenes
from dashboards import FrozenClock, Told, settings, sight_of
from desks import Desk, desk
from msgspec import structs
from patients import ASKER
from planning import planable
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Plan
from daemon.protocol.messages import Answer, Refusal, Result
from tui.app import Dashboard
from tui.hitlist import hitlist
from tui.keys import promptrow
from tui.newcase import aged
from tui.pressing import pressed
from tui.prompt import IDLE, AskAge
from tui.sight import Sight
from tui.span import ELLIPSIS, width_of
from vitals.vocabulary import CaseKind
from words.catalogue import Language

TOLD = planable()
NAMED = ("enter", "backspace", "escape", "up", "down", "pageup", "pagedown")


def typed(*keys: str, language: Language = Language.DANISH) -> Sight:
    """Return the bed after N and keys that ask on."""
    sight = sight_of(*scenes.greeting(*scenes.IDLE), TOLD, language=language, prompt=AskAge())
    for sign in (sign for key in keys for sign in ([key] if key in NAMED else key)):
        outcome = pressed(sight, sign, ASKER)
        assert isinstance(outcome, AskAge), outcome
        sight = replace(sight, prompt=outcome)
    return sight


def question(sight: Sight) -> AskAge:
    assert isinstance(sight.prompt, AskAge)
    return sight.prompt


def rows(sight: Sight, width: int = 80, height: int = 7) -> list[str]:
    found = hitlist(sight, question(sight), width, height)
    assert len(found) <= height
    assert all(width_of(row) <= width for row in found)
    return ["".join(span.text for span in row).rstrip() for row in found]


def plan(sight: Sight) -> Plan:
    outcome = pressed(sight, "enter", ASKER)
    assert isinstance(outcome, Plan)
    return outcome


def test_only_hits_are_listed_the_most_frequent_first_with_number_and_code() -> None:
    title, first, *others = rows(typed("d"))
    assert title == "  Ny anæstesi  1/6"
    assert first.startswith(" ▸ Anlæggelse af trommehindedræn")
    assert first.endswith("3009 ±3109 → 3021")
    assert not any("Biopsi" in row for row in others)


def test_what_the_code_asks_for_is_told_before_the_age() -> None:
    text = " ".join(" ".join(rows(typed("d", "enter"))).split())
    assert "3009 ±3109 → 3021" in text
    assert "Kræver: observation + SpO2 (fra 15:00 → 3022; fra 30:00 også EKG + BT;" in text
    assert "fødselsdato (gemmes ikke)" in text
    assert "Ny behandling" in rows(typed("2635", "enter"))[0]
    assert "lægefaglig vurdering" in " ".join(rows(typed("biopsi", "enter")))


@pytest.mark.parametrize("language", list(Language))
def test_the_question_and_what_is_asked_are_whole_in_80_columns(language: Language) -> None:
    for keys in ((), ("xq",), ("4",), ("d", "enter"), ("d", "enter", "1", "enter")):
        sight = typed(*keys, language=language)
        assert ELLIPSIS not in "".join(rows(sight))
        (row,) = promptrow(sight, 80, 1)
        assert ELLIPSIS not in "".join(span.text for span in row)
    for one in TOLD.procedures:
        sight = typed(one.numbers[0], "enter", language=language)
        assert ELLIPSIS not in "".join(rows(sight, height=7))


def test_a_name_that_is_too_long_for_its_column_says_so() -> None:
    assert ELLIPSIS in rows(typed("2013"))[1]
    assert ELLIPSIS not in rows(typed("2013"), 200)[1]


def test_arrows_choose_and_do_not_go_round() -> None:
    sight = typed("d", "down", "down", "up", "enter")
    assert question(sight).chosen == question(typed("3057", "enter")).chosen
    assert question(typed("d", "pagedown", "pagedown")).at == 5
    assert question(typed("d", "pageup")).at == 0
    assert question(typed("xq", "down")).at == 0


def test_backspace_on_no_age_goes_back_to_the_procedure_and_escape_leaves() -> None:
    assert question(typed("dr", "enter", "4", "backspace")).chosen is not None
    back = typed("dr", "enter", "backspace")
    assert question(back) == AskAge("dr")
    assert question(typed("dr", "enter", "backspace", "backspace")) == AskAge("d")
    assert pressed(back, "escape", ASKER) == IDLE


def test_plus_looks_for_a_further_procedure_beside_what_is_chosen() -> None:
    more = typed("d", "enter", "+")
    assert question(more) == AskAge("3009 ")
    sent = plan(typed("d", "enter", "+polyp", "enter", "4"))
    assert (sent.code, sent.procedures) == (None, ("3009", "3005"))
    stays = pressed(typed("3021", "enter"), "+", ASKER)
    assert isinstance(stays, AskAge)
    assert (stays.typed, stays.sought) == ("+", "3021")


def test_procedures_are_sent_as_numbers_and_codes_as_codes() -> None:
    assert plan(typed("d", "enter", "4")) == Plan(
        id="c7", by="AS", bed=scenes.BED, age="4y", procedures=("3009",)
    )
    block = plan(typed("2635", "enter", "45"))
    assert (block.code, block.procedures, block.case_kind) == ("2635", (), CaseKind.BLOCK)
    assert plan(typed("3021", "enter", "20d")).age == "20d"
    named = plan(typed("spise", "enter", "8m"))
    assert (named.procedures, named.site) == (("3053",), "larynx_oesophagus")


def test_a_site_is_asked_for_with_one_key_where_the_numbers_do_not_decide() -> None:
    asked = typed("3053", "enter")
    assert "1 øre · 2 næse · 4 mund, svælg" in rows(asked)[2]
    assert pressed(asked, "7", ASKER) is None
    assert pressed(asked, "enter", ASKER) is None
    assert plan(typed("3053", "enter", "2", "4")).site == "nose"


@pytest.mark.parametrize(
    ("keys", "age"), [("211122", "4y"), ("210326", "8m"), ("011126", "20d"), ("4y", "4y")]
)
def test_a_date_of_birth_is_an_age_at_once(keys: str, age: str) -> None:
    sight = typed("d", "enter", keys)
    assert question(sight).typed in (age, keys if "y" in keys else age)
    assert plan(sight).age == age


def test_no_day_is_asked_back_and_forgotten_and_so_is_what_may_be_months() -> None:
    asked = typed("d", "enter", "320122")
    assert question(asked).typed == ""
    assert "kan ikke være rigtigt" in "".join(span.text for span in promptrow(asked, 80, 1)[0])
    months = typed("d", "enter", "1", "enter")
    assert "måneder?" in "".join(span.text for span in promptrow(months, 80, 1)[0])
    assert aged(months, question(months), "x") == replace(
        question(months), typed="1x", unclear=None
    )


def test_behind_digits_a_key_that_no_age_has_still_acknowledges() -> None:
    sight = typed("a")
    assert question(sight) == AskAge("a")
    assert not isinstance(pressed(typed("4"), "a", ASKER), AskAge)


def test_without_a_catalogue_the_age_is_asked_as_before() -> None:
    sight = sight_of(*scenes.greeting(*scenes.IDLE), prompt=AskAge())
    assert not sight.searching
    assert pressed(sight, "d", ASKER) == AskAge("d")


async def planning(at: Desk) -> None:
    await at.hear(TOLD)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_chosen_and_typed_is_there_after_a_refusal(size: tuple[int, int]) -> None:
    async with desk(size=size) as at:
        await planning(at)
        await at.press("n", "d", "enter", *"44", "enter")
        await at.answer(Refusal.BAD_AGE)
        assert at.shows("trommehindedræn", "44▏", "Afvist")
        sent = await at.press("backspace", "enter")
        assert isinstance(sent[-1], Plan)
        assert (sent[-1].age, sent[-1].procedures) == ("4y", ("3009",))
        await at.hear(structs.replace(patients.PLANNED, procedures=("3009",)))
        await at.answer()
        assert at.shows("Starttjek", "navn + CPR")


async def test_an_alarm_waits_for_no_search_once_a_number_is_typed() -> None:
    async with desk(scenes.PROBE_OFF) as at:
        await planning(at)
        sent = await at.press("n", "4", "a")
        assert isinstance(sent[-1], Acknowledge)


class Compare(Protocol):
    def __call__(
        self,
        app: Dashboard,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


KEYS = {
    "searched": ("n", "d"),
    "chosen": ("n", "d", "enter", "4"),
    "sited": ("n", *"3053", "enter"),
}
SEEN = [
    *((name, (80, 24), language) for name in KEYS for language in Language),
    *((name, (120, 40), Language.DANISH) for name in KEYS),
    ("searched", (200, 60), Language.DANISH),
]


@pytest.mark.parametrize(
    ("name", "size", "language"), SEEN, ids=[f"{n}-{s[0]}-{one.value}" for n, s, one in SEEN]
)
def test_a_new_case_looks_as_it_was_approved(
    snap_compare: Compare, name: str, size: tuple[int, int], language: Language
) -> None:
    app = Dashboard(Told(rosters.greeting(*scenes.IDLE)), FrozenClock(), settings(language))

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        app.hear(TOLD)
        await pilot.press(*KEYS[name])
        app.draw()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=play)


def test_a_planned_case_is_at_the_start_check_with_its_procedure(snap_compare: Compare) -> None:
    case = structs.replace(patients.PLANNED, procedures=("3009",))
    source = Told(rosters.greeting(*scenes.IDLE))
    app = Dashboard(source, FrozenClock(), settings())

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        app.hear(TOLD)
        await pilot.press("n", "d", "enter", "4", "enter")
        app.hear(case)
        app.hear(Answer(source.sent[-1].id, Result.RECORDED))
        app.draw()
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=play)
