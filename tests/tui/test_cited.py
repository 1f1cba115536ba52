"""The sources of rules are told in the language of the screen; documents keep their names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import monitoring
from tui.cited import cited
from words.catalogue import Language, Words

RULES = Path(monitoring.__file__).parent / "rules"
GATE = sorted([RULES / "gate.toml", *RULES.glob("service_30*.toml")])
ENGLISH = re.compile(r"\b(chapter|services?|pp?\.|product|that|the|a|and|with|is|title|not)\b")
KIT = (
    "Modernisering (FAPS), chapter 8, services 3021-3025, Apparatur and Utensilier, pp. 78-83; "
    "that it is a hold: product proposal"
)


def _places(rows: object) -> Iterator[str]:
    """Yield every place of a Danish document that holds a start, or forbids it."""
    if isinstance(rows, dict):
        source = rows.get("source")
        if isinstance(source, dict) and source["document"].startswith("Modernisering"):
            yield source["place"]
        rows = list(rows.values())
    for row in rows if isinstance(rows, list) else ():
        yield from _places(row)


PLACES = sorted({place for path in GATE for place in _places(tomllib.loads(path.read_text()))})


def test_a_source_is_said_in_the_language_of_the_screen() -> None:
    assert cited(Words(Language.DANISH), KIT) == (
        "Modernisering (FAPS), kapitel 8, ydelse 3021-3025, Apparatur og Utensilier, s. 78-83; "
        "at det spærrer starten: Vagts forslag"
    )
    assert "kapittel 8, ytelse 3021-3025" in cited(Words(Language.NORWEGIAN), KIT)
    assert cited(Words(Language.ENGLISH), KIT) == KIT


@pytest.mark.parametrize("language", [Language.DANISH, Language.NORWEGIAN])
def test_no_word_of_a_source_that_the_start_check_shows_is_left_in_english(
    language: Language,
) -> None:
    assert len(PLACES) > 10
    for place in PLACES:
        assert not ENGLISH.search(cited(Words(language), place)), place


def test_what_has_no_words_stays_as_it_is() -> None:
    told = "A newer document, section 4: in its own words"
    assert cited(Words(Language.DANISH), told) == told
