"""Getting a Capnostat to talk: stop, ask who it is, tell and ask what matters, start, keep watch.

Document: Respironics, "OEM module interface" (1015115DS1), chapter on start-up; not public, read as
public drivers agree. Nothing here zeroes, resets or puts to sleep, and the unit is never set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from devices.capnostat5.frame import Frame, from_word
from devices.capnostat5.setting import Compensation, Index, Setting
from devices.capnostat5.wire import (
    ASK_REVISION,
    START,
    STOP,
    Code,
    Command,
    Message,
    Nack,
    Waveform,
)
from devices.contract import Options
from vitals.instant import Instant

BALANCE = {"air": 0, "n2o": 1}


class Phase(StrEnum):
    """How far the conversation has come."""

    LISTENING = "listening"
    """Nobody asks what to send: bytes are only read."""
    STOPPING = "stopping"
    IDENTIFYING = "identifying"
    PRESSURE = "pressure"
    """Told where it is configured, asked otherwise."""
    READING_GAS = "reading_gas"
    TELLING_GAS = "telling_gas"
    UNIT = "unit"
    STARTING = "starting"
    STREAMING = "streaming"


class Turn(StrEnum):
    """What moves the conversation on."""

    OPENED = "opened"
    ANSWERED = "answered"
    """By what the phase asked for; while streaming, by each frame of the stream."""
    REFUSED = "refused"
    SKIPPED = "skipped"
    """There is nothing to ask or tell in this phase."""
    UNANSWERED = "unanswered"
    """As often and as long as the phase is willing to wait."""
    REBOOTED = "rebooted"


def _passes_to(phase: Phase) -> dict[Turn, Phase]:
    """Return the row of a question whose answer the module may refuse."""
    return {
        Turn.ANSWERED: phase,
        Turn.REFUSED: phase,
        Turn.SKIPPED: phase,
        Turn.UNANSWERED: Phase.STOPPING,
        Turn.REBOOTED: Phase.STOPPING,
    }


NEXT: Mapping[Phase, Mapping[Turn, Phase]] = MappingProxyType(
    {
        Phase.LISTENING: {Turn.OPENED: Phase.STOPPING},
        # A module that does not say that it stopped may still answer something else.
        Phase.STOPPING: {
            Turn.ANSWERED: Phase.IDENTIFYING,
            Turn.REFUSED: Phase.IDENTIFYING,
            Turn.UNANSWERED: Phase.IDENTIFYING,
            Turn.REBOOTED: Phase.STOPPING,
        },
        Phase.IDENTIFYING: _passes_to(Phase.PRESSURE),
        Phase.PRESSURE: _passes_to(Phase.READING_GAS),
        Phase.READING_GAS: _passes_to(Phase.TELLING_GAS),
        Phase.TELLING_GAS: _passes_to(Phase.UNIT),
        Phase.UNIT: _passes_to(Phase.STARTING),
        Phase.STARTING: {
            Turn.ANSWERED: Phase.STREAMING,
            Turn.UNANSWERED: Phase.STOPPING,
            Turn.REBOOTED: Phase.STOPPING,
        },
        Phase.STREAMING: {
            Turn.ANSWERED: Phase.STREAMING,
            Turn.UNANSWERED: Phase.STOPPING,
            Turn.REBOOTED: Phase.STOPPING,
        },
    }
)
"""The whole conversation; a turn that is not in a row changes nothing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, in s, and how often it is asked for."""

    wait_s: float
    times: int


ANSWER = Patience(1.0, 3)
PATIENCE = {
    Phase.STOPPING: Patience(0.5, 10),
    Phase.STREAMING: Patience(1.0, 1),
}
"""Where it is not `ANSWER`."""
REFUSALS = {Code.UNKNOWN_COMMAND, Code.COUNT, Code.DATA}
"""A checksum or a time-out is the line's fault: the question is repeated in its time."""


ANSWERS = {
    Phase.STOPPING: Command.STOP,
    Phase.IDENTIFYING: Command.REVISION,
    Phase.PRESSURE: Index.PRESSURE,
    Phase.READING_GAS: Index.GAS,
    Phase.TELLING_GAS: Index.GAS,
    Phase.UNIT: Index.UNIT,
    Phase.STARTING: Command.WAVEFORM,
    Phase.STREAMING: Command.WAVEFORM,
}
"""By which command, or by the echo of which setting, a phase is answered."""


class Handshake:
    """The host's half of the conversation; told what the module says, asked what to send."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._requests = _requests(options)
        self._asked = 0
        self._asked_at: Instant | None = None
        self.phase = Phase.LISTENING

    def hear(self, message: Message) -> None:
        """Take what the module said."""
        gas = self._options.gas
        if gas and self.phase is Phase.READING_GAS and isinstance(message, Setting):
            found = Compensation.parse(message.data)
            if message.index == Index.GAS and found is not None:
                self._requests[Phase.TELLING_GAS] = _told(found.oxygen, gas, found.agent)
        if (turn := self._turn(message)) is not None:
            self._take(turn)

    def due(self, at: Instant) -> bytes:
        """Return what is to be sent now."""
        self._take(Turn.OPENED)
        patience = PATIENCE.get(self.phase, ANSWER)
        if self._asked_at is not None and at.seconds_since(self._asked_at) < patience.wait_s:
            return b""
        if self._asked >= patience.times:
            self._take(Turn.UNANSWERED)
        self._asked += 1
        self._asked_at = at
        return self._requests[self.phase]

    def _take(self, turn: Turn) -> None:
        while (phase := NEXT[self.phase].get(turn)) is not None:
            self.phase = phase
            self._asked, self._asked_at = 0, None
            if phase is Phase.STOPPING:  # what was read of the gas was read in this conversation
                self._requests = _requests(self._options)
            if phase in self._requests:
                return
            turn = Turn.SKIPPED

    def _turn(self, message: Message) -> Turn | None:
        match message:
            case Nack(Code.BOOTED):
                return Turn.REBOOTED
            case Nack(code):
                return Turn.REFUSED if code in REFUSALS else None
            case Setting(subject) | Frame(subject):
                return self._answered(subject)
            case Waveform():
                return self._answered(Command.WAVEFORM)

    def _answered(self, subject: int) -> Turn | None:
        return Turn.ANSWERED if ANSWERS.get(self.phase) == subject else None


def _requests(options: Options) -> dict[Phase, bytes]:
    """Return what each phase sends, nothing where it only waits; a phase not there is skipped."""
    told = options.pressure_mmhg
    requests = {
        Phase.LISTENING: b"",
        Phase.STOPPING: STOP.to_bytes(),
        Phase.IDENTIFYING: ASK_REVISION.to_bytes(),
        Phase.PRESSURE: Setting(
            Index.PRESSURE, b"" if told is None else from_word(round(told))
        ).to_bytes(),
        Phase.UNIT: Setting(Index.UNIT).to_bytes(),
        Phase.STARTING: START.to_bytes(),
        Phase.STREAMING: b"",
    }
    if options.gas is not None and options.oxygen_percent is not None:
        requests[Phase.TELLING_GAS] = _told(round(options.oxygen_percent), options.gas, 0)
    elif options.gas is not None:  # oxygen and agent are told with it: they stay what they are
        requests[Phase.READING_GAS] = Setting(Index.GAS).to_bytes()
    return requests


def _told(oxygen: int, gas: str, agent: int) -> bytes:
    compensation = Compensation(oxygen, BALANCE[gas], agent)
    return Setting(Index.GAS, compensation.to_bytes()).to_bytes()
