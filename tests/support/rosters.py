"""Lists of a day as the daemon tells them, and what keys lead to in them."""

from __future__ import annotations

from datetime import date, timedelta

import scenes
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.daylist import DayList, ListRow, Phrase, RowHold
from daemon.protocol.message import Message
from tui.prompt import IDLE, Prompt
from tui.sight import Sight
from vitals.listing import RowState
from vitals.vocabulary import Cancellation, CaseKind, Side
from words.catalogue import Language

DAY = date(2026, 11, 21)
"""It is that day on the clock of the scenes."""
MORROW = DAY + timedelta(days=1)
HOLD = RowHold(
    "two_years",
    "SR-001",
    approved=True,
    label=Phrase(en="airway under 2 years", da="luftvej under 2 år", nb="luftvei under 2 år"),
)
FIRST = ListRow(
    number=1,
    state=RowState.WAITING,
    code="3023",
    case_kind=CaseKind.ANAESTHETIC,
    procedures=("3005", "3057"),
    site="",
    side=None,
    band="y2_5",
    two_years=True,
    aged_on=DAY,
    note="mor med",
    holds=(),
    by="AS",
)


def row(number: int, state: RowState = RowState.WAITING, **fields: object) -> ListRow:
    return structs.replace(FIRST, number=number, state=state, **fields)


ROWS = (
    row(1, RowState.DONE, case="KN-261121-013"),
    row(2, RowState.CANCELLED, why=Cancellation.INFECTION, note=""),
    row(3, note="grommets", procedures=("3009", "3109"), code="3021", side=Side.BOTH),
    row(4, band="y1_2", two_years=False, holds=(HOLD,), site="nasopharynx", side=Side.LEFT),
    row(5, code="2635", case_kind=CaseKind.BLOCK, procedures=(), band="adult", note=""),
    row(6, RowState.MOVED, moved_to=MORROW),
)
"""One of every standing; 3 is next."""
FULL = tuple(row(number, note="tyve tegn i en note.") for number in range(1, 15))


def told(*rows: ListRow, day: date = DAY) -> DayList:
    return DayList(day, rows)


def greeting(
    *messages: Message, lists: tuple[DayList, ...] = (DayList(DAY, ROWS),)
) -> list[Message]:
    """Return what a daemon says to a new client, with its lists."""
    hello, snapshot, beat = scenes.greeting(*messages)
    return [hello, structs.replace(snapshot, lists=lists, day=DAY), beat]


def bed(
    *said: Message,
    rows: tuple[ListRow, ...] = ROWS,
    prompt: Prompt = IDLE,
    language: Language = Language.DANISH,
) -> Sight:
    """Return a bed with an oximeter, and the list of today."""
    lists = (told(*rows), told(row(1), day=MORROW))
    return sight_of(*greeting(*scenes.IDLE, *said, lists=lists), prompt=prompt, language=language)
