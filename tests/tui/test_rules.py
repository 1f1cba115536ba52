"""What is seen of the rules: which are in force, what they demand, what nobody has approved."""

from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.cases import Case, Cell
from daemon.protocol.messages import JournalState
from daemon.protocol.rules import RulesState
from tui.age import Unclear
from tui.cells import cells
from tui.header import header
from tui.keys import promptrow
from tui.message import message
from tui.prompt import AskAge
from tui.sight import Sight
from vitals.vocabulary import Basis, GapCause, Modality, Obligation
from words.catalogue import Language

REQUIRED, CONDITIONAL = Obligation.REQUIRED, Obligation.CONDITIONAL
HELD_TO = (
    (Modality.CLINICAL_OBSERVATION, REQUIRED),
    (Modality.PULSE_OXIMETRY, REQUIRED),
    (Modality.CAPNOGRAPHY, CONDITIONAL),
    (Modality.ECG, REQUIRED),
    (Modality.NIBP, REQUIRED),
)


def plain(sight: Sight, width: int, height: int = 1, *, view: object = cells) -> str:
    assert callable(view)
    return "\n".join(
        "".join(span.text for span in row).rstrip() for row in view(sight, width, height)
    )


def under(state: RulesState, journal: JournalState, language: Language) -> Sight:
    hello = msgspec.structs.replace(scenes.HELLO, rules="0123456789ab", rules_state=state)
    beat = msgspec.structs.replace(scenes.BEAT, journal=journal)
    return sight_of(hello, scenes.snapshot(*scenes.IDLE), beat, language=language)


def after_half_an_hour(cause: GapCause, language: Language) -> Sight:
    """Return a 3022 of more than 30 minutes with nothing on the patient."""
    found = tuple(
        Cell(
            modality,
            obligation,
            Basis.CONTRACT,
            "3023",
            "source",
            None if modality is Modality.CLINICAL_OBSERVATION else False,
            cause,
            "duration",
        )
        for modality, obligation in HELD_TO
    )
    case: Case = msgspec.structs.replace(scenes.CASE, cells=found)
    return sight_of(*scenes.greeting(scenes.DEVICE, case), language=language)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", [RulesState.KEPT, RulesState.SHIPPED])
def test_other_rules_than_were_meant_are_named_in_the_first_row(
    state: RulesState, language: Language
) -> None:
    sight = under(state, JournalState.RECORDING, language)
    row = plain(sight, 80, view=header)
    assert row.endswith(f"{sight.words.text(f'rules.{state}')} · journal ✓")


def test_rules_in_order_take_no_room_and_a_journal_that_fails_comes_first() -> None:
    danish = Language.DANISH
    assert (
        "regler"
        not in plain(
            under(RulesState.IN_ORDER, JournalState.RECORDING, danish), 80, view=header
        ).lower()
    )
    failing = plain(under(RulesState.KEPT, JournalState.FAILING, danish), 80, view=header)
    assert failing.endswith(" JOURNAL SVIGTER")
    assert "REGLER" not in failing


def test_the_help_names_the_rules_in_force() -> None:
    hello = msgspec.structs.replace(scenes.HELLO, rules="0123456789ab")
    sight = sight_of(hello, scenes.snapshot(*scenes.IDLE), scenes.BEAT)
    rows = message(helped(sight), 100, 14)
    assert rows is not None
    assert any("Regler 0123456789ab" in span.text for row in rows for span in row)


def helped(sight: Sight) -> Sight:
    """Return the same sight with the help open."""
    return Sight(sight.mirror, sight.place, sight.tongue, sight.prompt, sight.now, helping=1)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("cause", list(GapCause))
def test_every_requirement_that_is_not_met_has_room_in_80_columns(
    cause: GapCause, language: Language
) -> None:
    sight = after_half_an_hour(cause, language)
    row = plain(sight, 80)
    for modality, obligation in HELD_TO[1:]:
        if obligation is REQUIRED:
            assert f"{sight.words.named('modality', modality.value)} ✗" in row


def test_what_is_required_stands_before_what_hangs_on_a_condition() -> None:
    row = plain(after_half_an_hour(GapCause.NOT_ATTACHED, Language.ENGLISH), 200)
    assert row.index("ECG ✗ not attached") < row.index("CO2 – conditional")


def test_advice_that_nobody_has_approved_says_so() -> None:
    unsigned = tuple(
        msgspec.structs.replace(cell, approved=cell.basis is Basis.CONTRACT)
        for cell in scenes.CASE.cells
    )
    case = msgspec.structs.replace(scenes.CASE, cells=unsigned)
    for found, words in ((case, "anbefalet (IKKE GODKENDT): CO2"), (scenes.CASE, "anbefalet: CO2")):
        assert words in plain(sight_of(*scenes.greeting(scenes.DEVICE, found)), 120, 2)


@pytest.mark.parametrize("language", list(Language))
def test_the_question_says_how_a_code_is_given_and_asks_back_for_the_age_alone(
    language: Language,
) -> None:
    free = scenes.greeting(*scenes.IDLE)
    asked = plain(sight_of(*free, language=language, prompt=AskAge()), 80, view=promptrow)
    assert "4 3022 = " in asked
    assert asked.endswith("Esc")
    unclear = AskAge("1 3022", Unclear.MONTHS)
    back = plain(sight_of(*free, language=language, prompt=unclear), 80, view=promptrow)
    assert "1m · 1d" in back
