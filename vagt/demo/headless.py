"""`vagt demo --headless`: what the daemon says, as the JSON lines of the command line contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from daemon.protocol import cases, messages
from daemon.protocol.alarms import AlarmState, Sounding
from daemon.protocol.messages import JournalState, Outgoing
from vagt import output
from vagt.demo.staff import Staff
from vitals.measure import Measure
from vitals.vocabulary import CaseState, Priority


class Scribe:
    """Prints each change once and each reading once a second, and counts for the summary."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self.cases = 0
        self.alarms = 0
        self.readings = 0
        self.dropped = 0
        self.refused = 0
        """Steps of the story that the daemon did not take."""
        self.journal = JournalState.RECORDING
        self._devices: dict[str, messages.Device] = {}
        self._cases: dict[str, CaseState] = {}
        self._alarms: dict[tuple[str, str, str | None], tuple[AlarmState, Priority]] = {}
        self._audible: dict[str, Priority | None] = {}
        self._newest: dict[tuple[str, str, Measure, str | None], messages.Reading] = {}
        self._said: dict[type[Outgoing], Callable[[Any], None]] = {
            messages.Device: self._device,
            cases.Case: self._case,
            cases.Judged: self._judged,
            messages.Alarm: self._alarm,
            messages.Answer: self._answered,
            Sounding: self._sounding,
        }

    @property
    def bad_frames(self) -> int:
        """Return how many bad frames all devices have counted."""
        return sum(device.bad_frames for device in self._devices.values())

    def hear(self, message: Outgoing) -> None:
        """Print what is news in a message."""
        parts: Iterable[Outgoing] = (message,)
        if isinstance(message, messages.Snapshot):
            parts = (*message.devices, *message.cases, *message.alarms, *message.readings)
            parts = (*parts, *message.soundings)
        for part in parts:
            self._hear(part)

    def second(self) -> None:
        """Print the readings that are newer than those of the second before."""
        for reading in self._newest.values():
            self.readings += 1
            names = "at bed device measure value unit quality origin"
            _print("reading", reading, names + (" site" if reading.site is not None else ""))
        self._newest.clear()

    def _hear(self, message: Outgoing) -> None:
        if isinstance(message, messages.Reading | messages.Beat):
            self._noted(message)
        elif (said := self._said.get(type(message))) is not None:
            said(message)

    def _noted(self, message: messages.Reading | messages.Beat) -> None:
        """Keep what is printed later: the newest reading of each, and how the daemon fares."""
        match message:
            case messages.Reading():
                place = message.bed, message.device, message.measure, message.site
                self._newest[place] = message
            case messages.Beat():
                self.dropped, self.journal = message.dropped, message.journal

    def _device(self, device: messages.Device) -> None:
        known = self._devices.get(device.name)
        self._devices[device.name] = device
        if known is None or known.state is not device.state:
            _print("device", device, "at name state")

    def _case(self, case: cases.Case) -> None:
        if self._cases.get(case.case) is not case.state:
            self.cases += case.case not in self._cases
            self._cases[case.case] = case.state
            _print("case", case, "at case bed state")

    def _judged(self, found: cases.Judged) -> None:
        names = "modality rule covered_s required_s why"
        reasons = [{n: getattr(one, n) for n in names.split()} for one in found.reasons]
        shown = {n: getattr(found, n) for n in ["at", "case", "bed", "basis", "result"]}
        output.json_line({"kind": "verdict", **shown, "reasons": reasons})

    def _answered(self, answer: messages.Answer) -> None:
        step = self._staff.step(answer)
        if answer.result is not messages.Result.REFUSED:
            return
        self.refused += 1
        shown: dict[str, Any] = {"kind": "refused"}
        if step is not None:
            did = step.event
            shown |= {"at": step.at.rfc3339(), "step": step.number, "bed": did.bed, "do": did.do}
            shown |= {"deed": None if did.deed is None else did.deed.name(), "by": did.by}
        output.json_line({**shown, "reason": answer.reason, "detail": answer.detail})

    def _alarm(self, alarm: messages.Alarm) -> None:
        key, standing = (alarm.bed, alarm.id, alarm.device), (alarm.state, alarm.priority)
        known = self._alarms.get(key)
        if known == standing:
            return
        self._alarms[key] = standing
        self.alarms += alarm.state is AlarmState.ACTIVE and (known is None or _ended(known[0]))
        names = "at id bed state priority measure value signal"
        _print("alarm", alarm, names + (" device" if alarm.device is not None else ""))

    def _sounding(self, sounding: Sounding) -> None:
        if self._audible.get(sounding.bed) is not sounding.audible:
            self._audible[sounding.bed] = sounding.audible
            _print("sounding", sounding, "at bed profile audible")


def summary(scribe: Scribe, verdict: str, per_hour: float | None, speed: float) -> None:
    """Print the last line; `per_hour` are the alarms a case-hour, None where nobody was watched."""
    output.json_line(
        {
            "kind": "summary",
            "cases": scribe.cases,
            "alarms": scribe.alarms,
            "alarms_per_case_hour": per_hour,
            "readings": scribe.readings,
            "bad_frames": scribe.bad_frames,
            "dropped": scribe.dropped,
            "refused": scribe.refused,
            "journal": verdict,
            "speed": round(speed, 2),
        }
    )


def _ended(state: AlarmState) -> bool:
    return state is AlarmState.ENDED


def _print(kind: str, message: msgspec.Struct, names: str) -> None:
    shown: dict[str, Any] = {"kind": kind}
    shown |= {name: getattr(message, name) for name in names.split()}
    output.json_line(shown)
