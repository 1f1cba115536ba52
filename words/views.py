"""What is said of the views of a dashboard, and of the keys that lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from words.owner import OWNER
from words.showing import SHOWING
from words.ward import WARD

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        **OWNER,
        **SHOWING,
        **WARD,
        "key.trend": "trend",
        "key.recovery": "recovery",
        "key.owner": "month",
        "key.palette": "find",
        "help.trend": "what was measured: hour, case, day",
        "help.recovery": "all beds, and back to one",
        "help.owner": "the month: rules held, equipment",
        "help.palette": "find anything by its words",
        "palette.title": "Find",
        "palette.keys": "↑ ↓ · Enter · Esc",
        "palette.none": "nothing has these words",
        "ask.lacks": "missing: {what}",
        "note.left": "Closed: it was about a patient who is no longer here",
        "welcome.title": "First steps",
        "welcome.daemon": "start vagt: vagt run (waiting at {socket})",
        "welcome.done_daemon": "vagt runs at {socket}",
        "welcome.beds": "beds: add [[bed]] to its configuration; vagt check FILE",
        "welcome.done_beds": "beds: {beds}",
        "welcome.monitors": "monitors: add [[device]]; vagt doctor names the ports",
        "welcome.done_monitors": "monitors are set up",
        "welcome.then": "vagt doctor finds what is wrong · vagt demo shows all of it · F1 help",
    }
)
