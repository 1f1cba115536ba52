"""What a burst is played through."""

from __future__ import annotations

from typing import Protocol


class SpeakerError(Exception):
    """Nothing can be heard; the message says why and what to mend. Another try may help."""


class Speaker(Protocol):
    """Plays one burst at a time."""

    async def play(self, samples: bytes) -> None:
        """Play samples to their end, or raise SpeakerError; of none, only try the device."""
        ...
