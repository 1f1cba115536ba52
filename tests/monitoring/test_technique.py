from __future__ import annotations

import pytest

from monitoring.facts import Facts
from monitoring.services import service_rules
from monitoring.technique import ASLEEP, Manner, TechniqueError, manners
from monitoring.when import When
from vitals.rows import RowsError
from vitals.vocabulary import Airway, Technique, Ventilation

IN_AIRWAY = [Airway.LMA, Airway.TUBE]


@pytest.mark.parametrize("airway", IN_AIRWAY)
def test_a_mask_anaesthesia_has_nothing_in_the_airway(airway: Airway) -> None:
    with pytest.raises(TechniqueError, match="mask_ga has no device in the airway"):
        manners(Technique.MASK_GA, airway)
    with pytest.raises(TechniqueError):
        Facts(technique=Technique.MASK_GA, airway=airway)


@pytest.mark.parametrize(
    ("airway", "manner"),
    [
        (Airway.LMA, Manner.GA_AIRWAY),
        (Airway.TUBE, Manner.GA_AIRWAY),
        (Airway.NONE, Manner.GA_NO_DEVICE),
        (Airway.MASK, Manner.MASK_GA),
    ],
)
def test_the_airway_decides_which_general_anaesthesia_it_is(airway: Airway, manner: Manner) -> None:
    assert manners(Technique.GA, airway) == {manner}


def test_general_anaesthesia_is_open_until_the_airway_is_known() -> None:
    assert manners(Technique.GA) == ASLEEP


@pytest.mark.parametrize("airway", [None, Airway.MASK, Airway.NONE])
def test_sedation_without_contact_is_intravenous_anaesthesia(airway: Airway | None) -> None:
    assert manners(Technique.SEDATION, airway, contact=False) == {Manner.GA_NO_DEVICE}


@pytest.mark.parametrize("airway", IN_AIRWAY)
def test_sedation_without_contact_and_with_a_device_is_anaesthesia_with_it(airway: Airway) -> None:
    assert manners(Technique.SEDATION, airway, contact=False) == {Manner.GA_AIRWAY}


@pytest.mark.parametrize("contact", [True, None])
def test_sedation_with_contact_is_sedation(*, contact: bool | None) -> None:
    assert manners(Technique.SEDATION, contact=contact) == {Manner.SEDATION}


def test_nothing_said_leaves_everything_open() -> None:
    assert manners(None) == set(Manner)


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        (Facts(), None),
        (Facts(airway=Airway.LMA), None),
        (Facts(airway=Airway.MASK), False),
        (Facts(ventilation=Ventilation.SPONTANEOUS), False),
        (Facts(airway=Airway.LMA, ventilation=Ventilation.CONTROLLED), True),
    ],
    ids=["nothing", "half", "other airway", "other breath", "both"],
)
def test_a_condition_is_met_when_all_of_it_is_known_to_be(
    *, facts: Facts, met: bool | None
) -> None:
    when = When(airway=(Airway.LMA,), ventilation=(Ventilation.CONTROLLED,))
    assert when.met(facts) is met


def test_a_clinic_may_make_a_row_hang_on_who_breathes() -> None:
    row = """
schema = 1
[service]
code = "9001"
kind = "treatment"
label = { en = "x", da = "x", nb = "x" }
valid_from = 2026-01-01
source = { document = "d", place = "p" }
[[requirement]]
id = "9001.capnography"
modality = "capnography"
obligation = "conditional"
phase = "during"
basis = "advisory"
when = { ventilation = ["VENTILATION"] }
valid_from = 2026-01-01
proposal = true
approved_by = ""
source = { document = "d", place = "p" }
"""
    (found,) = service_rules(row.replace("VENTILATION", "controlled"), "f").requirements
    assert found.when is not None
    assert found.when.met(Facts(ventilation=Ventilation.CONTROLLED)) is True
    with pytest.raises(RowsError, match="when"):
        service_rules(row, "f")
