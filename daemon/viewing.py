"""What the rules see of a bed: what its devices say, and what was said of its case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from daemon.attaching import Attaching
from daemon.demands import required
from daemon.following import Following
from daemon.library import Library
from daemon.picture import Station
from daemon.protocol.messages import JournalState
from daemon.protocol.rules import RulesState
from daemon.wallclock import WallClock
from daemon.ward import Ward
from monitoring.bedside import Bedside, bedside, held_to
from monitoring.breaths import Breaths, heard
from monitoring.case import Case
from monitoring.course import phase
from monitoring.listening import Listening, listened
from monitoring.obligations import Obliged
from monitoring.profiles import Limits
from monitoring.stretch import later
from monitoring.view import BedView, Breathed, CaseView, DeviceView
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note
from vitals.vocabulary import Modality, Phase


class Viewing:
    """Remembers between two looks what no single reading tells: breaths, cuffs, the wall clock."""

    def __init__(self, ward: Ward, library: Library, grace_s: float, following: Following) -> None:
        self._ward = ward
        self._allowances = library.alarms.allowances
        self._late = library.coverage
        self._ruled = library.state is RulesState.IN_ORDER
        self._grace_s = grace_s
        self._following = following
        self._breaths: dict[tuple[str, str], Breaths] = {}
        """By device and the bed at which it stands."""
        self._listening: dict[str, Listening] = {}
        """By bed."""
        self._cuffs: dict[str, Instant] = {}
        """By bed: when the cuff began that fills just now."""
        self._pulses: dict[str, tuple[str, Instant]] = {}
        """By bed: of which case a pulse was found there last, and when."""
        self._attaching = Attaching(library, grace_s)
        self._said: dict[str, tuple[int, Bedside]] = {}
        self._wall = WallClock(self._allowances.clock)

    def hear(self, station: Station, items: Iterable[Item]) -> None:
        """Count the breaths in what a capnograph sent."""
        if Modality.CAPNOGRAPHY not in station.entry.modalities:
            return
        key = station.device.name, station.bed
        breaths = self._breaths.get(key, Breaths())
        for item in items:
            breaths = heard(breaths, item, self._allowances.breathing)
        self._breaths[key] = breaths

    def look(self, now: Instant) -> None:
        """See whether the wall clock has jumped."""
        self._wall.look(now)

    def view(
        self,
        case: Case,
        rows: Sequence[Obliged],
        devices: tuple[DeviceView, ...],
        now: Instant,
        *,
        sounding: bool,
    ) -> BedView:
        """Return what is seen at a case's bed."""
        breathing = tuple(self._breathing(case, device, now) for device in devices)
        seen = BedView(
            self._case(case, rows, breathing, now),
            breathing,
            recording=self._ward.journal.state() is JournalState.RECORDING,
            ruled=self._ruled,
            jumped=self._wall.jumped(now),
            sounding=sounding,
        )
        before = self._listening.get(case.bed, Listening())
        self._listening[case.bed], kept = listened(before, seen, now)
        return kept

    def limits(self, case: Case, now: Instant) -> Limits:
        """Return what a case is held to just now."""
        return held_to(case, held(case), self._bedside(case, now))

    def _case(
        self, case: Case, rows: Sequence[Obliged], devices: Sequence[DeviceView], now: Instant
    ) -> CaseView:
        said, asked = self._bedside(case, now), required(rows, held(case))
        upset_s = self._allowances.waking.upset_s
        every_s, every_at = self._every(case, said, asked, now)
        return CaseView(
            elapsed_s=now.seconds_since(case.since),
            grace_s=self._grace_s,
            limits=self.limits(case, now),
            required=asked,
            seen=case.seen,
            allowances=self._allowances,
            attaching=self._attaching.late(case, asked, now),
            arrived_s=_since(self._following.came(case), now),
            phase=held(case),
            phase_s=_since(said.turned, now),
            told_s=_since(said.told, now),
            former=held_to(case, _other(held(case)), said) if said.turned else {},
            emergency=case.emergency,
            airway=said.airway,
            airway_s=_since(said.airway_at, now),
            airway_said_s=_since(said.airway_said, now),
            ventilation=said.ventilation,
            breathed=Measure.RESPIRATORY_RATE in case.seen,
            apnoea_s=case.profiles.apnoea_s,
            unusual=case.profiles.unusual,
            upset=said.upset_at is not None and now.seconds_since(said.upset_at) < upset_s,
            every_s=every_s,
            every_since_s=_since(every_at, now),
            cuffed_s=_since(self._following.last(case, Modality.NIBP), now),
            typed_s={name: now.seconds_since(at) for name, at in said.typed.items()},
            cuff_s=self._cuff_s(case.bed, devices, now),
            pulse_s=self._pulse_s(case, devices, now),
            onsets=self._onsets(case.bed, now),
        )

    def _bedside(self, case: Case, now: Instant) -> Bedside:
        """Return what was said of a case; worked out anew when something is entered."""
        count, said = self._said.get(case.number, (-1, Bedside()))
        if count != len(case.entries):
            said = bedside(case, now)
            self._said[case.number] = len(case.entries), said
        return said

    def _every(
        self, case: Case, said: Bedside, asked: frozenset[Modality], now: Instant
    ) -> tuple[float | None, Instant | None]:
        """Return how often blood pressure is asked for, and since when.

        As somebody set, else as peers advise from when the contract asks for it.
        """
        if said.every_s is not None:
            return said.every_s or None, said.every_at
        within_s = self._late.interval_s(Modality.NIBP)
        if Modality.NIBP not in asked or within_s is None:
            return None, None
        found = self._attaching.of(case, asked, now).get(Modality.NIBP)
        every_s = within_s - self._allowances.pressure.late_s
        return every_s, None if found is None else found.since

    def _breathing(self, case: Case, device: DeviceView, now: Instant) -> DeviceView:
        breaths = self._breaths.get((device.name, case.bed))
        if breaths is None:
            return device
        row, arrived = self._allowances.breathing, self._following.arrived(case)
        own = [at for at in breaths.recent if at.monotonic >= arrived.monotonic]
        proof = own[0] if len(own) == row.breaths else None
        ages = device.ages.get(Measure.ETCO2)
        waving = breaths.wave is not None and ages is not None
        waving = waving and now.seconds_since(breaths.wave or now) <= (ages.stale_s if ages else 0)
        last = own[-1] if own else None
        since = _since(last, now), _since(proof, now)
        breathed = Breathed(*since, waving=waving, wave_s=_since(breaths.wave, now))
        return replace(device, breathed=breathed)

    def _cuff_s(self, bed: str, devices: Sequence[DeviceView], now: Instant) -> float | None:
        """Return since when a cuff on the limb of the probe has been filling, in s."""
        if not any(Note.CUFF_INFLATING in device.notes for device in devices):
            self._cuffs.pop(bed, None)
            return None
        began = self._cuffs.setdefault(bed, now)
        return now.seconds_since(began) if self._following.same_limb(bed) else None

    def _pulse_s(self, case: Case, devices: Sequence[DeviceView], now: Instant) -> float | None:
        """Return since when no pulse of a case's patient has been found at its bed, in s."""
        samples = (device.current(Measure.PULSE_RATE) for device in devices)
        ages = [one.age_s for one in samples if one is not None and one.value is not None]
        if ages:
            self._pulses[case.bed] = case.number, later(now, -min(ages))
        number, found = self._pulses.get(case.bed, ("", now))
        return now.seconds_since(found) if number == case.number else None

    def _onsets(self, bed: str, now: Instant) -> dict[str, float]:
        alarms = self._ward.state.alarms.get(bed, {}).items()
        return {
            key.condition: now.seconds_since(alarm.onset)
            for key, alarm in alarms
            if alarm.condition.alarming
        }


def held(case: Case) -> Phase:
    """Return the phase that a case is held to; between end and recovery, the anaesthetic's."""
    return phase(case.state) or Phase.DURING


def _other(now: Phase) -> Phase:
    """Return the phase that comes before one, where any does."""
    return Phase.DURING if now is Phase.RECOVERY else Phase.RECOVERY


def _since(at: Instant | None, now: Instant) -> float | None:
    return None if at is None else now.seconds_since(at)
