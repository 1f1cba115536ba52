"""Everything a panel needs to draw one bed at one moment: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from enum import Enum

from daemon.protocol.cases import Case
from daemon.protocol.messages import PROTOCOL, Device
from tui.aging import Shown, best, once, together
from tui.catalogue import Catalogue
from tui.daybook import Daybook
from tui.history import History
from tui.mirror import WATCHED, Bed, Mirror
from tui.months import Months
from tui.practice import Practice
from tui.prompt import Ask, AskAge, Gate, Listing, Palette, Prompt, page_of
from tui.settings import UNNAMED
from tui.view import View
from vitals.instant import Instant
from vitals.measure import Measure
from words.catalogue import Words
from words.forms import Forms

SILENCE_S = 2.5
"""After this long without a word from the daemon nothing is shown as if it were true.

IEC 60601-1-8, 6.11.2.2: both ends tell of a lost connection; blanked before 3 s have passed.
"""


class Reach(Enum):
    """How far the dashboard has come with the daemon and its bed."""

    NEVER = "never"
    """Nothing heard since the dashboard started."""
    LOST = "lost"
    FOREIGN = "foreign"
    """The daemon speaks another protocol."""
    NO_BED = "no_bed"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its words and its forms."""

    words: Words
    forms: Forms


@dataclass(frozen=True, slots=True)
class Place:
    """Where the dashboard stands."""

    address: str
    """Where the daemon is looked for."""
    wanted: str | None
    """The bed asked for; None for the daemon's first."""
    zone: tzinfo | None
    """Time zone of the clock on screen; None for the machine's."""
    started: Instant
    by: str = UNNAMED
    """Who is at this terminal."""
    separator: str = "\x1d"
    """What its scanner sends between the fields of a code."""
    shows: bool = False
    """It only shows while nobody is logged in; `by` is who is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One bed at one moment, in one language."""

    mirror: Mirror
    place: Place
    tongue: Tongue
    prompt: Prompt
    now: Instant
    helping: int = 0
    """The page of the help that is open; 0: none."""
    daybook: Daybook = field(default_factory=Daybook)
    practice: Practice = field(default_factory=Practice)
    months: Months = field(default_factory=Months)
    catalogue: Catalogue = field(default_factory=Catalogue)
    history: History = field(default_factory=History)
    view: View = View.BEDSIDE
    """How the beds lie on the screen; a page lies over either."""
    revealed_s: float = 0.0
    """For so long it may still be read who lies at the chosen bed."""
    noted: bool = False
    """Somebody has taken note that the daemon is silent."""

    @property
    def words(self) -> Words:
        """Return the words."""
        return self.tongue.words

    @property
    def forms(self) -> Forms:
        """Return the forms."""
        return self.tongue.forms

    @property
    def bed_name(self) -> str | None:
        """Return the bed shown; None before the daemon has said which it has."""
        hello = self.mirror.hello
        first = hello.beds[0] if hello and hello.beds else None
        return self.place.wanted or first

    @property
    def revealed(self) -> bool:
        """Tell whether it may be read who lies at the chosen bed."""
        return self.revealed_s > 0.0

    @property
    def shows(self) -> bool:
        """Tell whether nothing can be said here just now."""
        return self.place.shows and self.place.by == UNNAMED

    @property
    def silent(self) -> bool:
        """Tell whether the daemon has said nothing for longer than values may stand."""
        since = self.mirror.heard or self.place.started
        return self.now.seconds_since(since) > SILENCE_S

    @property
    def reach(self) -> Reach:
        """Return how far the dashboard has come."""
        hello = self.mirror.hello
        if self.mirror.heard is None or hello is None:
            return Reach.NEVER
        if self.silent:
            return Reach.LOST
        if hello.protocol != PROTOCOL:
            return Reach.FOREIGN
        return Reach.LIVE if self.bed_name in hello.beds else Reach.NO_BED

    @property
    def bed(self) -> Bed:
        """Return the bed to show: empty unless the daemon is heard and has it."""
        if self.reach is not Reach.LIVE or self.bed_name is None:
            return Bed()
        return self.mirror.bed(self.bed_name)

    @property
    def case(self) -> Case | None:
        """Return the open case of the bed, or else the last one that was there."""
        return None if self.bed.case is None else self.bed.case.message

    @property
    def open(self) -> Case | None:
        """Return the case of the bed while anything is still to be done for its patient."""
        return None if self.case is None or self.case.state.over else self.case

    @property
    def watched(self) -> Case | None:
        """Return the case of the bed while its patient's monitors are held to the rules."""
        return self.case if self.case is not None and self.case.state in WATCHED else None

    @property
    def reading(self) -> bool:
        """Tell whether something to be read may stand in the place of the wave."""
        shown = self.searching or isinstance(self.prompt, Ask | Gate | Listing | Palette)
        return bool(self.helping) or shown or page_of(self.prompt) is not None

    @property
    def searching(self) -> bool:
        """Tell whether somebody is being planned, and there is something to look up."""
        asked = isinstance(self.prompt, AskAge) and not self.prompt.of_case
        return asked and self.catalogue.told is not None

    @property
    def today(self) -> date:
        """Return the day by the daemon's calendar, which goes on with the clock of the screen."""
        told, today = self.daybook.told, self.local(self.now.wall).date()
        if self.daybook.day is None or told is None:
            return today
        return self.daybook.day + (today - self.local(told.wall).date())

    @property
    def devices(self) -> list[Device]:
        """Return the devices of the bed in the order of their names."""
        return [held.message for _, held in sorted(self.bed.devices.items())]

    def best(self, measure: Measure) -> Shown | None:
        """Return the reading of `measure` to show; None when there is none."""
        return best(self.bed, measure, self.now)

    def together(self, measures: Sequence[Measure]) -> list[Shown | None]:
        """Return the readings to show of measures that are read together: of one device."""
        return together(self.bed, measures, self.now)

    def once(self, measures: Sequence[Measure]) -> list[Shown | None]:
        """Return what was measured once or is remembered of such measures: of one device."""
        return once(self.bed, measures, self.now)

    def local(self, wall: float) -> datetime:
        """Return a wall-clock second in the zone of the screen."""
        return datetime.fromtimestamp(wall, UTC).astimezone(self.place.zone)

    def local_text(self, at: str) -> datetime:
        """Return an RFC 3339 moment in the zone of the screen."""
        return datetime.fromisoformat(at).astimezone(self.place.zone)
