"""A simulated anaesthesia machine: it calls until it is answered, and is fed only then.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258), p. 5-12 and
"MEDIBUS-Life-Cycle" p. 24; codes of 90 28 329.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from random import Random

from devices.medibus.body import Alarm, Identity, Message, Record
from devices.medibus.codes import APNOEA, KPA_PER_MMHG
from devices.medibus.decoder import FrameDecoder
from devices.medibus.wire import Answer, Code, Command, Octet
from devices.simulated.patient import Gases, Patient, State
from vitals.measure import Agent

CALL_EVERY_S = 3.0
SILENCE_S = 3.0
NOP_AFTER_S = 2.0
AMBIENT_MBAR = 1013
SUPPLY_MBAR = 4900
WARNING = 31
IDENTITY = Identity("8210", "Primus", "04.50", "04.03")
AGENT_CODES = {
    Agent.DESFLURANE: ("AE", "AF", "28", "DESFLURANE"),
    Agent.SEVOFLURANE: ("B0", "B1", "29", "SEVOFLURANE"),
    Agent.ISOFLURANE: ("F8", "F9", "27", "ISOFLURANE"),
    Agent.HALOTHANE: ("F4", "F5", "25", "HALOTHANE"),
    Agent.ENFLURANE: ("F6", "F7", "26", "ENFLURANE"),
}
UNDERSTOOD = frozenset(
    (Code.MEASURED, Code.ALARMS, Code.ALARMS_2, Code.TEXTS, Code.IDENTITY, Code.NOP)
)


class Stage(Enum):
    """How far the machine's half of the conversation has come."""

    CALLING = auto()
    NAMING = auto()
    LINKED = auto()


