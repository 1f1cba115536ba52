from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import scenes
import wards
from dashboards import FrozenClock, Told, lines, settings, text
from digits import read_digits, read_small
from scripted_daemon import ScriptedDaemon
from textual.pilot import Pilot

from daemon.protocol.commands import Acknowledge, Assign, End, Plan
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from tui.app import Dashboard
from tui.clock import MachineClock
from tui.link import Link
from vitals.vocabulary import CaseState, SignalState
from words.catalogue import Language

SIZES = [(80, 24), (120, 40)]
Seen = tuple[Dashboard, ScriptedDaemon, Pilot[None]]


@asynccontextmanager
async def shown(
    folder: Path,
    *scene: Message,
    size: tuple[int, int] = (80, 24),
    language: Language = Language.DANISH,
    bed: str | None = None,
) -> AsyncIterator[Seen]:
    """Run a dashboard against a scripted daemon on a real socket."""
    socket = folder / "s"
    clock = MachineClock()
    app = Dashboard(Link(socket, clock), clock, settings(language, bed))
    daemon = ScriptedDaemon(socket, scenes.greeting(*scene))
    async with daemon, app.run_test(size=size) as pilot:
        yield app, daemon, pilot


async def until(true: Callable[[], bool], seconds: float = 4.0) -> float:
    """Wait for `true` and return how long it took in s."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    while not true():
        assert loop.time() - start < seconds, "it never came"
        await asyncio.sleep(0.02)
    return loop.time() - start


def digits(app: Dashboard) -> list[str]:
    return read_digits(lines(app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_values_of_a_running_case_are_on_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with shown(tmp_path, *scenes.RUNNING, size=size) as (app, _, _):
        await until(lambda: digits(app) == ["97", "118"])
        screen = text(app)
        for expected in (
            "Klinik Nord · Stue 1",
            "SpO2 97 · puls 118",
            "≥ 92",
            "70-155",
            "Anæstesi KN-261121-014 · 3021 · 2-4 år",
            "GRÆNSER IKKE GODKENDT",
            "observation ✓ (AS)",
            "SpO2 ✓",
            "anbefalet: CO2 EKG BT",
            "journal ✓",
            "A kvittér",
        ):
            assert expected in screen
        assert [len(line) for line in lines(app)] == [size[0]] * size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_every_value_is_blank_within_three_seconds_of_silence_and_comes_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with shown(tmp_path, *scenes.RUNNING, size=size) as (app, daemon, _):
        await until(lambda: digits(app) == ["97", "118"])
        daemon.say(scenes.BEAT, *scenes.waves(1.0))
        took_s = await until(lambda: digits(app) == ["---", "---"])
        assert 2.3 <= took_s <= 3.0
        screen = text(app)
        assert "FORBINDELSE TIL VAGT TABT" in screen
        assert "SpO2 --- · puls ---" in screen
        assert not any("\u2800" < sign <= "\u28ff" for sign in screen)
        daemon.say(scenes.SPO2, scenes.PULSE, scenes.DEVICE, scenes.BEAT)
        await until(lambda: digits(app) == ["97", "118"])
        assert "TABT" not in text(app)


async def test_a_daemon_that_dies_blanks_the_screen_and_one_that_returns_fills_it(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, *scenes.RUNNING) as (app, daemon, _):
        await until(lambda: digits(app) == ["97", "118"])
        await daemon.die()
        assert await until(lambda: "FORBINDELSE TIL VAGT TABT" in text(app)) <= 3.0
        async with ScriptedDaemon(daemon.path, scenes.greeting(*scenes.HIGH)):
            await until(lambda: digits(app) == ["83", "132"], 2.0)
            assert "TABT" not in text(app)


async def test_no_daemon_says_which_socket_is_waited_for(tmp_path: Path) -> None:
    clock = MachineClock()
    app = Dashboard(Link(tmp_path / "none", clock), clock, settings())
    async with app.run_test(size=(200, 40)):
        await until(lambda: str(tmp_path / "none") in text(app))
        await until(lambda: "INGEN FORBINDELSE TIL VAGT" in text(app))


async def test_the_wave_is_drawn_and_moves(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.RUNNING) as (app, daemon, _):
        await until(lambda: digits(app) == ["97", "118"])
        daemon.say(*scenes.waves(1.0))
        await until(lambda: any("\u2800" < sign <= "\u28ff" for sign in text(app)))


async def test_a_waiting_alarm_is_acknowledged_by_its_key(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.HIGH) as (app, daemon, pilot):
        await until(lambda: "!!! HØJ" in text(app))
        await pilot.press("A")
        await until(lambda: bool(daemon.commands))
        assert daemon.commands == [
            Acknowledge(id="c1", by="AS", bed=scenes.BED, alarm="spo2_low", device=None)
        ]
        await until(lambda: "Journalført" in text(app))
        daemon.say(msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED))
        await until(lambda: "KVITTERET" in text(app))


async def test_a_patient_is_planned_with_an_age_and_a_bare_one_is_asked_back(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, *scenes.IDLE) as (app, daemon, pilot):
        await until(lambda: "ingen anæstesi: N" in text(app))
        await pilot.press("n", "1", "enter")
        await until(lambda: "måneder?" in text(app))
        assert daemon.commands == []
        await pilot.press("0", "m", "backspace", "d", "enter")
        await until(lambda: bool(daemon.commands))
        (plan,) = daemon.commands
        assert isinstance(plan, Plan)
        assert (plan.bed, plan.by, plan.code, plan.age) == (scenes.BED, "AS", "3021", "10d")


async def test_an_alarm_can_be_acknowledged_while_an_age_is_typed(tmp_path: Path) -> None:
    scene = (scenes.DEVICE, scenes.SPO2, scenes.PROBE_OFF)
    async with shown(tmp_path, *scene) as (app, daemon, pilot):
        await until(lambda: "Sensor af" in text(app))
        await pilot.press("n", "4", "a")
        await until(lambda: len(daemon.commands) == 1)
        assert isinstance(daemon.commands[0], Acknowledge)


async def test_escape_leaves_the_question_and_nothing_is_sent(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.IDLE) as (app, daemon, pilot):
        await until(lambda: "ingen anæstesi: N" in text(app))
        await pilot.press("n", "4")
        await until(lambda: "Alder 4" in text(app))
        await pilot.press("escape")
        await until(lambda: "Alder" not in text(app))
        await pilot.press("enter")
        assert daemon.commands == []


async def test_a_device_and_its_bed_are_chosen_and_escape_leaves(tmp_path: Path) -> None:
    capno = msgspec.structs.replace(scenes.DEVICE, name="capno", bed="Stue 2")
    async with shown(tmp_path, *scenes.IDLE, capno) as (app, daemon, pilot):
        await until(lambda: digits(app) == ["97", "118"])
        await pilot.press("f3", "2")
        await until(lambda: "▸2 capno (Stue 2)" in text(app))
        await pilot.press("escape", "enter")
        await until(lambda: "Apparat:" not in text(app))
        await pilot.press("f3", "right", "left", "enter")
        await until(lambda: "nonin til:  1 Stue 1  ▸2 Stue 2" in text(app))
        assert daemon.commands == []
        await pilot.press("enter")
        await until(lambda: bool(daemon.commands))
        (command,) = daemon.commands
        assert isinstance(command, Assign)
        assert (command.device, command.bed, command.by) == ("nonin", "Stue 2", "AS")
        await until(lambda: "Journalført" in text(app))
        daemon.say(msgspec.structs.replace(scenes.DEVICE, bed="Stue 2"))
        await until(lambda: digits(app) == ["---", "---"])


async def test_the_end_is_asked_once(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.RUNNING) as (app, daemon, pilot):
        await until(lambda: "Anæstesi KN" in text(app))
        await pilot.press("s")
        await until(lambda: "Tryk S igen" in text(app))
        assert daemon.commands == []
        await pilot.press("s")
        await until(lambda: bool(daemon.commands))
        assert daemon.commands == [End(id="c2", by="AS", bed=scenes.BED)]
        daemon.say(msgspec.structs.replace(scenes.CASE, state=CaseState.ENDED))
        await until(lambda: "KN-261121-014 slut" in text(app))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("c1", Result.REFUSED, Refusal.BAD_AGE), "Afvist: alderen kan ikke bruges"),
        (Answer("c1", Result.IN_EFFECT), "Gælder, endnu ikke journalført"),
        (None, "Intet svar fra vagt"),
    ],
)
async def test_what_became_of_a_command_is_told(
    tmp_path: Path, answer: Answer | None, expected: str
) -> None:
    async with shown(tmp_path, *scenes.IDLE) as (app, daemon, pilot):
        daemon.answering = lambda _: answer
        await until(lambda: "ingen anæstesi: N" in text(app))
        await pilot.press("n", "4", "enter")
        await until(lambda: bool(daemon.commands))
        async with asyncio.timeout(4):
            while expected not in text(app):
                daemon.say(scenes.BEAT)
                await asyncio.sleep(0.05)


async def test_a_command_to_a_silent_daemon_is_not_sent_and_says_so(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.IDLE) as (app, daemon, pilot):
        await until(lambda: digits(app) == ["97", "118"])
        await pilot.press("n", "4")
        await until(lambda: "TABT" in text(app))
        await pilot.press("enter")
        await until(lambda: "Ikke sendt" in text(app))
        assert daemon.commands == []


async def test_the_language_changes_live_and_goes_round(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.HIGH) as (app, _, pilot):
        for word in ("kvittér", "kvitter ", "acknowledge", "kvittér"):
            await until(lambda word=word: f"A {word}" in text(app))  # type: ignore[misc]
            await pilot.press("f2")


@pytest.mark.parametrize("size", SIZES)
async def test_the_help_of_a_full_bed_is_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    async with shown(tmp_path, *wards.FULL, size=size) as (app, _, pilot):
        await until(lambda: "BT 88/51" in text(app))
        await pilot.press("f1")
        await until(lambda: "overdrag, med instruks" in text(app))
        assert "…" not in text(app).replace("ret …", "")
        assert read_small(lines(app))[:2] == ["119", "97"]
        await pilot.press("f1")
        await until(lambda: "luk skærmen" in text(app))
        screen = " ".join(text(app).split())
        assert "Må ikke være eneste eller primære overvågning af en patient." in screen
        assert read_small(lines(app))[:2] == ["119", "97"]
        await pilot.press("f1")
        await until(lambda: "alle senge, og tilbage til én" in text(app))
        assert "…" not in text(app)
        await pilot.press("f1")
        await until(lambda: "alle senge" not in text(app) and "BT 88/51" in text(app))


@pytest.mark.parametrize("size", SIZES)
async def test_the_help_leaves_numbers_and_alarms_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with shown(tmp_path, *scenes.HIGH, size=size) as (app, _, pilot):
        await until(lambda: digits(app) == ["83", "132"])
        await pilot.press("f1", "f1")
        read = read_small if size == SIZES[0] else read_digits
        await until(lambda: "luk skærmen" in text(app) and read(lines(app)) == ["83", "132"])
        assert "!!! HØJ" in text(app)
        await until(lambda: "Ikke CE-mærket som medicinsk udstyr" in text(app))
        await pilot.press("question_mark")
        await until(lambda: "luk skærmen" not in text(app))


async def test_a_bed_that_the_daemon_does_not_have_is_named_with_those_it_has(
    tmp_path: Path,
) -> None:
    async with shown(tmp_path, *scenes.RUNNING, bed="Stue 9") as (app, _, _):
        await until(lambda: "vagt har ingen plads Stue 9. Pladser: Stue 1, Stue 2" in text(app))
        assert digits(app) == ["---", "---"]


async def test_a_resized_window_is_whole_at_once(tmp_path: Path) -> None:
    async with shown(tmp_path, *scenes.HIGH) as (app, _, pilot):
        for columns, rows in (*SIZES, (200, 60), (80, 24)):
            await pilot.resize_terminal(columns, rows)
            await until(lambda: digits(app) == ["83", "132"])
            assert [len(line) for line in lines(app)] == [columns] * rows
            assert "Q luk" in lines(app)[-1]


@pytest.mark.parametrize("small", [(79, 24), (80, 23), (40, 10)])
async def test_a_window_too_small_shows_words_and_never_a_part_of_a_digit(
    tmp_path: Path, small: tuple[int, int]
) -> None:
    async with shown(tmp_path, *scenes.HIGH) as (app, _, pilot):
        await until(lambda: digits(app) == ["83", "132"])
        await pilot.resize_terminal(*small)
        assert "█" not in text(app)
        assert "vinduet er for lille: mindst 80×24" in text(app)
        assert "SpO2 83 · puls 132" in text(app)
        assert "!!! HØJ SpO2 lav 83 %" in text(app)
        assert [len(line) for line in lines(app)] == [small[0]] * small[1]
        await pilot.resize_terminal(80, 24)
        assert digits(app) == ["83", "132"]
        assert "vinduet" not in text(app)


async def test_digits_are_whole_in_the_first_frame_of_a_new_size() -> None:
    clock = FrozenClock()
    app = Dashboard(Told(scenes.greeting(*scenes.HIGH)), clock, settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: digits(app) == ["83", "132"])
        for size in (*SIZES, (109, 33), (200, 24), (80, 60)):
            await pilot.resize_terminal(*size)
            assert digits(app) == ["83", "132"]


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_closes_the_dashboard_alone(tmp_path: Path, key: str) -> None:
    async with shown(tmp_path, *scenes.RUNNING) as (app, daemon, pilot):
        await until(lambda: digits(app) == ["97", "118"])
        await pilot.press(key)
        await until(lambda: not app.is_running)
        assert daemon.commands == []
