"""The topics of MQTT: `<prefix>/<site>/` and what is here."""

from __future__ import annotations

import re

from telemetry.settings import Broker

ALARM_EVENT = "event/alarm"
CASE_EVENT = "event/case"
BEAT = "beat"
ONLINE = "online"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f+#/%]")


def root(broker: Broker, site: str) -> str:
    """Return what every topic of a site begins with."""
    return f"{broker.prefix}/{level(site)}"


def numerics(bed: str) -> str:
    """Return where the numbers of a bed are told."""
    return f"bed/{level(bed)}/numerics"


def alarms(bed: str) -> str:
    """Return where the alarms of a bed are told."""
    return f"bed/{level(bed)}/alarms"


def case(bed: str) -> str:
    """Return where it is told how the case of a bed stands."""
    return f"bed/{level(bed)}/case"


def device(name: str) -> str:
    """Return where a device is told of."""
    return f"device/{level(name)}"


def level(name: str) -> str:
    """Return a name as one level of a topic: `+ # / %` and control signs as `%` and two digits.

    MQTT 5.0, 4.7: the first three are wildcards and the separator. No two names become one.
    """
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", name)
