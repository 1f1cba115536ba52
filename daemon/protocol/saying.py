"""Checklists, stock, gases and equipment: what clients may say of them, and ask."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from daemon.protocol.request import Request
from vitals.acts import Done
from vitals.deed import Remark

Pin = Annotated[str, Meta(pattern=r"\A(?:[0-9]{4,12})?\Z")]
Scanned = Annotated[str, Meta(min_length=1, max_length=200)]
OLDEST_DAYS = 400
"""Nothing is said of the practice that was so longer ago."""
Moment = Annotated[datetime, Meta(tz=True)]
"""RFC 3339; one on the whole minute stands for that minute."""


class Do(Request, frozen=True, tag="act"):
    """Say what was done with checklists, stock, gases or equipment: `ago_s` ago, or `at`."""

    act: Done
    ago_s: Annotated[float, Meta(ge=0, le=OLDEST_DAYS * 86_400)] = 0.0
    reason: Remark = ""
    """Why it is entered late; asked for of an earlier day."""
    pin: Pin = ""
    """Of who signs; kept nowhere."""
    at: Moment | None = None
    """When it was so, by the clock, exactly as it was typed; `ago_s` then says nothing."""

    def __repr__(self) -> str:
        """Name what is said without words and PIN: no log has them."""
        return f"Do({self.id!r}, {self.by!r}, {type(self.act).__name__})"


class Scan(Request, frozen=True, tag="scan"):
    """Read a code as a scanner typed it; nothing is stored by that."""

    text: Scanned
    separator: Annotated[str, Meta(min_length=1, max_length=1)] = "\x1d"
    """What stands where the scanner sent FNC1."""


class SetPin(Request, frozen=True, tag="set_pin"):
    """Give oneself a PIN; the old one is asked for where there is one."""

    pin: Annotated[str, Meta(pattern=r"\A[0-9]{4,12}\Z")]
    old: Pin = ""

    def __repr__(self) -> str:
        """Name who asks, and no PIN."""
        return f"SetPin({self.id!r}, {self.by!r})"


PracticeOrder = Do | Scan | SetPin
