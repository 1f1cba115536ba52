from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

from monitoring.age import age
from monitoring.facts import Facts
from monitoring.services import Ban, Requirement
from monitoring.strength import binds, forbids, wider
from monitoring.technique import DEVICES, Manner
from monitoring.when import When
from vitals.rows import Source
from vitals.vocabulary import Airway, Basis, Modality, Obligation, Phase, Technique, Ventilation

DAY, SOURCE = date(2019, 4, 1), Source("a document", "a page")
ORDER = [None, Obligation.OPTIONAL, Obligation.CONDITIONAL, Obligation.REQUIRED]
DEVICE = When(airway=(Airway.LMA, Airway.TUBE))
CONDITIONAL, OPTIONAL, REQUIRED = Obligation.CONDITIONAL, Obligation.OPTIONAL, Obligation.REQUIRED


def some(words: type[Airway | Manner | Ventilation]) -> st.SearchStrategy[object]:
    return st.none() | st.lists(st.sampled_from(list(words)), min_size=1, unique=True).map(tuple)


@st.composite
def conditions(draw: st.DrawFn) -> When:
    keys = {
        "technique": draw(some(Manner)),
        "airway": draw(some(Airway)),
        "ventilation": draw(some(Ventilation)),
        "relaxant": draw(st.none() | st.booleans()),
        "bp_lowering": draw(st.none() | st.booleans()),
        "below": draw(st.sampled_from([None, "1y", "23m", "2y", "18y"])),
    }
    assume(any(value is not None for value in keys.values()))
    return structs.replace(When(relaxant=True), **{"relaxant": None, **keys})


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    technique = draw(st.none() | st.sampled_from(Technique))
    airways = [one for one in Airway if technique is not Technique.MASK_GA or one not in DEVICES]
    return Facts(
        technique=technique,
        airway=draw(st.none() | st.sampled_from(airways)),
        ventilation=draw(st.none() | st.sampled_from(Ventilation)),
        contact=draw(st.none() | st.booleans()),
        age=draw(st.none() | st.sampled_from([age("20d"), age("18m"), age("2y"), age("40y")])),
        relaxant=draw(st.none() | st.booleans()),
        bp_lowering=draw(st.none() | st.booleans()),
    )


def row(
    obligation: Obligation,
    when: When | None = None,
    *,
    proposal: bool = False,
    readings: int | None = None,
) -> Requirement:
    return Requirement(
        id="a row",
        modality=Modality.CAPNOGRAPHY,
        obligation=obligation,
        phase=Phase.DURING,
        basis=Basis.CONTRACT,
        when=when,
        readings=readings,
        valid_from=DAY,
        proposal=proposal,
        approved_by="",
        source=SOURCE,
    )


@st.composite
def rows(draw: st.DrawFn) -> Requirement:
    when = draw(st.none() | conditions())
    asked = [one for one in Obligation if when is not None or one is not CONDITIONAL]
    return row(draw(st.sampled_from(asked)), when)


def asked(requirement: Requirement, known: Facts) -> Obligation | None:
    """Return what a row asks for, as `vagt requirements` explains it."""
    met = True if requirement.when is None else requirement.when.met(known)
    if requirement.obligation is CONDITIONAL:
        return CONDITIONAL if met is None else REQUIRED if met else None
    return requirement.obligation if met else None


@given(rows(), rows(), facts())
def test_what_binds_as_much_asks_for_no_less_whatever_is_known(
    one: Requirement, other: Requirement, known: Facts
) -> None:
    assume(binds(one, other))
    assert ORDER.index(asked(one, known)) >= ORDER.index(asked(other, known))


@given(rows())
def test_a_row_binds_as_much_as_itself(one: Requirement) -> None:
    assert binds(one, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row(OPTIONAL), row(REQUIRED)),
        (row(OPTIONAL, DEVICE), row(CONDITIONAL, DEVICE)),
        (row(CONDITIONAL, DEVICE), row(REQUIRED)),
        (row(CONDITIONAL, When(airway=(Airway.TUBE,))), row(CONDITIONAL, DEVICE)),
        (
            row(CONDITIONAL, When(airway=DEVICE.airway, relaxant=True)),
            row(CONDITIONAL, DEVICE),
        ),
        (row(REQUIRED, DEVICE), row(CONDITIONAL, DEVICE)),
        (row(REQUIRED, proposal=True), row(REQUIRED)),
        (row(REQUIRED, readings=4), row(REQUIRED)),
        (row(REQUIRED, readings=1), row(REQUIRED, readings=2)),
    ],
    ids=[
        "optional, of required",
        "optional, of conditional",
        "conditional, of required",
        "fewer airways",
        "one key more",
        "absent while unknown",
        "a proposal",
        "now and then, of throughout",
        "fewer readings",
    ],
)
def test_less_is_told_from_more(one: Requirement, other: Requirement) -> None:
    assert not binds(one, other)
    assert binds(other, one)


@pytest.mark.parametrize(
    ("below", "holds"), [("23m", False), ("2y", True), ("24m", True), ("3y", True)]
)
def test_a_ban_up_to_a_lower_age_forbids_less(below: str, *, holds: bool) -> None:
    def ban(age_text: str) -> Ban:
        when = When(airway=DEVICE.airway, below=age_text)
        return Ban(id="x", when=when, valid_from=DAY, proposal=False, approved_by="", source=SOURCE)

    assert forbids(ban(below), ban("2y")) is holds
    assert not forbids(structs.replace(ban("2y"), proposal=True), ban("2y"))


@given(conditions())
def test_no_condition_is_the_widest(one: When) -> None:
    assert wider(None, one)
    assert not wider(one, None)
