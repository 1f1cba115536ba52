from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.message import Message
from tui.cells import cells
from tui.notice import TURN_S, notice
from tui.panel import View
from tui.settings import UNNAMED
from tui.sight import Sight
from vitals.reading import Origin
from vitals.vocabulary import CaseState
from words.catalogue import Language

SUPPLEMENT = "Supplement: apparaternes egne alarmer skal være slået til"
SHORT = "Supplement, ikke CE-mærket: apparaternes egne alarmer skal være på"
BRIEF = "Ikke CE-mærket. Må ikke være eneste eller primære overvågning."
FULL = (
    "Ikke CE-mærket som medicinsk udstyr. Må ikke være eneste eller primære overvågning af en "
    "patient."
)
RUNNING = scenes.greeting(*scenes.RUNNING)
ENDED = msgspec.structs.replace(scenes.CASE, state=CaseState.DISCHARGED)


def text(view: View, sight: Sight, width: int = 80, height: int = 1) -> str:
    return "\n".join(
        "".join(span.text for span in row).rstrip() for row in view(sight, width, height)
    )


def later(seconds: float, *more: Message, language: Language = Language.DANISH) -> Sight:
    """Return a running case `seconds` after the start, the daemon heard just now."""
    sight = sight_of(*RUNNING, *more, language=language, later_s=seconds)
    sight.mirror.apply(scenes.BEAT, sight.now)
    return sight


def test_that_the_monitors_own_alarms_stay_on_stands_always_and_takes_turns_with_nothing() -> None:
    moments = (0.0, TURN_S - 0.01, TURN_S, 2 * TURN_S - 0.01, 2 * TURN_S)
    shown = {text(notice, later(moment)).strip() for moment in moments}
    assert shown == {f"{SUPPLEMENT}. Ikke CE-mærket."}
    simulated = msgspec.structs.replace(scenes.SPO2, origin=Origin.SIMULATED)
    assert SHORT in text(notice, later(TURN_S, simulated))


def test_one_row_says_both_where_both_have_room() -> None:
    for moment in (0.0, TURN_S):
        assert text(notice, later(moment), 200).strip() == f"{SUPPLEMENT}. {FULL}"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("origins", [(), tuple(Origin)])
def test_every_word_is_seen_within_its_turns_in_80_columns_beside_every_ribbon(
    language: Language, origins: Sequence[Origin]
) -> None:
    told = [
        msgspec.structs.replace(scenes.SPO2, device=origin.value, origin=origin)
        for origin in origins
    ]
    shown = [text(notice, later(turn * TURN_S, *told, language=language)) for turn in range(6)]
    words = later(0.0, language=language).words
    seen = " ".join(shown)
    assert "…" not in seen
    assert all(part in seen for part in words.text("use.supplement").split())
    assert all(
        words.text(f"origin.{origin}") in row
        for row in shown
        for origin in origins
        if origin is not Origin.MEASURED
    )


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scene", [[], scenes.greeting(), scenes.greeting(*scenes.IDLE, ENDED)])
def test_without_an_anaesthetic_both_are_seen_at_once(
    scene: list[Message], language: Language
) -> None:
    for moment in (0.0, TURN_S):
        sight = sight_of(*scene, language=language, later_s=moment)
        assert text(notice, sight).strip() == sight.words.text("use.supplement")
        assert text(cells, sight).strip() == sight.words.text("use.brief")
    assert text(cells, sight_of(*scene), 120).strip() == FULL


def test_two_rows_hold_both_in_full() -> None:
    for sight in (later(0.0), later(TURN_S), sight_of()):
        assert text(notice, sight, 120, 2).split("\n ") == [f" {SUPPLEMENT}", FULL]
        assert FULL not in text(cells, sight, 120, 2)


def test_nobody_is_not_named_as_the_one_who_attests() -> None:
    case = msgspec.structs.replace(scenes.CASE, by=UNNAMED)
    shown = text(cells, sight_of(*scenes.greeting(scenes.DEVICE, case)))
    assert "observation ✓" in shown
    assert UNNAMED not in shown
    assert "(" not in shown
