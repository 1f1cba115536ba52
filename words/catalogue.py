"""The words of one language: the only file that imports gettext."""

from __future__ import annotations

import gettext
from enum import StrEnum
from pathlib import Path

from words.headed import headed
from words.messages import MESSAGES
from words.wanting import Wanting, read

_LOCALES = Path(__file__).parent / "locales"


_STATED = frozenset({"planned", "text", "recovery", "running"})
"""Points of the start check whose words say what is wrong; the others, what is to be so."""


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

    def event(self, event: str, detail: str) -> str:
        """Return the words of an event: of this one detail where there are any, else with it."""
        own = f"event.{event}.{detail}"
        return self.text(own) if own in MESSAGES else self.named("event", event, detail=detail)

    def rule(self, name: str) -> str:
        """Return what a rule found: `2635.series` after its code, where several have the same."""
        code, _, kind = name.partition(".")
        if f"rule.{name}" not in MESSAGES and code.isdecimal() and f"rule.{kind}" in MESSAGES:
            return f"{code}: {self.text(f'rule.{kind}')}"
        return self.named("rule", name)

    def unready(self, detail: str) -> tuple[list[str], int]:
        """Return what of a kit is not as it is to be, thing by thing, and how many more."""
        things, more = read(detail)
        return [self._wanting(one) for one in things], more

    def hold(self, name: str) -> str:
        """Return what holds: a point of the start check, as `live pulse_oximetry`, or a rule."""
        point, _, detail = name.partition(" ")
        if point == "kit" and detail and f"gate.kit.{detail}" not in MESSAGES:
            things, more = self.unready(detail)
            told = [*things, f"+{more}"] if more else things
            return self.text("gate.unready", detail=", ".join(told))
        for word in (f"gate.{point}.{detail}", f"gate.{point}"):
            if word in MESSAGES:
                said = self.text(word, detail=detail)
                stated = point in _STATED or (point == "asa" and detail)
                return said if stated else self.text("gate.lacking", item=said)
        return self.rule(name)

    def _wanting(self, thing: Wanting | str) -> str:
        if isinstance(thing, str):
            return thing
        labels = {
            Language.ENGLISH: thing.en,
            Language.DANISH: thing.da,
            Language.NORWEGIAN: thing.nb,
        }
        state = self.named("ready", thing.state).rstrip(":")
        word = "gate.wanting" if thing.target else "gate.wanting_all"
        what = headed(labels[self.language])
        return self.text(word, what=what, state=state, where=thing.target)


def _translations(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    try:
        return gettext.translation("vagt", _LOCALES, [language.value])
    except FileNotFoundError as error:
        raise CatalogueMissingError(language.value) from error
