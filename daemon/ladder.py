"""Whether who is watched by a higher code is watched by all that a lower one asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations

from daemon.library import Library
from monitoring.services import ServiceRules
from monitoring.shortfall import steps


def falls(theirs: Library, ours: Library) -> Iterator[str]:
    """Yield an error line for each place where more is asked for by a lower code.

    Codes of one level ask for the same. `ours`, the contract, says on which level a technique is
    allowed at the earliest: a code of a clinic's own is no way below it.
    """
    for day in theirs.days:
        names = theirs.in_force(day)
        rules = {c: theirs.editions[name] for c, name in names.items()}
        anaesthetics = {c: one for c, one in rules.items() if one.service.level is not None}
        places = {c: theirs.place(names[c]) for c in anaesthetics}
        for lower, higher in permutations(anaesthetics, 2):
            if _level(anaesthetics[lower]) <= _level(anaesthetics[higher]):
                asked = f"{places[higher]}: service {higher}: has to ask for all that {lower} does"
                lines = steps(anaesthetics[lower], anaesthetics[higher], day)
                yield from (f"{asked} ({places[lower]}): {line}" for line in lines)
        for code, one in anaesthetics.items():
            lines = _undercut(one, ours, day)
            yield from (f"{places[code]}: service {code}: {line}" for line in lines)


def _undercut(rules: ServiceRules, ours: Library, day: date) -> Iterator[str]:
    """Yield each technique that a code allows on a level below the one that allows it at first."""
    known = [ours.editions[name].service for name in ours.in_force(day).values()]
    for manner in rules.service.allows:
        levels = [one.level for one in known if one.level is not None and manner in one.allows]
        if levels and _level(rules) < min(levels):
            yield (
                f"[service]: allows: {manner} is allowed from level {min(levels)} on, and this is"
                f" level {_level(rules)}: take it out, or raise the level"
            )


def _level(rules: ServiceRules) -> int:
    return rules.service.level or 0
