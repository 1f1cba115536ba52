"""What the command line calls a deed of the practice when it was taken."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "deed.clinic": "clinic",
        "deed.counter": "counter",
        "deed.sign": "sign",
        "deed.tick": "tick",
        "deed.cylinder": "cylinder",
        "deed.read": "read",
        "deed.weigh": "weigh",
        "deed.use": "use",
        "deed.flow": "flow",
        "deed.order": "order",
        "deed.register": "register",
        "deed.serviced": "serviced",
        "deed.tested": "tested",
        "deed.withdraw": "withdraw",
        "deed.restore": "restore",
        "deed.receive": "receive",
        "deed.recall": "recall",
        "deed.scan": "scan",
        "deed.count": "count",
        "deed.take": "take",
        "deed.discard": "discard",
        "deed.shift": "shift",
        "deed.open": "open",
        "deed.warm": "warm",
        "deed.pin": "pin",
    }
)
"""`deed.<verb>` is the verb as it is typed; a translation says what was done."""
