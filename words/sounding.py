"""What is said of the sound of alarms, and of calls."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SOUNDING: Mapping[str, str] = MappingProxyType(
    {
        "event.alarm_lapsed": "sounds again, acknowledged too long ago",
        "event.audio_paused": "audio paused",
        "event.audio_resumed": "audio on again",
        "event.call_escalated": "call not answered",
        "event.call_escalated.everywhere": "call not answered: at every screen",
        "event.call_escalated.phone": "call not answered: ring",
        "event.call_answered": "call answered",
        "refusal.no_call": "nobody calls from there",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
