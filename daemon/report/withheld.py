"""Texts that may tell of a patient, and stay in the journal: a report says that they are there.

Reasons of what was done without or in spite of something are told, as an injection's drug, site
and steroid are: whoever surveys the practice asks for them, and staff are told to name nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import structs

from daemon.protocol.cases import Entry
from vitals import deeds
from vitals.deed import Deed

WITHHELD = "-"
"""In the place of such a text."""
TEXTS: Mapping[type[Deed], tuple[str, ...]] = MappingProxyType(
    {
        deeds.Rebook: ("reason", "site"),
        deeds.Finish: ("reason",),
        deeds.HandOver: ("instruction",),
        deeds.Cancel: ("reason",),
        deeds.Transfer: ("to", "reason"),
        deeds.Resume: ("reason",),
        deeds.Correct: ("reason",),
        deeds.Abandon: ("reason",),
    }
)
"""Fields of what was said."""


def withheld(entry: Entry) -> Entry:
    """Return an entry without what may tell of a patient."""
    return _with(entry, WITHHELD)


def bare(entry: Entry) -> Entry:
    """Return an entry without what stands in the place of such texts."""
    return _with(entry, "")


def _with(entry: Entry, text: str) -> Entry:
    names = TEXTS.get(type(entry.deed), ())
    told = {name: text for name in names if getattr(entry.deed, name)}
    deed = structs.replace(entry.deed, **told)
    return structs.replace(entry, deed=deed, reason=text if entry.reason else "")
