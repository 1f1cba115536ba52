"""Kinds of devices: any of their names, in any language and case, means the kind."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import checklists
from checklists.absence import absences
from checklists.devicerules import DeviceRules, device_rules
from checklists.entry import Entry
from checklists.equipment import Device, register
from checklists.kinds import kind_of
from vitals.acts import Register
from vitals.rows import RowsError

FILE = Path(checklists.__file__).with_name("equipment.toml")
DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))


@cache
def rules() -> DeviceRules:
    return device_rules(FILE.read_text("utf-8"), FILE.name)


def registered(what: str) -> Device:
    said = Entry(1, AT, DAY, "AS", Register("zoll", what, "Zoll", "1", "kit"))
    (found,) = register([said], DAY, rules().kinds)
    return found


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("defibrillator", "defibrillator"),
        ("Hjertestarter", "defibrillator"),
        ("AED", "defibrillator"),
        ("ULTRALYD", "ultrasound"),
        (" Ultralydsapparat ", "ultrasound"),
        ("ultralydapparat", "ultrasound"),
        ("medisinkjøleskap", "refrigerator"),
        ("Kaffemaskine", "Kaffemaskine"),
    ],
)
def test_a_kind_is_known_by_any_of_its_names(typed: str, kind: str) -> None:
    assert registered(typed).what == kind


def test_a_kind_has_a_word_in_each_language_and_another_none() -> None:
    label = rules().title(registered("ultrasound").what)
    assert label is not None
    assert (label.da, label.nb) == ("ultralydsapparat", "ultralydapparat")
    assert rules().title("kaffemaskine") is None


@pytest.mark.parametrize("typed", ["Hjertestarter", "aed", "defi"])
def test_what_is_needed_is_there_by_any_of_its_names(typed: str) -> None:
    found = registered(typed)
    assert rules().of_kind(found.what) is not None
    assert [one.id for one in absences([found], ("elsewhere",), rules())] == ["defibrillator"]
    assert list(absences([found], ("kit",), rules())) == []


def test_a_word_that_means_two_kinds_is_an_error() -> None:
    more = '\n[[kind]]\nid = "sonar"\nlabel = { en = "sonar", da = "Ultralyd", nb = "sonar" }\n'
    with pytest.raises(RowsError, match="'ultralyd' is 'ultrasound' already: remove it"):
        device_rules(FILE.read_text("utf-8") + more, FILE.name)


def test_of_no_kinds_none_is_known() -> None:
    assert kind_of((), "defibrillator") is None
