"""ALSA by its own player, as a child: the only file that starts it (aplay(1) of alsa-utils)."""

from __future__ import annotations

import asyncio
import os
import re
from asyncio.subprocess import DEVNULL, PIPE, Process

from daemon.speaker import SpeakerError
from monitoring.tones import RATE_HZ, SAMPLE
from vitals.clock import Clock

PATIENCE_S = 3.0
"""A device that has not played a burst so long after its end is held by somebody, or hangs."""
DYING_S = 1.0
_MISSING = "aplay is not installed: sudo apt-get install alsa-utils"
_FAULT = re.compile(r"aplay: .*error: (?P<what>.+)")


class Aplay:
    """Plays through one ALSA device; implements `daemon.speaker.Speaker`.

    The child reads a file in memory, so that what it plays waits for nothing in this process.
    """

    def __init__(self, device: str, clock: Clock) -> None:
        self._device = device
        self._clock = clock

    async def play(self, samples: bytes) -> None:
        """Play samples to their end; a child that does not come to an end is killed."""
        lasting_s = len(samples) / SAMPLE.size / RATE_HZ
        process = await self._begun(samples)
        try:
            said = await self._ended(process, lasting_s + PATIENCE_S)
        except asyncio.CancelledError:
            if process.returncode is None:
                process.kill()
                await process.wait()
            raise
        if process.returncode != 0:
            raise SpeakerError(self._reason(said))

    async def _begun(self, samples: bytes) -> Process:
        file = os.memfd_create("burst")
        try:
            os.write(file, samples)
            os.lseek(file, 0, os.SEEK_SET)
            return await asyncio.create_subprocess_exec(
                *("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE_HZ)),
                *("-D", self._device),
                stdin=file,
                stdout=DEVNULL,
                stderr=PIPE,
            )
        except FileNotFoundError as error:
            raise SpeakerError(_MISSING) from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SpeakerError(f"aplay does not start: {reason}: look at the machine") from error
        finally:
            os.close(file)

    async def _ended(self, process: Process, within_s: float) -> str:
        """Return what the child said on its way; nothing where even killing did not end it."""
        said = b""
        try:
            async with asyncio.TaskGroup() as group:
                guard = group.create_task(self._kill(process, within_s), name="sound guard")
                _, said = await process.communicate()
                guard.cancel()
        except* SpeakerError:
            said = b""
        return said.decode(errors="replace")

    async def _kill(self, process: Process, after_s: float) -> None:
        await self._clock.sleep(after_s)
        process.kill()
        await self._clock.sleep(DYING_S)
        raise SpeakerError(self._reason(""))  # the kernel holds it: nobody waits for it any longer

    def _reason(self, said: str) -> str:
        faults = [found["what"] for found in _FAULT.finditer(said)]
        what = faults[-1].strip().lower() if faults else "did not play to the end in time"
        return f"{self._device}: {what}: name a device that `aplay -L` lists in [sound]"
