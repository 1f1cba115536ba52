"""What leaves by telemetry, out of everything that dashboards are told: pure but for its memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from daemon import pointed, published
from daemon.picture import Station
from daemon.protocol import messages
from daemon.protocol.alarms import AlarmState
from daemon.protocol.cases import Case
from daemon.protocol.message import Message
from monitoring.steps import ATTENDED
from telemetry import payloads, topics
from telemetry.gathering import Gathering
from telemetry.series import Message as Told
from telemetry.series import Stored
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Reading, WaveBlock
from vitals.vocabulary import CaseState, DeviceState

AGAIN_S = 60.0
"""That a device stands as it stood, or an alarm lasts, is said again after so long."""

Place = tuple[str, Measure, str | None]
"""A device, a measure and its site."""


class Telling:
    """Puts points, waves and events; keeps the state of each topic, and tells it when it changes.

    `put` takes what is kept, `tell` the state of a topic.
    """

    def __init__(
        self, put: Callable[[Stored], None], tell: Callable[[Told], None], *, waves: bool
    ) -> None:
        self._put = put
        self._tell = tell
        self._gathering = Gathering() if waves else None
        self._values: defaultdict[str, dict[Place, tuple[payloads.Value, Instant, float]]]
        self._values = defaultdict(dict)
        self._reminded: Instant | None = None
        self._fresh: set[str] = set()
        """Beds whose numbers changed since they were told."""
        self._alarms: defaultdict[str, dict[tuple[str, str | None], messages.Alarm]]
        self._alarms = defaultdict(dict)
        self._cases: dict[str, tuple[str, CaseState]] = {}
        self._devices: dict[str, tuple[str, DeviceState, Instant]] = {}

    def begin(self, snapshot: messages.Snapshot, beds: Iterable[str], now: Instant) -> None:
        """Take everything as it stands; none of it is an event.

        What a broker keeps of the life before this one is told anew, also where nothing is left.
        """
        for bed in beds:
            self._fresh.add(bed)
            self._values[bed].clear()
            self._tell_alarms(bed, now)
            self._state(topics.case(bed), published.case(bed, None, now), now)
        for found in (*snapshot.devices, *snapshot.alarms):
            self.message(found, now)
        for case in snapshot.cases:
            self._stand(case, now)

    def item(self, station: Station, item: Item) -> None:
        """Take what a device sent."""
        if isinstance(item, Reading):
            self._read(station, item)
        elif isinstance(item, WaveBlock) and self._gathering is not None:
            name, bed, origin = station.device.name, station.bed, station.origin
            for second in self._gathering.hear(bed, name, origin, item):
                self._put(second)

    def message(self, message: Message, now: Instant) -> None:
        """Take what dashboards are told; most of it goes no further."""
        match message:
            case messages.Alarm():
                self._sound(message, now)
            case messages.Event():
                if (event := published.alarm_event(message)) is not None:
                    self._event(topics.ALARM_EVENT, event, now)
            case messages.Device():
                self._connect(message, now)
            case Case(earlier=False):
                self._follow(message, now)
            case _:
                pass

    def beat(self, now: Instant) -> None:
        """Tell, once a second, of each bed whose numbers changed or grew old."""
        for second in self._gathering.rest(now) if self._gathering else ():
            self._put(second)
        self._remind(now)
        for bed, values in self._values.items():
            old = [
                key for key, (_, at, stale_s) in values.items() if now.seconds_since(at) > stale_s
            ]
            for key in old:
                del values[key]
            if old or bed in self._fresh:
                told = tuple(value for value, _, _ in values.values())
                numerics = payloads.Numerics(now.rfc3339(), bed, told)
                self._state(topics.numerics(bed), numerics, now)
        self._fresh.clear()

    def _remind(self, now: Instant) -> None:
        """Put the alarms that last once a minute, so that one that is old is known to be over."""
        if self._reminded is None or now.seconds_since(self._reminded) >= AGAIN_S:
            self._reminded = now
            for alarms in self._alarms.values():
                for found in alarms.values():
                    self._put(pointed.alarm(found, now))

    def _read(self, station: Station, found: Reading) -> None:
        if (point := pointed.reading(station, found)) is not None:
            self._put(point)
        key = station.device.name, found.measure, found.site
        value = published.value(station, found)
        if value is None or not found.live:
            self._values[station.bed].pop(key, None)
        else:
            self._values[station.bed][key] = value, found.at, station.ages_of(found).stale_s
        self._fresh.add(station.bed)

    def _sound(self, found: messages.Alarm, now: Instant) -> None:
        alarms, key = self._alarms[found.bed], (found.id, found.device)
        before, point = alarms.get(key), pointed.alarm(found, now)
        if before is None or pointed.alarm(before, now).value != point.value:
            self._put(point)
        if point.value:
            alarms[key] = found
        else:
            alarms.pop(key, None)
        if before is None or (before.state, before.priority) != (found.state, found.priority):
            self._tell_alarms(found.bed, now)

    def _tell_alarms(self, bed: str, now: Instant) -> None:
        lasting = (published.alarm(found, now) for found in self._alarms[bed].values())
        told = tuple(one for one in lasting if one is not None)
        self._state(topics.alarms(bed), payloads.Alarms(now.rfc3339(), bed, told), now)

    def _connect(self, found: messages.Device, now: Instant) -> None:
        said = self._devices.get(found.name)
        moved = said is None or said[:2] != (found.bed, found.state)
        if moved or said is None or now.seconds_since(said[2]) >= AGAIN_S:
            self._put(pointed.device(found.bed, found.name, found.origin, found.state, now))
            self._devices[found.name] = found.bed, found.state, now
        if moved:
            self._leave(found)
            self._state(topics.device(found.name), published.device(found), now)

    def _leave(self, found: messages.Device) -> None:
        """Forget the numbers of a device at other beds than the one where it stands."""
        for bed, values in self._values.items():
            if bed != found.bed and (gone := [key for key in values if key[0] == found.name]):
                self._fresh.add(bed)
                for key in gone:
                    del values[key]

    def _follow(self, case: Case, now: Instant) -> None:
        if self._cases.get(case.bed) != (case.case, case.state):
            self._stand(case, now)
            self._event(topics.CASE_EVENT, published.case_event(case.bed, case.state, now), now)

    def _stand(self, case: Case, now: Instant) -> None:
        """Take where a case stands; once nobody is watched, its alarms are over with it."""
        self._cases[case.bed] = case.case, case.state
        running = case.state in ATTENDED
        self._put(pointed.case(case.bed, now, running=running))
        self._state(topics.case(case.bed), published.case(case.bed, case.state, now), now)
        if not running and self._alarms[case.bed]:
            for found in self._alarms.pop(case.bed).values():
                over = msgspec.structs.replace(found, state=AlarmState.ENDED)
                self._put(pointed.alarm(over, now))
            self._tell_alarms(case.bed, now)

    def _event(self, topic: str, payload: payloads.Payload, now: Instant) -> None:
        self._put(_told(topic, payload, now))

    def _state(self, topic: str, payload: payloads.Payload, now: Instant) -> None:
        self._tell(_told(topic, payload, now))


def _told(topic: str, payload: payloads.Payload, now: Instant) -> Told:
    return Told(topic, round(now.wall * 1000), msgspec.json.encode(payload))
