"""What devices say just now of rows of the machine's list: shown beside a tick, and no tick."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from daemon.picture import Picture, Station
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.practice import Gas
from vitals.vocabulary import DeviceState

PIPES = {"mc-04": Gas.OXYGEN, "mc-06": Gas.AIR, "mc-07": Gas.NITROUS_OXIDE}
"""Rows about the supply of a gas, whose pressure a panel may read."""
MONITORS = ("mc-19", "pc-02")
"""Rows about monitors: whichever speaks."""


def evidence(picture: Picture, beds: Collection[str], now: Instant) -> dict[str, str]:
    """Return by row what the devices of some beds say of it, as `4.1 bar` or `nonin, capno`.

    A row of which none says anything is not among them.
    """
    speaking = [
        station
        for station in picture.stations
        if station.bed in beds and station.state is DeviceState.RECEIVING
    ]
    said = {row: ", ".join(_pressures(speaking, gas, now)) for row, gas in PIPES.items()}
    names = ", ".join(one.device.name for one in speaking if one.entry.modalities)
    said.update(dict.fromkeys(MONITORS, names))
    return {row: text for row, text in said.items() if text}


def _pressures(stations: Collection[Station], gas: Gas, now: Instant) -> Iterator[str]:
    for station in stations:
        for (measure, site), reading in station.readings.items():
            if measure is not Measure.GAS_PRESSURE or (site or "").casefold() != gas.value:
                continue
            if reading.value is not None and now.seconds_since(reading.at) <= (
                station.ages_of(reading).stale_s
            ):
                yield f"{measure.rounded(reading.value)} {measure.form.written}"
