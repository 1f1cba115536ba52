"""The prompt row as states: what is asked, what was answered, and until when it stands."""

from __future__ import annotations

from dataclasses import dataclass

from daemon.protocol.messages import Refusal
from tui.age import Unclear
from vitals.instant import Instant

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
    """An age is being typed."""

    typed: str = ""
    unclear: Unclear | None = None


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


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A command was sent and its answer is awaited."""

    id: str
    until: float


@dataclass(frozen=True, slots=True)
class Note:
    """One line to read, by the id of its words."""

    word: str
    until: float
    refusal: Refusal | None = None
    """Why, where a command was refused."""


Prompt = Idle | AskAge | Choose | EndArmed | Awaiting | Note
IDLE = Idle()


def note(word: str, now: Instant, refusal: Refusal | None = None) -> Note:
    """Return a note that stands from `now`."""
    return Note(word, now.monotonic + NOTE_S, refusal)


def settled(prompt: Prompt, now: Instant) -> Prompt:
    """Return what `prompt` has become by `now`."""
    match prompt:
        case Awaiting(until=until) if now.monotonic > until:
            return note("note.unanswered", now)
        case EndArmed(until=until) | Note(until=until) if now.monotonic > until:
            return IDLE
        case _:
            return prompt
