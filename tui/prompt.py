"""The prompt row as states: what is asked, what was answered, and until when it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from daemon.protocol.messages import Answer, Refusal
from daemon.protocol.practice import Scanning
from daemon.protocol.request import Request
from daemon.protocol.trend import Span
from tui.age import Unclear
from tui.searching import Hit
from tui.topic import Leaf
from vitals.instant import Instant
from vitals.listing import Slip

ARMED_S = 5.0
"""S must be pressed again within this time."""
ANSWER_S = 2.0
"""A command that the daemon has not answered by then is called unanswered."""
NOTE_S = 8.0


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is asked."""


@dataclass(frozen=True, slots=True)
class AskAge:
    """An age is being typed; where a case is planned, a procedure or a code before it."""

    typed: str = ""
    unclear: Unclear | None = None
    of_case: bool = False
    """True: of the patient who is there already; no code is asked for."""
    told: Note | None = None
    """Why it was not taken, where it was sent already."""
    at: int = 0
    """Which of the hits is chosen, while one is searched for."""
    chosen: Hit | None = None
    """What is planned, once that is known."""
    sought: str = ""
    """What it was found by."""


@dataclass(frozen=True, slots=True)
class Choose:
    """A device is being chosen, and after it the bed where it is to stand."""

    options: tuple[str, ...]
    at: int = 0
    """Which of them Enter takes."""
    typed: str = ""
    device: str | None = None
    """The device, once its bed is asked for."""

    @property
    def chosen(self) -> str:
        """Return what Enter takes."""
        return self.options[self.at]


@dataclass(frozen=True, slots=True)
class EndArmed:
    """S was pressed once."""

    until: float
    """Monotonic s."""
    at: float | None = None
    """When the anaesthetic ended, in monotonic s; None: as S is pressed again."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A command was sent and its answer is awaited."""

    id: str
    until: float
    command: Request | None = None
    """What was sent, for what is asked back to be added to it."""
    form: Ask | AskAge | None = None
    """What it was typed in, for nothing typed to be lost where it is not taken."""


@dataclass(frozen=True, slots=True)
class Note:
    """One line to read, by the id of its words."""

    word: str
    until: float
    refusal: Refusal | None = None
    """Why, where a command was refused."""
    answer: Answer | None = None
    """What the daemon said, where there is more to it than the word."""


Line = Idle | Awaiting | Note
"""What became of the last command."""
IDLE = Idle()


@dataclass(frozen=True, slots=True)
class Ask:
    """A form is being filled in: one field after another, and then it is sent."""

    form: str
    """Its name among `tui.forms.FORMS`."""
    answers: tuple[str, ...] = ()
    typed: str = ""
    """What is typed in the field that is asked for, or the options that are ticked."""
    unclear: bool = False
    offered: bool = field(default=False, compare=False)
    """What stands in the field was offered or kept: the first digit takes the place of a number."""
    at: float | None = None
    """When it happened, in monotonic s; None: as the last field is answered."""
    again: Request | None = None
    """A refused command that is sent again with what is answered here."""
    kept: tuple[str, ...] = ()
    """What was answered before somebody went back, by field: it is not typed twice."""
    page: int = 0
    """Of what may be picked, where that is more than fits."""
    told: Note | None = None
    """Why it was not taken, where it was sent already."""
    origin: Ask | AskAge | Gate | Listing | Page | None = None
    """The form whose command is sent again; or what was open when it was asked."""


@dataclass(frozen=True, slots=True)
class When:
    """The time of what is entered next is being typed: `-2` or `10:31`."""

    typed: str
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """The start check is shown; what its keys send is answered in its own line."""

    at: int = 0
    """Which of the points that are not made sure of is chosen."""
    unattached: bool = False
    """The child does not bear the probes: they are put on during induction."""
    line: Line = IDLE
    said: frozenset[str] = frozenset()
    """Points that were made sure of here; the daemon may not have answered yet."""


