"""What rules find and what holds a start is read in words, never by its id alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import Struct

from daemon.library import load
from monitoring.findings import Rule
from monitoring.procedures import Hold
from monitoring.services import Ban
from vitals.vocabulary import Check, Modality
from words.catalogue import Language, Words

LIBRARY = load()
POINTS = ("asa", "asa 3", "kit", "text", "planned", "recovery Stue 2 KN-1", "running Stue 2 KN-1")


def rows(held: object) -> Iterator[Rule | Ban | Hold]:
    """Yield every row that lies in something and that a finding may name."""
    if isinstance(held, Rule | Ban | Hold):
        yield held
    elif isinstance(held, Struct):
        for name in held.__struct_fields__:
            yield from rows(getattr(held, name))
    elif isinstance(held, dict | tuple | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from rows(one)


APART = {"gate", "roles", "typed"}
"""Points of the start check are named otherwise; the others refuse, and find nothing."""
PARTS = [getattr(LIBRARY, name) for name in LIBRARY.__struct_fields__ if name not in APART]
IDS = sorted({row.id for part in PARTS for row in rows(part)})


def test_there_are_rules_of_every_kind() -> None:
    assert {"2635.pairs.before", "3022.age", "no.kit", "ent.in_airway.age"} <= set(IDS)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", IDS)
def test_every_rule_that_may_be_found_broken_has_words(name: str, language: Language) -> None:
    code = name.partition(".")[0]
    said = Words(language).rule(name)
    assert name not in said
    assert said.startswith(f"{code}: ") is code.isdecimal()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "name",
    [*Check, *POINTS, *(f"live {one}" for one in Modality if one.value != "clinical_observation")],
)
def test_every_point_that_may_hold_a_start_has_words(name: str, language: Language) -> None:
    said = Words(language).hold(name)
    assert said not in (name, name.partition(" ")[0])
    assert "{" not in said


def test_a_point_that_is_not_made_sure_of_is_called_missing_and_one_that_is_wrong_is_told() -> None:
    danish = Words(Language.DANISH)
    assert danish.hold("fasting") == "mangler: faste"
    assert danish.hold("asa 3") == "ASA 3"
    assert danish.hold("recovery Stue 2 KN-1").startswith("Stue 2 KN-1: tidlig opvågning")


def test_a_rule_of_the_clinic_itself_is_named_as_the_clinic_named_it() -> None:
    assert Words(Language.DANISH).rule("nord.extra") == "nord.extra"
    assert Words(Language.DANISH).hold("nord.extra") == "nord.extra"
