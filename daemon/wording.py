"""What people write in words of their own, and what of it may not be kept.

A number of a person is told for sure; a name is not, and is only asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from daemon.protocol.because import Because, Why
from daemon.protocol.daylist import AddRow, ListOrder, PasteRows
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from monitoring.note import like_name, names_child, names_person
from monitoring.steps import ALWAYS
from vitals.acts import Done
from vitals.deeds import Said, Transfer
from vitals.vocabulary import Flag

FREE = ("reason", "instruction")
"""What is written freely, in whatever is said."""
NAMED = "what is written is kept and stands in reports: say it without a name"
CLEARED = "a person's number stood among the words and was left out"


def cleared(deed: Said, reason: str) -> tuple[Said, str, tuple[Flag, ...]]:
    """Return a deed and the reason beside it as they may be kept, and what is to be seen of them.

    A person's number is refused with RefusedError; what is always taken is taken without the words.
    """
    named = [name for name in _written(deed) if names_person(getattr(deed, name))]
    if named or names_person(reason):
        if not isinstance(deed, ALWAYS):
            detail = "a patient's number stands among the words: leave it out, these are kept"
            raise RefusedError(Refusal.BAD_NUMBER, detail, because=Because(Why.PERSON))
        return structs.replace(deed, **dict.fromkeys(named, "")), "", (Flag.CLEARED,)
    return deed, reason, named_in(*(getattr(deed, name) for name in _own(deed)), reason)


def spoken(act: Done, reason: str) -> tuple[Flag, ...]:
    """Return what is to be seen of the words of an act and of the reason beside it.

    A person's number among them is refused with RefusedError.
    """
    texts = [*(getattr(act, name) for name in FREE if name in act.__struct_fields__), reason]
    if any(map(names_person, texts)):
        detail = "a patient's number stands among the words: leave it out, these are kept"
        raise RefusedError(Refusal.BAD_NUMBER, detail, because=Because(Why.PERSON))
    return named_in(*texts)


def named_on(order: ListOrder) -> tuple[Flag, ...]:
    """Return the flag of a list of a day in which a note, or a line, may hold a name."""
    texts: tuple[str, ...] = ()
    match order:
        case AddRow(note=note):
            texts = (note,)
        case PasteRows(text=text):
            texts = tuple(text.splitlines())
        case _:
            pass
    return (Flag.NAMED,) if any(map(names_child, texts)) else ()


def named_in(*texts: str) -> tuple[Flag, ...]:
    """Return the flag of words that look like a name; nothing where none do."""
    return (Flag.NAMED,) if any(map(like_name, texts)) else ()


def _own(deed: Said) -> Iterator[str]:
    yield from (name for name in FREE if name in deed.__struct_fields__)


def _written(deed: Said) -> Iterator[str]:
    """Yield every text of a deed; a hospital has a name, and no number."""
    yield from _own(deed)
    if isinstance(deed, Transfer):
        yield "to"
