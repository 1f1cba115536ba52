"""MEDIBUS: a machine's pages to readings, its supply alarms to notes.

Document: Dräger, "RS 232 MEDIBUS, protocol definition", rev. 4.03 (90 28 258), and "MEDIBUS for
anaesthesia and intensive-care devices" (90 28 329). The machine's realtime data are not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.contract import Counts
from devices.medibus.body import Alarm, Message, Record
from devices.medibus.codes import ALARM_NOTES
from devices.medibus.conversation import Conversation
from devices.medibus.decoder import FrameDecoder
from devices.medibus.values import Values
from devices.medibus.wire import Answer, Code, Octet
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.reading import Item, Note, Notes


class MedibusDriver:
    """One machine; implements `devices.contract.Driver`. Answers count without their question."""

    def __init__(self) -> None:
        self._decoder = FrameDecoder()
        self._conversation = Conversation()
        self._values = Values()
        self._pages: dict[int, frozenset[Note]] = {}

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the answers completed by it say."""
        items: list[Item] = []
        for frame in frames(self._decoder, data):
            self._conversation.hear(frame, at)
            if isinstance(frame, Answer):
                items += self._taken(frame, at)
            if not isinstance(frame, Octet):
                items += self._values.expired(at)
        return items

    def due(self, at: Instant) -> bytes:
        """Return answers that the machine waits for, calls, and questions."""
        return self._conversation.due(at)

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _taken(self, answer: Answer, at: Instant) -> Sequence[Item]:
        match answer.echo:
            case Code.MEASURED:
                return self._values.measured(Record.parse_all(answer.data) or (), at)
            case Code.ALARMS | Code.ALARMS_2:
                return self._alarmed(answer, at)
            case Code.TEXTS:
                self._values.told(Message.parse_all(answer.data) or ())
            case _:
                pass
        return ()

    def _alarmed(self, answer: Answer, at: Instant) -> Sequence[Item]:
        """Return what the alarms take away, and the notes where they changed."""
        alarms = Alarm.parse_all(answer.data) or ()
        lost = self._values.alarmed(alarms, at) if answer.echo == Code.ALARMS else []
        notes = ALARM_NOTES[answer.echo]
        before = self._notes() if self._pages else None
        self._pages[answer.echo] = frozenset(notes[a.code] for a in alarms if a.code in notes)
        now = self._notes()
        return lost if now == before else [*lost, Notes(now, at)]

    def _notes(self) -> frozenset[Note]:
        return frozenset().union(*self._pages.values())
