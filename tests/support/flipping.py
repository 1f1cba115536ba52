"""What every single flipped bit of every capture and published line does to what is shown.

`make flips` prints it whole; docs/monitors.md holds it by protocol.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import masimo_lines
import nellcor_lines
from damage import CAPTURES, flips

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.modbus import profile
from firmware_bridge.capture import parse
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Quality, Reading

OPTIONS = Options()
LONGEST = 700
"""Bytes of a capture that are flipped, in whole records: the later ones say the same again."""
LONGER = {"dinamap": 1010}
"""It says a number in fifty blocks."""
SILENCE_S = 0.15
"""Behind the last bytes: what is unfinished stays so."""

Record = tuple[float, bytes]
Number = tuple[Measure, float, Quality]


@dataclass(frozen=True)
class Stream:
    """Bytes with their times, as one device would send them."""

    protocol: str
    name: str
    records: tuple[Record, ...]
    options: Options = OPTIONS


@dataclass(frozen=True)
class Shown:
    """How often each number is shown: as valid, and at all."""

    valid: Counter[tuple[str, float]]
    every: Counter[tuple[str, float]]

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Shown:
        every = [one for one in readings if one.value is not None]
        valid = [one for one in every if one.quality is Quality.VALID]
        return cls(Counter(map(_key, valid)), Counter(map(_key, every)))

    def within(self, other: Shown) -> bool:
        """Tell whether nothing is shown that `other` does not show, nor with more trust."""
        return self.valid <= other.valid and self.every <= other.every

    def beyond(self, other: Shown) -> list[Number]:
        """Return what `other` does not show, or does not show as valid."""
        valid, every = self.valid - other.valid, self.every - other.every
        doubted = every - valid
        return [
            *((Measure(name), value, Quality.VALID) for name, value in valid),
            *((Measure(name), value, Quality.QUESTIONABLE) for name, value in doubted),
        ]


def _key(reading: Reading) -> tuple[str, float]:
    assert reading.value is not None
    return (reading.measure, reading.value)


@dataclass
class Tally:
    """What became of the flips: each is counted once."""

    flips: int = 0
    unflipped: int = 0
    """The same readings as without it."""
    lost: int = 0
    """As if what was flipped had not come; or less of what was sent, or the same questioned."""
    doubted: int = 0
    """A number that was not sent, marked as questionable."""
    other: int = 0
    """A number that was not sent, shown as valid."""
    readings: list[Number] = field(default_factory=list)
    """Every number that was not sent."""

    def count(self, found: Shown, sent: Shown, without: Shown) -> None:
        """Count one flip by what is shown with it, what was sent, and what a loss would show."""
        self.flips += 1
        if found == sent:
            self.unflipped += 1
        elif found.within(sent) or found.within(without):
            self.lost += 1
        else:
            strange = found.beyond(sent)
            self.readings += strange
            if any(quality is Quality.VALID for _, _, quality in strange):
                self.other += 1
            else:
                self.doubted += 1

    def add(self, more: Tally) -> None:
        """Take in another's counts."""
        self.flips += more.flips
        self.unflipped += more.unflipped
        self.lost += more.lost
        self.doubted += more.doubted
        self.other += more.other
        self.readings += more.readings

    @property
    def example(self) -> str:
        """Return one number that was shown and not sent, a valid one if there is any."""
        last = sorted(self.readings, key=lambda one: one[2] is Quality.VALID)[-1:]
        return "".join(f"{measure} {value:g}, {quality}" for measure, value, quality in last)


def streams() -> Iterator[Stream]:
    """Yield every capture, and the lines that no capture has."""
    for path in sorted(CAPTURES.glob("*/*.vagt")):
        capture = parse(path.read_text("utf-8"))
        records = tuple((one.offset_ms / 1000, one.data) for one in capture.records)
        named = capture.header.get("map")
        options = Options(map=profile.text(named) if named else None)
        protocol = capture.header["protocol"]
        kept = _cut(records, LONGER.get(protocol, LONGEST))
        yield _sound(Stream(protocol, path.stem, kept, options))
    for protocol, lines in (
        ("masimo-ascii1", masimo_lines.LINES),
        ("nellcor", nellcor_lines.SAMPLES),
    ):
        records = tuple((float(at), f"{line}\r\n".encode()) for at, line in enumerate(lines))
        yield Stream(protocol, "published lines", records)


def shown(stream: Stream, records: Iterable[Record]) -> Shown:
    """Return what a new driver shows of records in the place of the stream's own."""
    return Shown.of(_readings(stream, records))


def tally(stream: Stream) -> Tally:
    """Return what each flipped bit of a stream does."""
    sent = shown(stream, stream.records)
    counts = Tally()
    for place, (at, data) in enumerate(stream.records):
        before, behind = stream.records[:place], stream.records[place + 1 :]
        without = shown(stream, before + behind)
        for flipped in flips(data):
            found = shown(stream, (*before, (at, flipped), *behind))
            counts.count(found, sent, without)
    return counts


def summed(name: str) -> Tally:
    """Return the counts of all streams of a protocol."""
    total = Tally()
    for stream in streams():
        if stream.protocol == name:
            total.add(tally(stream))
    return total


def row(name: str, counts: Tally) -> str:
    """Return a row of the table in docs/monitors.md."""
    cells = (counts.flips, counts.unflipped, counts.lost, counts.doubted, counts.other)
    return f"| `{name}` | {' | '.join(map(str, cells))} | {counts.example} |"


def _cut(records: Sequence[Record], longest: int) -> tuple[Record, ...]:
    kept: list[Record] = []
    for record in records:
        if kept and sum(len(data) for _, data in kept) + len(record[1]) > longest:
            break
        kept.append(record)
    return tuple(kept)


def _sound(stream: Stream) -> Stream:
    """Return the stream without what is damaged already: a flip there would be the second."""
    driver = PROTOCOLS[stream.protocol].driver(stream.options)
    kept: list[Record] = []
    for at, data in stream.records:
        before = driver.counts.bad_frames
        driver.receive(data, Instant(at, at))
        kept += [(at, data)] * (driver.counts.bad_frames == before)
    return replace(stream, records=tuple(kept))


def _readings(stream: Stream, records: Iterable[Record]) -> list[Reading]:
    driver = PROTOCOLS[stream.protocol].driver(stream.options)
    items: list[Item] = []
    last = 0.0
    for last, data in records:
        items += driver.receive(data, Instant(last, last))
    after = Instant(last + SILENCE_S, last + SILENCE_S)
    driver.due(after)
    items += driver.receive(b"", after)
    return [item for item in items if isinstance(item, Reading)]


if __name__ == "__main__":
    total: dict[str, Tally] = {}
    print("| protocol | flips | unflipped | lost | questionable | other | for example |")  # noqa: T201 - a tool of the tests
    for stream in streams():
        counts = tally(stream)
        total.setdefault(stream.protocol, Tally()).add(counts)
        print(row(f"{stream.protocol}: {stream.name}", counts), flush=True)  # noqa: T201 - likewise
    for name, counts in total.items():
        print(row(name, counts))  # noqa: T201 - likewise
