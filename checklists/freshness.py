"""Whether packs may be used at a moment, and which first: what ends first goes out first.

`now` always has the time zone of the clinic: the last day ends by the calendar on its wall.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from checklists.stock import Pack
from checklists.supplies import Ahead


class Status(StrEnum):
    """How a pack stands, as a rule worst first."""

    RECALLED = "recalled"
    EXPIRED = "expired"
    OPENED_EXPIRED = "opened_expired"
    """Its time from opening is over."""
    WARM_EXPIRED = "warm_expired"
    """Its time out of the refrigerator is over."""
    DUE = "due"
    """It ends soon."""
    ORDER = "order"
    """It ends so soon that another is ordered."""
    OK = "ok"

    @property
    def usable(self) -> bool:
        """Tell whether it may be used."""
        return self in {Status.DUE, Status.ORDER, Status.OK}


def status(pack: Pack, ahead: Ahead, now: datetime) -> Status:
    """Return how a pack stands at a moment; what ends tomorrow is due today."""
    if (over := _over(pack, now)) is not None:
        return over
    left = (last_day(pack, now) - now.date()).days
    if left <= ahead.due_days:
        return Status.DUE
    return Status.ORDER if left <= ahead.order_days else Status.OK


def last_day(pack: Pack, now: datetime) -> date:
    """Return the last day on which a pack may be used, with what was opened or warmed."""
    return min(pack.expires, _ends(pack, now).date())


def ending(pack: Pack, now: datetime) -> datetime | None:
    """Return when a clock ends the use of a pack, in the time zone of `now`.

    None where its label does: it may be used until the end of its last day.
    """
    clock = pack.clock
    if clock is None or clock.astimezone(now.tzinfo).date() > pack.expires:
        return None
    return clock.astimezone(now.tzinfo)


def usable(pack: Pack, ahead: Ahead, now: datetime) -> bool:
    """Tell whether something is left of a pack that may be used at a moment."""
    return pack.quantity > 0 and status(pack, ahead, now).usable


def first_out(
    stock: Iterable[Pack], ahead: Ahead, now: datetime
) -> dict[tuple[str, str], tuple[Pack, ...]]:
    """Return by item and place what may be used at a moment, what ends first at the front."""
    found: dict[tuple[str, str], list[Pack]] = {}
    for pack in sorted(stock, key=lambda one: (_ends(one, now), one.number)):
        if usable(pack, ahead, now):
            found.setdefault((pack.item, pack.place), []).append(pack)
    return {key: tuple(listed) for key, listed in sorted(found.items())}


def _over(pack: Pack, now: datetime) -> Status | None:
    """Return why a pack may not be used; None where it may."""
    facts = {
        Status.RECALLED: pack.recalled,
        Status.EXPIRED: pack.expires < now.date(),
        Status.OPENED_EXPIRED: pack.opened_until is not None and pack.opened_until < now,
        Status.WARM_EXPIRED: pack.warm_until is not None and pack.warm_until < now,
    }
    return next((status for status, so in facts.items() if so), None)


def _ends(pack: Pack, now: datetime) -> datetime:
    return pack.until(now.tzinfo).astimezone(now.tzinfo)
