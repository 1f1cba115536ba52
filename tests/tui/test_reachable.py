"""Everything that can be said of a case can be said by keys."""

from __future__ import annotations

from typing import get_args

import patients
import pytest
from msgspec import structs
from patients import deed_of, keyed

from tui import asking
from tui.forms import FORMS
from tui.prompt import Ask
from tui.sheet import sheet
from tui.sight import Sight
from tui.span import width_of
from vitals import deeds
from vitals.deed import Deed
from vitals.duties import Duty
from vitals.measure import Measure
from vitals.vocabulary import Modality
from words.catalogue import Language

PLANNED = patients.bed(patients.PLANNED)
RUNNING = patients.bed(patients.RUNNING)
BLOCK = patients.bed(patients.BLOCK)
GIVEN = ["d", "x", "enter", "y", "enter", "vl", "enter", "nn"]
WAYS: dict[type[Deed], tuple[Sight, list[str]]] = {
    deeds.Prepare: (PLANNED, ["xpj"]),
    deeds.Checked: (PLANNED, ["nf"]),
    deeds.Assess: (PLANNED, ["n1"]),
    deeds.Begin: (PLANNED, ["n", "enter"]),
    deeds.SetAirway: (RUNNING, ["ll"]),
    deeds.Ventilate: (RUNNING, ["vs"]),
    deeds.Sleep: (RUNNING, ["tg"]),
    deeds.Contact: (RUNNING, ["tj"]),
    deeds.Relax: (RUNNING, ["mr"]),
    deeds.Combine: (RUNNING, ["mk"]),
    deeds.Attest: (RUNNING, ["o"]),
    deeds.Relieve: (RUNNING, ["xo", "BB", "enter"]),
    deeds.Rebook: (RUNNING, ["xi", "3023", "enter", "andet", "enter"]),
    deeds.Finish: (RUNNING, ["xu", "uro", "enter"]),
    deeds.Recover: (RUNNING, ["rj"]),
    deeds.HandOver: (RUNNING, ["h", "MK", "enter", "rolig", "enter", "n"]),
    deeds.Reach: (RUNNING, ["xlj"]),
    deeds.Call: (RUNNING, ["k"]),
    deeds.Conclude: (RUNNING, ["e12345", "enter"]),
    deeds.Discharge: (RUNNING, ["uj"]),
    deeds.Cancel: (PLANNED, ["cf", "enter"]),
    deeds.Transfer: (RUNNING, ["xt", "OUH", "enter", "blod", "enter"]),
    deeds.Resume: (RUNNING, ["xg", "enter", "enter"]),
    deeds.Move: (RUNNING, ["xf1j"]),
    deeds.Upset: (RUNNING, ["y"]),
    deeds.Oxygen: (RUNNING, ["x2j"]),
    deeds.Repeat: (RUNNING, ["p", "5", "enter"]),
    deeds.Measured: (RUNNING, ["is", "97", "enter"]),
    deeds.Waive: (RUNNING, ["xdb", "brækket", "enter"]),
    deeds.Explain: (RUNNING, ["xb", "haster", "enter"]),
    deeds.Correct: (RUNNING, ["xr1", "forkert", "enter"]),
    deeds.Pair: (BLOCK, ["p", "98 120/70", "enter"]),
    deeds.Give: (BLOCK, [*GIVEN, "enter", "uu", "enter"]),
    deeds.Observe: (BLOCK, ["oj"]),
    deeds.Leave: (BLOCK, ["uj"]),
    deeds.Abandon: (BLOCK, ["xx", "ubehag", "enter"]),
}


@pytest.mark.parametrize("deed", get_args(deeds.Said), ids=lambda deed: deed.name())
def test_everything_that_can_be_said_of_a_case_has_keys(deed: type[Deed]) -> None:
    sight, keys = WAYS[deed]
    assert type(deed_of(keyed(sight, *keys))) is deed


@pytest.mark.parametrize(
    ("keys", "measure", "value"),
    [
        (["is", "97", "enter"], Measure.SPO2, 97.0),
        (["ic", "5,1", "enter"], Measure.ETCO2, 5.1),
        (["ih", "118", "enter"], Measure.HEART_RATE, 118.0),
        (["ip", "92", "enter"], Measure.PULSE_RATE, 92.0),
        (["ir", "22", "enter"], Measure.RESPIRATORY_RATE, 22.0),
        (["it", "36.8", "enter"], Measure.TEMPERATURE, 36.8),
    ],
)
@pytest.mark.parametrize("sight", [RUNNING, BLOCK])
def test_a_number_is_read_off_and_typed(
    sight: Sight, keys: list[str], measure: Measure, value: float
) -> None:
    assert deed_of(keyed(sight, *keys)) == deeds.Measured(measure=measure, value=value)


