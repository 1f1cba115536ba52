"""The frame of the morning view: what is claimed before a clinic is chosen, and what has room."""

from __future__ import annotations

import mornings
import patients
import pytest
import scenes
from dashboards import FrozenClock, Told, lines, settings
from manual import until

from daemon.protocol.messages import Answer, Refusal, Result
from tui.app import Dashboard
from tui.keys import keyrow
from tui.morning import morningview
from tui.prompt import Gate, Morning, Note, Part
from words.catalogue import Language
from words.headed import headed

HELD = Answer("c7", Result.REFUSED, Refusal.HELD, "held", holds=("asa", "2635.series"))


def drawn(prompt: Morning, language: Language) -> str:
    sight = mornings.bed(prompt=prompt, language=language, practice=(mornings.UNCHOSEN,))
    rows = morningview(sight, 80, 15)
    return " ".join("".join(span.text for span in row) for row in rows)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("part", [Part.LISTS, Part.GAS, Part.MISSING])
def test_before_a_clinic_is_chosen_it_is_asked_for_and_nothing_is_claimed(
    part: Part, language: Language
) -> None:
    told = drawn(Morning(part, greeted=True), language)
    words = mornings.bed(language=language).words
    assert told.count(words.text("ask.clinic").rstrip("?")) == 2
    assert words.text(f"morning.no_{part.value}") not in told
    assert not any(words.text(f"readiness.{state}") in told for state in ("unused", "unchecked"))


@pytest.mark.parametrize(
    ("text", "begins"), [("ilt", "Ilt"), ("i-gel 3", "i-gel 3"), ("pH", "pH"), ("", "")]
)
def test_a_line_begins_in_a_capital_unless_its_name_is_spelt_otherwise(
    text: str, begins: str
) -> None:
    assert headed(text) == begins


@pytest.mark.parametrize("language", list(Language))
def test_under_the_start_check_no_key_is_shown_that_does_nothing_and_the_language_is(
    language: Language,
) -> None:
    sight = patients.asked(patients.bed(patients.PLANNED, language=language), Gate())
    told = "".join(span.text for span in keyrow(sight, 120, 1)[0])
    assert all(f" {key} " in told for key in ("F2", "Q"))
    assert not any(f" {key} " in told for key in ("W", "F1"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_why_it_was_refused_stands_above_the_answer_and_the_keys_stay(
    size: tuple[int, int],
) -> None:
    app = Dashboard(Told(list(scenes.greeting(*scenes.HIGH))), FrozenClock(), settings())
    async with app.run_test(size=size) as pilot:
        await until(lambda: "SpO2" in "".join(lines(app)))
        app._prompt = Note("answer.refused", 1e9, Refusal.HELD, HELD)
        app.draw()
        await pilot.pause()
        app.draw()
        *_, why, answer, keys = lines(app)
        assert "mangler: ASA 1 eller 2" in why
        assert "Afvist" in answer
        assert keys.rstrip().endswith("Q luk")


async def test_a_large_window_gives_the_morning_its_whole_width_while_a_case_is_on() -> None:
    said = [*scenes.greeting(*scenes.HIGH), *mornings.PRACTICE]
    app = Dashboard(Told(said), FrozenClock(), settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: "SpO2" in "".join(lines(app)))
        await pilot.press("f9")
        app.draw()
        await pilot.pause()
        app.draw()
        (title,) = [line for line in lines(app) if "Morgen · Klinik Nord" in line]
        assert title.rstrip().endswith("punkter mangler")
        assert len(title.rstrip()) > 110
        assert sum("██" in line for line in lines(app)) >= 5
