"""What alarms are heard through and how loud: `[sound]` of the configuration, held to the rows."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from monitoring.bursts import ToneRules

Speaker = Annotated[
    str,
    Meta(
        pattern=r"\A[^\s\x00-\x1f\x7f-][^\x00-\x1f\x7f]{0,254}\Z",
        description="as `aplay -L` has it",
    ),
]


class Sound(Struct, frozen=True, forbid_unknown_fields=True):
    """What alarms are heard through."""

    device: Speaker = "default"
    """As ALSA names it (`aplay -L`)."""
    volume: Annotated[int, Meta(ge=1, le=100)] | None = None
    """In percent; absent: the default of the tone rows, which have a floor too."""
    off: bool = False
    """Nothing sounds: a machine without a loudspeaker."""


def loudness(settings: Sound, rules: ToneRules) -> int:
    """Return how loud bursts are, in percent; never below the floor of the rows."""
    wanted = rules.volume.default if settings.volume is None else settings.volume
    return max(wanted, rules.volume.floor)


def faint(settings: Sound, rules: ToneRules) -> list[str]:
    """Return an error line where the configuration asks for less than the floor."""
    floor, volume = rules.volume.floor, settings.volume
    if volume is None or volume >= floor:
        return []
    return [f"[sound]: volume: {volume} is below the floor of {floor}: raise it"]