def test_a_pressure_is_two_numbers_with_ids_of_their_own_and_one_time() -> None:
    outcome = keyed(RUNNING, "-2", "ib", "120/70", "enter")
    assert isinstance(outcome, tuple)
    assert [one.deed for one in outcome] == [
        deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=120.0),
        deeds.Measured(measure=Measure.NIBP_DIASTOLIC, value=70.0),
    ]
    assert {one.ago_s for one in outcome} == {120.0}
    assert len({one.id for one in outcome}) == len(outcome)


@pytest.mark.parametrize("typed", ["70/120", "120", "120/", "70/70"])
def test_a_pressure_that_does_not_fall_is_asked_back(typed: str) -> None:
    outcome = keyed(RUNNING, "ib", typed, "enter")
    assert outcome == Ask("read_nibp", typed=typed, unclear=True)


@pytest.mark.parametrize(
    ("key", "modality"),
    [
        ("s", Modality.PULSE_OXIMETRY),
        ("c", Modality.CAPNOGRAPHY),
        ("e", Modality.ECG),
        ("b", Modality.NIBP),
        ("t", Modality.NEUROMUSCULAR),
    ],
)
def test_every_monitor_can_be_done_without_for_a_reason(key: str, modality: Modality) -> None:
    for sight in (RUNNING, BLOCK):
        said = deed_of(keyed(sight, f"xd{key}", "defekt", "enter"))
        assert said == deeds.Waive(modality=modality, reason="defekt")
        assert keyed(sight, f"xd{key}", "enter") == Ask("waive", (modality,), unclear=True)


@pytest.mark.parametrize(
    ("typed", "code", "numbers"),
    [
        ("3023", "3023", ()),
        ("ø3005", "", ("3005",)),
        ("ø3005 3057", "", ("3005", "3057")),
        ("3023 e3005 e3057", "3023", ("3005", "3057")),
    ],
)
def test_another_procedure_is_a_code_or_numbers_or_both(
    typed: str, code: str, numbers: tuple[str, ...]
) -> None:
    said = deed_of(keyed(RUNNING, "xi", typed, "enter", "andet", "enter"))
    assert said == deeds.Rebook(code=code, procedures=numbers, reason="andet")


@pytest.mark.parametrize("typed", ["3005 3057", "302", "ø", "b2635"])
def test_what_is_neither_code_nor_numbers_is_asked_back(typed: str) -> None:
    assert keyed(RUNNING, "xi", typed, "enter") == Ask("procedure", typed=typed, unclear=True)


def test_duties_are_asked_only_of_a_delegate_and_none_is_assumed() -> None:
    specialist = deed_of(keyed(BLOCK, *GIVEN, "enter", "uu", "enter"))
    delegate = deed_of(keyed(BLOCK, *GIVEN, "FT", "enter", "enter", "uu", "enter"))
    every = deed_of(keyed(BLOCK, *GIVEN, "FT", "enter", "123456789bcdegh", "enter", "uu", "enter"))
    found = [one.confirmed for one in (specialist, delegate, every) if isinstance(one, deeds.Give)]
    assert found == [(), (), tuple(Duty)]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_question_is_whole_beside_a_low_wave_with_every_option(
    form: str, language: Language
) -> None:
    sight = patients.bed(patients.RUNNING, language=language)
    for number, field in enumerate(FORMS[form].fields):
        prompt = Ask(form, tuple("x" for _ in range(number)))
        rows = sheet(sight, prompt, 80, 7)
        shown = "" if rows is None else "".join(span.text for row in rows for span in row)
        assert rows is None or len(rows) <= 7
        assert rows is None or max(map(width_of, rows)) <= 80
        assert "…" not in shown
        if rows is not None and not field.offers:
            labels = [option.label for option in field.options(sight)]
            assert [label for label in labels if label not in shown] == []


MANY = structs.replace(
    patients.RUNNING,
    entries=tuple(patients.entry(n, deeds.Attest(), n) for n in range(1, 21)),
)


def test_every_entry_can_be_corrected_however_many_there_are() -> None:
    sight = patients.bed(MANY)
    reached = set()
    for turns in range(3):
        for key in "12345678":
            outcome = keyed(sight, "xr", *["right"] * turns, key)
            if isinstance(outcome, Ask) and outcome.answers:
                reached.add(int(outcome.answers[0]))
    assert reached == set(range(1, 21))
    assert keyed(sight, "xr", "left") == Ask("correct", page=2)
    assert keyed(sight, "xr", "right", "right", "right") == Ask("correct")


def test_what_was_picked_before_is_marked_and_enter_takes_it() -> None:
    back = keyed(RUNNING, "xds", "up")
    assert back == Ask("waive", kept=("pulse_oximetry", ""))
    asked = patients.asked(RUNNING, back)
    assert asking.before(back) == "pulse_oximetry"
    assert keyed(asked, "enter") == Ask("waive", ("pulse_oximetry",), kept=("pulse_oximetry", ""))
