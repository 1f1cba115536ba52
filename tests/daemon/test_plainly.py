"""What cannot be of an act over the socket is said with its range and unit, in one line."""

from __future__ import annotations

import pytest

from daemon.protocol.codec import ProtocolError, to_command, to_id

MOMENT = "a day and a time with its zone, as 2026-11-22T17:12:00+01:00"
GAUGE = '{"do":"gauge","cylinder":"ilt","bar":%s}'
PACK = '{"do":"receive","item":%s,"ware":"drug","lot":%s,"expires":%s,"quantity":%s,"place":"kit"}'


def line(act: str, more: str = "") -> bytes:
    return f'{{"kind":"act","id":"1","by":"AS","act":{act}{more}}}'.encode()


def refused(said: bytes) -> str:
    with pytest.raises(ProtocolError) as caught:
        to_command(said)
    return str(caught.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (line(GAUGE % "900"), "bar: 900 cannot be: write a number from 0 to 300 bar"),
        (line(GAUGE % "-1"), "bar: -1 cannot be: write a number from 0 to 300 bar"),
        (line(GAUGE % "NaN"), "bar: nan cannot be: write a number from 0 to 300 bar"),
        (line(GAUGE % '"x"'), "bar: is no number: write a number from 0 to 300 bar"),
        (
            line('{"do":"weigh","cylinder":"n","kg":0}'),
            "kg: 0 cannot be: write a number above 0 to 200 kg",
        ),
        (
            line('{"do":"flow","gas":"o2","place":"KN","l_min":99}'),
            "l_min: 99 cannot be: write a number from 0 to 60 l/min",
        ),
        (
            line('{"do":"flow","gas":"co2","place":"KN","l_min":9}'),
            "gas: cannot be: write one of o2, air, n2o",
        ),
        (
            line('{"do":"gauge","cylinder":"ilt"}'),
            "bar: is missing: write a number from 0 to 300 bar",
        ),
        (
            line(PACK % ('"dr-01"', '"A"', '"2027-02-30"', "1")),
            "expires: cannot be: write a day of the calendar, as 2027-11-30",
        ),
        (
            line(PACK % ('"dr-01"', '"A"', '"2027-02-28"', "0")),
            "quantity: 0 cannot be: write a whole number from 1 to 10000",
        ),
        (
            line(GAUGE % "9", ',"ago_s":99999999'),
            "ago_s: 1e+08 cannot be: write the s since then, at most 400 days",
        ),
        (line(GAUGE % "true"), "bar: is no number: write a number from 0 to 300 bar"),
        (
            line('{"do":"counter","entry":3,"reason":""}'),
            "reason: cannot be: write why, 1 to 120 signs on one line",
        ),
        (
            line('{"do":"counter","entry":3,"reason":"x"}', f',"reason":"{"y" * 121}"'),
            "reason: cannot be: write at most 120 signs on one line",
        ),
        (
            line('{"do":"counter","reason":"x"}'),
            "entry: is missing: write a whole number from 1",
        ),
        (
            line(GAUGE % "9", ',"at":"2026-11-22T17:12:00"'),
            f"at: cannot be: write {MOMENT}, or nothing",
        ),
        (
            f'{{"kind":"scan","id":"1","by":"AS","text":"{"1" * 201}"}}'.encode(),
            "text: cannot be: write 1 to 200 signs",
        ),
        (
            b'{"kind":"scan","id":"1","by":"AS","text":"1","separator":"--"}',
            "separator: cannot be: write 1 sign",
        ),
        (
            b'{"kind":"set_pin","id":"1","by":"AS","pin":"12"}',
            "pin: cannot be: write 4 to 12 digits",
        ),
        (
            b'{"kind":"set_pin","id":"1","by":"AS","pin":4711}',
            "pin: cannot be: write 4 to 12 digits",
        ),
        (
            b'{"kind":"set_pin","id":"1","by":"A S","pin":"4711"}',
            "by: cannot be: write 1 to 16 letters, digits, dots or hyphens",
        ),
    ],
)
def test_a_number_that_cannot_be_is_answered_with_its_range_and_unit(
    said: bytes, told: str
) -> None:
    assert refused(said) == told


@pytest.mark.parametrize(("item", "lot"), [('" "', '"A1"'), ('"dr-01"', '"  "'), ('""', '"A1"')])
def test_an_item_or_a_lot_of_blanks_alone_is_none(item: str, lot: str) -> None:
    told = refused(line(PACK % (item, lot, '"2027-06-30"', "1")))
    assert told.endswith("cannot be: write 1 to 32 signs on one line, not blanks alone")


def test_an_act_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    assert refused(line('{"do":"dance"}')).startswith("there is no such act: write one of clinic,")


def test_what_is_no_act_is_answered_as_it_was() -> None:
    assert "cannot be" not in refused(b'{"kind":"fly","id":"1","by":"AS","bed":900}')
    assert refused(b"[" * 100_000)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (line(GAUGE % "NaN"), "1"),
        (line(GAUGE % "-Infinity"), "1"),
        (b'{"id":"7","bar":NaN', ""),
        (b'{"id":"\\n","bar":NaN}', ""),
        (b"[NaN]", ""),
        (b"[" * 100_000, ""),
        (b"\xff", ""),
    ],
)
def test_the_id_is_read_also_where_a_number_is_none(said: bytes, name: str) -> None:
    assert to_id(said) == name
