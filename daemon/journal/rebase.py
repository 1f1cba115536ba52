"""Moments of an earlier boot, put on the monotonic clock of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from msgspec import Struct, structs

from monitoring.conditions import Condition
from vitals.instant import Instant

Anything = TypeVar("Anything")


@dataclass(frozen=True, slots=True)
class Rebase:
    """Moves a moment of an earlier boot to this boot's monotonic clock by the wall clock.

    Within one boot the monotonic half is kept. Across boots only the wall clock is left; a moment
    in its future counts as now, so that no duration is ever negative.
    """

    boot: str
    now: Instant

    def __call__(self, at: Instant, boot: str) -> Instant:
        """Return the moment `at` of `boot` on this boot's clocks."""
        if boot == self.boot:
            return at
        ago_s = max(0.0, self.now.wall - at.wall)
        return Instant(self.now.monotonic - ago_s, at.wall)


def moved(value: Anything, move: Callable[[Instant], Instant]) -> Anything:
    """Return a value with every moment in it moved, however deep it lies."""
    result: Any = value
    match value:
        case Instant():
            result = move(value)
        case Condition():
            # What it waited for is not known to have gone on: it waits anew.
            entered = move(value.entered)
            result = replace(value, entered=entered, known=entered)
        case tuple():
            result = tuple(moved(one, move) for one in value)
        case dict():
            result = {name: moved(one, move) for name, one in value.items()}
        case Struct():
            parts = {name: moved(one, move) for name, one in structs.asdict(value).items()}
            result = structs.replace(value, **parts)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {one.name: moved(getattr(value, one.name), move) for one in fields(value)}
            result = replace(value, **parts)
        case _:
            pass
    return cast(Anything, result)
