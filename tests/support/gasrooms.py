"""One bed with a running case and a capnograph on a laryngeal mask, at the desk of the daemon."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from manual import at
from practices import BED, SITE

from daemon import config, library
from daemon.desk import Desk
from daemon.journal.events import CaseEntered, CaseOpened
from daemon.journal.writer import Journal
from daemon.picture import Picture, Station, Turn
from daemon.protocol.cases import Case
from daemon.protocol.message import Message
from daemon.ward import Ward
from devices.catalogue import PROTOCOLS
from monitoring.age import age
from monitoring.profiles import by_age
from vitals import deeds
from vitals.measure import Channel
from vitals.reading import WaveBlock
from vitals.vocabulary import Airway, CaseKind

CASE = "KN-261121-001"
RULES = library.load()
BREATH = (0.0, 0.0, 5.0, 5.0)
"""A second of CO2."""


@dataclass
class Room:
    """One bed with a capnograph on a laryngeal mask."""

    desk: Desk
    gas: Station
    told: list[Message] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        return [one for one in self.told if isinstance(one, Case)]

    @property
    def alarming(self) -> set[str]:
        """Return the conditions that are alarms now."""
        alarms = self.desk.ward.state.alarms.get(BED, {})
        return {key.condition for key, one in alarms.items() if one.condition.alarming}

    def silence(self, begin_s: int, end_s: int, *, whole: bool = True) -> None:
        """Let the capnograph send nothing; or no wave alone."""
        for second in range(begin_s, end_s):
            now = at(second + 1)
            if whole and self.gas.quiet(now):
                self.gas.turn(Turn.QUIET, now)
            self.desk.pulse.evaluate(BED, now)

    def wave(self, begin_s: int, end_s: int, samples: tuple[float, ...] = BREATH) -> None:
        for second in range(begin_s, end_s):
            now = at(second + 1)
            self.gas.heard = now
            self.gas.turn(Turn.FRAME, now)
            self.desk.pulse.hear(self.gas, [WaveBlock(Channel.CO2, 4.0, "kPa", samples, now)])
            self.desk.pulse.evaluate(BED, now)


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Room]:
    journal = Journal(folder / "journal.db", "boot")
    found = await journal.open(at(0))
    told: list[Message] = []
    ward = Ward(journal, found.state, told.append, found.mark)
    site = config.parsed(SITE, "c.toml")
    gas = Station(site.devices[0], PROTOCOLS["capnostat5"], RULES.alarms.freshness, at(0))
    gas.turn(Turn.FRAME, at(0))
    desk = Desk(site, RULES, Picture([gas]), ward, lambda _: None)
    chosen = by_age(RULES.limits, age("4y"))
    opened = (CASE, "261121", 1, BED, CaseKind.ANAESTHETIC, "3021", "abc", "y2_5", True)
    held = {"limits": chosen.limits, "profiles": chosen.profiles}
    ward.record(CaseOpened(*opened, limits_approved_by="", by="AS", **held), at(0))  # type: ignore[arg-type]  # each has its own type
    said: tuple[deeds.Said, ...] = (deeds.Begin(), deeds.SetAirway(Airway.LMA))
    for number, deed in enumerate(said, 1):
        ward.record(CaseEntered(CASE, BED, number, deed, 0.0, "AS"), at(0))
    try:
        yield Room(desk, gas, told)
    finally:
        await journal.close()
