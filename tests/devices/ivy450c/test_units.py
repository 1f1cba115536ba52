from __future__ import annotations

import msgspec
import pytest
from damage import told
from ivy_messages import WAVES, items, message, samples

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.ivy450c.text import Line
from vitals.measure import Channel, Measure
from vitals.reading import Quality, Reading

CO2, WARMTH = Measure.ETCO2, Measure.TEMPERATURE


def breathing(text: str, **options: str) -> list[tuple[float | None, Quality]]:
    by = msgspec.convert(options, Options)
    return told(items(message(etco2=Line((text,))), by), CO2)


def warm(first: str, second: str = "", **options: str) -> list[tuple[str | None, float | None]]:
    by = msgspec.convert(options, Options)
    found = items(message(t1=Line((first,)), t2=Line((second,))), by)
    readings = [one for one in found if isinstance(one, Reading) and one.measure is WARMTH]
    return [(one.site, one.value) for one in readings]


def test_what_has_no_unit_on_the_wire_is_not_published_before_the_clinic_says_which() -> None:
    assert breathing("38") == []
    assert warm("37.1") == []


def test_carbon_dioxide_is_in_the_unit_that_the_clinic_says() -> None:
    ((value, quality),) = breathing("38", co2_unit="mmhg")
    assert value == pytest.approx(5.066, abs=1e-3)
    assert quality is Quality.VALID
    assert breathing("5.1", co2_unit="kpa") == [(5.1, Quality.VALID)]


@pytest.mark.parametrize(
    ("text", "unit"), [("", "mmhg"), ("0", "mmhg"), ("38", "kpa"), ("3x", "kpa")]
)
def test_what_no_patient_breathes_is_no_number(text: str, unit: str) -> None:
    assert breathing(text, co2_unit=unit) == [(None, Quality.UNAVAILABLE)]


def test_the_second_temperature_is_at_a_site_of_its_own() -> None:
    assert warm("37.1", "36.5", temp_unit="celsius") == [(None, 37.1), ("T2", 36.5)]


def test_degrees_of_fahrenheit_are_converted_and_those_of_the_other_scale_are_none() -> None:
    assert warm("98.6", temp_unit="fahrenheit") == [(None, pytest.approx(37.0)), ("T2", None)]
    assert warm("98.6", temp_unit="celsius")[0] == (None, None)
    assert warm("37.1", temp_unit="fahrenheit")[0] == (None, None)


def test_the_second_pressure_is_arterial_where_the_clinic_says_so() -> None:
    found = items(message(p2=Line(("120", "70", "90"))), Options(p2="art"))
    assert told(found, Measure.ART_SYSTOLIC) == [(120, Quality.VALID)]
    assert samples(found, Channel.ART) == [None] * 50
    assert WAVES.p2 == b"\xfb" * 50


def test_two_pressures_cannot_both_be_the_arterial_one() -> None:
    with pytest.raises(msgspec.ValidationError, match="only one pressure is arterial"):
        msgspec.convert({"p1": "art", "p2": "art"}, Options)


def test_the_row_names_what_it_can_be_told() -> None:
    assert PROTOCOLS["ivy450c"].takes == {"p1", "p2", "co2_unit", "temp_unit"}
