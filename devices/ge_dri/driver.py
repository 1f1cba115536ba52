"""DRI monitors: requests out, records in, to readings and waves.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313). A monitor sends nothing
unasked and forgets what was asked when it restarts, so a request is repeated after a silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devices.contract import Counts, Options
from devices.ge_dri.basic import BASIC, Basic, Physiological
from devices.ge_dri.cuff import Cuff
from devices.ge_dri.framing import FrameDecoder, framed
from devices.ge_dri.numbers import Numbers, kilopascal, notes
from devices.ge_dri.requests import Action, Kind, NumbersRequest, WaveRequest
from devices.ge_dri.waves import RATES_HZ, Stretch, Wave, WaveStatus
from devices.ge_dri.wire import MainType, Missing, Record, number
from firmware_bridge.receive import frames
from vitals.instant import Instant
from vitals.measure import Channel
from vitals.reading import Item, Note, Notes, WaveBlock

INTERVAL_S = 5
"""Between displayed values: the shortest that a monitor grants."""
PATIENCE_S = 3.0 * INTERVAL_S
"""How long nothing may come before it is asked for again."""

CO2_DECIMALS = 3
"""Of a sample in kPa; one step of the wire is 0.01 kPa."""

CHANNELS = {
    Wave.ECG1: (Channel.ECG, "count"),
    Wave.PLETH: (Channel.PLETH, "count"),
    Wave.CO2: (Channel.CO2, "kPa"),
    Wave.P1: (Channel.ART, "mm[Hg]"),
}


class Subscription:
    """A request that is sent once, and again whenever nothing has come of it for long."""

    def __init__(self, request: Record) -> None:
        self._request = framed(request)
        self._since: Instant | None = None

    def due(self, at: Instant) -> bytes:
        """Return the request, if it is due."""
        if self._since is not None and at.seconds_since(self._since) < PATIENCE_S:
            return b""
        self._since = at
        return self._request

    def answered(self, at: Instant) -> None:
        """Take note that something came of it."""
        self._since = at


class DriDriver:
    """One monitor; implements `devices.contract.Driver`."""

    def __init__(self, options: Options) -> None:
        p1_is_art = options.p1 == "art"
        self._waves = (Wave.ECG1, Wave.PLETH, Wave.CO2) + (Wave.P1,) * p1_is_art
        self._decoder = FrameDecoder()
        self._numbers = Numbers(p1_is_art=p1_is_art)
        self._cuff = Cuff()
        self._ambient: int = Missing.NOT_UPDATED
        self._notes: frozenset[Note] = frozenset()
        self._displayed = Subscription(NumbersRequest(Kind.DISPLAYED, INTERVAL_S).record())
        self._drawn = Subscription(WaveRequest(Action.START, self._waves).record())

    @property
    def counts(self) -> Counts:
        """Return the counts so far."""
        decoder = self._decoder
        return Counts(decoder.frames, decoder.bad_frames, decoder.discarded_bytes)

    def receive(self, data: bytes, at: Instant) -> Sequence[Item]:
        """Take what was read at `at` and return what the records completed by it say."""
        items: list[Item] = []
        for record in frames(self._decoder, data):
            items += self._items(record, at)
        return items

    def due(self, at: Instant) -> bytes:
        """Return one request, for values or for waves, if it is due."""
        return self._displayed.due(at) or self._drawn.due(at)

    def finish(self) -> Counts:
        """Count the unfinished tail as discarded and return the counts."""
        self._decoder.finish()
        return self.counts

    def _items(self, record: Record, at: Instant) -> Iterator[Item]:
        for kind, data in record.subrecords():
            match record.maintype, kind:
                case MainType.PHYSIOLOGICAL, Kind.DISPLAYED:
                    yield from self._displayed_values(data, at)
                case MainType.WAVE, _ if kind in self._waves:
                    yield from self._stretch(Wave(kind), data, at)

    def _displayed_values(self, data: bytes, at: Instant) -> Iterator[Item]:
        found = Physiological.parse(data)
        if found is None or found.data_class != BASIC:
            return
        self._displayed.answered(at)
        basic = Basic.parse(found.block)
        self._ambient = basic.co2.ambient
        yield from self._numbers.readings(basic, at)
        yield from self._cuff.readings(basic.nibp, at)
        remembered = {Note.FROM_MEMORY} if self._cuff.from_memory else set()
        if (said := notes(basic) | remembered) != self._notes:
            self._notes = said
            yield Notes(said, at)

    def _stretch(self, wave: Wave, data: bytes, at: Instant) -> Iterator[Item]:
        if (stretch := Stretch.parse(data)) is None:
            return
        self._drawn.answered(at)
        channel, unit = CHANNELS[wave]
        off = stretch.status & WaveStatus.LEAD_OFF
        raw = [None if off else number(sample) for sample in stretch.samples]
        samples = tuple(None if one is None else self._scaled(wave, one) for one in raw)
        yield WaveBlock(channel, RATES_HZ[wave], unit, samples, at)

    def _scaled(self, wave: Wave, sample: int) -> float | None:
        if wave is Wave.CO2:
            pressure = kilopascal(sample / 100, self._ambient)
            return None if pressure is None else round(pressure, CO2_DECIMALS)
        return sample / 100 if wave is Wave.P1 else sample
