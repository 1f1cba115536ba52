"""A simulated IRMA or ISA: twenty frames a second, from switching on.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from devices.phasein.command import COMMAND_BYTES, Command, Order
from devices.phasein.slow import (
    AGENTS,
    Adapter,
    Concentrations,
    Configuration,
    General,
    Mode,
    Range,
    Registers,
    Service,
    Work,
)
from devices.phasein.wire import CONCENTRATIONS, NO_BYTE, NO_DATA, RATE_HZ, Frame, Id, Status
from devices.simulated.patient import Patient, State
from vitals.measure import Agent

CODES: dict[Agent, int] = {agent: code for code, agent in AGENTS.items()}
IDS = 10
BREATH_SHOWN_S = 0.2
APNOEA_TIMES = range(20, 61)
"""s."""
CONFIGURATION = Configuration(0xFF, 0x10, 0x0234, identifies=True, protocol=0x12)
RESERVED = bytes((NO_BYTE,)) * 6
NOTHING = Frame(0, Status(0), NO_DATA, NO_DATA, NO_DATA, NO_DATA, NO_DATA, RESERVED)


@dataclass(frozen=True, slots=True)
class Breath:
    """The last breath, and what it showed."""

    number: int
    at_s: float
    state: State


class PhaseinSimulator:
    """An analyser on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._serial = seed & 0xFFFF
        self._breath = Breath(0, 0.0, patient.at(0.0))
        self._due = 0
        self._command = b""
        self._bytes_sent = 0
        self.heard: list[Command] = []
        self.mode = Mode.MEASUREMENT
        self.pressure_kpa = 101.3
        self.apnoea_s = 20.0
        """After how long without a breath it says so."""
        self.self_test_s = 0.0
        """How long it tests itself at first; it then has neither gases nor a slow round."""
        self.adapter = True
        self.sensor_error = False
        self.zero_required = False
        self.zeroing = False
        self.oxygen_worn = False
        self.corrupt_every = 0
        """Each byte of this number is sent with a wrong bit; 0 for none."""

    def receive(self, data: bytes) -> None:
        """Take commands."""
        self._command = (self._command + data)[-COMMAND_BYTES:]
        if (command := Command.parse(self._command)) is None:
            return
        self.heard.append(command)
        match command:
            case Command(Order.MODE, mode) if mode in tuple(Mode):
                self.mode = Mode(mode)
            case Command(Order.APNOEA_TIME, seconds) if seconds in APNOEA_TIMES:
                self.apnoea_s = float(seconds)
            case _:
                pass

    def emit(self, elapsed_s: float) -> bytes:
        """Return the frames that came due since the last call."""
        due = int(elapsed_s * RATE_HZ + 1e-6)
        frames = [self._frame(number) for number in range(self._due, due)]
        self._due = max(due, self._due)
        return self._corrupted(b"".join(frames))

    def _frame(self, number: int) -> bytes:
        at_s = number / RATE_HZ
        self._find_breath(at_s)
        mode = Mode.SELF_TEST if at_s < self.self_test_s else self.mode
        if mode in (Mode.SELF_TEST, Mode.SLEEP):
            return self._idle(mode).to_bytes()
        return self._measuring(number % IDS, at_s).to_bytes()

    def _find_breath(self, at_s: float) -> None:
        number = int(self._patient.breaths(at_s))
        if number > self._breath.number:
            self._breath = Breath(number, at_s, self._patient.at(at_s))

    def _idle(self, mode: Mode) -> Frame:
        registers = Registers(mode, 0, Adapter(0), Range(0))
        return replace(NOTHING, id=Id.REGISTERS, slow=registers.to_bytes())

    def _measuring(self, number: int, at_s: float) -> Frame:
        gases = self._patient.at(at_s).gases
        share = self._out(at_s)

        def mixed(inspired: float, expired: float) -> int:
            return round(100 * (inspired + share * (expired - inspired)))

        frame = Frame(
            id=number,
            status=self._status(at_s),
            co2=round(100 * self._percent(self._patient.co2(at_s))),
            n2o=mixed(gases.n2o_inspired, gases.n2o_expired),
            agent1=mixed(gases.agent_inspired, gases.agent_expired),
            agent2=0,
            oxygen=mixed(gases.fio2, gases.eto2),
            slow=RESERVED,
        )
        return replace(frame, slow=self._slow(frame, at_s))

    def _out(self, at_s: float) -> float:
        """Return how much of what is at the sensor was breathed out, 0..1."""
        highest = self._patient.at(at_s).etco2
        return min(self._patient.co2(at_s) / highest, 1.0) if highest > 0 else 0.0

    def _percent(self, kpa: float) -> float:
        return 100 * kpa / self.pressure_kpa

    def _apnoea(self, at_s: float) -> bool:
        return at_s - self._breath.at_s > self.apnoea_s

    def _status(self, at_s: float) -> Status:
        since_s = at_s - self._breath.at_s
        said = {
            Status.BREATH: self._breath.number > 0 and since_s < BREATH_SHOWN_S,
            Status.APNOEA: self._apnoea(at_s),
            Status.CHECK_ADAPTER: not self.adapter,
            Status.SENSOR_ERROR: self.sensor_error,
            Status.UNSPECIFIED_ACCURACY: self.zero_required,
            Status.O2_LOW: self.oxygen_worn,
        }
        return Status(sum(bit for bit, there in said.items() if there))

    def _slow(self, frame: Frame, at_s: float) -> bytes:
        if frame.id in CONCENTRATIONS:
            breathed = frame.id != Id.MOMENTARY and not self._apnoea(at_s)
            return (self._breathed(frame.id) if breathed else _momentary(frame)).to_bytes()
        blocks: dict[Id, General | Registers | Configuration | Service] = {
            Id.GENERAL: self._general(at_s),
            Id.REGISTERS: self._registers(),
            Id.CONFIGURATION: CONFIGURATION,
            Id.SERVICE: Service(self._serial, Work.ZERO_RUNNING if self.zeroing else Work(0)),
        }
        return blocks[Id(frame.id)].to_bytes() if frame.id in blocks else RESERVED

    def _breathed(self, number: int) -> Concentrations:
        state = self._breath.state
        gases = state.gases
        if number == Id.INSPIRED:
            co2, n2o, agent, oxygen = (
                state.fico2, gases.n2o_inspired, gases.agent_inspired, gases.fio2,
            )  # fmt: skip
        else:
            co2, n2o, agent, oxygen = (
                state.etco2, gases.n2o_expired, gases.agent_expired, gases.eto2,
            )  # fmt: skip
        tenths = round(10 * self._percent(co2))
        return Concentrations(tenths, round(n2o), round(10 * agent), 0, round(oxygen))

    def _general(self, at_s: float) -> General:
        since_s = int(at_s - self._breath.at_s)
        rate = 0 if self._apnoea(at_s) else round(self._breath.state.respiratory_rate)
        gases = self._breath.state.gases
        return General(
            rate=rate if self._breath.number else 0,
            since_breath=min(max(since_s, 1), 254) if self._breath.number else None,
            agent1=CODES[gases.agent] if gases.agent_inspired > 0 else 0,
            agent2=0,
            pressure=round(self.pressure_kpa * 10),
        )

    def _registers(self) -> Registers:
        return Registers(
            mode=self.mode,
            error=2 if self.sensor_error else 0,
            adapter=Adapter(0) if self.adapter else Adapter.MISSING,
            range=Range.ZERO_REQUIRED if self.zero_required else Range(0),
        )

    def _corrupted(self, data: bytes) -> bytes:
        first, self._bytes_sent = self._bytes_sent, self._bytes_sent + len(data)
        if not self.corrupt_every:
            return data
        return bytes(
            byte ^ (0x08 if number % self.corrupt_every == 0 else 0)
            for number, byte in enumerate(data, first + 1)
        )


def _momentary(frame: Frame) -> Concentrations:
    return Concentrations(
        co2=round(frame.co2 / 10),
        n2o=round(frame.n2o / 100),
        agent1=round(frame.agent1 / 10),
        agent2=round(frame.agent2 / 10),
        oxygen=round(frame.oxygen / 100),
    )
