"""An EDF+ file read back by its library: values where they were, nothing where there was none."""

from __future__ import annotations

from pathlib import Path

import edfio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tides import BEGIN, series

from telemetry.export.recording import MOST, NO_VALUE, EmptyError, Happened, Stretch, write
from telemetry.samples import packed
from telemetry.series import Point, Series, WaveSecond

PLETH = Series("wave", "pleth", "1", (("bed", "1"), ("device", "Nonin æ")))
STRETCH = Stretch(BEGIN // 1000, BEGIN // 1000 + 20)


def read(file: Path, *points: Point, waves: tuple[WaveSecond, ...] = ()) -> edfio.Edf:
    write(STRETCH, points, waves, [Happened(BEGIN + 2500, "alarm onset spo2_low high")], file)
    return edfio.read_edf(file)


def test_a_number_lies_in_its_second_and_nowhere_else(tmp_path: Path) -> None:
    values = {2: 97.0, 3: 96.0, 7: 84.5}
    points = [Point(series(), BEGIN + 1000 * at + 300, value) for at, value in values.items()]
    (signal,) = read(tmp_path / "a.edf", *points).signals
    assert (signal.label, signal.physical_dimension, signal.sampling_frequency) == ("SaO2", "%", 1)
    assert "-32768 = no value" in signal.prefiltering
    there = {at: signal.data[at] for at in np.flatnonzero(signal.digital != NO_VALUE)}
    assert there == pytest.approx(values, abs=0.006)


def test_a_wave_keeps_its_samples_and_its_gaps_are_told(tmp_path: Path) -> None:
    ramp = [float(n) for n in range(75)]
    seconds = tuple(
        WaveSecond(PLETH, BEGIN + 1000 * n, 75.0, *packed(ramp)) for n in (0, 1, 2, 10, 11)
    )
    file = read(tmp_path / "a.edf", waves=seconds)
    (signal,) = file.signals
    assert (signal.label, signal.transducer_type) == ("pleth", "Nonin _")
    assert signal.data[75:150] == pytest.approx(ramp, abs=0.006)
    assert set(signal.digital[3 * 75 : 10 * 75]) == {NO_VALUE}
    notes = {(note.onset, note.duration, note.text) for note in file.annotations}
    assert notes == {
        (2.5, None, "alarm onset spo2_low high"),
        (3.0, 7.0, "no value: pleth"),
        (12.0, 8.0, "no value: pleth"),
    }


def test_a_curve_in_millivolts_keeps_every_step(tmp_path: Path) -> None:
    ecg = [n / 1000 for n in range(-50, 50)]
    kind = Series("wave", "ecg", "mV", (("bed", "1"), ("device", "ivy")))
    wave = WaveSecond(kind, BEGIN, 100.0, *packed(ecg))
    (signal,) = read(tmp_path / "a.edf", waves=(wave,)).signals
    assert signal.data[:100] == pytest.approx(ecg, abs=1e-5)


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=20))
def test_whatever_the_range_a_value_comes_back_within_its_resolution(
    tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    points = [Point(series(), BEGIN + 1000 * at, value) for at, value in enumerate(values)]
    file = tmp_path_factory.mktemp("edf") / "a.edf"
    (signal,) = read(file, *points).signals
    step = (signal.physical_max - signal.physical_min) / (MOST - NO_VALUE)
    assert signal.data[: len(values)] == pytest.approx(values, abs=step * 0.51 + 1e-9, rel=1e-9)
    assert NO_VALUE not in signal.digital[: len(values)]


def test_what_else_a_number_is_stands_beside_the_device(tmp_path: Path) -> None:
    tags = (("bed", "1"), ("device", "d" * 90), ("origin", "simulated"))
    kinds = [
        Series("vitals", "agent_expired", "%", (("agent", "sevoflurane"), *tags)),
        Series("vitals", "agent_expired", "%", (("agent", "isoflurane"), *tags)),
        Series("vitals", "gas_pressure", "bar", (*tags[:2], ("gas", "O2"), tags[2])),
        Series("vitals", "spo2", "%", (*tags, ("quality", "questionable"))),
    ]
    signals = read(tmp_path / "a.edf", *(Point(kind, BEGIN, 1.0) for kind in kinds)).signals
    labels = ["sevoflurane exp", "isoflurane exp", "gas_pressure O2", "SaO2"]
    assert [signal.label for signal in signals] == labels
    assert signals[0].transducer_type == f"{'d' * 69}; simulated"
    assert signals[3].transducer_type.endswith("; simulated; questionable")


def test_a_wave_whose_rate_changed_is_a_signal_at_each_rate(tmp_path: Path) -> None:
    seconds = tuple(
        WaveSecond(PLETH, BEGIN + 1000 * n, rate, *packed([float(n)] * int(rate)))
        for n, rate in enumerate((25.0, 50.0))
    )
    slow, fast = read(tmp_path / "a.edf", waves=seconds).signals
    assert (slow.sampling_frequency, fast.sampling_frequency) == (25, 50)
    assert list(np.flatnonzero(slow.digital != NO_VALUE)) == list(range(25))
    assert list(np.flatnonzero(fast.digital != NO_VALUE)) == list(range(50, 100))


def test_nobody_is_named_and_the_time_is_that_of_the_first_second(tmp_path: Path) -> None:
    file = read(tmp_path / "a.edf", Point(series(), BEGIN, 97.0))
    assert str(file.local_patient_identification) == "X X X X"
    assert f"{file.startdate} {file.starttime}" == "2026-11-18 11:06:40"
    head = (tmp_path / "a.edf").read_bytes()[:256]
    assert b"X X X X" in head


def test_nothing_is_no_file(tmp_path: Path) -> None:
    still = WaveSecond(PLETH, BEGIN, 2.0, *packed([None, None]))
    for waves in ((), (still,)):
        with pytest.raises(EmptyError, match="nothing was recorded"):
            read(tmp_path / "a.edf", waves=waves)
    assert not (tmp_path / "a.edf").exists()
