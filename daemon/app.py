"""The daemon, composed: devices, rules, journal and socket tied together."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from daemon import lastgood, views
from daemon.bounded import Bounded
from daemon.clock import boot, local_date
from daemon.commands import Commands
from daemon.config import Config
from daemon.conflation import Conflation
from daemon.console import Console, UnboundError
from daemon.desk import Desk
from daemon.forwarding import Forwarding
from daemon.guest import Door, Guest, Receive
from daemon.journal.events import DaemonStarted, DaemonStopped, JournalReplaced, RulesUnusable
from daemon.journal.replay import Replay
from daemon.journal.store import FILE
from daemon.library import Library
from daemon.lock import Lock
from daemon.looks import Looks
from daemon.monthly import Monthly
from daemon.notify import notify
from daemon.offered import offered
from daemon.outside import MACHINE, Outside
from daemon.picture import Picture, Station, Turn
from daemon.protocol.message import Message
from daemon.protocol.messages import PROTOCOL, Beat, Hello
from daemon.protocol.rules import RULES_DIGITS
from daemon.protocol.sound import SoundState
from daemon.recalling import Recalling
from daemon.saying import Saying
from daemon.session import Session
from daemon.signing import Signing
from daemon.snapshot import snapshot
from daemon.sound import Sound
from daemon.supervision import Outcome, supervise
from daemon.trending import Trending
from daemon.ward import Ward
from daemon.watchdog import Watchdog
from daemon.waves import joined
from daemon.who import Mandate
from devices.catalogue import PROTOCOLS
from firmware_bridge.guarded import Guarded
from firmware_bridge.link import Link
from firmware_bridge.ports import Ports
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.reading import Item, Reading, WaveBlock

BEAT_S = 1.0

_LOG = logging.getLogger(__name__)


class StartError(Exception):
    """The daemon cannot start; the message is one line that says what to mend."""


class Daemon:
    """One daemon: `run` lives until it is cancelled."""

    def __init__(
        self,
        config: Config,
        library: Library,
        clock: Clock,
        version: str,
        outside: Outside = MACHINE,
    ) -> None:
        self._config = config
        self._library = library
        self._clock = clock
        self._version = version
        now = clock.now()
        freshness = library.alarms.freshness
        self._picture = Picture(
            [
                Station(d, PROTOCOLS[d.protocol].fitted(d.options), freshness, now)
                for d in config.devices
            ]
        )
        self._sessions: dict[str, Session] = {}
        self._ports = Ports(outside.root)
        self._link = outside.link
        self._console = Console(config.socket.path)
        self._forwarding = Forwarding(config, version, clock)
        self._journal = outside.journal(config.data.dir / FILE, boot())
        self._conflation = Conflation()
        speaker = outside.speaker(config.sound.device, clock)
        self._sound = Sound(config.sound, library.tones, speaker)

    async def run(self, ready: Callable[[], None]) -> None:
        """Take the locks, read the journal back, and watch until cancelled.

        Raises StartError, LockedError or JournalError before `ready` is called, never after.
        """
        data, path = self._config.data.dir, self._config.socket.path
        locks = [Lock(data / "vagt.lock", self._version), Lock(_beside(path), self._version)]
        try:
            data.mkdir(mode=0o750, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            for lock in locks:
                lock.take()
            self._console.bind()
        except UnboundError as error:
            raise StartError(str(error)) from error
        except OSError as error:
            reason = (error.strerror or "unusable").lower()
            remedy = "make room" if error.errno == errno.ENOSPC else "mend its rights or `dir`"
            raise StartError(f"{error.filename or data}: {reason}: {remedy}") from error
        try:
            await self._watch(ready)
        finally:
            for lock in locks:
                lock.release()

    async def _watch(self, ready: Callable[[], None]) -> None:
        replay = await self._journal.open(self._clock.now())
        ward, desk = self._prepared(replay)

        def started() -> None:
            notify("READY=1")
            ready()

        try:
            async with asyncio.TaskGroup() as group:
                self._listen(group, desk)
                self._follow(group, desk)
                self._sounding(group, desk)
                self._forwarding.start(group, self._console.tell)
                greet = partial(self._greeting, desk)
                receive = self._receiving(ward, desk)
                served = self._console.serve(greet, receive, started)
                group.create_task(served, name="console")
        finally:
            notify("STOPPING=1")
            desk.recording.stop(self._clock.now())
            ward.record(DaemonStopped(), self._clock.now())
            await self._journal.close()
            await self._forwarding.close()

    def _prepared(self, replay: Replay) -> tuple[Ward, Desk]:
        """Return ward and desk as the journal left them."""
        now = self._clock.now()
        lastgood.rules(self._library, self._config)
        ward = self._resumed(replay)
        book = lastgood.lists(self._config, ward, now)
        desk = Desk(self._config, self._library, self._picture, ward, self._replug, book)
        desk.assignments.restore(now)
        desk.limiting.restore(now)
        desk.pulse.owed = self._forwarding.owed
        desk.pulse.completed = Watchdog().fed
        self._forwarding.begin(snapshot(self._picture, desk, now))
        return ward, desk

    def _tell(self, message: Message) -> None:
        """Tell dashboards, and whoever forwards what they are told."""
        self._console.tell(message)
        self._forwarding.message(message)

    def _receiving(self, ward: Ward, desk: Desk) -> Receive:
        """Return what a connection is given to answer every request, by who is at its end."""
        commands = Commands(self._config, desk, self._clock)
        looks = Looks(self._picture, commands.answer)
        recalling = Recalling(ward, desk.pulse, self._clock, looks.answer)
        monthly = Monthly(self._config, self._library, desk, self._clock, recalling.answer)
        people, signers = self._config.people, self._config.site.discharge_signers
        mandate = Mandate(people, self._library.roles, signers)
        signing = Signing(
            self._config.data.dir, self._clock, required=self._config.practice.pins.required
        )
        desk.practising.pins = signing.known
        beds = tuple(bed.name for bed in self._config.beds)
        trending = Trending(beds, ward, self._forwarding.outbox, self._clock, monthly.answer)
        saying = Saying(desk, mandate, signing, self._clock, trending.answer)
        onward = partial(desk.terminals.answer, self._clock, saying.answer)
        terminals, rules = self._config.practice.terminals, self._library.roles
        bounded = Bounded(terminals, people, rules, saying.entitled)
        door = Door(people, signing, self._clock)
        return lambda peer: Guest(door, partial(bounded.answer, onward, peer)).answer

    def _resumed(self, replay: Replay) -> Ward:
        """Return the ward as the journal left it, with this start recorded."""
        ward = Ward(self._journal, replay.state, self._tell, replay.mark)
        for event, at in replay.events:
            ward.recall(event, at)
        if replay.damaged:
            ward.record(JournalReplaced(replay.damaged), self._clock.now())
        ward.record(DaemonStarted(self._version, self._library.hash), self._clock.now())
        if self._library.errors:
            unusable = RulesUnusable(self._library.state, self._library.hash, self._library.errors)
            ward.record(unusable, self._clock.now())
        return ward

    def _listen(self, group: asyncio.TaskGroup, desk: Desk) -> None:
        """Give every device a life, and a task that asks."""
        for station in self._picture.stations:
            name = f"device {station.device.name}"
            session, ended = self._session(station, desk)
            self._sessions[station.device.name] = session
            living = supervise(station.device.name, session.live, ended, self._clock)
            group.create_task(living, name=name)
            group.create_task(session.ask(), name=f"{name} asks")

    def _follow(self, group: asyncio.TaskGroup, desk: Desk) -> None:
        """Let the beds be looked at as time passes."""
        group.create_task(desk.pulse.beat(self._clock), name="pulse")
        group.create_task(desk.rounds.go(self._clock), name="rounds")
        group.create_task(desk.reaching.go(self._clock), name="reaching")
        group.create_task(desk.limiting.go(self._clock), name="limits")
        group.create_task(desk.signalling.go(self._clock), name="signals")
        group.create_task(desk.recording.go(self._clock), name="recording")
        group.create_task(desk.practising.go(self._clock), name="practice")
        group.create_task(self._beat(), name="beat")

    def _sounding(self, group: asyncio.TaskGroup, desk: Desk) -> None:
        """Let alarms be heard, unless the configuration says that nothing sounds."""

        def told(state: SoundState) -> None:
            desk.pulse.sounding = state is not SoundState.UNUSABLE

        def ended(outcome: Outcome) -> None:
            self._sound.failed(outcome)
            told(self._sound.state)

        if self._sound.state is not SoundState.OFF:
            life = partial(self._sound.live, desk.signalling.tones, told, self._clock)
            living = supervise("sound", life, ended, self._clock)
            group.create_task(living, name="sound")

    def _replug(self, station: Station) -> None:
        """Look for a station at the port that it has been given."""
        self._sessions[station.device.name].rewire(self._wire(station))

    def _wire(self, station: Station) -> Link:
        wire = self._link(station.port, station.entry, self._clock)
        return Guarded(wire, station.port, self._ports)

    def _session(self, station: Station, desk: Desk) -> tuple[Session, Callable[[Outcome], None]]:
        wire, pulse = self._wire(station), desk.pulse

        def items(at: Station, found: Sequence[Item], now: Instant) -> None:
            for item in joined(found):
                if self._publish(at, item, now):
                    desk.recording.hear(at, item, now)
            pulse.hear(at, found)
            if not all(isinstance(item, WaveBlock) for item in found):
                pulse.evaluate(at.bed, now)

        def ended(outcome: Outcome) -> None:
            now = self._clock.now()
            turn = Turn.FAILED if outcome.defect else Turn.LOST
            if station.turn(turn, now, outcome.reason, outcome.fault):
                pulse.connection(station, now)

        return Session(station, wire, self._clock, pulse.connection, items), ended

    def _publish(self, station: Station, item: Item, now: Instant) -> bool:
        """Tell clients of an item, unless it is a reading that they have; return whether so."""
        if not isinstance(item, Reading):
            self._tell(views.item(station, item, now))
        else:
            message = views.reading(station, item, now)
            if not self._conflation.worth(message, item.at, now):
                return False
            self._console.tell(message)
        self._forwarding.item(station, item)
        return True

    async def _beat(self) -> None:
        while True:
            now = self._clock.now()
            self._ports.look()
            for station in self._picture.stations:
                self._tell(views.device(station, now))
            told = self._journal.state(), self._console.dropped, self._sound.state
            self._console.tell(Beat(now.rfc3339(), *told))
            await self._clock.sleep(BEAT_S)

    def _greeting(self, desk: Desk) -> Sequence[Message]:
        now = self._clock.now()
        beds = tuple(bed.name for bed in self._config.beds)
        site, rules = self._config.site.name, self._library
        told = (now.rfc3339(), rules.hash[:RULES_DIGITS], rules.state)
        hello = Hello(PROTOCOL, self._version, site, beds, *told)
        return hello, snapshot(self._picture, desk, now), offered(rules, local_date(now))


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
