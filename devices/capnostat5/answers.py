"""The simulated module's half of the conversation: what it keeps, and what it answers.

Document: Respironics, "OEM module interface" (1015115DS1); not public, read as public drivers
agree.
"""

from __future__ import annotations

from dataclasses import replace

from devices.capnostat5.frame import WORD_BYTES, Frame, from_word, word
from devices.capnostat5.scale import Unit
from devices.capnostat5.setting import COMPENSATION_BYTES, Compensation, Index, Setting
from devices.capnostat5.wire import ASK_REVISION, START, STOP, Code, Nack

REVISION = b"\0CAPNOSTAT5 SIM 1.0"
SEA_LEVEL_MMHG = 760


class Answers:
    """A module that is asked and told."""

    def __init__(self) -> None:
        self.unit = Unit.MMHG
        """Kept without power."""
        self.pressure_mmhg = SEA_LEVEL_MMHG
        self.compensation = Compensation(21, 0, 0)
        self.compensated = False
        """Pressure was told since power came on."""
        self.streaming = False
        self.refused: set[Index] = set()
        """Settings that this firmware does not have."""
        self.heard: list[Frame] = []
        """Every good command."""

    def reboot(self) -> None:
        """Forget what does not outlast the power."""
        self.compensated = self.streaming = False

    def answer(self, frame: Frame) -> bytes:
        """Do what a command says and return the answer."""
        self.heard.append(frame)
        if frame in (START, STOP):
            self.streaming = frame == START
            return b"" if self.streaming else frame.to_bytes()
        if frame == ASK_REVISION:
            return replace(frame, data=REVISION).to_bytes()
        setting = Setting.parse(frame)
        if setting is None or setting.index in self.refused:
            return Nack(Code.UNKNOWN_COMMAND).to_bytes()
        return self._settled(setting)

    def _settled(self, setting: Setting) -> bytes:
        match setting:
            case Setting(Index.PRESSURE, told) if len(told) in (0, WORD_BYTES):
                self.pressure_mmhg = word(told) if told else self.pressure_mmhg
                self.compensated = self.compensated or bool(told)
                return replace(setting, data=from_word(self.pressure_mmhg)).to_bytes()
            case Setting(Index.GAS, told) if len(told) in (0, COMPENSATION_BYTES):
                self.compensation = Compensation.parse(told) or self.compensation
                return replace(setting, data=self.compensation.to_bytes()).to_bytes()
            case Setting(Index.UNIT, told) if len(told) <= 1:
                self.unit = Unit(told[0]) if told else self.unit
                return replace(setting, data=bytes((self.unit,))).to_bytes()
            case _:
                return Nack(Code.DATA).to_bytes()
