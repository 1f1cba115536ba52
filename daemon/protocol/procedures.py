"""What may be planned, as clients look it up: procedures by name and number, and codes.

Said once to a client that connects; it is what the rules say on that day.
"""

from __future__ import annotations

from msgspec import Struct

from daemon.protocol.daylist import Phrase
from daemon.protocol.message import Message
from vitals.vocabulary import CaseKind, Modality


class Demand(Struct, frozen=True):
    """What is to be watched from a time after the start on."""

    after_s: float
    code: str
    """Of the service whose level the time has reached."""
    watched: tuple[Modality, ...]
    """Everything that the contract requires from then on."""


class Planable(Struct, frozen=True):
    """A service that may be planned by its own code."""

    code: str
    case_kind: CaseKind
    name: Phrase
    demands: tuple[Demand, ...]
    """By time; the first is from the start on."""


class Procedure(Struct, frozen=True):
    """What is printed under one name."""

    numbers: tuple[str, ...]
    beside: tuple[str, ...]
    """Numbers for the other side, that may stand beside those."""
    name: Phrase
    """The Danish as printed."""
    codes: tuple[str, ...]
    """Of the anaesthesia; several where the site decides."""
    site: str = ""
    """To be said with the numbers, where they alone do not decide."""
    sites: tuple[str, ...] = ()
    """One of these is to be said, where the name does not tell which."""
    reasoned: bool = False
    """A medical judgement is to be stated."""
    rank: int = 0
    """1 for what is done most often; 0 for what is not known to be done often."""
    called: Phrase | None = None
    """More words by which people know it."""


class Procedures(Message, frozen=True, tag="procedures"):
    """Everything that may be planned at a bed."""

    services: tuple[Planable, ...]
    procedures: tuple[Procedure, ...]
    sets: dict[str, tuple[str, ...]]
    """The codes of every set of numbers that may stand together: sorted, a blank between them."""
