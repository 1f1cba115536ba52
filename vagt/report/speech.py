"""Plain values in the words of one language, as they stand on a page: absent is a dash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from daemon.protocol.daylist import Phrase
from tui.sight import Tongue
from vitals.practice import Responsible
from words.catalogue import Language, Words
from words.forms import Forms, elapsed
from words.headed import headed

ABSENT = "–"


class Speech:
    """One language, and the clock on the wall of this machine."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.tongue = Tongue(Words(language), Forms(language))

    @property
    def words(self) -> Words:
        """Return the words."""
        return self.tongue.words

    def text(self, word: str, **fields: object) -> str:
        """Return a word of reports."""
        return self.words.text(f"report.{word}", **fields)

    def phrase(self, phrase: Phrase) -> str:
        """Return a label in the language of the page."""
        return headed(str(getattr(phrase, self.language.value)))

    def responsible(self, who: Responsible) -> str:
        """Return who answers for a row, in short."""
        return self.words.named("orders", who.value)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Return a number; a dash where there is none."""
        return ABSENT if value is None else self.tongue.forms.number(value, decimals)

    def day(self, day: date | None) -> str:
        """Return a day with its year: `lør 21. nov 2026`."""
        return ABSENT if day is None else f"{self.tongue.forms.day(day)} {day.year}"

    def brief(self, day: date) -> str:
        """Return a day without its year."""
        return self.tongue.forms.day(day)

    def moment(self, at: str | None) -> str:
        """Return day and time: `lør 21. nov 10:42`."""
        if at is None:
            return ABSENT
        then = local(at)
        return f"{self.tongue.forms.day(then)} {then:%H:%M}{_which(then)}"

    def clock(self, at: str | None) -> str:
        """Return a time of day."""
        if at is None:
            return ABSENT
        then = local(at)
        return f"{then:%H:%M:%S}{_which(then)}"

    def lasts(self, seconds: float | None) -> str:
        """Return a duration as `hh:mm:ss`; a dash where nobody measured it."""
        return ABSENT if seconds is None else elapsed(round(seconds))


def local(at: str) -> datetime:
    """Return an RFC 3339 moment by the clock on the wall."""
    return datetime.fromisoformat(at).astimezone()


def _which(then: datetime) -> str:
    """Return the zone of a time that the clock shows twice in the night when summer ends."""
    bare = then.replace(tzinfo=None)
    twice = bare.replace(fold=0).timestamp() != bare.replace(fold=1).timestamp()
    return f" {then:%Z}" if twice else ""


def joined(parts: Iterable[str], between: str = "; ") -> str:
    """Return texts in one cell, each once; a dash where there is none."""
    return between.join(dict.fromkeys(part for part in parts if part)) or ABSENT
