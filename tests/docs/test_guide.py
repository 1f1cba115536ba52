"""The pages for daily use: one page each, alike in three languages, in the screen's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkout import ROOT

from tui.keymap import GENERAL, KEYS, VIEWS
from words.catalogue import Language, Words
from words.messages import MESSAGES

GUIDE = ROOT / "docs/guide"
PAGES = ("anaesthesiologist", "recovery", "owner")
LANGUAGES = tuple(Language)
WORDS = 450
"""As many as one printed page holds, read standing."""
ELSEWHERE = {"F4", "Enter", "Esc", "F", "1", "5", "4", "!", "E", "8m", "20d", "10:31", "-2", "?"}
"""Keys of forms and of the start check, and what is typed."""


def text(language: Language, page: str) -> str:
    return (GUIDE / language.value / f"{page}.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_it_is_the_same_page_in_every_language(page: str) -> None:
    def shape(language: Language) -> tuple[list[int], list[str], list[str]]:
        found = text(language, page)
        heads = [len(one) for one in re.findall(r"^(#+) ", found, re.MULTILINE)]
        code = [re.sub(r"\b[A-ZÆØÅ]{3,}\b|\w+\.key|prøve|tried", "…", one) for one in coded(found)]
        return heads, code, re.findall(r"\]\((.+?)\)", found)

    shapes = [shape(language) for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


def coded(found: str) -> list[str]:
    return re.findall(r"`([^`]+)`", found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_it_is_one_page(language: Language, page: str) -> None:
    assert len(text(language, page).split()) <= WORDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_what_it_calls_a_word_of_the_screen_is_one(language: Language, page: str) -> None:
    words = Words(language)
    known = " \n ".join(said(words, name) for name in MESSAGES).casefold()
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text(language, page))
    assert named
    assert [one for one in named if one.casefold() not in known] == []


def said(words: Words, name: str) -> str:
    """Return a string with its fields as they stand."""
    fields = dict.fromkeys(re.findall(r"{(\w+)}", MESSAGES[name]), "")
    try:
        return words.text(name, **fields)
    except (KeyError, ValueError):
        return ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_key_that_it_names_is_one(language: Language, page: str) -> None:
    known = {key for key, _ in (*KEYS, *GENERAL, *VIEWS)} | ELSEWHERE
    named = [one for one in coded(text(language, page)) if not re.search(r"[ \[]", one)]
    assert [one for one in named if one not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_it_leads_to_is_there(language: Language, page: str) -> None:
    here = Path(GUIDE / language.value)
    links = re.findall(r"\]\((.+?)\)", text(language, page))
    assert [link for link in links if not (here / link).is_file()] == []
