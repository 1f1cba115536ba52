"""The words of one language: the only file that imports gettext."""

from __future__ import annotations

import gettext
from enum import StrEnum
from pathlib import Path

from words.messages import MESSAGES

_LOCALES = Path(__file__).parent / "locales"


class Language(StrEnum):
    """A language that every string exists in."""

    DANISH = "da"
    NORWEGIAN = "nb"
    ENGLISH = "en"

    @property
    def next(self) -> Language:
        """Return the language after this one, round and round."""
        members = list(Language)
        return members[(members.index(self) + 1) % len(members)]


class UnknownWordError(Exception):
    """An id that no message has: add it to words/messages.py and to the catalogues."""


class CatalogueMissingError(Exception):
    """The compiled catalogue is not there: install the package again, which compiles it."""


class Words:
    """Every string of one language, by id."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._translations = _translations(language)

    def text(self, word: str, **fields: object) -> str:
        """Return the string of `word` with its fields filled in; UnknownWordError without one."""
        try:
            source = MESSAGES[word]
        except KeyError as error:
            raise UnknownWordError(word) from error
        return self._translations.pgettext(word, source).format(**fields)

    def named(self, room: str, name: str, **fields: object) -> str:
        """Return the string of `room.name`, or `name` itself where a newer daemon sent it."""
        word = f"{room}.{name}"
        return self.text(word, **fields) if word in MESSAGES else name


def _translations(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation("vagt", _LOCALES, [language.value])
    except FileNotFoundError as error:
        raise CatalogueMissingError(language.value) from error
