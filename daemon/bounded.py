"""What a terminal refuses, whoever speaks there: what asks for a role that nobody has at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from checklists.people import Person
from daemon.entitled import Entitled
from daemon.peers import Peer, Terminal, allowed
from daemon.protocol.commands import Enter, Spoken, Start
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.saying import Do
from monitoring.rolerules import RoleRules
from vitals import deeds
from vitals.role import Role


@dataclass(frozen=True, slots=True)
class Bounded:
    """The terminals of a practice.

    An emergency, an end, an acknowledgement, a call and an airway ask for no role, so that they are
    taken at every one of them.
    """

    terminals: Sequence[Terminal]
    people: Sequence[Person]
    rules: RoleRules
    entitled: Entitled

    async def answer(
        self, onward: Callable[[Spoken], Awaitable[Message]], peer: Peer, request: Spoken
    ) -> Message:
        """Return the answer to any request; what may be said there is asked `onward`."""
        if line := self.refusal(peer, request):
            return Answer(request.id, Result.REFUSED, Refusal.WRONG_ROLE, line)
        return await onward(request)

    def refusal(self, peer: Peer, request: Spoken) -> str:
        """Return why something is not taken at a terminal; empty where it may be."""
        roles, there = self._roles(request), allowed(self.terminals, peer).roles
        if not roles or there == frozenset(Role):
            return ""
        own = {role for one in self.people if one.initials == request.by for role in one.roles}
        speaks = (own if self.people else frozenset(Role)) & there
        # Who has none of the roles may still be excepted, as whom the patient was handed to.
        if speaks & roles or (speaks and self.people and not own & roles):
            return ""
        said = ", ".join(sorted(there)) or "nothing that asks for a role"
        wanted = ", ".join(sorted(roles))
        return f"asks for {wanted}; at this terminal people speak as {said}: say it at another"

    def _roles(self, request: Spoken) -> frozenset[Role]:
        """Return whose it is to say something; empty where it is anybody's."""
        match request:
            case Do(act=act):
                return frozenset(self.entitled.roles(act)) or self._said(self.entitled.deed(act))
            case Enter(deed=deed):
                return self._said(deed)
            case Start():
                return self._said(deeds.Begin())
            case _:
                return frozenset()

    def _said(self, deed: deeds.Said | None) -> frozenset[Role]:
        row = None if deed is None else self.rules.whose(deed)
        return frozenset(() if row is None else row.roles)
