"""From a page of measured data to readings: what is absent is gone at once.

Document: Dräger, "MEDIBUS for anaesthesia and intensive-care devices" (90 28 329), measured data;
what is not measured has no record, and no flag says so (90 28 258, p. 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from devices.medibus.body import Alarm, Message, Record
from devices.medibus.codes import (
    AGENT_TEXTS,
    APNOEA,
    FIRST_AGENT,
    LIMITS,
    PAIRS,
    SITES,
    SOURCES,
    Pair,
    Source,
)
from vitals.instant import Instant
from vitals.measure import Agent, Measure
from vitals.reading import Quality, Reading

EXPIRE_S = 3.0
LOST_IN_APNOEA = (Measure.ETCO2, Measure.RESPIRATORY_RATE)


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or what stands where none could be read."""

    number: float | None
    agent: Agent | None = None


class Values:
    """Remembers which measures a machine has sent, whether it breathes, and with what."""

    def __init__(self) -> None:
        self._seen: set[Measure] = set()
        self._apnoea: bool | None = None
        """None before the first page of alarms: nobody knows yet."""
        self._agent: Agent | None = None
        self._measured: Instant | None = None

    def measured(self, records: Iterable[Record], at: Instant) -> list[Reading]:
        """Return a reading of every measure that was ever sent, without a number where absent."""
        self._measured = at
        values = self._values({record.code: record.number for record in records})
        self._seen |= values.keys()
        return [
            self._reading(measure, values.get(measure, Value(None)), at)
            for measure in Measure
            if measure in self._seen
        ]

    def alarmed(self, alarms: Iterable[Alarm], at: Instant) -> list[Reading]:
        """Return what an apnoea takes away; it lasts until a page of alarms comes without it."""
        self._apnoea = any(alarm.code == APNOEA for alarm in alarms)
        if not self._apnoea:
            return []
        self._seen |= set(LOST_IN_APNOEA)
        return [Reading(measure, None, Quality.INVALID, at) for measure in LOST_IN_APNOEA]

    def told(self, messages: Iterable[Message]) -> None:
        """Take the name of the anaesthetic; without one it is unknown."""
        named = [AGENT_TEXTS[one.code] for one in messages if one.code in AGENT_TEXTS]
        self._agent = named[0] if named else None

    def expired(self, at: Instant) -> list[Reading]:
        """Return that all is gone, once, where the machine talks on and measures nothing."""
        if self._measured is None or at.seconds_since(self._measured) <= EXPIRE_S:
            return []
        readings = self.measured((), at)
        self._measured = None
        return readings

    def _values(self, numbers: Mapping[str, float | None]) -> dict[Measure, Value]:
        """Return what `numbers` have, the measures that they do not have left out."""
        values = {
            measure: Value(_first(measure, sources, numbers))
            for measure, sources in SOURCES.items()
            if any(numbers.keys() >= source.needs for source in sources)
        }
        return values | self._agents(numbers)

    def _agents(self, numbers: Mapping[str, float | None]) -> dict[Measure, Value]:
        """Return the anaesthetic there is most of; the machine may list all that it knows."""
        pairs = [one for one in PAIRS if one.inspired in numbers or one.expired in numbers]
        most = max(pairs, key=lambda one: _amount(one, numbers), default=FIRST_AGENT)
        agent = most.agent if _amount(most, numbers) > 0 else None
        codes = {
            Measure.AGENT_INSPIRED: most.inspired,
            Measure.AGENT_EXPIRED: most.expired,
        }
        return {
            measure: Value(_first(measure, (Source(code),), numbers), agent or self._agent)
            for measure, code in codes.items()
            if code in numbers
        }

    def _reading(self, measure: Measure, value: Value, at: Instant) -> Reading:
        if self._apnoea and measure in LOST_IN_APNOEA:
            return Reading(measure, None, Quality.INVALID, at)
        site, unsure = SITES.get(measure), self._apnoea is None and measure in LOST_IN_APNOEA
        if value.number is None:
            return Reading(measure, None, Quality.UNAVAILABLE, at, site=site)
        quality = Quality.QUESTIONABLE if unsure else Quality.VALID
        return Reading(measure, value.number, quality, at, value.agent, site)


def _amount(pair: Pair, numbers: Mapping[str, float | None]) -> float:
    return max(numbers.get(pair.inspired) or 0.0, numbers.get(pair.expired) or 0.0)


def _first(
    measure: Measure, sources: Sequence[Source], numbers: Mapping[str, float | None]
) -> float | None:
    """Return the first number that a source gives and that can be one."""
    lowest, highest = LIMITS[measure]
    for source in sources:
        number = numbers.get(source.code)
        other = 1.0 if source.times is None else numbers.get(source.times)
        if number is None or other is None:
            continue
        if lowest <= (value := number * other * source.factor) <= highest:
            return value
    return None
