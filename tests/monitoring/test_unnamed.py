"""Rows that are required under a condition that no text names: they stand only while it is met."""

from __future__ import annotations

from asking import BOOK, contract, rule
from msgspec import structs

from monitoring.facts import Facts
from monitoring.obligations import Origin, obligations
from vitals.vocabulary import Airway, Obligation, Phase

WATCHED = {"clinical_observation": "required", "pulse_oximetry": "required"}


def test_what_is_required_under_a_condition_stands_only_while_it_is_met() -> None:
    given = BOOK.services["recovery"]
    rows = [
        structs.replace(row, obligation=Obligation.REQUIRED) if row.when else row
        for row in given.requirements
    ]
    rules = structs.replace(given, requirements=tuple(rows))
    book = structs.replace(BOOK, services={**BOOK.services, "recovery": rules})
    unknown = obligations(book, "recovery", Facts())
    assert contract(unknown, Phase.RECOVERY) == WATCHED
    met = obligations(book, "recovery", Facts(airway=Airway.TUBE))
    assert rule(met, "capnography") == ("recovery.capnography", Origin.TECHNIQUE)
