"""How a language writes numbers, dates and durations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from words.catalogue import Language


@dataclass(frozen=True, slots=True)
class _Style:
    point: str
    thousands: str
    hours: str
    date: str
    days: tuple[str, ...]
    months: tuple[str, ...]


class Forms:
    """Numbers, dates and durations of one language."""

    def __init__(self, language: Language) -> None:
        self._style = _STYLES[language]

    def number(self, value: float, decimals: int = 0) -> str:
        """Return `value` rounded to `decimals`, with the language's point and thousands."""
        text = f"{value:,.{decimals}f}"
        swapped = {",": self._style.thousands, ".": self._style.point}
        return "".join(swapped.get(sign, sign) for sign in text)

    def moment(self, at: datetime) -> str:
        """Return weekday, date and time: `lør 21. nov 10:42:07`."""
        return f"{self.day(at)} {at:%H:%M:%S}"

    def day(self, at: date) -> str:
        """Return weekday and date: `lør 21. nov`."""
        style = self._style
        month = style.months[at.month - 1]
        return style.date.format(weekday=style.days[at.weekday()], day=at.day, month=month)

    def age(self, seconds: float) -> str:
        """Return how old data are, coarser as they grow older: `0,3 s`, `12 s`, `3 min`, `2 t`."""
        if seconds < _TENTHS_BELOW_S:
            return f"{self.number(seconds, 1)} s"
        if seconds < _MINUTE_S:
            return f"{int(seconds)} s"
        if seconds < _HOUR_S:
            return f"{int(seconds // _MINUTE_S)} min"
        return f"{self.number(seconds // _HOUR_S)} {self._style.hours}"


def lasting(seconds: float) -> str:
    """Return whole seconds for an alarm, `6 s`, and `mm:ss` or `hh:mm:ss` from a minute on."""
    whole = max(0, int(seconds))
    if whole < _MINUTE_S:
        return f"{whole} s"
    return elapsed(whole) if whole >= _HOUR_S else elapsed(whole)[3:]


def elapsed(seconds: float) -> str:
    """Return `hh:mm:ss`, never below zero; more than 99 hours keep their digits."""
    whole = max(0, int(seconds))
    return f"{whole // _HOUR_S:02d}:{whole // _MINUTE_S % 60:02d}:{whole % 60:02d}"


_TENTHS_BELOW_S = 9.95
_MINUTE_S = 60
_HOUR_S = 3600
_HARD_SPACE = "\u00a0"
_SCANDINAVIAN_DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")

_STYLES = {
    Language.DANISH: _Style(
        point=",",
        thousands=".",
        hours="t",
        date="{weekday} {day}. {month}",
        days=_SCANDINAVIAN_DAYS,
        months=("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    ),
    Language.NORWEGIAN: _Style(
        point=",",
        thousands=_HARD_SPACE,
        hours="t",
        date="{weekday} {day}. {month}",
        days=_SCANDINAVIAN_DAYS,
        months=("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"),
    ),
    Language.ENGLISH: _Style(
        point=".",
        thousands=",",
        hours="h",
        date="{weekday} {day} {month}",
        days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
}
