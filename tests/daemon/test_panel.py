"""A real daemon and a device with registers, over a serial line and over Modbus TCP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clinics import BED, Ear, daemon, ear
from modbus_bytes import item
from panels import Panel, clinic, plugged, port

from devices.modbus import profile
from devices.modbus.simulator import PanelSimulator

CARRIERS = pytest.mark.parametrize("carrier", ["serial", "tcp"])
SITES = {"O2", "N2O", "air", "O2 cylinder"}


def pressures(hears: Ear, **fields: Any) -> list[dict[str, Any]]:
    return hears.of("reading", device="gas", measure="gas_pressure", **fields)


async def state(hears: Ear, *states: str) -> dict[str, Any]:
    """Listen until the device's last state is one of these, and return that message."""
    await hears.hear(lambda: hears.of("device") and hears.of("device")[-1]["state"] in states)
    return hears.of("device")[-1]


@CARRIERS
async def test_every_number_of_the_map_arrives_and_is_marked_as_simulated(
    tmp_path: Path, carrier: str
) -> None:
    where = port(carrier, tmp_path)
    place = clinic(tmp_path, where)
    async with plugged(Panel(where)):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(
                    lambda: (
                        {one["site"] for one in pressures(hears)} == SITES
                        and hears.of("reading", measure="gas_mass")
                    )
                )
                (o2, *_) = pressures(hears, site="O2")
                assert (o2["value"], o2["unit"], o2["quality"]) == (4.2, "bar", "valid")
                assert {one["origin"] for one in pressures(hears)} == {"simulated"}
                assert {one["measure"] for one in hears.of("reading")} == {
                    "gas_pressure",
                    "gas_mass",
                }
                device = await state(hears, "receiving")
                assert (device["bed"], device["checked"]) == (BED, True)
                assert (device["bad_frames"], device["discarded_bytes"]) == (0, 0)


@CARRIERS
async def test_an_empty_line_is_a_note_of_the_panel(tmp_path: Path, carrier: str) -> None:
    where = port(carrier, tmp_path)
    place, simulator = clinic(tmp_path, where), PanelSimulator()
    simulator.panel.use = 1e6
    async with plugged(Panel(where, simulator)):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: any(one["notes"] for one in hears.of("device")))
                assert hears.of("device")[-1]["notes"] == ["gas_supply"]


@CARRIERS
async def test_a_pulled_cable_is_a_lost_device_that_comes_back_by_itself(
    tmp_path: Path, carrier: str
) -> None:
    where = port(carrier, tmp_path)
    place = clinic(tmp_path, where)
    async with plugged(Panel(where)) as panel:
        with daemon(place):
            async with ear(place) as hears:
                await state(hears, "receiving")
                panel.cable = False
                lost = await state(hears, "lost")
                assert lost["reason"]
                assert where in lost["reason"]
                panel.cable = True
                await state(hears, "receiving")
                before = len(pressures(hears))
                await hears.hear(lambda: len(pressures(hears, quality="valid")) > before)


@CARRIERS
async def test_a_panel_that_answers_with_exceptions_has_no_values_and_is_there(
    tmp_path: Path, carrier: str
) -> None:
    where = port(carrier, tmp_path)
    place, simulator = clinic(tmp_path, where), PanelSimulator()
    simulator.refuses = True
    async with plugged(Panel(where, simulator)):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: {one["site"] for one in pressures(hears)} == SITES)
                told = {(one["value"], one["quality"]) for one in pressures(hears)}
                assert told == {(None, "invalid")}
                assert (await state(hears, "receiving"))["bad_frames"] == 0
                simulator.refuses = False
                await hears.hear(lambda: pressures(hears, site="O2", quality="valid"))


@CARRIERS
async def test_a_map_with_another_s_number_is_silence(tmp_path: Path, carrier: str) -> None:
    where = port(carrier, tmp_path)
    (tmp_path / "gas.toml").write_text(
        profile.text("simulated-panel").replace("device = 1", "device = 9")
    )
    place = clinic(tmp_path, where, "gas.toml")
    async with plugged(Panel(where)):
        with daemon(place):
            async with ear(place) as hears:
                await state(hears, "silent")
                assert hears.of("reading") == []
                assert {one["state"] for one in hears.of("device")} <= {"opening", "silent"}


async def test_a_daemon_that_was_there_first_finds_the_panel_when_it_comes(tmp_path: Path) -> None:
    where = port("tcp", tmp_path)
    place = clinic(tmp_path, where)
    with daemon(place):
        async with ear(place) as hears:
            lost = await state(hears, "lost")
            assert lost["reason"].endswith("does not answer: check power, network and address")
            async with plugged(Panel(where), byte_by_byte=True):
                await hears.hear(lambda: pressures(hears, site="O2", quality="valid"))


async def test_a_number_is_fresh_for_as_long_as_its_map_lets_it(tmp_path: Path) -> None:
    where = port("serial", tmp_path)
    (tmp_path / "gas.toml").write_text(
        item(fc=4, site="O2", scale=0.01) + item(fc=4, site="air", addr=2, poll_s=100, stale_s=900)
    )
    place = clinic(tmp_path, where, "gas.toml")
    async with plugged(Panel(where)):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: {one["site"] for one in pressures(hears)} == {"O2", "air"})
    ages = {one["site"]: (one["fresh_s"], one["stale_s"]) for one in pressures(hears)}
    assert ages["air"] == (150, 900)
    assert ages["O2"][0] < 150


async def test_a_register_that_measures_the_child_meets_what_is_required(tmp_path: Path) -> None:
    where = port("tcp", tmp_path)
    (tmp_path / "spo2.toml").write_text(item(fc=4, name="spo2", unit="%", scale=0.2, max=100))
    place = clinic(tmp_path, where, "spo2.toml")

    def met(hears: Ear) -> bool:
        cells = [cell for case in hears.of("case") for cell in case["cells"]]
        return any(cell["modality"] == "pulse_oximetry" and cell["met"] for cell in cells)

    async with plugged(Panel(where)):
        with daemon(place):
            async with ear(place) as hears:
                await state(hears, "receiving")
                answer = await hears.ask("start", code="3021", age="4y")
                assert answer["result"] == "recorded"
                await hears.hear(lambda: met(hears))
    cells = {cell["modality"]: cell for cell in hears.of("case")[-1]["cells"]}
    assert (cells["pulse_oximetry"]["met"], cells["pulse_oximetry"]["cause"]) == (True, None)
