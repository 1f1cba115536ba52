from __future__ import annotations

import pytest
from beds import service_shipped, text

from monitoring.rows import RowsError
from monitoring.services import service_rules
from vitals.vocabulary import Basis, Modality, Obligation, Phase

SHIPPED = service_shipped()


def modalities(basis: Basis) -> dict[Modality, Obligation]:
    return {row.modality: row.obligation for row in SHIPPED.requirements if row.basis is basis}


def test_the_contract_of_3021_asks_for_observation_and_oximetry_and_nothing_else() -> None:
    assert SHIPPED.service.code == "3021"
    assert modalities(Basis.CONTRACT) == {
        Modality.CLINICAL_OBSERVATION: Obligation.REQUIRED,
        Modality.PULSE_OXIMETRY: Obligation.REQUIRED,
    }


def test_what_peers_advise_stands_apart_and_repeats_no_contract_row() -> None:
    advised = set(modalities(Basis.ADVISORY))
    assert advised == {Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP}
    assert advised & set(modalities(Basis.CONTRACT)) == set()


def test_only_the_contract_makes_a_modality_required() -> None:
    expected = {Modality.CLINICAL_OBSERVATION, Modality.PULSE_OXIMETRY}
    assert SHIPPED.required(Phase.DURING) == expected


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.AFTER, Phase.RECOVERY])
def test_nothing_is_required_in_a_phase_that_no_row_names(phase: Phase) -> None:
    assert SHIPPED.required(phase) == frozenset()


@pytest.mark.parametrize("obligation", ["conditional", "optional"])
def test_what_is_not_required_outright_is_not_required(obligation: str) -> None:
    softer = text("service_3021.toml").replace('"required"', f'"{obligation}"')
    assert service_rules(softer, "f").required(Phase.DURING) == frozenset()


def test_each_row_can_be_traced_to_a_document_and_a_place() -> None:
    traced = [str(row.source) for row in SHIPPED.requirements]
    assert all(", " in line for line in traced)
    assert "p. 78" in traced[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('modality = "ecg"', 'modality = "ekg"', "[[requirement]] 4: modality"),
        ('id = "3021.ecg.peer"', 'id = "3021.nibp.peer"', "'3021.nibp.peer' stands twice"),
        ('modality = "ecg"', 'modality = "nibp"', "'nibp during advisory' stands twice"),
        ('basis = "contract"', "", "[[requirement]] 1: basis: is missing: add it"),
        ('phase = "during"', 'phase = "during"\nnote = "x"', "1: note: is unknown: remove it"),
        ('code = "3021"', "", "service: Object missing required field `code`"),
        ("[service]", "[servise]", "service: is missing: add it"),
        ("[[requirement]]", "[[requirment]]", "requirment: is unknown: remove it"),
        ("schema = 1", "", "schema: is missing: add it"),
    ],
)
def test_a_fault_is_named_with_its_file_its_row_and_its_key(old: str, new: str, said: str) -> None:
    shipped = text("service_3021.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        service_rules(shipped.replace(old, new, 1), "service_3021.toml")
    assert all(error.startswith("service_3021.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)


def test_faults_of_the_service_and_of_its_rows_are_listed_together() -> None:
    bad = text("service_3021.toml").replace('code = "3021"', "code = 3021")
    bad = bad.replace('basis = "contract"', 'basis = "law"')
    with pytest.raises(RowsError) as refused:
        service_rules(bad, "f")
    assert len(refused.value.errors) == 3


def test_a_service_that_asks_for_nothing_does_not_load() -> None:
    head = text("service_3021.toml").partition("[[requirement]]")[0]
    with pytest.raises(RowsError, match="add at least one"):
        service_rules(head, "f")
