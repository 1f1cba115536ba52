from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import sight_of
from msgspec import structs
from planning import planable

from tui.caseline import caseline
from tui.operation import crossing, operation
from tui.sight import Sight
from words.catalogue import Language

GROMMETS = structs.replace(patients.RUNNING, procedures=("3009",), next_s=900.0)


def sight(*, told: bool = True, language: Language = Language.DANISH) -> Sight:
    more = (planable(),) if told else ()
    return sight_of(*scenes.greeting(*scenes.IDLE, GROMMETS), *more, language=language)


def line(width: int, shown: Sight) -> str:
    (row,) = caseline(shown, width, 1)
    return "".join(span.text for span in row)


def test_what_is_operated_stands_with_its_number() -> None:
    assert operation(sight(), GROMMETS) == "Anlæggelse af trommehindedræn (3009)"
    both = structs.replace(GROMMETS, procedures=("3009", "3057"))
    assert operation(sight(), both).endswith("(3009) + 1")


def test_without_a_catalogue_nothing_is_made_up() -> None:
    assert operation(sight(told=False), GROMMETS) == ""
    assert operation(sight(), structs.replace(GROMMETS, procedures=())) == ""
    assert crossing(sight(told=False), GROMMETS, 900.0) == "15:00 næste grænse"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.DANISH, "30:00 → EKG + BT kræves"),
        (Language.NORWEGIAN, "30:00 → EKG + BT kreves"),
        (Language.ENGLISH, "30:00 → ECG + BP required"),
    ],
)
def test_the_next_limit_says_what_it_will_ask_for(language: Language, told: str) -> None:
    assert crossing(sight(language=language), GROMMETS, 1800.0) == told


def test_where_nothing_more_is_asked_for_the_limit_names_the_code() -> None:
    assert crossing(sight(), GROMMETS, 900.0) == "15:00 → 3022"


def test_a_limit_that_no_row_has_is_only_a_limit() -> None:
    assert crossing(sight(), GROMMETS, 777.0) == "12:57 næste grænse"


def test_a_bar_fills_towards_the_limit_where_there_is_room() -> None:
    assert "▕██████████░░▏" in line(120, sight())
    assert "▕" not in line(110, sight())
