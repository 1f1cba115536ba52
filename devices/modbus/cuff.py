"""When a blood pressure by cuff is a new one: registers hold the last, whenever it was measured.

No register says so by itself, so what is there at first may be of another patient: it is remembered
until any number of the measurement becomes another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vitals.measure import Measure
from vitals.reading import Quality, Reading

NIBP = frozenset(
    {
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
    }
)
Key = tuple[Measure, str | None]


class Cuff:
    """Lets each measurement through once, and every other measure as it is."""

    def __init__(self) -> None:
        self._said: dict[Key, Reading] = {}
        """The last of each with a number, as it was let through."""
        self._gone: set[Key] = set()
        self._again: set[Key] = set()
        """Numbers of the measurement before: the same number is the new measurement's too."""
        self._measured: set[str | None] = set()
        """Sites where a number became another one."""

    @property
    def from_memory(self) -> bool:
        """Tell whether a number stands that was there at first."""
        return any(not one.live for key, one in self._said.items() if key not in self._gone)

    def judged(self, found: Reading) -> Iterator[Reading]:
        """Yield what is new of a reading; a number that comes back after none keeps its time."""
        key = (found.measure, found.site)
        if found.measure not in NIBP:
            yield found
        elif found.value is None:
            self._gone.add(key)
            yield found
        else:
            yield from self._number(key, found)

    def _number(self, key: Key, found: Reading) -> Iterator[Reading]:
        before = self._said.get(key)
        if before is not None and before.value != found.value:
            self._measured.add(found.site)
            self._again |= {one for one in self._said if one[1] == found.site}
        if before is None or key in self._again:
            self._said[key] = found if found.site in self._measured else _remembered(found)
            yield self._said[key]
        elif key in self._gone:
            yield before
        self._again.discard(key)
        self._gone.discard(key)


def _remembered(one: Reading) -> Reading:
    return replace(one, quality=Quality.QUESTIONABLE, live=False)
