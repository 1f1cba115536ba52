"""What of a monitor's bytes may be kept: nothing that says who the patient is.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), message structure, and
messages 2, 12, 57 and 58, which carry the patient's identity. Events carry text that people wrote.
"""

from __future__ import annotations

from devices.capnostream.envelope import sealed
from devices.capnostream.framing import FrameDecoder
from devices.capnostream.wire import Withheld, message


class Scrubber:
    """Implements `devices.contract.Scrubber`: measurements and the monitor's identity are kept.

    Every other message keeps its code and its length and has zeros for its content. What is no
    good message may be the rest of any, so that its bytes are zeros too.
    """

    def __init__(self) -> None:
        self._decoder: FrameDecoder[bytes] = FrameDecoder(_kept)
        self._discarded = 0

    def scrub(self, data: bytes) -> bytes:
        """Take what was read; return what may be kept, once it is known what it belongs to."""
        return b"".join(self._taken(byte) for byte in data)

    def finish(self) -> bytes:
        """Return zeros for the message that never ended."""
        self._decoder.finish()
        return self._blanked()

    def _taken(self, byte: int) -> bytes:
        self._decoder.feed(bytes((byte,)))
        return self._blanked() + (self._decoder.next_frame() or b"")

    def _blanked(self) -> bytes:
        lost = self._decoder.discarded_bytes - self._discarded
        self._discarded += lost
        return bytes(lost)


def _kept(code: int, data: bytes) -> bytes | None:
    """Return a good message as it may be kept, sealed as it was, or None where it is none."""
    parsed = message(code, data)
    if parsed is None:
        return None
    return sealed(code, bytes(len(data)) if isinstance(parsed, Withheld) else data)
