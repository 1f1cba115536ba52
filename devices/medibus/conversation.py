"""Our half of the conversation: answer every command, call until heard, then ask once a second.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258): "Initializing
Communication" and "Time-Out" p. 5, "Software Handshaking" p. 6, "Responding to Control Commands and
unknown Commands" p. 11, "MEDIBUS-Life-Cycle" p. 24, "Frequently asked Questions" p. 34.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from enum import Enum, auto

from devices.medibus.wire import RESUME, SUSPEND, Answer, Code, Command, Frame, Octet
from vitals.instant import Instant

SILENCE_S = 3.0
"""Without a frame for longer the link is lost (p. 5)."""
SUSPENDED_S = 3.0
"""Whoever was suspended goes on after that (p. 6)."""
CALL_EVERY_S = 3.0
ASK_EVERY_S = 1.0
ANSWER_S = 1.0
"""A question that was not answered by then is asked again or passed over."""
TEXTS_EVERY = 5
"""Texts are long and seldom change: each fifth round asks for them instead of the second page of
alarms."""
WAITING = 8
"""Answers that may wait for the line; a machine waits for each, so more are none of its."""
UNDERSTOOD = frozenset(
    (Code.NOP, Code.TIME_CHANGED, Code.ICC, Code.IDENTITY, Code.STOP, Code.REALTIME_CHANGED)
)
"""Commands that are answered with their code and no data; our identity is empty."""


class State(Enum):
    """How far we have come."""

    CALLING = auto()
    NAMING = auto()
    ASKING = auto()


class Turn(Enum):
    """What brings us further or back."""

    HEARD = auto()
    """Our call was answered."""
    NAMED = auto()
    """The machine said who it is, or that it does not."""
    CALLED = auto()
    """The machine begins anew."""
    SILENT = auto()


NEXT: Mapping[State, Mapping[Turn, State]] = {
    State.CALLING: {Turn.HEARD: State.NAMING, Turn.CALLED: State.CALLING},
    State.NAMING: {Turn.NAMED: State.ASKING, Turn.SILENT: State.CALLING},
    State.ASKING: {Turn.CALLED: State.CALLING, Turn.SILENT: State.CALLING},
}
"""Our call repeats the machine's at once; the one that comes while we name each other is answered
and changes nothing, so that two who both call on being called come to an end."""
PATIENCE_S = {State.CALLING: CALL_EVERY_S, State.NAMING: ANSWER_S, State.ASKING: ANSWER_S}
ANSWERED: Mapping[tuple[State, int], Turn] = {
    (State.CALLING, Code.ICC): Turn.HEARD,
    (State.NAMING, Code.IDENTITY): Turn.NAMED,
    (State.NAMING, Code.NAK): Turn.NAMED,
}
OPENERS = {State.CALLING: Code.ICC, State.NAMING: Code.IDENTITY}


class Conversation:
    """What is to be said, and when; nothing here configures the machine or alters a setting."""

    def __init__(self) -> None:
        self._state = State.CALLING
        self._answers: deque[Answer] = deque(maxlen=WAITING)
        self._heard: Instant | None = None
        self._suspended: Instant | None = None
        self._asked: Code | None = None
        """The question that is open."""
        self._asked_at: Instant | None = None
        self._round: deque[Code] = deque()
        self._rounds = 0
        self._round_at: Instant | None = None

    @property
    def state(self) -> State:
        """Return how far we have come."""
        return self._state

    def hear(self, frame: Frame | Octet, at: Instant) -> None:
        """Take a frame or a byte of flow control."""
        match frame:
            case Octet(value):
                self._flow(value, at)
            case Command(code):
                self._heard = at
                self._answer(code)
            case Answer(echo):
                self._heard = at
                self._answered(echo)

    def due(self, at: Instant) -> bytes:
        """Return what is to be sent now; nothing while the machine has us wait."""
        if self._heard is not None and at.seconds_since(self._heard) > SILENCE_S:
            self._turn(Turn.SILENT)
        if self._suspended is not None and at.seconds_since(self._suspended) < SUSPENDED_S:
            return b""
        self._suspended = None
        answers = b"".join(answer.to_bytes() for answer in self._answers)
        self._answers.clear()
        question = self._question(at)
        return answers if question is None else answers + Command(question).to_bytes()

    def _flow(self, value: int, at: Instant) -> None:
        if value == SUSPEND:
            self._suspended = at
        elif value == RESUME:
            self._suspended = None

    def _answer(self, code: int) -> None:
        self._answers.append(Answer(code if code in UNDERSTOOD else Code.NAK))
        if code == Code.ICC:
            self._suspended = None
            self._turn(Turn.CALLED)

    def _answered(self, echo: int) -> None:
        if echo in (self._asked, Code.NAK):
            self._asked = None
        if (turn := ANSWERED.get((self._state, echo))) is not None:
            self._turn(turn)

    def _turn(self, turn: Turn) -> None:
        state = NEXT[self._state].get(turn)
        if state is not None:
            self._state, self._asked, self._asked_at = state, None, None
            self._round.clear()
            self._round_at = None

    def _question(self, at: Instant) -> Code | None:
        """Return what to ask now: one question at a time."""
        waited = self._asked_at is None or _since(self._asked_at, at) >= PATIENCE_S[self._state]
        if not waited and (self._asked is not None or self._state in OPENERS):
            return None
        question = OPENERS.get(self._state) or self._next_of_round(at)
        if question is not None:
            self._asked, self._asked_at = question, at
        return question

    def _next_of_round(self, at: Instant) -> Code | None:
        if not self._round and (
            self._round_at is None or _since(self._round_at, at) >= ASK_EVERY_S
        ):
            last = Code.TEXTS if self._rounds % TEXTS_EVERY == 0 else Code.ALARMS_2
            self._round.extend((Code.MEASURED, Code.ALARMS, last))
            self._round_at = at
            self._rounds += 1
        return self._round.popleft() if self._round else None


def _since(earlier: Instant, at: Instant) -> float:
    return at.seconds_since(earlier)
