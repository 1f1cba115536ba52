"""Which bed a device stands at and where it is plugged in: what a person said last holds."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable

from daemon import views
from daemon.config import Config
from daemon.journal.events import AssignmentEnded, DeviceAssigned
from daemon.links import unusable
from daemon.picture import Picture, Station
from daemon.protocol.commands import Assign
from daemon.protocol.messages import Refusal
from daemon.pulse import Pulse
from daemon.refused import RefusedError
from daemon.state import Place
from daemon.ward import Ward
from vitals.instant import Instant

_LOG = logging.getLogger(__name__)


class Assignments:
    """Moves devices between beds and ports; `replug` opens a station's port anew."""

    def __init__(
        self,
        config: Config,
        picture: Picture,
        ward: Ward,
        pulse: Pulse,
        replug: Callable[[Station], None],
    ) -> None:
        self._beds = frozenset(bed.name for bed in config.beds)
        self._stations = {station.device.name: station for station in picture.stations}
        self._ward = ward
        self._pulse = pulse
        self._replug = replug

    def restore(self, now: Instant) -> None:
        """Put every device where it was assigned, before any port is opened.

        An assignment ends, with one line in the log and one event, where the configuration no
        longer has its device or bed, or says something else of the device than it did then.
        """
        for name, place in sorted(self._ward.state.places.items()):
            if reason := self._objection(name, place):
                self._end(name, reason, now)
            else:
                self._stations[name].stand(place.bed, place.port)
        while (clash := self._clash()) is not None:
            self._end(clash.device.name, f"its port {clash.port} is another device's", now)

    def assign(self, command: Assign, now: Instant) -> asyncio.Future[None]:
        """Let a device stand at the bed of the command at once, or raise RefusedError.

        Where it stands there already, that is recorded once more and nothing changes.
        """
        station = self._found(command.device)
        port = command.port or station.port
        if fault := port != station.port and unusable(port, station.entry):
            raise RefusedError(Refusal.NO_PORT, fault)
        if (other := self._holder(port, station)) is not None:
            detail = f"{port} is the port of {other.device.name!r}: assign that one another first"
            raise RefusedError(Refusal.PORT_IN_USE, detail)
        configured = station.device
        place = Place(command.bed, port, configured.bed, configured.port)
        event = DeviceAssigned(command.device, place, station.bed, station.port, command.by)
        done = self._ward.record(event, now)
        self._move(station, place, now)
        return done

    def _move(self, station: Station, place: Place, now: Instant) -> None:
        beds, replugged = {station.bed, place.bed}, place.port != station.port
        station.stand(place.bed, place.port)
        self._ward.tell(views.device(station, now))
        for bed in sorted(beds):
            self._pulse.evaluate(bed, now)
        if replugged:
            self._replug(station)

    def _found(self, device: str) -> Station:
        try:
            return self._stations[device]
        except KeyError:
            known = ", ".join(sorted(self._stations))
            detail = f"no device {device!r}; devices: {known}"
            raise RefusedError(Refusal.UNKNOWN_DEVICE, detail) from None

    def _holder(self, port: str, station: Station) -> Station | None:
        """Return another device that is looked for at the same port, by whatever name."""
        same = (
            other
            for other in self._stations.values()
            if other is not station and os.path.realpath(other.port) == os.path.realpath(port)
        )
        return next(same, None)

    def _objection(self, name: str, place: Place) -> str:
        """Return what the configuration has against an assignment; empty when nothing."""
        station = self._stations.get(name)
        if station is None:
            return "the configuration no longer has the device"
        if place.bed not in self._beds:
            return "the configuration no longer has the bed"
        configured = station.device
        if (configured.bed, configured.port) != (place.configured_bed, place.configured_port):
            return "the configuration of the device was changed since"
        return ""

    def _clash(self) -> Station | None:
        """Return a device whose assigned port another device has."""
        assigned = (self._stations[name] for name in sorted(self._ward.state.places))
        replugged = (found for found in assigned if found.port != found.device.port)
        return next((found for found in replugged if self._holder(found.port, found)), None)

    def _end(self, name: str, reason: str, now: Instant) -> None:
        bed = self._ward.state.places[name].bed
        _LOG.warning("device %s: no longer assigned to bed %s: %s", name, bed, reason)
        if (station := self._stations.get(name)) is not None:
            bed = station.device.bed
            station.stand(bed, station.device.port)
        self._ward.record(AssignmentEnded(name, bed, reason), now)
