"""The last events of a bed, as many as are kept: on both sides of the socket."""

from __future__ import annotations

from collections import deque

from daemon.protocol.messages import Event

DEVICE_STATE = "device_state"
"""What a monitor's connection came to: only the newest of each is worth a line."""


def keep(kept: deque[Event], event: Event) -> None:
    """Put an event behind the others; what was known of the same connection gives its place up."""
    if event.event == DEVICE_STATE:
        for one in [old for old in kept if _same(old, event)]:
            kept.remove(one)
    kept.append(event)


def _same(old: Event, event: Event) -> bool:
    return old.event == DEVICE_STATE and old.device == event.device
