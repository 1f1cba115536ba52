"""PINs: who signs is who says so. The only file that imports argon2.

Hashes lie in a file of their own beside the journal, which its owner alone may read; they are in
no journal, backup or export. A PIN is asked for where somebody signs, and nowhere else: nobody is
kept from an emergency, an airway, an acknowledgement or a call.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from msgspec import Struct

from daemon import hidden
from daemon.hidden import HiddenError
from daemon.who import SIGNATURES
from vitals.acts import Act, Sign
from vitals.clock import Clock
from vitals.deed import Deed

FILE = "pins"
FORM = re.compile(r"[0-9]{4,12}")
WRONG = 5
"""So many wrong PINs of a person in a row lock that person's signing."""
PAUSE_S = 60.0
"""For so long, by the monotonic clock, from the last of them on."""
SIGNED = (*SIGNATURES, Sign)
"""What a PIN is asked for."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id with m = 19 MiB, t = 2, p = 1 (OWASP Password Storage Cheat Sheet)."""


class PinsError(Exception):
    """The PINs cannot be read or written; the message says how to mend it. None was altered."""


class Answer(StrEnum):
    """What came of a PIN."""

    RIGHT = "right"
    UNSET = "unset"
    """There is none, and none is required: initials are enough."""
    REQUIRED = "required"
    """There is none, and one is required: the person is to set one."""
    ASKED = "asked"
    """There is one, and none was given."""
    WRONG = "wrong"
    LOCKED = "locked"
    """Too many were wrong, this one among them, or it was not looked at."""

    @property
    def signs(self) -> bool:
        """Tell whether it lets somebody sign."""
        return self in {Answer.RIGHT, Answer.UNSET}


class _Kept(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file has."""

    schema: Literal[1]
    pins: dict[str, str]
    """An encoded argon2id hash, by initials."""


@dataclass(slots=True)
class _Tries:
    """The wrong PINs of one person since the last right one."""

    count: int
    last_s: float
    """By the monotonic clock."""

    def left_s(self, now_s: float) -> float:
        """Return for how long nobody may try; 0 when they may."""
        return 0.0 if self.count < WRONG else max(0.0, self.last_s + PAUSE_S - now_s)


def asked(said: Deed | Act) -> bool:
    """Tell whether something that is said is a signature."""
    return isinstance(said, SIGNED)


class Pins:
    """The PINs of a practice. One is looked at after the other, so that none slips past a lock."""

    def __init__(self, data: Path, clock: Clock, *, required: bool) -> None:
        """Read what is kept in a folder; PinsError where it cannot be used."""
        self._path = data / FILE
        self._clock = clock
        self._required = required
        self._hashes = _read(self._path)
        self._tries: dict[str, _Tries] = {}
        self._turn = asyncio.Lock()

    @property
    def known(self) -> tuple[str, ...]:
        """Return the initials of those who have a PIN, sorted."""
        return tuple(sorted(self._hashes))

    def locked_s(self, initials: str) -> float:
        """Return for how long somebody cannot sign; 0 when they can."""
        tries = self._tries.get(initials)
        return tries.left_s(self._clock.now().monotonic) if tries else 0.0

    async def check(self, initials: str, pin: str) -> Answer:
        """Return whether somebody signs with a PIN, an empty one being none.

        A wrong one counts; five in a row lock this person's signing for a minute, and the fifth is
        answered so.
        """
        async with self._turn:
            return await self._checked(initials, pin)

    async def give(self, initials: str, pin: str, old: str = "") -> Answer:
        """Give somebody a PIN and return RIGHT, or why the old one does not allow it.

        Raises PinsError for no PIN of 4 to 12 digits, and where it cannot be kept.
        """
        if not FORM.fullmatch(pin):
            raise PinsError("a PIN is 4 to 12 digits: choose such a one")
        async with self._turn:
            if initials in self._hashes:
                answer = await self._checked(initials, old)
                if answer is not Answer.RIGHT:
                    return answer
            digest = await asyncio.to_thread(_HASHER.hash, pin)
            await self._keep({**self._hashes, initials: digest})
            return Answer.RIGHT

    async def _checked(self, initials: str, pin: str) -> Answer:
        if (digest := self._hashes.get(initials)) is None:
            return Answer.REQUIRED if self._required else Answer.UNSET
        if self.locked_s(initials):
            return Answer.LOCKED
        if not pin:
            return Answer.ASKED
        self._count(initials)  # before it is looked at: who hangs up has tried, too
        if not await asyncio.to_thread(_same, digest, pin):
            return Answer.LOCKED if self.locked_s(initials) else Answer.WRONG
        self._tries.pop(initials, None)
        return Answer.RIGHT

    def _count(self, initials: str) -> None:
        now_s = self._clock.now().monotonic
        tries = self._tries.get(initials)
        before = tries.count if tries and tries.count < WRONG else 0
        self._tries[initials] = _Tries(before + 1, now_s)

    async def _keep(self, hashes: dict[str, str]) -> None:
        text = msgspec.json.encode(_Kept(1, dict(sorted(hashes.items()))))
        try:
            await asyncio.to_thread(hidden.hide, self._path, text)
        except HiddenError as error:
            raise PinsError(str(error)) from error
        self._hashes = hashes
        self._tries = {name: one for name, one in self._tries.items() if name in hashes}


def _same(digest: str, pin: str) -> bool:
    try:
        return _HASHER.verify(digest, pin)
    except VerifyMismatchError:
        return False
    except VerificationError as error:
        raise PinsError(f"a PIN cannot be looked at: {error}") from error


def _read(path: Path) -> dict[str, str]:
    try:
        text = hidden.reveal(path)
    except HiddenError as error:
        raise PinsError(str(error)) from error
    if text is None:
        return {}
    remedy = "take the file away, and everybody sets a PIN anew"
    try:
        kept = msgspec.json.decode(text, type=_Kept)
        for digest in kept.pins.values():
            extract_parameters(digest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise PinsError(f"{path}: is damaged: {remedy}") from error
    except InvalidHashError as error:
        raise PinsError(f"{path}: has what is no hash: {remedy}") from error
    return kept.pins
