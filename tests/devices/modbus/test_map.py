from __future__ import annotations

import pytest
from modbus_bytes import errors, item, two_words

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
    head = (
        'name = 3\ncolour = "red"\ndevice = 999\nline = { baud = 12345, parity = "X", speed = 1 }\n'
    )
    text = (
        head + item(fc=6) + item(unit="furlong", site="a")
        + item(type="f32", scale=0, min=None, max=None, site="a")
    )  # fmt: skip
    assert errors(text) == [
        "map: Object contains unknown field `colour`",
        "map: name: Expected `str`, got `int`",
        "map: device: Expected `int` <= 255",
        "map: line: Object contains unknown field `speed`",
        "map: line.baud: Invalid enum value 12345",
        "map: line.parity: Invalid enum value 'X'",
        "item 1: fc: Invalid enum value 6",
        (
            "item 2 (gas_pressure a): unit: is 'furlong': use one of "
            "Pa, hPa, mbar, mm[Hg], mmHg, kPa, psi, bar, MPa"
        ),
        "item 3 (gas_pressure a): scale: is 0: write what one count is",
        (
            "item 3 (gas_pressure a): min: no `min` and `max`: give both, "
            "or what stands in for no value is shown as a number"
        ),
        "item 3 (gas_pressure a): site: stands twice: give each its own",
    ]


def test_every_fault_of_an_item_is_listed_at_once() -> None:
    guards = [{"addr": 99999}, {"addr": 1, "equals": "x", "mask": 70000}, 3]
    text = item(fc=9, name="wine", addr=70000, type="u8", colour="red", poll_s=5, stale_s=1,
                only_if=guards)  # fmt: skip
    assert errors(text) == [
        "item 1: Object contains unknown field `colour`",
        "item 1: fc: Invalid enum value 9",
        "item 1: addr: Expected `int` <= 65535",
        "item 1: type: Invalid enum value 'u8'",
        "item 1: only_if[0]: Object missing required field `equals`",
        "item 1: only_if[0].addr: Expected `int` <= 65535",
        "item 1: only_if[1].equals: Expected `int`, got `str`",
        "item 1: only_if[1].mask: Expected `int` <= 65535",
        "item 1: only_if[2]: Expected `object`, got `int`",
        (
            "item 1 (wine): name: is neither a measure nor a note: "
            "use one of gas_pressure, gas_mass, gas_supply, …"
        ),
        "item 1 (wine): stale_s: is shorter than poll_s: make it longer",
    ]


def test_a_slip_is_told_once_and_nothing_is_concluded_from_it() -> None:
    assert errors(item(fc=6, type="bit", name="gas_supply", bit=3)) == [
        "item 1: fc: Invalid enum value 6"
    ]
    assert errors(item(unit=5, site="a") + item(site="a", name=3)) == [
        "item 1: unit: Expected `str | null`, got `int`",
        "item 2: name: Expected `str`, got `int`",
    ]
    assert errors("item = [3]") == ["item 1: Expected `object`, got `int`"]
    assert errors("[[item]]") == [
        f"item 1: Object missing required field `{key}`" for key in ("name", "fc", "addr", "type")
    ]


@pytest.mark.parametrize("name", Measure)
def test_every_measure_needs_its_limits_in_the_map(name: Measure) -> None:
    told = {"name": name.value, "unit": name.form.unit}
    for keys, absent in (
        ({"min": None}, "`min`"), ({"max": None}, "`max`"),
        ({"min": None, "max": None}, "`min` and `max`"),
    ):  # fmt: skip
        assert errors(item(**told, **keys)) == [
            (
                f"item 1 ({name}): min: no {absent}: give both, "
                "or what stands in for no value is shown as a number"
            )
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
        (item(min=None), "min: no `min`: give both"),
        (item(address=3), "unknown field `address`"),
        (item(addr=65536), "addr: "),
        (item(addr=-1), "addr: "),
        (two_words(addr=65535), "addr: its second word is beyond 65535"),
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
