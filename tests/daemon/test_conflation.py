from __future__ import annotations

from dataclasses import replace

import pytest
from manual import at

from daemon import library, views
from daemon.config import Device
from daemon.conflation import SAME_S, Conflation
from daemon.picture import Station
from devices.catalogue import PROTOCOLS
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Quality, Reading

SPO2 = Reading(Measure.SPO2, 97, Quality.VALID, at(0))
HZ = 60


@pytest.fixture
def station() -> Station:
    device = Device("contec", "contec-old", "/dev/ttyUSB0", "Stue 1")
    return Station(device, PROTOCOLS["contec-old"], library.load().alarms.freshness, at(0))


def told(conflation: Conflation, station: Station, reading: Reading, now: Instant) -> bool:
    return conflation.worth(views.reading(station, reading, now), reading.at, now)


def test_what_stays_the_same_is_told_once_a_second(station: Station) -> None:
    conflation = Conflation()
    moments = [at(number / HZ) for number in range(10 * HZ)]
    heard = [told(conflation, station, replace(SPO2, at=now), now) for now in moments]
    assert heard.count(True) == 10 / SAME_S


@pytest.mark.parametrize(
    "changed",
    [
        replace(SPO2, value=96),
        replace(SPO2, value=None, quality=Quality.INVALID),
        replace(SPO2, quality=Quality.QUESTIONABLE),
    ],
    ids=["value", "gone", "quality"],
)
def test_a_change_is_told_at_once_and_so_is_the_change_back(
    station: Station, changed: Reading
) -> None:
    conflation = Conflation()
    said = [SPO2, SPO2, changed, changed, SPO2]
    heard = [
        told(conflation, station, replace(reading, at=at(number / HZ)), at(number / HZ))
        for number, reading in enumerate(said)
    ]
    assert heard == [True, False, True, False, True]


def test_each_site_and_each_measure_is_held_to_its_own_last(station: Station) -> None:
    conflation = Conflation()
    pulse = Reading(Measure.PULSE_RATE, 97, Quality.VALID, at(0))
    pre = replace(SPO2, site="pre")
    assert all(told(conflation, station, reading, at(0)) for reading in (SPO2, pulse, pre))
    assert not any(told(conflation, station, reading, at(0)) for reading in (SPO2, pulse, pre))


def test_at_another_bed_it_is_told_at_once(station: Station) -> None:
    conflation = Conflation()
    assert told(conflation, station, SPO2, at(0))
    station.stand("Stue 2", station.port)
    assert told(conflation, station, SPO2, at(0.1))


def test_the_same_number_measured_anew_is_told_although_it_was_told_just_now(
    station: Station,
) -> None:
    conflation = Conflation()
    assert told(conflation, station, replace(SPO2, at=at(0)), at(60))
    assert told(conflation, station, replace(SPO2, at=at(60.5)), at(60.5))
