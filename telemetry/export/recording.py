"""History as an EDF+ recording (Kemp and Olivan, EDF+, 2003), by edfio; the extra `[edf]`.

EDF has no way to say that there was no value. Here the lowest digital number, -32768, says so in
every signal, and the signal's field *prefiltering* tells readers of it. Of a wave an annotation
`no value: LABEL` stands beside at each such stretch of more than two seconds; numbers have none,
since most seconds have no blood pressure. Nothing is filled in, held or interpolated: a number lies
in the second in which it was measured (the last of several), and nowhere else. The field
*transducer type* names the device and says what else the numbers are: simulated, questionable, of a
spot check. Nobody is named: the patient is `X X X X`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import edfio
import numpy as np
import numpy.typing as npt

from telemetry.series import MISSING, Point, Series, WaveSecond

NO_VALUE = -32768
TOLD = "-32768 = no value"
MOST = 32767
SHORT_S = 2.0
"""A stretch of a wave without a value that is no longer is not told of."""
LABELS = {"spo2": "SaO2", "ecg": "ECG", "resp": "Resp"}
"""Standard texts of EDF+; anything else bears the name of its measure."""
BREATHED = {"agent_inspired": "insp", "agent_expired": "exp"}
LABEL_SIGNS, UNIT_SIGNS, DEVICE_SIGNS = 16, 8, 80
FIELD_SIGNS = 8
"""Of lowest and highest values (EDF, 1992, header record); a number that is cut is another."""
STEPS = [Decimal(one).scaleb(power) for power in range(-5, 3) for one in (1, 2, 5)]
UNITS = {"mm[Hg]": "mmHg", "Cel": "degC", "1": ""}
PART = 1 << 16
"""So many samples are turned into digits at once: a day of waves is large as it is."""
Digital = npt.NDArray[np.int16]


class EmptyError(ValueError):
    """There is nothing to write: ask for another time."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What an annotation says; only ids of closed vocabularies."""

    at: int
    """Milliseconds since 1970 UTC."""
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is recorded: whole seconds since 1970 UTC, the last not with it."""

    since: int
    until: int

    @property
    def seconds(self) -> int:
        """Return how long it is."""
        return self.until - self.since


def write(
    stretch: Stretch,
    points: Iterable[Point],
    waves: Iterable[WaveSecond],
    events: Iterable[Happened],
    file: Path,
) -> None:
    """Write one bed's stretch; raises EmptyError where no signal has a value."""
    found = [*_numerics(stretch, points), *_curves(stretch, waves)]
    if not found:
        raise EmptyError("nothing was recorded then")
    begin = datetime.fromtimestamp(stretch.since, UTC)
    notes = [edfio.EdfAnnotation(one.at / 1000 - stretch.since, None, one.text) for one in events]
    gaps = [gap for signal in found if signal.sampling_frequency > 1 for gap in _gaps(signal)]
    edfio.Edf(
        found,
        patient=edfio.Patient(),
        recording=edfio.Recording(startdate=begin.date(), equipment_code="Vagt"),
        starttime=begin.time(),
        data_record_duration=1.0,
        annotations=[*notes, *gaps],
    ).write(file)


def _numerics(stretch: Stretch, points: Iterable[Point]) -> Iterator[edfio.EdfSignal]:
    """Yield a signal of one sample a second for each series, where it has a number at all."""
    found: dict[Series, npt.NDArray[np.float64]] = {}
    for point in points:
        second = point.at // 1000 - stretch.since
        if 0 <= second < stretch.seconds:
            if point.series not in found:
                found[point.series] = np.full(stretch.seconds, np.nan)
            found[point.series][second] = point.value
    for series, data in found.items():
        yield _signal(series, data, 1.0)


def _curves(stretch: Stretch, waves: Iterable[WaveSecond]) -> Iterator[edfio.EdfSignal]:
    """Yield a signal for each wave, at the whole number of samples a second next to its rate.

    One whose rate changed is a signal at each rate.
    """
    found: dict[tuple[Series, int], npt.NDArray[np.float64]] = {}
    for wave in waves:
        key = wave.series, max(1, round(wave.rate_hz))
        if key not in found:
            found[key] = np.full(stretch.seconds * key[1], np.nan)
        _put(found[key], wave, round((wave.at / 1000 - stretch.since) * key[1]))
    for (series, rate), data in found.items():
        if not np.isnan(data).all():
            yield _signal(series, data, float(rate))


