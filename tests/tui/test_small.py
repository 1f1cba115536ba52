from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of
from rich.cells import cell_len

from tui.prompt import AskAge
from tui.sight import Sight
from tui.small import small
from tui.span import Tone
from vitals.reading import Origin
from words.catalogue import Language


def rows(sight: Sight, width: int, height: int) -> list[str]:
    shown = ["".join(span.text for span in row) for row in small(sight, width, height)]
    assert [cell_len(row) for row in shown] == [width] * height
    return [row.rstrip() for row in shown]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_the_size_that_is_wanted_is_said_first_in_whole_words(
    language: Language, width: int
) -> None:
    sight = sight_of(*scenes.greeting(*scenes.BOTH), language=language)
    shown = " ".join(" ".join(rows(sight, width, 12)).split())
    assert shown.startswith(sight.words.text("window.small", columns=80, rows=24))
    assert "…" not in shown


def test_the_most_urgent_alarm_and_the_values_follow_as_far_as_there_is_room() -> None:
    sight = sight_of(*scenes.greeting(*scenes.BOTH))
    assert rows(sight, 60, 4) == [
        " vinduet er for lille: mindst 80×24",
        " !!! HØJ SpO2 lav 83 % under 85 · varet 6 s",
        " SpO2 83 · puls 161",
        " Supplement: apparaternes egne alarmer skal være slået til",
    ]
    assert rows(sight, 60, 1) == [" vinduet er for lille: mindst 80×24"]
    assert {span.tone for span in small(sight, 60, 4)[1]} <= {Tone.HIGH_DARK, Tone.HIGH_LIT}


def test_a_value_is_never_broken_between_its_name_and_its_number() -> None:
    shown = rows(sight_of(*scenes.greeting(*scenes.IDLE)), 16, 12)
    assert " SpO2 97" in shown
    assert " puls 118" in shown


def test_old_and_missing_values_say_so() -> None:
    old = scenes.with_value(scenes.SPO2, 97, 7.6)
    assert " SpO2 97 (7,6 s) · puls ---" in rows(
        sight_of(*scenes.greeting(scenes.DEVICE, old)), 60, 4
    )


def test_what_was_not_measured_keeps_its_ribbon_above_the_values() -> None:
    reading = msgspec.structs.replace(scenes.SPO2, origin=Origin.SIMULATED)
    shown = rows(sight_of(*scenes.greeting(scenes.DEVICE, reading)), 60, 4)
    assert shown[1:3] == [" SIMULERET", " SpO2 97 · puls ---"]


def test_a_silent_daemon_is_told_instead_of_its_values() -> None:
    shown = rows(sight_of(*scenes.greeting(*scenes.HIGH), later_s=2.6), 60, 6)
    assert shown[1:3] == [" !!! FORBINDELSE TIL VAGT TABT", " SpO2 --- · puls ---"]


def test_an_age_that_is_being_typed_can_be_read() -> None:
    sight = sight_of(*scenes.greeting(*scenes.IDLE), prompt=AskAge("8"))
    assert any("Alder 8" in row for row in rows(sight, 60, 8))
