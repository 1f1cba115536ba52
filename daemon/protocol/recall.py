"""One case asked for by its number, or by the end of it, and told whole."""

from __future__ import annotations

from collections.abc import Collection

from daemon.protocol.cases import Case
from daemon.protocol.message import Message
from daemon.protocol.request import Name, Request


class Recall(Request, frozen=True, tag="recall"):
    """Tell a case that is at hand, also where another has taken its bed since."""

    case: Name
    """Its number, or the end of it: `014`."""


class Recalled(Message, frozen=True, tag="recalled"):
    """The answer to `recall`."""

    id: str
    case: Case | None = None
    """Null unless the number is that of one case alone."""
    numbers: tuple[str, ...] = ()
    """Of every case at hand whose number ends so."""


def ending(numbers: Collection[str], text: str) -> tuple[str, ...]:
    """Return the numbers that end so; the one that is the text itself before any other."""
    return (text,) if text in numbers else tuple(one for one in numbers if one.endswith(text))
