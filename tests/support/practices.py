"""A practice in a test's hand: a daemon's desk without wires, and a client that speaks of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from clinics import Ear
from manual import ManualClock, at

from daemon import config, library
from daemon.desk import Desk
from daemon.journal.writer import Journal
from daemon.picture import Picture, Station, Turn
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer
from daemon.protocol.saying import Do
from daemon.saying import Saying
from daemon.signing import Signing
from daemon.ward import Ward
from daemon.who import Mandate
from devices.catalogue import PROTOCOLS
from vitals.acts import Done

Told = TypeVar("Told", bound=Message)
BED = "Stue 1"
SITE = f"""
[site]
name = "Klinik Nord"
code = "KN"
[[bed]]
name = "{BED}"
[[device]]
name = "gas"
protocol = "capnostat5"
port = "/dev/gas"
bed = "{BED}"
"""
TWO = """
[[clinic]]
name = "Klinik Nord"
code = "KN"
[[clinic]]
name = "Klinik Syd"
code = "KS"
[[kit]]
name = "Taske"
travels = true
"""
RULES = library.load()


@dataclass
class Room:
    """A practice, and everything that its clients were told."""

    desk: Desk
    saying: Saying
    clock: ManualClock
    station: Station
    told: list[Message] = field(default_factory=list)

    def last(self, kind: type[Told]) -> Told:
        return [one for one in self.told if isinstance(one, kind)][-1]

    async def say(self, act: Done, *, by: str = "AS", **fields: Any) -> Answer:
        answer = await self.saying.answer(Do(id="1", by=by, act=act, **fields))
        assert isinstance(answer, Answer)
        return answer

    def look(self) -> None:
        self.desk.practising.look(self.clock.now())


@asynccontextmanager
async def room(folder: Path, extra: str = "") -> AsyncIterator[Room]:
    """Open one on whatever journal lies in a folder."""
    journal = Journal(folder / "journal.db", "boot")
    found = await journal.open(at(0))
    told: list[Message] = []
    ward = Ward(journal, found.state, told.append, found.mark)
    site = config.parsed(SITE + extra, "c.toml")
    station = Station(site.devices[0], PROTOCOLS["capnostat5"], RULES.alarms.freshness, at(0))
    station.turn(Turn.FRAME, at(0))
    desk = Desk(site, RULES, Picture([station]), ward, lambda _: None)
    clock = ManualClock()
    signing = Signing(folder, clock, required=site.practice.pins.required)
    desk.practising.pins = signing.known

    async def other(_: object) -> Message:
        raise AssertionError

    saying = Saying(desk, Mandate(site.people, RULES.roles), signing, clock, other)
    desk.practising.look(at(0))
    try:
        yield Room(desk, saying, clock, station, told)
    finally:
        await journal.close()


async def ask(hears: Ear, kind: str, **fields: Any) -> dict[str, Any]:
    """Send what names no bed, and return the answer or what was read."""
    hears.heard.append({"kind": "asked"})
    line = {"kind": kind, "id": f"ask-{len(hears.heard)}", "by": "AS", **fields}
    hears.writer.write(msgspec.json.encode(line) + b"\n")

    def answers() -> list[dict[str, Any]]:
        kinds = ("answer", "scanned")
        return [one for kind in kinds for one in hears.of(kind, id=line["id"])]

    await hears.hear(answers)
    return answers()[0]


async def act(hears: Ear, do: str, **fields: Any) -> int:
    """Say something that is taken, and return the number of its entry."""
    answer = await ask(hears, "act", act={"do": do, **fields})
    assert answer["result"] == "recorded", answer
    return int(answer["rows"][0])
