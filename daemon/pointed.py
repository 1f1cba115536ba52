"""What of the bedside becomes points: named key by key, so that nothing passes by default.

`docs/telemetry.md` lists the same keys for people.
"""

from __future__ import annotations

from daemon.picture import Station
from daemon.protocol.alarms import AlarmState
from daemon.protocol.messages import Alarm
from telemetry.series import Point, Series
from vitals.instant import Instant
from vitals.reading import Origin, Quality, Reading
from vitals.vocabulary import DeviceState

Tags = tuple[tuple[str, str], ...]


def reading(station: Station, found: Reading) -> Point | None:
    """Return a reading as a point of `vitals`; None where there is no number."""
    if (value := found.measure.rounded(found.value)) is None:
        return None
    tags = _tags(
        agent=found.agent or "",
        bed=station.bed,
        device=station.device.name,
        gas=found.site or "",
        kind="" if found.live else "spot",
        origin=station.origin,
        quality="" if found.quality is Quality.VALID else found.quality,
    )
    return _point(Series("vitals", found.measure, found.measure.form.unit, tags), found.at, value)


def alarm(found: Alarm, now: Instant) -> Point:
    """Return an alarm as a point of `alarm`: 1 low, 2 medium, 3 high, 0 once it has ended."""
    tags = _tags(bed=found.bed, device=found.device or "", id=found.id)
    rank = 0 if found.state is AlarmState.ENDED else found.priority.rank
    return _point(Series("alarm", "priority", "1", tags), now, rank)


def device(bed: str, name: str, origin: Origin, state: DeviceState, now: Instant) -> Point:
    """Return where a device stands as a point of `device`: 1 while good frames come."""
    tags = _tags(bed=bed, device=name, origin=origin)
    series = Series("device", "receiving", "1", tags)
    return _point(series, now, state is DeviceState.RECEIVING)


def case(bed: str, now: Instant, *, running: bool) -> Point:
    """Return whether somebody is watched at a bed as a point of `case`."""
    return _point(Series("case", "running", "1", _tags(bed=bed)), now, running)


def _point(series: Series, at: Instant, value: float) -> Point:
    return Point(series, round(at.wall * 1000), float(value))


def _tags(**said: str) -> Tags:
    """Return the tags that say something; they are named in their order."""
    return tuple((name, str(text)) for name, text in said.items() if text)
