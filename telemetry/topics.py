"""The topics of MQTT: `<prefix>/<site>/` and what is here."""

from __future__ import annotations

import re

from telemetry.settings import Broker

ALARM_EVENT = "event/alarm"
CASE_EVENT = "event/case"
BEAT = "beat"
ONLINE = "online"
_NO_SIGNS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_UNSAFE = re.compile(rf"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef{_NO_SIGNS}+#/%]")


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
    """Return a name as one level of a topic: `+ # / %` and control signs byte by byte, as in `%2F`.

    MQTT 5.0, 4.7: the first three are wildcards and the separator; 1.5.4: a broker may end the
    connection over a control sign, or what Unicode has as none. No two names become one.
    """
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)