class Query(Enum):
    """What is asked about the list of a day."""

    LINE = "line"
    """A patient, as `3005 4y h note`."""
    SITE = "site"
    """Of the procedures of the line."""
    CANCEL = "cancel"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of a day is shown; what its keys send is answered in its own line."""

    row: int | None = None
    """The number of the row that is chosen; None: of the next that waits."""
    ahead: int = 0
    """Days from today."""
    query: Query | None = None
    typed: str = ""
    lines: tuple[str, ...] = ("",)
    """Everything that was typed or pasted; `typed` is to stand in the place of line `at`."""
    at: int = 0
    slip: Slip | None = None
    """What is wrong with that line."""
    unclear: bool = False
    line: Line = IDLE


class Part(Enum):
    """What of the practice is shown."""

    LISTS = "lists"
    STOCK = "stock"
    GAS = "gas"
    EQUIPMENT = "equipment"
    PEOPLE = "people"
    MISSING = "missing"
    """What keeps the place from being ready."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One group of a checklist, for one target."""

    list: str
    target: str
    group: str
    since: float | None = None
    """When it was shown first, in monotonic s; None: it was not yet."""
    seen: frozenset[str] = frozenset()
    """Ids of the rows that were on the screen."""


@dataclass(frozen=True, slots=True)
class Morning:
    """The morning view; what its keys send is answered in its own line."""

    part: Part = Part.LISTS
    at: int = 0
    """Which row of what is shown is chosen."""
    opened: Opened | None = None
    """The list that is worked on, among the lists."""
    scan: str | None = None
    """What a scanner has typed so far; None: it is not expected to."""
    read: Scanning | None = None
    """The code that was read last."""
    when: str = ""
    """The time of what is said next, as it is typed."""
    unclear: bool = False
    by: str = ""
    """Who spoke last at a terminal of nobody in particular."""
    greeted: bool = False
    """The clinic of the day is known, or was asked for."""
    line: Line = IDLE


@dataclass(frozen=True, slots=True)
class Trend:
    """What was measured at the bed, over time; what its keys send is answered in its own line."""

    span: Span = Span.HOUR
    back: int = 0
    """So many steps before now: half hours, cases or days."""
    top: int = 0
    """So many lanes are hidden above, where not all have room."""
    line: Line = IDLE


@dataclass(frozen=True, slots=True)
class Owner(Leaf):
    """The month of the practice; what its keys send is answered in its own line."""

    line: Line = IDLE


@dataclass(frozen=True, slots=True)
class Palette:
    """Everything that can be done, by what is typed of its words."""

    typed: str = ""
    at: int = 0
    """Which of those that fit is chosen."""


@dataclass(frozen=True, slots=True)
class Press:
    """What was chosen stands for this key, which is pressed in its place."""

    key: str


Page = Morning | Trend | Owner
"""What lies over the waves of a bed until it is left."""
Form = Ask | AskAge
"""What is typed in."""
Short = Idle | AskAge | Choose | EndArmed | Awaiting | Note | When
Prompt = Short | Ask | Gate | Listing | Palette | Page


@dataclass(frozen=True, slots=True)
class Stay:
    """Something to send, with what is open left open; its line tells what becomes of it."""

    command: Request
    prompt: Gate | Listing | Page
    form: Ask | None = None
    """What it was typed in: it opens again where it is not taken."""


def note(word: str, now: Instant, refusal: Refusal | None = None) -> Note:
    """Return a note that stands from `now`."""
    return Note(word, now.monotonic + NOTE_S, refusal)


def page_of(prompt: Prompt) -> Page | None:
    """Return the page that is open, also under a question; None where there is none."""
    while isinstance(prompt, Ask) and prompt.origin is not None:
        prompt = prompt.origin
    return prompt if isinstance(prompt, Page) else None


def morning(prompt: Prompt) -> Morning | None:
    """Return the morning view that is open, also under a question; None where there is none."""
    page = page_of(prompt)
    return page if isinstance(page, Morning) else None
