"""What was measured over time: when, how deep, and nothing drawn where nothing was measured."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import patients
import pytest
import scenes
import tracks
from dashboards import FrozenClock, settings, text
from msgspec import structs
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Emergency, Enter
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.trend import Column, Mark, Span, Trended, Trouble
from daemon.protocol.trend import Trend as Told
from tui.app import Dashboard
from tui.history import History
from tui.pressing import pressed
from tui.prompt import IDLE, Note, Stay, Trend
from tui.sight import Sight
from tui.span import Row, width_of
from tui.trendview import trendview
from vitals.instant import Instant
from vitals.vocabulary import Priority
from words.catalogue import Language

SIZES = [(80, 10), (80, 15), (120, 22), (200, 42), (80, 4)]
WHOLE = tracks.trend(*tracks.TRACKS)
SPO2, PULSE = tracks.TRACKS[:2]


def seen(
    answer: Told | None,
    prompt: Trend | None = None,
    *,
    language: Language = Language.DANISH,
    later_s: float = 0.0,
) -> Sight:
    """Return a trend with an answer that has just come."""
    prompt = prompt or Trend()
    sight = patients.bed(patients.RUNNING, prompt=prompt, language=language)
    now = Instant(sight.now.monotonic + later_s, sight.now.wall + later_s)
    return replace(sight, history=tracks.history(answer, prompt.span, prompt.back), now=now)


def drawn(sight: Sight, width: int = 80, height: int = 10) -> str:
    return "\n".join(line(row).rstrip() for row in trendview(sight, width, height))


def line(row: Row) -> str:
    return "".join(span.text for span in row)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        None,
        tracks.trend(),
        tracks.trend(*tracks.TRACKS, marks=()),
        tracks.trend(*tracks.TRACKS, since=tracks.rfc(86_400), until=tracks.rfc(85_000)),
        tracks.trend(trouble=Trouble.SLOW),
        tracks.trend(trouble=Trouble.UNREADABLE),
    ],
)
def test_every_row_is_exactly_as_wide_and_as_many_as_asked_and_nothing_is_cut(
    answer: Told | None, size: tuple[int, int], language: Language
) -> None:
    for later_s in (0.0, 1.0, 2.4, 60.0):
        rows = trendview(seen(answer, language=language, later_s=later_s), *size)
        assert [width_of(row) for row in rows] == [size[0]] * size[1]
        assert "…" not in "".join(map(line, rows)).replace(" …", "")


def test_how_deep_and_when_stand_beside_the_lane_and_the_span_above_it() -> None:
    shown = drawn(seen(WHOLE))
    assert "min 83 10:18" in shown
    assert "max 99" in shown
    assert "▸1 time" in shown
    assert "09:42-10:42" in shown
    assert "pr. 10:42:07" in shown


def test_a_dip_goes_down_where_it_was_and_a_gap_is_empty() -> None:
    rows = [line(row) for row in trendview(seen(WHOLE), 80, 10)]
    plot = slice(12, 63)
    top, bottom = rows[1][plot], rows[3][plot]
    assert not top[12:14].strip()
    assert top[5] != " "
    dip = [place for place, sign in enumerate(bottom) if sign != " "]
    assert dip
    assert all(0.55 < place / 51 < 0.65 for place in dip)


def test_across_a_gap_nothing_is_joined() -> None:
    columns = (Column(99, 99, 99), None, Column(81, 81, 81), Column(99, 99, 99))
    sight = seen(tracks.trend(structs.replace(SPO2, columns=columns)))
    rows = [line(row)[12:63] for row in trendview(sight, 80, 10)[1:5]]
    first, second, third, fourth = (slice(a * 13, a * 13 + 11) for a in range(4))
    assert rows[0][first].strip()
    assert not "".join(row[second] for row in rows).replace("⠂", "").strip(" ⠁⠄⡀")
    assert rows[0][fourth].strip()
    assert rows[0][third].strip() in ("", "⠁")


def test_the_limits_of_who_is_watched_are_drawn_and_named() -> None:
    assert "≥92" in drawn(seen(WHOLE))
    nobody = replace(seen(WHOLE), mirror=patients.bed().mirror)
    assert "≥92" not in drawn(nobody)


def test_a_pressure_is_a_bar_from_diastolic_to_systolic() -> None:
    shown = drawn(seen(WHOLE), 120, 22)
    assert re.search(r"BT +140 .*min 8\d/4\d \d\d:\d\d", shown)
    assert "mmHg" in shown


def test_what_has_no_room_is_counted_and_moved_to() -> None:
    sight = seen(WHOLE)
    assert "3 mere" in drawn(sight)
    assert "temp" not in drawn(sight)
    below = seen(WHOLE, Trend(top=3))
    assert "temp" in drawn(below)
    assert "SpO2" not in drawn(below)
    assert "mere" not in drawn(sight, 80, 16)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("height", [15, 30, 44])
def test_lanes_fill_the_height_that_there_is(count: int, height: int) -> None:
    rows = drawn(seen(tracks.trend(*tracks.TRACKS[:count])), 200, height).splitlines()
    assert len(rows) == height
    clock = re.compile(r"\d\d:\d\d.*\d\d:\d\d")
    axis = next(y for y, row in enumerate(rows) if y and clock.search(row))
    assert axis >= height - 3


def test_two_monitors_of_one_measure_are_told_apart() -> None:
    answer = tracks.trend(SPO2, structs.replace(SPO2, device="berry"))
    shown = drawn(seen(answer))
    assert "nonin" in shown
    assert "berry" in shown
    assert "nonin" not in drawn(seen(tracks.trend(SPO2)))


def test_steps_and_alarms_stand_in_the_cells_of_their_moments() -> None:
    rows = [line(row) for row in trendview(seen(WHOLE), 120, 22)]
    alarms, steps = rows[-2], rows[-1]
    assert "larynxmaske anlagt" in steps
    assert alarms.index("!!!") == pytest.approx(13 + 88 * 38 / 60, abs=3)
    assert rows[-3].index("│10:20") == pytest.approx(13 + 88 * 38 / 60, abs=4)


def test_of_what_happened_in_one_cell_the_most_urgent_is_shown() -> None:
    crowd = tuple(Mark(tracks.rfc(30), "alarm_onset", "x", one) for one in Priority)
    shown = drawn(seen(tracks.trend(SPO2, marks=crowd)))
    assert "!!!" in shown
    assert "!!!!" not in shown


def test_without_numbers_it_says_so_and_still_tells_what_happened() -> None:
    shown = drawn(seen(tracks.trend()), 120, 22)
    assert "ingen målinger" in shown
    assert "larynxmaske" in shown


def test_waiting_is_said_after_half_a_second_and_a_missing_answer_is_said() -> None:
    assert "hentes" not in drawn(seen(None, later_s=0.4))
    assert "hentes" in drawn(seen(None, later_s=0.6))
    sight = seen(None, later_s=2.4)
    late = replace(sight, history=History())
    late.history.ask(Trended("t", "AS", scenes.BED), Instant(sight.now.monotonic - 3.1, 0.0))
    assert "intet svar fra vagt" in drawn(late)


def test_what_was_told_before_the_daemon_was_lost_says_as_of_when() -> None:
    shown = drawn(seen(WHOLE, later_s=30.0))
    assert "ingen forbindelse til vagt · pr. 10:42:07" in shown
    assert "min 83 10:18" in shown


def test_what_was_told_of_another_span_is_not_shown() -> None:
    sight = seen(WHOLE)
    assert "min" not in drawn(replace(sight, prompt=Trend(Span.DAY)))
    assert "min" not in drawn(replace(sight, prompt=Trend(back=1)))


@pytest.mark.parametrize(
    ("reason", "said"),
    [(Refusal.NO_CASE, "ingen patient her da"), (Refusal.BAD_TIME, "vagt kan ikke vise dette")],
)
def test_a_refusal_is_said_in_the_place_of_the_lanes(reason: Refusal, said: str) -> None:
    sight = seen(None)
    sight.history.apply(Answer("t", Result.REFUSED, reason))
    assert said in drawn(sight)


def test_an_earlier_day_is_named() -> None:
    day = tracks.trend(SPO2, since=tracks.rfc(1500), until=tracks.rfc(900))
    assert "fre 20. nov 09:42-19:42" in drawn(seen(day))


def key(sign: str, prompt: Trend | None = None) -> object:
    return pressed(seen(WHOLE, prompt), sign, patients.ASKER)


def test_keys_turn_the_span_and_go_back_and_forward() -> None:
    assert key("t") == Trend(Span.CASE)
    assert key("T", Trend(Span.CASE, back=2)) == Trend(Span.DAY)
    assert key("tab", Trend(Span.DAY)) == Trend(Span.HOUR)
    assert key("-") == Trend(Span.CASE)
    assert key("-", Trend(Span.DAY)) == Trend(Span.DAY)
    assert key("+", Trend(Span.DAY)) == Trend(Span.CASE)
    assert key("left") == Trend(back=1)
    assert key("right", Trend(back=1)) == Trend()
    assert key("right") == Trend()
    assert key("down") == Trend(top=1)
    assert key("up") == Trend()
    assert key("escape") == IDLE


def test_a_key_without_meaning_says_so_and_the_trend_stays() -> None:
    found = key("z")
    assert isinstance(found, Trend)
    assert isinstance(found.line, Note)
    assert found.line.word == "trend.no_key"


def test_calling_goes_through_and_leaves_the_trend_open() -> None:
    found = key("k")
    assert isinstance(found, Stay)
    assert isinstance(found.prompt, Trend)


def test_it_is_asked_for_again_when_it_is_old_and_at_once_when_something_else_is_wanted() -> None:
    held, hour = tracks.history(WHOLE), (scenes.BED, Span.HOUR, 0)
    columns = Trended("t", "AS", scenes.BED).columns

    def due(seconds: float, wanted: tuple[str, Span, int] = hour, wide: int = columns) -> bool:
        return held.due(wanted, wide, Instant(scenes.NOW.monotonic + seconds, 0.0))

    assert not due(9.9)
    assert due(10.0)
    assert due(0.1, (scenes.BED, Span.DAY, 0))
    assert due(0.1, wide=columns + 2)
    day = (scenes.BED, Span.DAY, 0)
    held.ask(Trended("u", "AS", scenes.BED, Span.DAY), scenes.NOW)
    assert not due(2.9, hour)
    assert due(3.0, hour)
    held.apply(structs.replace(WHOLE, id="u"))
    assert not due(59.0, day)
    assert due(60.0, day)
    held.apply(scenes.HELLO)
    assert held.told(day) is None
    assert due(0.0, day)


class Compare(Protocol):
    def __call__(
        self,
        app: Dashboard,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


def board(
    *scene: Message, answer: Message = WHOLE, language: Language = Language.DANISH
) -> tuple[Dashboard, tracks.Asked, FrozenClock]:
    clock, source = FrozenClock(), tracks.Asked(scenes.greeting(*scene), answer)
    return Dashboard(source, clock, settings(language)), source, clock


async def passing(app: Dashboard, clock: FrozenClock, pilot: Pilot[None]) -> None:
    """Let half a second pass, and what is laid out and answered meanwhile be drawn."""
    for moved_s in (0.25, 0.25, 0.0, 0.0, 0.0):
        clock.move(moved_s)
        app.draw()
        await pilot.pause()


async def test_one_key_shows_the_hour_and_one_more_the_case_and_each_is_asked_for_once() -> None:
    app, source, clock = board(*scenes.RUNNING)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await passing(app, clock, pilot)
        assert "min 83 10:18" in text(app)
        await pilot.press("t")
        await passing(app, clock, pilot)
        assert "▸anæstesi" in text(app)
        await pilot.press("escape")
        await passing(app, clock, pilot)
        assert "min 83" not in text(app)
    assert [(one.span, one.back) for one in source.wanted] == [(Span.HOUR, 0), (Span.CASE, 0)]
    assert all(one.columns == 100 for one in source.wanted)


async def test_an_alarm_is_acknowledged_and_an_emergency_started_while_it_is_open() -> None:
    app, source, clock = board(*scenes.HIGH)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await passing(app, clock, pilot)
        await pilot.press("a", "k")
        await passing(app, clock, pilot)
        assert "min 83 10:18" in text(app)
        await pilot.press("!", "!")
    kinds = [type(one) for one in source.sent if not isinstance(one, Trended)]
    assert kinds == [Acknowledge, Enter, Emergency]


async def test_a_refused_stretch_closes_nothing_and_is_no_answer_to_a_person() -> None:
    refusal = Answer("", Result.REFUSED, Refusal.NO_CASE)
    app, _, clock = board(*scenes.RUNNING, answer=refusal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        await passing(app, clock, pilot)
        assert "ingen patient her da" in text(app)
        assert "Afvist" not in text(app)


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((80, 24), Language.DANISH),
        ((120, 40), Language.DANISH),
        ((80, 24), Language.NORWEGIAN),
        ((120, 40), Language.ENGLISH),
        ((80, 24), Language.ENGLISH),
        ((120, 40), Language.NORWEGIAN),
        ((100, 30), Language.DANISH),
        ((200, 60), Language.DANISH),
    ],
)
def test_the_trend_looks_as_it_was_approved(
    snap_compare: Compare, size: tuple[int, int], language: Language
) -> None:
    app, _, clock = board(*scenes.RUNNING, language=language)

    async def play(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press("f10")
        await passing(app, clock, pilot)
        assert "83 10:18" in text(app)

    assert snap_compare(app, terminal_size=size, run_before=play)
