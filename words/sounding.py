"""What is said of the sound of alarms, of calls, and of the keys for both."""

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
        "call.here": "Doctor called",
        "call.there": "Doctor called: {bed}",
        "call.everywhere": "all screens",
        "call.phone": "RING {phone}",
        "sound.paused": "AUDIO PAUSED {left}",
        "sound.through": "but a new {priority} sounds",
        "sound.off": "AUDIO OFF",
        "sound.unusable": "No loudspeaker: this screen rings for HIGH",
        "profile.theatre": "sound: theatre",
        "profile.recovery": "sound: recovery",
        "profile.full": "sound: all alarms",
        "link.rings": "Connection lost: this screen rings",
        "key.pause": "pause sound",
        "key.resume": "sound on",
        "key.answer": "answer",
        "key.upset": "crying",
        "key.repeat": "BP interval",
        "help.pause": "pause the sound, and on again",
        "help.answer": "answer a call",
        "help.upset": "crying: a fast pulse is no alarm",
        "help.repeat": "minutes between blood pressures",
        "ask.answer": "Who answers the call (initials)",
        "ask.repeat": "Minutes between blood pressures (0: none)",
        "pick.then": "f removed {time}, when CO2 stopped",
        "note.uncalled": "Nobody calls",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
