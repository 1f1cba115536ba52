"""The practice as it stands, told to everybody when something of it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import structs

from checklists.clinic import Clinic
from checklists.readiness import Finding, Ready, State, effect
from daemon import supplied
from daemon.checkbook import Checkbook
from daemon.config import Config
from daemon.evidence import evidence
from daemon.library import Library
from daemon.listed import checklists
from daemon.picture import Picture
from daemon.protocol.practice import Checklist, PracticeState
from daemon.reckoning import Reckoned, Reckoning
from daemon.registered import registered
from daemon.sensing import Sensing
from daemon.stocked import stocked
from daemon.ward import Ward
from daemon.whereabouts import stated, whereabouts
from vitals.clock import Clock
from vitals.instant import Instant
from vitals.practice import Gas, Readiness
from words.wanting import Wanting, written

ROUND_S = 1.0
NAMED = 3
"""So many reasons are named where a start is held, and how many more there are: those stand in the
view of the morning."""
WHERE = "which clinic today?"
"""Why nobody knows whether a bed is ready: it is of no clinic that was chosen."""

Key = tuple[str, str, str]


class Kit(NamedTuple):
    """Whether a bed may be worked at, and what keeps it from that by name."""

    ready: Readiness | None
    reasons: tuple[str, ...]
    """As `words.wanting` writes them."""


UNSAID = Kit(None, ())


class Practising:
    """Looks once a second, and whenever something was said; what clients hear is made here."""

    def __init__(
        self,
        config: Config,
        library: Library,
        book: Checkbook,
        picture: Picture,
        ward: Ward,
    ) -> None:
        self._site, self._kept = config.site, config.practice.kept
        self.signers = config.practice.checklists.signers
        """Who signs a list, by its id, instead of whom the list names."""
        self._picture = picture
        self._ward = ward
        self._sensing = Sensing(picture)
        self.reckoning = Reckoning(config, library, book, self._sensing)
        self.pins: Callable[[], tuple[str, ...]] = tuple
        """Whoever knows the PINs says whose there are."""
        self._found: Reckoned | None = None
        self._told: dict[Key, PracticeState] = {}

    async def go(self, clock: Clock) -> None:
        """Look once a second, for ever."""
        while True:
            self.look(clock.now())
            await clock.sleep(ROUND_S)

    def look(self, now: Instant) -> None:
        """Work out what has changed, and tell it."""
        self._sensing.look(now)
        self._found = self.reckoning.reckoned(self._ward.state, now)
        fresh = {_key(one): one for one in self._messages(self._found, now)}
        for key, message in fresh.items():
            if self._told.get(key) != message:
                self._ward.tell(message)
        for key, old in self._told.items():
            if key not in fresh and isinstance(old, Checklist):
                self._ward.tell(structs.replace(old, rows=(), groups=(), titles=()))
        self._told = fresh

    def messages(self, now: Instant) -> tuple[PracticeState, ...]:
        """Return everything, for a client that has just connected."""
        self.look(now)
        return tuple(self._told.values())

    def kit(self, bed: str) -> Kit:
        """Return whether the clinic of the day and its kits are ready, for one of its beds.

        Of a bed of no clinic that was chosen nobody has looked; where no list, kit or clinic is
        written down and nothing was ever said of one, nobody can say.
        """
        found = self._found
        if found is not None and self.chosen(bed) is not None:
            return _kit(found.ready, found.workday.day.day)
        if not self._kept and not self._ward.state.said:
            return UNSAID
        return Kit(Readiness.UNCHECKED, (WHERE,))

    def chosen(self, bed: str) -> Clinic | None:
        """Return the clinic of the day where a bed is one of it; None where none is chosen."""
        found = self._found
        if found is None or not found.workday.chosen or bed not in found.workday.clinic.beds:
            return None
        return found.workday.clinic

    def code(self, bed: str) -> str:
        """Return what begins the number of a case: the clinic's code, or that of the site."""
        here = self.chosen(bed)
        return self._site.code if here is None else here.code

    def phone(self, bed: str) -> str:
        """Return whom to ring when nobody answers: of the clinic of the day, or of the site."""
        here = self.chosen(bed)
        return here.phone if here is not None and here.phone else self._site.phone

    def gases(self, bed: str) -> Mapping[Gas, float | None]:
        """Return for how long each gas that flows is enough, where a bed is one of the clinic."""
        found = self._found
        if found is None or bed not in found.workday.clinic.beds:
            return {}
        return found.gases.minutes

    def _messages(self, found: Reckoned, now: Instant) -> Iterator[PracticeState]:
        workday, book, once = found.workday, self.reckoning.book, self.reckoning.once
        day, seen = workday.day.day, evidence(self._picture, workday.clinic.beds, now)
        asked = (found.rows, found.said, seen)
        yield whereabouts(self.reckoning.calendar, workday, found.ready, self.pins())
        yield from once(
            "lists",
            asked,
            lambda: tuple(checklists(book.lists, found.rows, found.said, day, seen)),
        )
        kept = (found.packs, found.minute, workday.ground)
        yield once("stock", kept, lambda: stocked(found.packs, book.supplies, workday))
        yield supplied.told(found.gases, book.gases, workday, self._sensing.live(now))
        yield registered(found.devices, day, book.devices)


def _key(message: PracticeState) -> Key:
    kind = type(message).__name__
    return (kind, message.id, message.target) if isinstance(message, Checklist) else (kind, "", "")


def _kit(ready: Ready, day: date) -> Kit:
    """Return what holds or was not looked at, each thing once: what is worst of it.

    Of a recalled drug it is said too that there is too little of it: nothing else replaces it.
    """
    recalled = {one.thing for one in ready.reasons if one.state is State.RECALLED}
    grave: dict[tuple[str, str, bool], Finding] = {}
    for one in ready.reasons:
        if effect(one, day) is not Readiness.NOTICES:
            few = one.state is State.SHORT and one.thing in recalled
            grave.setdefault((one.thing, one.target, few), one)
    named = [_wanting(one) for one in list(grave.values())[:NAMED]]
    return Kit(ready.state, written(named, len(grave) - NAMED))


def _wanting(finding: Finding) -> Wanting:
    label = finding.label
    return Wanting(stated(finding), finding.target, label.en, label.da, label.nb)
