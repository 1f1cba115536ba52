"""Everything that is so at one moment, for a client that has just connected."""

from __future__ import annotations

from collections.abc import Iterator

from daemon import views
from daemon.clock import local_date
from daemon.desk import Desk
from daemon.picture import Picture
from daemon.protocol import messages
from daemon.sheet import sheets
from daemon.ward import Ward
from vitals.instant import Instant
from vitals.vocabulary import SignalState


def snapshot(picture: Picture, desk: Desk, now: Instant) -> messages.Snapshot:
    """Return devices, readings, cases, alarms, what sounds, the last events and the day lists."""
    stations, ward, pulse = picture.stations, desk.ward, desk.pulse
    return messages.Snapshot(
        at=now.rfc3339(),
        devices=tuple(views.device(station, now) for station in stations),
        readings=tuple(
            views.reading(station, reading, now)
            for station in stations
            for reading in station.readings.values()
        ),
        cases=tuple(pulse.message(case, now) for case in ward.state.cases.values()),
        alarms=tuple(_alarms(ward, now)),
        events=tuple(ward.last),
        lists=sheets(ward.state.lists),
        day=local_date(now),
        soundings=desk.signalling.soundings(now),
        practice=desk.practising.messages(now),
    )


def _alarms(ward: Ward, now: Instant) -> Iterator[messages.Alarm]:
    for bed, alarms in ward.state.alarms.items():
        for key, alarm in alarms.items():
            if alarm.condition.alarming or alarm.signal is SignalState.LATCHED:
                yield views.alarm(bed, key, alarm, now)
