from __future__ import annotations

import pytest
from beds import book_shipped, service_shipped, text

from monitoring.services import ladder, service_rules
from vitals.rows import RowsError
from vitals.vocabulary import Basis, Modality, Obligation

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
    assert advised == {Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP, Modality.NEUROMUSCULAR}
    assert advised & set(modalities(Basis.CONTRACT)) == set()


def test_a_conditional_row_says_under_what() -> None:
    bare = text("service_3022.toml").replace('when = { airway = ["lma", "tube"] }\n', "")
    with pytest.raises(RowsError, match="when: is missing: a conditional row says under what"):
        service_rules(bare, "f")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level = 1\n", "", "level: belongs to kind anaesthesia"),
        ('kind = "anaesthesia"', 'kind = "treatment"', "level: belongs to kind anaesthesia"),
        ('kind = "anaesthesia"', 'kind = "operation"', "kind"),
        ('"sedation"]', '"hypnosis"]', "allows"),
        ("valid_from = 2019-04-01\nproposal", "proposal", "1: valid_from: is missing"),
        ('approved_by = ""\n', "", "1: approved_by: is missing"),
        ("when = { relaxant", "when = { muscle", "6: when"),
        ("when = { relaxant = true }", "when = {}", "6: when: the condition is empty: add a key"),
        ("[[ban]]", "[[banned]]", "banned: is unknown: remove it"),
        ('technique = ["ga_no_device"]', 'below = "2"', "below: age '2' cannot be read"),
        ('"3021.intravenous"', '"3021.oximetry"', "'3021.oximetry' stands twice"),
    ],
)
def test_a_row_that_says_too_little_or_too_much_does_not_load(
    old: str, new: str, said: str
) -> None:
    shipped = text("service_3021.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        service_rules(shipped.replace(old, new, 1), "f")
    assert any(said in error for error in refused.value.errors), refused.value.errors


@pytest.mark.parametrize(
    "code",
    ["2265", "2266", "2620", "2623", "2624", "2626", "2638", "2639", "2640", "2641", "5000"],
)
def test_a_service_whose_text_asks_for_no_monitoring_of_its_own_has_no_rows(code: str) -> None:
    rules = service_rules(text(f"service_{code}.toml"), "f")
    assert (rules.service.code, rules.requirements, rules.bans) == (code, (), ())


def test_the_anaesthetics_stand_in_the_order_in_which_they_are_watched() -> None:
    codes = [service.code for service in ladder(book_shipped().services)]
    assert codes == ["3021", "3022", "3023", "3024", "3025"]


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
        ('code = "3021"', "", "service.code: is missing: add it"),
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
