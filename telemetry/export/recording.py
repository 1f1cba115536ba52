"""History as an EDF+ recording (Kemp and Olivan, EDF+, 2003), by edfio; the extra `[edf]`.

EDF has no way to say that there was no value. Here the lowest digital number, -32768, says so in
every signal; the signal's field *prefiltering* tells readers of it, and an annotation `no value:
LABEL` stands at each such stretch. Nothing is filled in, held or interpolated: a number lies in
the second in which it was measured, and nowhere else. Nobody is named: the patient is `X X X X`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import edfio
import numpy as np
import numpy.typing as npt

from telemetry.samples import unpacked
from telemetry.series import Point, Series, WaveSecond

NO_VALUE = -32768
TOLD = "-32768 = no value"
MOST = 32767
SHORT_S = 2.0
"""A stretch without a value that is no longer is not told of: every cuff would be one."""
LABELS = {"spo2": "SaO2", "ecg": "ECG", "resp": "Resp"}
"""Standard texts of EDF+; anything else bears the name of its measure."""
LABEL_SIGNS, UNIT_SIGNS, DEVICE_SIGNS = 16, 8, 80
UNITS = {"mm[Hg]": "mmHg", "Cel": "degC", "1": ""}
Digital = npt.NDArray[np.int16]


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
    """Write one bed's stretch; ValueError where there is nothing to write."""
    found = [*_numerics(stretch, points), *_curves(stretch, waves)]
    if not found:
        raise ValueError("nothing was recorded then")
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
    found: dict[Series, dict[int, float]] = {}
    for point in points:
        second = point.at // 1000 - stretch.since
        if 0 <= second < stretch.seconds:
            found.setdefault(point.series, {})[second] = point.value
    for series, values in found.items():
        data = np.full(stretch.seconds, np.nan)
        data[list(values)] = list(values.values())
        yield _signal(series, data, 1.0)


def _curves(stretch: Stretch, waves: Iterable[WaveSecond]) -> Iterator[edfio.EdfSignal]:
    """Yield a signal for each wave, at the whole number of samples a second next to its rate."""
    found: dict[Series, tuple[int, npt.NDArray[np.float64]]] = {}
    for wave in waves:
        rate = max(1, round(wave.rate_hz))
        empty = np.full(stretch.seconds * rate, np.nan)
        rate, data = found.setdefault(wave.series, (rate, empty))
        samples = unpacked(wave.scale, wave.offset, wave.samples)
        first = round((wave.at / 1000 - stretch.since) * rate)
        for place, sample in enumerate(samples, first):
            if sample is not None and 0 <= place < len(data):
                data[place] = sample
    for series, (rate, data) in found.items():
        if not np.isnan(data).all():
            yield _signal(series, data, float(rate))


def _signal(series: Series, data: npt.NDArray[np.float64], rate_hz: float) -> edfio.EdfSignal:
    digital, low, high = _digits(data)
    return edfio.EdfSignal.from_digital(
        digital,
        rate_hz,
        label=_ascii(LABELS.get(series.field, series.field), LABEL_SIGNS),
        transducer_type=_ascii(series.tag("device"), DEVICE_SIGNS),
        physical_dimension=_ascii(UNITS.get(series.unit, series.unit), UNIT_SIGNS),
        physical_range=(low, high),
        digital_range=(NO_VALUE, MOST),
        prefiltering=TOLD,
    )


def _digits(data: npt.NDArray[np.float64]) -> tuple[Digital, float, float]:
    """Return samples as int16, and what the lowest and highest of these stand for."""
    known = data[~np.isnan(data)]
    middle = round(float(known.min() + known.max()) / 2)
    reach = float(np.abs(known - middle).max())
    step = next((one for one in (0.01, 0.1, 1.0) if reach / one < MOST), reach / (MOST - 1))
    digital = np.full(len(data), NO_VALUE, dtype=np.int16)
    there = ~np.isnan(data)
    digital[there] = np.round((data[there] - middle) / step).astype(np.int16)
    return digital, middle + NO_VALUE * step, middle + MOST * step


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
