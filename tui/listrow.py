"""One row of a checklist on the screen: how it stands, who said so, and what is beside it; pure."""

from __future__ import annotations

from datetime import date

from daemon.protocol.daylist import Phrase
from daemon.protocol.row import ListRow
from tui.page import Block, block
from tui.sight import Sight
from tui.span import Tone
from vitals.vocabulary import Weight

_MARKS = {"done": "✓", "failed": "✗", "not_applicable": "–", "not_yet": "·"}
_STILL = {Weight.HOLD: "✗", Weight.NOTICE: "!"}
"""As what is missing is marked elsewhere: it holds, or it is to be known."""
UNSEEN = "☐"


def label(sight: Sight, phrase: Phrase) -> str:
    """Return a phrase in the language of the screen."""
    return str(getattr(phrase, sight.words.language.value))


def listrow(sight: Sight, row: ListRow, width: int, *, marked: bool) -> Block:
    """Return the entry of a row: its mark, its words, and what is known of it."""
    tone = Tone.STRONG if marked else Tone.PLAIN
    lead = f" {'▸' if marked else ' '}{_mark(row)} "
    return block(row.id, lead, label(sight, row.label), _beside(sight, row), width, tone)


def said(sight: Sight, row: ListRow) -> str:
    """Return when and by whom it was answered: `07:46 AS`, with the day where that was another."""
    return _when(sight, row.by, row.on, row.at)


def _mark(row: ListRow) -> str:
    return _STILL[row.still] if row.still else _MARKS.get(row.state, UNSEEN)


def _beside(sight: Sight, row: ListRow) -> str:
    """Return what is known of a row: how it stands, why, who said it, and what a device says."""
    words = sight.words
    plain = row.state in ("due", "done")
    parts = (
        "" if plain else words.named("due", row.state),
        _holds(sight, row),
        row.reason,
        "" if row.open else said(sight, row),
        _undone(sight, row) if row.open else "",
        words.text("morning.evidence", said=row.evidence) if row.evidence else "",
        "" if row.approved else words.text("morning.unapproved"),
    )
    return " · ".join(part for part in parts if part)


def _holds(sight: Sight, row: ListRow) -> str:
    """Return that a row holds; also of one that was said not to apply."""
    if row.still is Weight.HOLD:
        return sight.words.text("morning.still")
    return sight.words.text("morning.holds") if row.hold and (row.open or row.holds) else ""


def _undone(sight: Sight, row: ListRow) -> str:
    """Return `fortrudt 07:12 AS` of a row whose answer was taken back."""
    taken = row.undone
    if taken is None:
        return ""
    return sight.words.text("morning.undone", said=_when(sight, taken.by, taken.on, taken.at))


def _when(sight: Sight, by: str, on: date | None, at: str) -> str:
    if not at:
        return by
    if on is not None and on != sight.today:
        return f"{sight.forms.day(on)} {by}"
    return f"{sight.local_text(at):%H:%M} {by}"
