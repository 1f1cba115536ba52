"""Who signs is who says so: the PIN of whoever signs, or gives one to themselves."""

from __future__ import annotations

import logging
from math import ceil
from pathlib import Path

from daemon.pins import Answer, Pins, PinsError
from daemon.protocol.because import Because, Why
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from vitals.clock import Clock

_LOG = logging.getLogger(__name__)
_WRONG = {
    Answer.ASKED: (Refusal.PIN_ASKED, "{by} signs with a PIN: give it"),
    Answer.WRONG: (Refusal.PIN_WRONG, "the PIN of {by} is another: try again"),
    Answer.LOCKED: (Refusal.PIN_LOCKED, "five wrong PINs: {by} can sign again in {left} s"),
    Answer.REQUIRED: (Refusal.PIN_UNSET, "nobody signs without a PIN: {by} sets one first"),
}


class Signing:
    """Looks at PINs; where they cannot be read, nobody signs, and everything else goes on."""

    def __init__(self, data: Path, clock: Clock, *, required: bool) -> None:
        """Read what is kept in a folder; what is wrong with it is said whenever somebody signs."""
        self._pins: Pins | None = None
        self._fault = ""
        try:
            self._pins = Pins(data, clock, required=required)
        except PinsError as error:
            self._fault = str(error)
            _LOG.warning("nobody can sign: %s", error)

    def known(self) -> tuple[str, ...]:
        """Return the initials of those who have a PIN."""
        return self._pins.known if self._pins else ()

    async def check(self, by: str, pin: str) -> None:
        """Refuse a signature with RefusedError; a wrong PIN counts."""
        try:
            answer = await self._there().check(by, pin)
        except PinsError as error:
            raise RefusedError(Refusal.BAD_ACT, str(error)) from error
        if not answer.signs:
            raise self._refusal(answer, by)

    async def prove(self, by: str, pin: str) -> None:
        """Refuse with RefusedError unless this is somebody's PIN; to have none proves nothing."""
        await self.check(by, pin)
        if by not in self.known():
            raise self._refusal(Answer.REQUIRED, by)

    async def give(self, by: str, pin: str, old: str) -> None:
        """Give somebody a PIN, or refuse with RefusedError."""
        try:
            answer = await self._there().give(by, pin, old)
        except PinsError as error:
            raise RefusedError(Refusal.BAD_ACT, str(error)) from error
        if answer is not Answer.RIGHT:
            raise self._refusal(answer, by)

    def _there(self) -> Pins:
        if self._pins is None:
            raise PinsError(self._fault)
        return self._pins

    def _refusal(self, answer: Answer, by: str) -> RefusedError:
        reason, line = _WRONG[answer]
        left_s = ceil(self._there().locked_s(by))
        because = Because(Why.LOCKED, about=by, value=left_s) if left_s else None
        return RefusedError(reason, line.format(by=by, left=left_s), because=because)
