"""Messages of the ANSAR-B stream: one a second, waves of fixed length and then text.

Document: none of the maker's is public. Offsets after `AnsarB.java` of mdpnp/mdpnp
(BSD-2-Clause), proved on its recording `Ivy450C.1.data`. There is no check, so the literal tag,
the length of the waves, the lines of the text and the end mark must all be in their places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from devices.ivy450c.text import Text
from firmware_bridge.receive import BufferedDecoder

START = b"\xffANSAR-B "
END = b"\xfe"
"""Looked for behind the waves alone: their bytes may be anything."""
ECG_SAMPLES = 200
OTHER_SAMPLES = 50
ECG_AT = len(START)
RESP_AT = ECG_AT + ECG_SAMPLES
PLETH_AT = RESP_AT + OTHER_SAMPLES
P1_AT = PLETH_AT + OTHER_SAMPLES
P2_AT = P1_AT + OTHER_SAMPLES
TEXT_AT = P2_AT + OTHER_SAMPLES
TEXT_LIMIT = 600
"""Far more than the monitor writes; a longer text is none."""
LONGEST = TEXT_AT + TEXT_LIMIT + len(END)
NO_DATA = 0xFB
"""Every sample of a wave without a transducer."""

_TEXT = re.compile(b"[\\x20-\\x7e\\r]{0,%d}" % TEXT_LIMIT)


@dataclass(frozen=True, slots=True)
class Message:
    """What the monitor says each second."""

    ecg: bytes
    """200 samples, unsigned; their scale is not known."""
    resp: bytes
    """50 samples, as all that follow; of CO2 while there is an end-tidal value."""
    pleth: bytes
    p1: bytes
    """In mmHg: the highest and the lowest of the recording are those of its P1 line."""
    p2: bytes
    text: Text

    def to_bytes(self) -> bytes:
        """Return the message on the wire."""
        waves = self.ecg + self.resp + self.pleth + self.p1 + self.p2
        return START + waves + self.text.to_bytes() + END

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Return the message, or None where tag, text or end do not fit."""
        text = data[TEXT_AT:-1]
        if not data.startswith(START) or data[-1:] != END or not _TEXT.fullmatch(text):
            return None
        if (numerics := Text.parse(text)) is None:
            return None
        return cls(
            data[ECG_AT:RESP_AT],
            data[RESP_AT:PLETH_AT],
            data[PLETH_AT:P1_AT],
            data[P1_AT:P2_AT],
            data[P2_AT:TEXT_AT],
            numerics,
        )


class MessageDecoder(BufferedDecoder[Message]):
    """Finds messages in a stream, sliding over what is none to the next tag."""

    def next_frame(self) -> Message | None:
        """Return the next good message, or None when more bytes are needed."""
        while (candidate := self._candidate()) is not None:
            if (message := Message.parse(candidate)) is not None:
                self._buffer.take(len(candidate))
                self.frames += 1
                return message
            self.bad_frames += 1
            self._buffer.skip()
        return None

    def _candidate(self) -> bytes | None:
        """Return what stands from a tag to the first byte that is no text; None while it lasts."""
        self._align()
        waiting = self._buffer.peek(LONGEST)
        text = _TEXT.match(waiting, TEXT_AT)
        if len(waiting) < TEXT_AT or text is None or text.end() == len(waiting):
            return None
        return waiting[: text.end() + 1]

    def _align(self) -> None:
        """Skip to the next tag, or to what may yet become one."""
        waiting = self._buffer.peek(len(self._buffer))
        place = waiting.find(START)
        if place < 0:
            tail = range(max(len(waiting) - len(START) + 1, 0), len(waiting))
            place = next((at for at in tail if START.startswith(waiting[at:])), len(waiting))
        self._buffer.skip(place)
