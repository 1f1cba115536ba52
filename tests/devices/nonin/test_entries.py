from __future__ import annotations

import pytest

from devices.catalogue import PROTOCOLS
from devices.contract import Evidence, Standing
from devices.simulated.catalogue import SIMULATORS
from vitals.measure import Channel, Measure
from vitals.vocabulary import Modality

ALL = [name for name in PROTOCOLS if name.partition("-")[0] == "nonin"]


def test_every_format_has_its_name_and_a_simulator() -> None:
    formats = {"-df1", "-df2", "-df7", "-df8", "-df13", "-text", ""}
    assert set(ALL) == {f"nonin{each}" for each in formats}
    assert set(ALL) <= SIMULATORS.keys()


@pytest.mark.parametrize("name", ALL)
def test_all_measure_saturation_and_pulse_at_9600_baud(name: str) -> None:
    entry = PROTOCOLS[name]
    assert entry.modalities == (Modality.PULSE_OXIMETRY,)
    assert entry.measures == (Measure.SPO2, Measure.PULSE_RATE)
    assert str(entry.line) == "9600 8N1"


def test_only_packets_carry_pleth() -> None:
    with_pleth = {name for name in ALL if PROTOCOLS[name].channels == (Channel.PLETH,)}
    assert with_pleth == {"nonin-df2", "nonin-df7", "nonin"}
    assert all(PROTOCOLS[name].channels == () for name in set(ALL) - with_pleth)


@pytest.mark.parametrize("name", ["nonin-df1", "nonin-df8", "nonin-text", "nonin"])
def test_what_comes_each_second_is_missed_after_three(name: str) -> None:
    assert (PROTOCOLS[name].interval_s, PROTOCOLS[name].quiet_s) == (1.0, 3.0)


def test_nobody_expects_the_next_spot_check() -> None:
    assert PROTOCOLS["nonin-df13"].quiet_s is None
    assert [name for name in PROTOCOLS if PROTOCOLS[name].quiet_s is None] == ["nonin-df13"]


def test_what_may_be_unchecked_says_so() -> None:
    unchecked = {name for name in ALL if not PROTOCOLS[name].checked}
    assert unchecked == {"nonin-df1", "nonin-df8", "nonin"}


def test_format_1_rests_on_one_transcription_and_stays_on_the_bench() -> None:
    bench = {name for name in ALL if PROTOCOLS[name].standing is Standing.BENCH}
    single = {name for name in ALL if PROTOCOLS[name].evidence is Evidence.ONE}
    assert bench == single == {"nonin-df1"}
