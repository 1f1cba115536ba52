"""Whose it is to sign a list, and to answer rows that documents give to the doctor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.lists import Lists
from checklists.people import Person, having
from daemon.clock import local_date
from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from vitals import deeds
from vitals.acts import Done, Mark, Sign
from vitals.against import Line
from vitals.instant import Instant
from vitals.role import Role

DISCHARGE = "recovery"
"""The list by whose signature a patient goes home: not everybody may give it."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """The people of a practice, its lists, and who signs some of them instead."""

    people: Sequence[Person]
    lists: Lists
    signers: Mapping[str, Sequence[Role]]
    """By the id of a list, as the clinic has it."""

    def roles(self, act: Done) -> tuple[Role, ...]:
        """Return whose something is to say; empty: anybody's of the practice."""
        match act:
            case Sign(list=name):
                found = self.lists.find(name)
                own = self.signers.get(name)
                return tuple(own if own is not None else found.signers if found else ())
            case Mark(list=name, rows=rows):
                asked = self.lists.asks
                told = [asked[name, row].row.ticks for row in rows if (name, row) in asked]
                return next((one for one in told if one), ())
            case _:
                return ()

    def deed(self, act: Done) -> deeds.Said | None:
        """Return what of a case an act says too: whoever signs a recovery sends a patient home."""
        home = isinstance(act, Sign) and act.list == DISCHARGE
        return deeds.Discharge() if home else None

    def check(self, act: Done, by: str, now: Instant) -> None:
        """Refuse what is not somebody's to say, with whose it is; nobody is listed: anybody may."""
        roles = self.roles(act)
        if not roles or not self.people:
            return
        listed = having(self.people, roles, local_date(now))
        if by in listed:
            return
        who = ", ".join(listed) or "nobody today"
        if isinstance(act, Sign):
            detail = f"{by} may not sign {act.list}: let {who} sign"
            found = self.lists.find(act.list)
            label = act.list if found is None else found.label
            line = Line.of(detail, "other_signer", by=by, list=label, expected=listed or "-")
            raise RefusedError(Refusal.NO_SIGNER, line, against=line.against)
        if isinstance(act, Mark):
            rows = self._own(act)
            detail = f"{by} may not answer {', '.join(rows)}: that is for {who}"
            labels = [self.lists.asks[act.list, row].label for row in rows]
            line = Line.of(detail, "other_role", by=by, rows=labels, expected=listed or "-")
            raise RefusedError(Refusal.WRONG_ROLE, line, against=line.against)

    def _own(self, act: Mark) -> list[str]:
        """Return the rows of a mark that are not anybody's."""
        asked = self.lists.asks
        return [
            row for row in act.rows if (found := asked.get((act.list, row))) and found.row.ticks
        ]
