"""A connection that only shows, as a browser's: it is held to that here, not by its program alone.

It is told everything and takes nothing, until somebody logs in on this very connection; from then
on that person may speak there, and nobody else. It is no place to be called at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from checklists.people import Person
from daemon.peers import Peer
from daemon.protocol.commands import Asking, Incoming, Spoken
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.showing import Login, Shown
from daemon.refused import RefusedError
from daemon.signing import Signing
from daemon.who import check_initials
from vitals.clock import Clock

Receive = Callable[[Peer], Callable[[Incoming], Awaitable[Message]]]
"""From who is at the other end of a connection to what answers there."""


class Door:
    """What a person must know to speak where is only shown: initials of the practice and a PIN."""

    def __init__(self, people: Sequence[Person], signing: Signing, clock: Clock) -> None:
        self._people = people
        self._signing = signing
        self._clock = clock

    async def open(self, login: Login) -> None:
        """Let somebody in, or refuse with RefusedError; a wrong PIN counts as any other."""
        check_initials(self._people, login.by, self._clock.now())
        await self._signing.prove(login.by, login.pin)


class Guest:
    """One connection."""

    def __init__(self, door: Door, onward: Callable[[Spoken], Awaitable[Message]]) -> None:
        self._door = door
        self._onward = onward
        self._shows = False
        self._by = ""
        """Who is logged in where is only shown."""

    async def answer(self, request: Incoming) -> Message:
        """Return the answer to any request; what may be said here is asked `onward`."""
        match request:
            case Shown():
                self._shows, self._by = True, ""
                return Answer(request.id, Result.IN_EFFECT)
            case Login():
                return await self._login(request)
            case _ if self._shows and not isinstance(request, Asking) and request.by != self._by:
                line = "this connection only shows: log in on it, or say it at another terminal"
                return Answer(request.id, Result.REFUSED, Refusal.SHOWN_ONLY, line)
            case _:
                return await self._onward(request)

    async def _login(self, login: Login) -> Answer:
        """Let who knows the PIN speak here; whoever did before speaks no longer."""
        self._by = ""
        try:
            await self._door.open(login)
        except RefusedError as error:
            told = login.id, Result.REFUSED, error.reason, error.detail
            return Answer(*told, because=error.because)
        self._by = login.by
        return Answer(login.id, Result.IN_EFFECT)
