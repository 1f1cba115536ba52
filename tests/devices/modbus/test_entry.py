"""What a map makes of a device: its measures, its kind, its line, its pace."""

from __future__ import annotations

import pytest
from modbus_bytes import item

from devices.catalogue import PROTOCOLS
from devices.contract import Options, Pace
from devices.modbus import profile
from devices.modbus.map import MapError
from firmware_bridge.settings import Baud, LineSettings
from vitals.measure import Measure
from vitals.vocabulary import Modality

MODBUS = PROTOCOLS["modbus"]


def test_without_a_map_a_device_may_be_anything() -> None:
    assert MODBUS.fitted(Options()) == MODBUS
    assert MODBUS.measures == tuple(Measure)


def test_with_a_map_a_device_has_what_the_map_has() -> None:
    panel = MODBUS.fitted(Options(map=profile.text("simulated-panel")))
    assert panel.measures == (Measure.GAS_PRESSURE, Measure.GAS_MASS)
    assert panel.modalities == ()


@pytest.mark.parametrize(
    ("measure", "unit", "modality"),
    [
        ("spo2", "%", Modality.PULSE_OXIMETRY),
        ("etco2", "kPa", Modality.CAPNOGRAPHY),
        ("heart_rate", "/min", Modality.ECG),
        ("nibp_systolic", "mm[Hg]", Modality.NIBP),
        ("tof_ratio", "%", Modality.NEUROMUSCULAR),
    ],
)
def test_a_device_that_measures_a_patient_is_a_monitor_of_that_kind(
    measure: str, unit: str, modality: Modality
) -> None:
    monitor = MODBUS.fitted(Options(map=item(name=measure, unit=unit)))
    assert monitor.modalities == (modality,)
    # Rules look at readings without a site, so with one it watches nobody.
    beside = MODBUS.fitted(Options(map=item(name=measure, unit=unit, site="P1")))
    assert (beside.modalities, beside.measures) == ((), monitor.measures)


def test_a_contact_is_no_measure() -> None:
    text = item() + item(name="gas_supply", type="bit", fc=2)
    assert MODBUS.fitted(Options(map=text)).measures == (Measure.GAS_PRESSURE,)


def test_each_number_has_the_pace_of_its_item() -> None:
    text = item(site="O2", poll_s=0.5) + item(site="N2O", addr=1, poll_s=60, stale_s=100)
    assert MODBUS.fitted(Options(map=text)).paces == {
        (Measure.GAS_PRESSURE, "O2"): Pace(0.5, 1.5),
        (Measure.GAS_PRESSURE, "N2O"): Pace(60, 100),
    }


def test_the_line_is_the_map_s_unless_a_person_set_another() -> None:
    text = 'line = { baud = 19200, parity = "E" }\n' + item()
    assert MODBUS.fitted(Options(map=text)).line == LineSettings(19200, parity="E")
    told = Options(map=text, baud=4800, stop_bits=2)
    assert MODBUS.fitted(told).line == LineSettings(4800, parity="E", stop_bits=2)


@pytest.mark.parametrize("baud", [2400, 19200])
def test_any_serial_protocol_has_the_speed_that_a_person_set(baud: Baud) -> None:
    nellcor = PROTOCOLS["nellcor"]
    assert nellcor.fitted(Options()).line == nellcor.line
    assert nellcor.fitted(Options(baud=baud, data_bits=7)).line == LineSettings(baud, 7)


@pytest.mark.parametrize("baud", [0, -1, 301])
def test_a_map_s_line_is_one_that_an_adapter_can_have(baud: int) -> None:
    with pytest.raises(MapError, match=r"map: line\.baud: Invalid enum value"):
        MODBUS.fitted(Options(map=f"line = {{ baud = {baud} }}\n" + item()))


def test_a_map_that_is_nested_too_deeply_is_a_fault_like_any_other() -> None:
    with pytest.raises(MapError, match="is nested too deeply"):
        MODBUS.fitted(Options(map="a = " + "[" * 3000))
