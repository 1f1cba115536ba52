"""Breaths on CO2, counted as they come: by the wave where there is one, else by the rate."""

from __future__ import annotations

from msgspec import Struct, structs

from monitoring.allowances import Breathing
from monitoring.stretch import later
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Reading, WaveBlock

MINUTE_S = 60.0


class Breaths(Struct, frozen=True):
    """What was breathed into one capnograph."""

    recent: tuple[Instant, ...] = ()
    """The last breaths, oldest first: as many as show that somebody breathes, and no more."""
    fallen: bool = True
    """The wave has been low since the last breath."""
    high: float = 0.0
    """How high it rose with that breath, in kPa."""
    low: float = 0.0
    """How low it has fallen since, in kPa: what is breathed in again may keep it up."""
    wave: Instant | None = None
    """When it last sent a wave with samples in it."""
    denied: bool = False
    """It says by itself that no breath comes: a rate that it keeps up is none."""

    @property
    def last(self) -> Instant | None:
        """Return when the last breath came; None before the first."""
        return self.recent[-1] if self.recent else None


def heard(breaths: Breaths, item: Item, row: Breathing) -> Breaths:
    """Return the breaths after what a capnograph sent.

    Once it has sent a wave its rate is not asked: a rate is kept up for a while after the last
    breath, a wave is not.
    """
    match item:
        case WaveBlock(channel=Channel.CO2, unit="kPa"):
            return _waved(breaths, item, row)
        case Reading(measure=Measure.RESPIRATORY_RATE, value=float() | int() as rate) if rate > 0:
            unasked = breaths.denied or breaths.wave is not None
            return breaths if unasked else _rated(breaths, rate, item.at, row)
        case Notes(notes=notes):
            return structs.replace(breaths, denied=Note.NO_BREATH in notes)
        case _:
            return breaths


def _waved(breaths: Breaths, block: WaveBlock, row: Breathing) -> Breaths:
    recent, fallen, count = breaths.recent, breaths.fallen, len(block.samples)
    high, low = breaths.high, breaths.low
    for number, sample in enumerate(block.samples, 1):
        if sample is None:
            continue
        if fallen and sample >= row.rise_kpa + max(low, 0.0):
            at = later(block.at, -(count - number) / block.rate_hz)
            recent, fallen, high = (*recent, at)[-row.breaths :], False, sample
        elif fallen:
            low = min(low, sample)
        elif sample <= max(row.fall_kpa, row.fall_share * high):
            fallen, low = True, sample
        else:
            high = max(high, sample)
    measured = any(sample is not None for sample in block.samples)
    wave = block.at if measured else breaths.wave
    return structs.replace(breaths, recent=recent, fallen=fallen, high=high, low=low, wave=wave)


def _rated(breaths: Breaths, rate: float, at: Instant, row: Breathing) -> Breaths:
    """Take a rate for a breath as often as it says that one comes."""
    last = breaths.last
    if last is not None and at.seconds_since(last) < MINUTE_S / rate:
        return breaths
    return structs.replace(breaths, recent=(*breaths.recent, at)[-row.breaths :])
