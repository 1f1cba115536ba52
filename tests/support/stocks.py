"""Packs and what is said of them, as the tests of stock say it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from checkout import ROOT
from msgspec import structs

from checklists.atc import atc_codes
from checklists.entry import Entry
from checklists.shortage import Ground
from checklists.supplies import supplies
from vitals.acts import Done, Receive
from vitals.practice import Ware

SUPPLIES = Path(ROOT, "checklists", "supplies.toml").read_text("utf-8")
ROWS = supplies(SUPPLIES, "supplies.toml")
CODES = atc_codes(Path(ROOT, "checklists", "atc.toml").read_text("utf-8"), "atc.toml")
TODAY = date(2026, 11, 21)
WALL = timezone(timedelta(hours=1))
"""Of the clinic."""
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=WALL)
KIT, SITE = "Kuffert", "KN"
GROUND = Ground(SITE, (KIT,))
LATE = date(2028, 6, 30)


def entry(number: int, act: Done, at: datetime = NOW) -> Entry:
    return Entry(number, at.astimezone(UTC), at.astimezone(WALL).date(), "AS", act)


def said(*acts: Done, at: datetime = NOW) -> tuple[Entry, ...]:
    """Return entries one minute apart, numbered from 1."""
    return tuple(
        entry(number, act, at + timedelta(minutes=number)) for number, act in enumerate(acts, 1)
    )


def pack(
    item: str = "dr-01", expires: date = LATE, quantity: int = 5, place: str = KIT, **label: str
) -> Receive:
    """Return that a pack came; `label` may have its lot, atc, gtin and once."""
    lot = label.pop("lot", "LOT77A")
    return structs.replace(Receive(item, Ware.DRUG, lot, expires, quantity, place), **label)