class MedibusSimulator:
    """A machine at `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._heard = bytearray()
        self._sent = 0
        self.off = False
        """Without power: it hears and says nothing, and begins anew afterwards."""
        self.warm_up_s = 0.0
        """How long after power-on the gases are not measured."""
        self.co2_unit = "kPa"
        """Or `mmHg` or `%`, as it is set in the machine."""
        self.names_agent = True
        """Sends the anaesthetic under its own codes, not only as the first one."""
        self.supply_failed = False
        self.cylinder_empty = False
        self.line_blocked = False
        self.interleaved = False
        """Realtime data and a NOP stand inside the answers."""
        self.corrupt_every = 0
        """One bit of each n-th byte is flipped."""
        self._power_on(0.0)

    @property
    def stage(self) -> Stage:
        """Return how far the conversation has come."""
        return self._stage

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote; it is answered with the next `emit`."""
        self._heard += data

    def emit(self, elapsed_s: float) -> bytes:
        """Return answers, calls and NOPs that are due."""
        if self.off:
            self._heard.clear()
            self._power_on(elapsed_s)
            return b""
        said = b"".join([*self._answers(elapsed_s), *self._calls(elapsed_s)])
        if said:
            self._spoke_s = elapsed_s
        return self._on_the_line(said)

    def _power_on(self, elapsed_s: float) -> None:
        self._decoder = FrameDecoder()
        self._stage = Stage.CALLING
        self._on_s = self._spoke_s = self._host_s = elapsed_s
        self._called_s = -CALL_EVERY_S

    def _answers(self, elapsed_s: float) -> Iterator[bytes]:
        self._decoder.feed(bytes(self._heard))
        self._heard.clear()
        while (frame := self._decoder.next_frame()) is not None:
            match frame:
                case Answer(echo):
                    self._host_s = elapsed_s
                    self._answered(echo)
                case Command(code):
                    self._host_s = elapsed_s
                    yield from self._answer(code, elapsed_s)
                case Octet():
                    pass

    def _answered(self, echo: int) -> None:
        if self._stage is Stage.CALLING and echo == Code.ICC:
            self._stage, self._called_s = Stage.NAMING, -CALL_EVERY_S
        elif self._stage is Stage.NAMING and echo in (Code.IDENTITY, Code.NAK):
            self._stage = Stage.LINKED

    def _answer(self, code: int, elapsed_s: float) -> Iterator[bytes]:
        """Yield the answer: to a call always, to anything else once our own call was answered."""
        if code == Code.ICC:
            yield Answer(code).to_bytes()
        elif self._stage is not Stage.CALLING:
            answer = Answer(*self._page(code, elapsed_s)).to_bytes()
            yield self._interleave(answer) if self.interleaved else answer

    def _page(self, code: int, elapsed_s: float) -> tuple[int, bytes]:
        """Return the echo and the data; NAK to what is not understood."""
        state = self._patient.at(elapsed_s)
        pieces: Iterable[Record | Alarm | Message | Identity] = ()
        match code:
            case Code.MEASURED:
                warm = elapsed_s - self._on_s >= self.warm_up_s
                pieces = (*self._always(state), *(self._gases(state) if warm else ()))
            case Code.ALARMS:
                pieces = self._alarms(state)
            case Code.ALARMS_2 if self.cylinder_empty:
                pieces = (Alarm(WARNING, "32", "O2 CYL EMPTY"),)
            case Code.TEXTS:
                *_, text, name = AGENT_CODES[state.gases.agent]
                pieces = (Message(text, name),)
            case Code.IDENTITY:
                pieces = (IDENTITY,)
            case _:
                pass
        understood = code in UNDERSTOOD
        return code if understood else Code.NAK, b"".join(piece.to_bytes() for piece in pieces)

    def _always(self, state: State) -> Iterator[Record]:
        if state.measurable:
            yield _record("EB", f"{state.spo2:.0f} ")
            yield _record("E1", f"{state.pulse_rate:.0f} ")
        if not self.supply_failed:
            yield _record("0F", f"{SUPPLY_MBAR}")
        yield _record("6B", f"{AMBIENT_MBAR}")

    def _gases(self, state: State) -> Iterator[Record]:
        """Yield what the gas bench measures; in apnoea the last breath's numbers stand."""
        for code, kpa in (("end", state.etco2), ("insp", state.fico2)):
            yield self._co2(code, kpa)
        yield _record("D5", f"{state.respiratory_rate:.0f}")
        gases = state.gases
        yield _record("F0", f"{gases.fio2:.1f}")
        yield _record("EF", f"{gases.eto2:.1f}")
        yield _record("FB", f"{gases.n2o_inspired:.1f}")
        yield _record("FC", f"{gases.n2o_expired:.1f}")
        yield _record("AD", f"{gases.mac:.2f}")
        yield from self._agent(gases)

    def _co2(self, end: str, kpa: float) -> Record:
        expired = end == "end"
        match self.co2_unit:
            case "mmHg":
                return _record("E6" if expired else "E5", f"{kpa / KPA_PER_MMHG:.0f}")
            case "%":
                return _record("DB" if expired else "DA", f"{kpa * 1000 / AMBIENT_MBAR:.1f}")
            case _:
                return _record("E3" if expired else "FF", f"{kpa:.1f}")

    def _agent(self, gases: Gases) -> Iterator[Record]:
        inspired, expired, *_ = AGENT_CODES[gases.agent]
        if not self.names_agent:
            inspired, expired = "E9", "EA"
        yield _record(inspired, f"{gases.agent_inspired:.1f}")
        yield _record(expired, f"{gases.agent_expired:.1f}")

    def _alarms(self, state: State) -> Iterator[Alarm]:
        if state.respiratory_rate == 0:
            yield Alarm(WARNING, APNOEA, "APNEA CO2")
        if self.supply_failed:
            yield Alarm(WARNING, "13", "O2 SUPPLY LO")
        if self.line_blocked:
            yield Alarm(24, "3D", "CO2 LINE BLK")

    def _calls(self, elapsed_s: float) -> Iterator[bytes]:
        """Yield calls while nobody answers them, and a sign of life when nothing else is said."""
        if self._stage is not Stage.CALLING and elapsed_s - self._host_s > SILENCE_S:
            self._stage, self._called_s = Stage.CALLING, -CALL_EVERY_S
        if self._stage is Stage.LINKED:
            if elapsed_s - self._spoke_s >= NOP_AFTER_S:
                yield Command(Code.NOP).to_bytes()
        elif elapsed_s - self._called_s >= CALL_EVERY_S:
            self._called_s = elapsed_s
            call = Code.ICC if self._stage is Stage.CALLING else Code.IDENTITY
            yield Command(call).to_bytes()

    def _interleave(self, answer: bytes) -> bytes:
        middle = self._random.randrange(1, len(answer))
        strewn = bytes(self._random.randrange(0x80, 0x100) for _ in range(6))
        nop = Command(Code.NOP).to_bytes()
        return answer[:middle] + strewn[:3] + nop[:2] + strewn[3:] + nop[2:] + answer[middle:]

    def _on_the_line(self, said: bytes) -> bytes:
        line = bytearray(said)
        first, self._sent = self._sent, self._sent + len(said)
        if self.corrupt_every:
            for place in range(-first % self.corrupt_every, len(line), self.corrupt_every):
                line[place] ^= 1 << self._random.randrange(8)
        return bytes(line)


def _record(code: str, value: str) -> Record:
    return Record(code, f"{value:>4}")