def _put(data: npt.NDArray[np.float64], wave: WaveSecond, first: int) -> None:
    """Put the samples of a second where they belong, the first at `first`; none beyond the ends."""
    numbers = np.frombuffer(wave.samples, dtype="<i2")
    places = first + np.flatnonzero(numbers != MISSING)
    inside = places[(places >= 0) & (places < len(data))]
    data[inside] = wave.offset + wave.scale * numbers[inside - first]


def _signal(series: Series, data: npt.NDArray[np.float64], rate_hz: float) -> edfio.EdfSignal:
    digital, low, high = _digits(data)
    return edfio.EdfSignal.from_digital(
        digital,
        rate_hz,
        label=_ascii(_label(series), LABEL_SIGNS),
        transducer_type=_transducer(series),
        physical_dimension=_ascii(UNITS.get(series.unit, series.unit), UNIT_SIGNS),
        physical_range=(low, high),
        digital_range=(NO_VALUE, MOST),
        prefiltering=TOLD,
    )


def _label(series: Series) -> str:
    """Return what a signal is of; of agents and supplies, which: they stand beside each other."""
    if agent := series.tag("agent"):
        return f"{agent} {BREATHED.get(series.field, series.field)}"
    return f"{LABELS.get(series.field, series.field)} {series.tag('gas')}".rstrip()


def _transducer(series: Series) -> str:
    """Return the device and what its numbers are; of a long name the end is cut, not of these."""
    tags = (series.tag(name) for name in ("origin", "quality", "kind"))
    said = "; ".join(tag for tag in tags if tag)
    if not said:
        return _ascii(series.tag("device"), DEVICE_SIGNS)
    return f"{_ascii(series.tag('device'), DEVICE_SIGNS - len(said) - 2)}; {said}"


def _digits(data: npt.NDArray[np.float64]) -> tuple[Digital, float, float]:
    """Return samples as int16, and what the lowest and highest of these stand for."""
    least, most = float(np.nanmin(data)), float(np.nanmax(data))
    middle = round((least + most) / 2)
    low, high, step = _range(middle, max(most - middle, middle - least))
    digital = np.full(len(data), NO_VALUE, dtype=np.int16)
    for first in range(0, len(data), PART):
        part = data[first : first + PART]
        there = ~np.isnan(part)
        digital[first : first + PART][there] = np.round((part[there] - middle) / step)
    return digital, low, high


def _range(middle: int, reach: float) -> tuple[float, float, float]:
    """Return lowest value, highest and step: the finest of which both can be written whole.

    ValueError where there is none: the values are larger than any that is measured.
    """
    for step in STEPS:
        ends = middle + NO_VALUE * step, middle + MOST * step
        if reach / float(step) < MOST and all(len(f"{end:f}") <= FIELD_SIGNS for end in ends):
            return float(ends[0]), float(ends[1]), float(step)
    raise ValueError(f"{middle} and {reach:g} about it are too large for EDF+: choose CSV")


def _gaps(signal: edfio.EdfSignal) -> Iterator[edfio.EdfAnnotation]:
    """Yield a note of each stretch of a wave that has no value."""
    missing = np.concatenate(([False], signal.digital == NO_VALUE, [False]))
    edges = np.flatnonzero(missing[1:] != missing[:-1])
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        lasted_s = (last - first) / signal.sampling_frequency
        if lasted_s > SHORT_S:
            onset = float(first / signal.sampling_frequency)
            yield edfio.EdfAnnotation(onset, float(lasted_s), f"no value: {signal.label}")


def _ascii(text: str, signs: int) -> str:
    """Return a text as EDF takes it: printable ASCII, cut."""
    return "".join(sign if " " <= sign <= "~" else "_" for sign in text)[:signs]
