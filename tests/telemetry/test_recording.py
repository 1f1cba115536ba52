"""An EDF+ file read back by its library: values where they were, nothing where there was none."""

from __future__ import annotations

from pathlib import Path

import edfio
import numpy as np
import pytest
from tides import BEGIN, series

from telemetry.export.recording import NO_VALUE, Happened, Stretch, write
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


def test_nobody_is_named_and_the_time_is_that_of_the_first_second(tmp_path: Path) -> None:
    file = read(tmp_path / "a.edf", Point(series(), BEGIN, 97.0))
    assert str(file.local_patient_identification) == "X X X X"
    assert f"{file.startdate} {file.starttime}" == "2026-11-18 11:06:40"
    head = (tmp_path / "a.edf").read_bytes()[:256]
    assert b"X X X X" in head


def test_nothing_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing was recorded"):
        read(tmp_path / "a.edf")
    assert not (tmp_path / "a.edf").exists()
