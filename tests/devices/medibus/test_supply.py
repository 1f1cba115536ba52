from __future__ import annotations

import pytest
from damage import captured, notes
from manual import at
from medibus_frames import NOW, alarms, items

from devices.medibus.driver import MedibusDriver
from devices.medibus.wire import Code
from vitals.reading import Note, Notes

SUPPLY = ["11", "12", "13", "BD", "ED"]
CYLINDERS = [
    *["31", "32", "33", "34", "35", "36", "CA", "CB"],
    *["AF", "B0", "B1", "B2", "B3", "B4", "B5"],
]
PHYSIOLOGICAL = ["27", "28", "3C", "08", "37", "10"]


def alarm(code: str) -> bytes:
    return f"O{code}ANY PHRASE  ".encode()


@pytest.mark.parametrize("code", SUPPLY)
def test_a_supply_that_fails_is_noted(code: str) -> None:
    assert items(alarms(alarm(code))) == [Notes(frozenset({Note.GAS_SUPPLY}), NOW)]


@pytest.mark.parametrize("code", CYLINDERS)
def test_a_cylinder_that_fails_is_noted(code: str) -> None:
    found = items(alarms(alarm(code), Code.ALARMS_2))
    assert found == [Notes(frozenset({Note.GAS_SUPPLY}), NOW)]


@pytest.mark.parametrize("code", PHYSIOLOGICAL)
def test_the_machines_own_limits_are_no_notes(code: str) -> None:
    assert notes(items(alarms(alarm(code)))) == [set()]


@pytest.mark.parametrize("code", sorted({*SUPPLY} - {*CYLINDERS}))
def test_codes_of_one_page_mean_nothing_on_the_other(code: str) -> None:
    assert notes(items(alarms(alarm(code), Code.ALARMS_2))) == [set()]


@pytest.mark.parametrize("code", CYLINDERS)
def test_codes_of_cylinders_mean_nothing_on_the_first_page(code: str) -> None:
    assert notes(items(alarms(alarm(code)))) == [set()]


def test_an_apnoea_and_a_blocked_line_are_noted() -> None:
    (found,) = notes(items(alarms(alarm("0D") + alarm("3D"))))
    assert found == {Note.NO_BREATH, Note.CHECK_SAMPLING_LINE}


def test_both_pages_together_say_what_stands() -> None:
    found = notes(items(captured("medibus", "supply-alarms")))
    assert found == [{Note.GAS_SUPPLY}, set()]


def test_a_page_leaves_the_notes_of_the_other_standing() -> None:
    empty = alarms(alarm("32"), Code.ALARMS_2)
    found = notes(items(empty + alarms(alarm("0D")) + alarms()))
    assert found == [{Note.GAS_SUPPLY}, {Note.GAS_SUPPLY, Note.NO_BREATH}, {Note.GAS_SUPPLY}]


def test_notes_are_told_with_the_first_page_and_when_they_change() -> None:
    driver = MedibusDriver()
    told = [
        len(driver.receive(alarms(data), at(second)))
        for second, data in enumerate([b"", b"", alarm("13"), alarm("13"), b"", b""])
    ]
    assert told == [1, 0, 1, 0, 1, 0]
