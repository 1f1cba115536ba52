from __future__ import annotations

import pytest
from modbus_bytes import errors, item, pressure

from devices.modbus import profile
from devices.modbus.map import MapError, parsed
from devices.modbus.wire import Function
from vitals.measure import Measure
from vitals.reading import Note


def test_an_item_says_everything_that_is_needed() -> None:
    (one,) = parsed(item(site="O2", fc=4, addr=7, scale=0.01, poll_s=0.5)).items
    assert (one.measure, one.site, one.fc, one.addr) == (
        Measure.GAS_PRESSURE, "O2", Function.INPUT_REGISTERS, 7,
    )  # fmt: skip
    assert (one.poll_s, one.lives_s, one.label) == (0.5, 1.5, "gas_pressure O2")


def test_a_contact_is_a_note() -> None:
    (one,) = parsed(item(name="gas_supply", fc=2, type="bit", invert=True)).items
    assert (one.measure, one.note) == (None, Note.GAS_SUPPLY)


@pytest.mark.parametrize(
    ("fc", "type_", "number"),
    [(1, "bit", 8), (2, "bit", 10008), (3, "u16", 40008), (4, "u16", 30008)],
)
def test_an_address_is_printed_as_makers_number_it(fc: int, type_: str, number: int) -> None:
    name = "gas_supply" if type_ == "bit" else "gas_pressure"
    (one,) = parsed(item(name=name, fc=fc, type=type_, addr=7)).items
    assert one.number == number


def test_every_fault_of_a_map_is_listed_at_once() -> None:
    text = 'colour = "red"\n' + item(fc=6) + item(unit="furlong") + item(type="f32", scale=0)
    assert errors(text) == [
        "map: Object contains unknown field `colour`",
        "item 1: fc: Invalid enum value 6",
        (
            "item 2 (gas_pressure): unit: is 'furlong': use one of "
            "Pa, hPa, mbar, mm[Hg], mmHg, kPa, psi, bar, MPa"
        ),
        "item 3 (gas_pressure): scale: is 0: write what one count is",
        (
            "item 3 (gas_pressure): min: two words can be in the wrong order: "
            "give `min` and `max`, to tell"
        ),
    ]


@pytest.mark.parametrize("fc", [0, 5, 6, 15, 16, 22, 23, 43])
def test_a_function_that_writes_is_no_function(fc: int) -> None:
    assert errors(item(fc=fc)) == [f"item 1: fc: Invalid enum value {fc}"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "map: no [[item]]"),
        ("item = 3", "map: no [[item]]"),
        ("[[item]", "map: "),
        (item(name="pressure"), "name: is neither a measure nor a note"),
        (item(address=3), "unknown field `address`"),
        (item(addr=65536), "addr: "),
        (item(addr=-1), "addr: "),
        (pressure(addr=65535), "addr: its second word is beyond 65535"),
        (item(type="u64"), "type: Invalid enum value 'u64'"),
        (item(unit=None), "unit: is None"),
        (item(name="spo2", unit="bar"), "unit: is 'bar': use one of 1, %"),
        (item(fc=2), "type: a bit is no measure"),
        (item(bit=3), "bit: only a contact has"),
        (item(invert=True), "bit: only a contact has"),
        (item(min=5, max=4), "min: is not below `max`"),
        (item(scale="inf"), "scale: "),
        ("[[item]]\nname='gas_mass'\nfc=3\naddr=0\ntype='u16'\nunit='kg'\nmin=nan", "min: is nan"),
        (item(invalid=[65536]), "invalid: 65536 cannot stand in u16"),
        (item(type="i16", invalid=[-32769]), "invalid: -32769 cannot stand in i16"),
        (item(poll_s=0.1), "poll_s: "),
        (item(poll_s=5, stale_s=2), "stale_s: is shorter than poll_s"),
        (item(site="a\\nb"), "site: "),
        (item(device=0), "device: "),
        (item(name="gas_supply", fc=3), "type: a contact is a bit"),
        (item(name="gas_supply", fc=3, type="bit"), "bit: needed with fc 3 and 4"),
        (item(name="gas_supply", fc=2, type="bit", bit=1), "bit: needed with fc 3 and 4"),
        (item(name="gas_supply", fc=2, type="bit", scale=2), "scale: a contact has none"),
        (item() + item(addr=1), "site: stands twice"),
        (item(only_if=[{"addr": 9, "equals": 1}]), "only_if: register 9 is not next to its own"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_item_and_key(text: str, fault: str) -> None:
    assert any(fault in error for error in errors(text))


def test_the_error_is_one_line_for_whoever_prints_it() -> None:
    with pytest.raises(MapError, match=r"item 1.*; item 2"):
        parsed(item(unit="x") + item(unit="y"))


@pytest.mark.parametrize("name", profile.names())
def test_a_profile_is_in_order_and_cites_its_document(name: str) -> None:
    text = profile.text(name)
    assert parsed(text).items
    assert "\nsource = " in text


def test_the_devices_with_public_maps_have_profiles() -> None:
    assert set(profile.names()) == {
        "hardy-hi6200", "keller-30x", "mpd-380", "rki-beacon-410", "simulated-panel",
        "vaisala-test",
    }  # fmt: skip


def test_there_is_no_profile_of_another_name() -> None:
    with pytest.raises(KeyError):
        profile.text("../map")
