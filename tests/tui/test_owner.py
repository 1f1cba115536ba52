"""The month on the screen: nothing is cut, no state is colour alone, and nothing stale is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

import mornings
import owners
import pytest
import scenes
from dashboards import sight_of
from desks import Desk, desk
from msgspec import structs
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge
from daemon.protocol.export import Export, Exported
from daemon.protocol.messages import Hello, Refusal
from daemon.protocol.month import Month, Monthly, MonthTold
from tui import monthlist
from tui.app import Dashboard
from tui.leafing import inquiry, pressed
from tui.monthgrid import MARKS, grid
from tui.owner import ownerview
from tui.prompt import IDLE, Owner
from tui.sight import Sight
from tui.span import Row, width_of
from tui.topic import Topic
from vitals.practice import Readiness
from words.catalogue import Language

SIZES = [(80, 15), (120, 30), (72, 5), (200, 50)]
PICTURES = [
    ((80, 24), Language.DANISH),
    ((80, 24), Language.NORWEGIAN),
    ((80, 24), Language.ENGLISH),
    ((120, 40), Language.DANISH),
    ((200, 60), Language.DANISH),
    ((100, 30), Language.DANISH),
    ((120, 40), Language.NORWEGIAN),
    ((120, 40), Language.ENGLISH),
]
TOPICS = [None, *Topic]
ASKED = Owner(request="c1", since=scenes.NOW.monotonic, sent=scenes.NOW.monotonic)


def text(rows: list[Row]) -> str:
    return "\n".join("".join(span.text for span in one).rstrip() for one in rows)


def shown(
    month: Month = owners.MONTH,
    prompt: Owner = ASKED,
    language: Language = Language.DANISH,
    later_s: float = 0.0,
) -> Sight:
    told = scenes.greeting(*scenes.IDLE)
    sight = sight_of(*told, prompt=prompt, language=language, later_s=later_s)
    sight.months.apply(owners.told("c1", month), scenes.NOW)
    return sight


@asynccontextmanager
async def opened(
    month: Month | None = owners.MONTH, size: tuple[int, int] = (80, 24), *keys: str
) -> AsyncIterator[Desk]:
    """Open the month and, where there is one, tell it."""
    async with desk(size=size) as made:
        await made.hear(*mornings.PRACTICE)
        sent = await made.press("f12")
        assert isinstance(sent[-1], Monthly)
        if month is not None:
            await made.hear(owners.told(sent[-1].id, month))
        await made.press(*keys)
        yield made


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("month", [owners.MONTH, owners.EMPTY, owners.longest()])
def test_every_row_is_exactly_as_wide_as_asked_and_nothing_is_cut(
    month: Month, size: tuple[int, int], language: Language
) -> None:
    for topic in TOPICS:
        if topic is not None and topic not in monthlist.topics(month):
            continue
        for whole in (False, True):
            open_ = whole and topic is not None and monthlist.count(month, topic) > 0
            prompt = Owner(topic=topic, opened=open_, request="c1", since=0.0)
            rows = ownerview(shown(month, prompt, language), *size)
            assert [width_of(row) for row in rows] == [size[0]] * size[1]
            assert "…" not in text(rows), topic


@pytest.mark.parametrize("language", list(Language))
def test_each_state_of_a_day_has_a_mark_and_words_of_its_own(language: Language) -> None:
    assert len(set(MARKS.values())) == len(Readiness)
    drawn = text(grid(shown(language=language), owners.MONTH))
    for state, mark in MARKS.items():
        word = shown(language=language).words.text(f"owner.day.{state.value}")
        count = sum(one.state is state for one in owners.MONTH.days)
        assert f"{mark} {word} {count}" in drawn


def test_the_grid_stands_under_the_days_of_the_week() -> None:
    rows = text(grid(shown(), owners.MONTH)).splitlines()
    sunday = rows[1].index("S", rows[1].index("L"))
    assert rows[2][sunday] == MARKS[Readiness.UNUSED]
    assert rows[3][rows[1].index("M")] == MARKS[Readiness.UNCHECKED]


def test_the_numbers_of_the_month_are_told_with_their_words() -> None:
    drawn = text(ownerview(shown(), 120, 30))
    for words in (
        "Opfyldelse af krav · november 2026",
        "190 anæstesier",
        "journal fra man 2. nov",
        "9 (oplysning)",
        "3,1 (SpO2 lav 1,8)",
        "udløbet: 1 · inden 30 d: 2",
        "bestil: 1",
        "4 · uden: 1",
    ):
        assert words in drawn
    for verdict in ("IKKE OPFYLDT      2", "TIL GENNEMGANG    5", "OPFYLDT         181"):
        assert verdict in drawn


async def test_a_verdict_leads_to_its_cases_and_a_case_to_its_reasons_in_two_keys() -> None:
    async with opened() as made:
        await made.press("enter")
        assert made.shows("november 2026 · IKKE OPFYLDT", "KN-261102-001", "aldrig målt")
        await made.press("enter")
        assert made.shows("0 s / 10:00", "ingen begrundelse", "Anæstesilægen har ansvaret")
        await made.press("escape", "escape")
        assert made.shows("Opfyldelse af krav", "Klarmelding")
        await made.press("escape")
        assert made.app.sight().prompt == IDLE


async def test_a_day_leads_to_its_lists_and_reasons() -> None:
    keys = ("down",) * 5 + ("enter", "down", "enter")
    async with opened(owners.MONTH, (80, 24), *keys) as made:
        assert made.shows("man 2. nov", "ikke tjekket", "Børneelektroder", "23 besvaret", "40 s")


async def test_another_month_is_asked_for_and_what_was_told_of_this_one_is_gone_at_once() -> None:
    async with opened() as made:
        sent = await made.press("left")
        assert isinstance(sent[-1], Monthly)
        assert sent[-1].month == "2026-10"
        assert made.shows("oktober 2026")
        assert not made.shows("190 anæstesier")
        sent = await made.press("right", "right")
        assert [one.month for one in sent if isinstance(one, Monthly)] == [
            "2026-11",
            "2026-10",
            "2026-11",
        ]


async def test_a_month_is_asked_for_once_and_said_to_be_read_while_it_is() -> None:
    async with opened(None) as made:
        assert not made.shows("Journalen læses")
        made.clock.move(0.6)
        await made.hear(scenes.BEAT)
        assert made.shows("Journalen læses")
        assert sum(isinstance(one, Monthly) for one in made.source.sent) == 1
        await made.answer(Refusal.NOT_UNDERSTOOD)
        assert made.shows("en ældre version")


async def test_without_a_word_from_the_daemon_nothing_of_a_month_is_shown() -> None:
    async with opened() as made:
        made.clock.move(3.0)
        await made.hear()
        assert not made.shows("190 anæstesier")
        assert made.shows("der vises intet")
        hello = next(one for one in scenes.greeting() if isinstance(one, Hello))
        await made.hear(hello, *scenes.greeting()[1:])
        sent = [one for one in made.source.sent if isinstance(one, Monthly)]
        assert len(sent) == 2
        assert not made.shows("190 anæstesier")


async def test_a_month_that_is_still_being_read_is_asked_for_again() -> None:
    async with opened(None) as made:
        await made.hear(MonthTold(made.source.sent[-1].id, pending=True))
        made.clock.move(0.6)
        await made.hear(scenes.BEAT)
        assert made.shows("Journalen læses")
        asked = [one for one in made.source.sent if isinstance(one, Monthly)]
        assert len(asked) == 2
        await made.hear(owners.told(asked[-1].id))
        assert made.shows("190 anæstesier")


def test_nobody_answers_for_a_minute_and_enter_asks_again() -> None:
    long = scenes.NOW.monotonic - 61
    prompt = Owner(request="c2", since=long, sent=long)
    sight = shown(prompt=prompt)
    assert "Enter" in text(ownerview(sight, 80, 15))
    after = pressed(sight, prompt, "enter")
    assert after == Owner()
    assert inquiry(sight, lambda: pytest.fail("it was asked")) is None


def test_a_journal_that_cannot_be_read_is_said_so() -> None:
    sight = shown()
    answer = structs.replace(owners.told("c1"), month=None, detail="disk I/O error")
    sight.months.apply(answer, scenes.NOW)
    assert "Journalen kan ikke læses: disk I/O error" in text(ownerview(sight, 80, 15))


async def test_what_becomes_of_an_acknowledgement_is_told_below_the_month() -> None:
    async with desk(*scenes.HIGH[len(scenes.IDLE) :]) as made:
        sent = await made.press("f12")
        await made.hear(owners.told(sent[-1].id))
        await made.press("A")
        await made.answer(Refusal.UNKNOWN_ALARM)
        assert made.shows("Opfyldelse af krav", "190 anæstesier", "Afvist")


async def test_an_alarm_is_acknowledged_through_the_month_and_no_patient_is_spoken_of() -> None:
    async with desk(*scenes.HIGH[len(scenes.IDLE) :]) as made:
        sent = await made.press("f12")
        await made.hear(owners.told(sent[-1].id))
        sent = await made.press("A")
        assert isinstance(sent[-1], Acknowledge)
        assert made.shows("Opfyldelse af krav")
        count = len(await made.press("o", "s", "u"))
        assert count == len(sent)


@pytest.mark.parametrize("language", list(Language))
def test_of_a_month_before_the_journal_there_is_no_number_at_all(language: Language) -> None:
    bare = tuple(structs.replace(one, state=None, cases=0) for one in owners.MONTH.days)
    before = structs.replace(owners.EMPTY, over=True, since="2026-12-02T06:00:00.000Z", days=bare)
    drawn = text(ownerview(shown(before, language=language), 80, 15)[1:])
    assert "2" in drawn
    assert not any(sign in drawn for sign in "013456789▸")
    assert pressed(shown(before), ASKED, "down") is None


class Compare(Protocol):
    def __call__(
        self,
        app: Dashboard,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


OPENED = [
    *((size, language, ()) for size, language in PICTURES),
    *(((80, 24), language, ("enter", "enter")) for language in Language),
    *(((80, 24), Language.DANISH, (*["down"] * steps, "enter")) for steps in range(1, 14)),
    ((120, 40), Language.DANISH, ("enter", "enter")),
]


@pytest.mark.parametrize(("size", "language", "keys"), OPENED)
def test_the_month_looks_as_it_was_approved(
    snap_compare: Compare, size: tuple[int, int], language: Language, keys: tuple[str, ...]
) -> None:
    made = Desk((), (), language)

    async def play(pilot: Pilot[None]) -> None:
        made.pilot = pilot
        await made.hear(*mornings.PRACTICE)
        sent = await made.press("f12")
        await made.hear(owners.told(sent[-1].id))
        await made.press(*keys)
        await made.hear()

    assert snap_compare(made.app, terminal_size=size, run_before=play)


async def test_e_files_the_month_that_is_open_and_says_where() -> None:
    async with opened() as made:
        sent = await made.press("left", "E")
        assert isinstance(sent[-1], Export)
        assert sent[-1].month == "2026-10"
        assert made.shows("Rapporterne laves")
        await made.hear(Exported(sent[-1].id, pending=True, folder="/srv/r"))
        made.clock.move(0.6)
        await made.hear(scenes.BEAT)
        again = [one for one in made.source.sent if isinstance(one, Export)]
        assert len(again) == 2
        files = ("vagt-2026-10.html", "vagt-2026-10.json")
        await made.hear(Exported(again[-1].id, folder="/srv/r", files=files))
        assert made.shows("Gemt: vagt-2026-10.html og 1 til i /srv/r")
        await made.press("right")
        assert not made.shows("Gemt:")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Exported(""), "konfigurationen har ingen [report] folder"),
        (Exported("", folder="/r", detail="/r is not there"), "Ingen rapport: /r is not there"),
        (Exported("", folder="/r", files=("a.html",)), "Gemt: a.html i /r"),
    ],
)
async def test_what_came_of_it_is_one_line(told: Exported, said: str) -> None:
    async with opened() as made:
        sent = await made.press("e")
        await made.hear(structs.replace(told, id=sent[-1].id))
        assert made.shows(said)


async def test_a_refusal_is_told_and_a_daemon_that_was_gone_leaves_no_promise() -> None:
    async with opened() as made:
        await made.press("e")
        await made.answer(Refusal.SHOWN_ONLY)
        assert not made.shows("Rapporterne laves")
        assert made.shows("denne skærm viser kun")
    async with opened() as made:
        await made.press("e")
        made.clock.move(1.0)
        hello = next(one for one in scenes.greeting() if isinstance(one, Hello))
        await made.hear(hello, *scenes.greeting()[1:])
        assert not made.shows("Rapporterne laves")
        assert sum(isinstance(one, Export) for one in made.source.sent) == 1
