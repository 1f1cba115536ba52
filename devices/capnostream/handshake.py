"""Our half of the conversation: enable until heard, start until it streams, stay silent then.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), commands 1, 4 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from devices.capnostream.numerics import Numerics
from devices.capnostream.wire import Command, Identity, Message, Wave
from vitals.instant import Instant

SILENCE_S = 3.0
"""Without a message for longer the monitor is to be enabled anew."""
KEEP_ALIVE_S = 5.0


class State(Enum):
    """How far we have come."""

    CALLING = auto()
    STARTING = auto()
    RUNNING = auto()


class Turn(Enum):
    """What brings us further or back."""

    SPOKE = auto()
    """Any message at all."""
    STREAMED = auto()
    """A measurement, after we asked for it."""
    ENABLED = auto()
    """The monitor said who it is: it has just been enabled and streams nothing yet."""
    SILENT = auto()


NEXT: Mapping[State, Mapping[Turn, State]] = {
    State.CALLING: {
        Turn.SPOKE: State.STARTING,
        Turn.STREAMED: State.STARTING,
        Turn.ENABLED: State.STARTING,
    },
    State.STARTING: {Turn.STREAMED: State.RUNNING, Turn.SILENT: State.CALLING},
    State.RUNNING: {Turn.ENABLED: State.STARTING, Turn.SILENT: State.CALLING},
}
SAID: Mapping[State, tuple[Command, float]] = {
    State.CALLING: (Command.ENABLE, 1.0),
    State.STARTING: (Command.START, 1.0),
    State.RUNNING: (Command.LINK_ACTIVE, KEEP_ALIVE_S),
}
"""What is said in each state, and how often in s."""


class Handshake:
    """What is to be sent, and when; code 6 only where `keep_alive` says that the monitor asks."""

    def __init__(self, *, keep_alive: bool = False) -> None:
        self._keep_alive = keep_alive
        self._state = State.CALLING
        self._heard: Instant | None = None
        self._said: Instant | None = None

    @property
    def state(self) -> State:
        """Return how far we have come."""
        return self._state

    def hear(self, message: Message, at: Instant) -> None:
        """Take a message of the monitor."""
        self._heard = at
        match message:
            case Identity():
                self._turn(Turn.ENABLED)
            case Wave() | Numerics() if self._said is not None:
                self._turn(Turn.STREAMED)
            case _:
                self._turn(Turn.SPOKE)

    def due(self, at: Instant) -> bytes:
        """Return the command that is to be sent now, if any."""
        if self._heard is not None and at.seconds_since(self._heard) > SILENCE_S:
            self._turn(Turn.SILENT)
        command, every_s = SAID[self._state]
        if self._said is not None and at.seconds_since(self._said) < every_s:
            return b""
        self._said = at
        silent = self._state is State.RUNNING and not self._keep_alive
        return b"" if silent else command.to_bytes()

    def _turn(self, turn: Turn) -> None:
        state = NEXT[self._state].get(turn)
        if state is not None:
            self._state, self._said = state, None
