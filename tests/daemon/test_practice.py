from __future__ import annotations

from pathlib import Path

import pytest

from checklists.clinic import Kit
from checklists.plan import Theme
from daemon.config import Config, ConfigError, parsed
from vitals.practice import Country, Gas, Responsible
from vitals.role import Role

GOOD = """
[site]
name = "Klinik Nord"
code = "KN"
country = "no"

[[bed]]
name = "Stue 1"

[[bed]]
name = "Stue 2"
"""
TWO = """
[[clinic]]
name = "Klinik Nord"
code = "KN"
gases = ["o2", "n2o"]
orders = { o2 = "operating_clinic" }
beds = ["Stue 1"]
country = "dk"

[[clinic]]
name = "Klinik Syd"
code = "KS"
room = "by_agreement"

[[kit]]
name = "Taske"
travels = true

[[kit]]
name = "Vogn"
clinics = ["KN"]
"""
PEOPLE = '[[person]]\ninitials = "AS"\nroles = ["owner"]\n'


def read(more: str = "", file: str = "c.toml") -> Config:
    return parsed(GOOD + more, file)


def errors(more: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(more)
    return [line.removeprefix("c.toml: ") for line in caught.value.errors]


def test_without_a_clinic_the_site_is_the_only_one_with_every_bed_and_one_kit() -> None:
    practice = read().practice
    (clinic,) = practice.clinics
    assert (clinic.name, clinic.code, clinic.country) == ("Klinik Nord", "KN", Country.NORWAY)
    assert clinic.beds == ("Stue 1", "Stue 2")
    assert practice.kits == (Kit(name="kit", travels=True),)
    assert not practice.pins.required
    assert not practice.terminals
    assert not practice.plans


def test_two_clinics_and_what_they_leave_to_the_site() -> None:
    practice = read(TWO).practice
    north, south = practice.clinics
    assert north.beds == ("Stue 1",)
    assert south.beds == ("Stue 1", "Stue 2")
    assert (north.country, south.country) == (Country.DENMARK, Country.NORWAY)
    assert north.orderer(Gas.OXYGEN) is Responsible.CLINIC
    assert north.orderer(Gas.NITROUS_OXIDE) is Responsible.AGREEMENT
    assert (north.room, south.room) == (Responsible.CLINIC, Responsible.AGREEMENT)
    assert [kit.name for kit in practice.kits if kit.comes("KS")] == ["Taske"]


def test_plans_terminals_pins_and_lists_are_read() -> None:
    text = (
        PEOPLE
        + """
[[plan]]
about = "own_development"
person = "AS"
dated = 2026-01-15

[[plan]]
about = "staff_competence"
dated = 2026-01-15
valid_to = 2027-06-30

[[terminal]]
group = "opvaagning"
roles = ["recovery"]

[[terminal]]
uid = 1001

[pins]
required = true

[checklists]
dir = "lists"
"""
    )
    practice = read(text, "/etc/vagt/config.toml").practice
    assert [plan.about for plan in practice.plans] == [
        Theme.OWN_DEVELOPMENT,
        Theme.STAFF_COMPETENCE,
    ]
    group, user = practice.terminals
    assert group.roles == (Role.RECOVERY,)
    assert user.roles == tuple(Role)
    assert practice.pins.required
    assert practice.checklists.dir == Path("/etc/vagt/lists")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[clinic]]\nname = "A"\n', "[[clinic]] 1: code: is missing: add it"),
        ('[[clinic]]\ncode = "a b"\nname = "A"\n', "write 1 to 6 capital letters or digits"),
        ('[[clinic]]\ncode = "A"\nname = "A"\nsize = 1\n', "size: is unknown: remove it"),
        ('[[clinic]]\ncode = "A"\nname = "A"\nbeds = []\n', "beds: is empty: add at least one"),
        (
            '[[clinic]]\ncode = "A"\nname = "A"\nbeds = ["Stue 9"]\n',
            "[[clinic]] 1: beds: 'Stue 9' is no [[bed]]: use one of Stue 1, Stue 2",
        ),
        ('[[clinic]]\ncode = "A"\nname = "A"\ngases = ["co2"]\n', "write o2, air or n2o"),
        (
            '[[clinic]]\ncode = "A"\nname = "A"\norders = { o2 = "me" }\n',
            "write anaesthesiologist, operating_clinic or by_agreement",
        ),
        ('[[clinic]]\ncode = "A"\nname = "A"\norders = { co2 = "me" }\n', "orders.co2: is unknown"),
        ('[[kit]]\nname = "Vogn"\n', "[[kit]] 1: clinics: is missing: name where it is"),
        (
            '[[kit]]\nname = "Vogn"\nclinics = ["KX"]\n',
            "[[kit]] 1: clinics: 'KX' is no code of a clinic: use one of KN",
        ),
        (f'{TWO}[[kit]]\nname = "Vogn"\ntravels = true\n', "[[kit]] name 'Vogn' stands twice"),
        (f'{TWO}[[clinic]]\nname = "X"\ncode = "KN"\n', "[[clinic]] code 'KN' stands twice"),
        (
            TWO.replace("travels = true", 'clinics = ["KN"]'),
            "[[clinic]] KS: no [[kit]] is there: name it in `clinics` of one, or let one travel",
        ),
        (
            '[[plan]]\nabout = "own_development"\nperson = "AS"\ndated = 2026-02-30\n',
            "2026-02-30 does not exist",
        ),
        (
            '[[plan]]\nabout = "own_development"\nperson = "AS"\ndated = 2026-01-01\n',
            "[[plan]] 1: person: 'AS' is no [[person]]: add one",
        ),
        (
            '[[plan]]\nabout = "all"\ndated = 2026-01-01\n',
            "write own_development, staff_competence or late_recovery",
        ),
        (
            '[[plan]]\nabout = "staff_competence"\ndated = 2026-01-01\nvalid_to = 2025-01-01\n',
            "valid_to is before dated",
        ),
        ("[[terminal]]\n", "names a user or a group: write one of uid and group"),
        ('[[terminal]]\nuid = 1\ngroup = "a"\n', "write one of uid and group"),
        ('[[terminal]]\ngroup = "a b"\n', "group: cannot be used: write the name of a group"),
        ("[[terminal]]\nuid = -1\n", "[[terminal]] 1: uid: "),
        ("[[terminal]]\nuid = 1\n[[terminal]]\nuid = 1\n", "[[terminal]] 2: uid 1 stands twice"),
        ('[[terminal]]\nuid = 1\nviews = ["all"]\n', "views: is unknown: remove it"),
        ("[pins]\nlength = 4\n", "[pins]: length: is unknown: remove it"),
        ('[pins]\nrequired = "yes"\n', "[pins]: required: "),
        ("[checklists]\ndir = 7\n", "[checklists]: dir: is no path"),
    ],
)
def test_a_fault_says_what_and_how_to_mend_it(more: str, said: str) -> None:
    found = errors(more)
    assert any(said in line for line in found)
    assert not any("\n" in line or "regex" in line for line in found)


def test_one_fault_brings_no_other_with_it() -> None:
    assert len(errors(TWO.replace('name = "Klinik Syd"', "name = 4"))) == 1
    assert len(errors(TWO.replace("travels = true", "travel = true"))) == 1
    site = GOOD.replace('code = "KN"', 'code = "k n"')
    with pytest.raises(ConfigError) as caught:
        parsed(f'{site}[[kit]]\nname = "Vogn"\nclinics = ["KN"]\n', "c.toml")
    assert len(caught.value.errors) == 1
