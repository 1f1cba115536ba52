from __future__ import annotations

import patients
import pytest
import scenes
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from patients import deed_of, keyed

from daemon.protocol.codec import to_command, to_line
from daemon.protocol.commands import Enter, Plan
from daemon.protocol.request import Request
from tui.asking import begun
from tui.commands import Hush, Look
from tui.forms import FORMS
from tui.keys import promptrow
from tui.prompt import IDLE, Ask, Gate, Note, Press, Prompt, Stay
from vitals import deeds
from vitals.deeds import Said
from vitals.duties import Duty
from vitals.series import Choice, History
from vitals.vocabulary import (
    Airway,
    Cancellation,
    CaseState,
    Part,
    Side,
    Technique,
    Ventilation,
    Word,
)

RUNNING = patients.bed(patients.RUNNING)
BLOCK = patients.bed(patients.BLOCK)
STEROID = [
    "d",
    "ropivakain",
    "enter",
    "L4",
    "enter",
    "vl",
    "depomedrol 40",
    "enter",
    "nn",
    "enter",
    "nn",
    "enter",
]
DELEGATED = [
    "d",
    "ropivakain",
    "enter",
    "skulder",
    "enter",
    "ho",
    "enter",
    "jj",
    "FT",
    "enter",
    "3456789bcdegh",
    "enter",
    "uu",
    "enter",
]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["lm"], deeds.SetAirway(airway=Airway.MASK)),
        (["ll"], deeds.SetAirway(airway=Airway.LMA)),
        (["lt"], deeds.SetAirway(airway=Airway.TUBE)),
        (["LR"], deeds.SetAirway(airway=Airway.NONE)),
        (["vs"], deeds.Ventilate(ventilation=Ventilation.SPONTANEOUS)),
        (["vk"], deeds.Ventilate(ventilation=Ventilation.CONTROLLED)),
        (["ts"], deeds.Sleep(technique=Technique.SEDATION)),
        (["tj"], deeds.Contact(contact=True)),
        (["tn"], deeds.Contact(contact=False)),
        (["mr"], deeds.Relax()),
        (["mk"], deeds.Combine(bp_lowering=True)),
        (["mu"], deeds.Combine(bp_lowering=False)),
        (["o"], deeds.Attest()),
        (["k"], deeds.Call()),
        (["rj"], deeds.Recover()),
        (["rn", "dyb", "enter"], deeds.Recover(device_in_place=True, reason="dyb")),
        (["uj"], deeds.Discharge()),
        (["xt", "OUH", "enter", "blødning", "enter"], deeds.Transfer(to="OUH", reason="blødning")),
        (["xg", "3023", "enter", "enter"], deeds.Resume(code="3023")),
        (["xg", "enter", "blødning", "enter"], deeds.Resume(code="", reason="blødning")),
        (["xi", "3023", "enter", "andet", "enter"], deeds.Rebook(code="3023", reason="andet")),
        (["xu", "uro", "enter"], deeds.Finish(performed=False, reason="uro")),
        (["xo", "BB", "enter"], deeds.Relieve(to="BB")),
        (["xb", "haster", "enter"], deeds.Explain(reason="haster")),
        (["xr1", "forkert", "enter"], deeds.Correct(entry=2, reason="forkert")),
        (["xf1j"], deeds.Move(bed="Stue 2", devices=("nonin",))),
        (["xf1n"], deeds.Move(bed="Stue 2")),
    ],
)
def test_keys_say_what_happened_to_the_patient(keys: list[str], expected: Said) -> None:
    outcome = keyed(RUNNING, *keys)
    assert deed_of(outcome) == expected
    assert isinstance(outcome, Enter)
    assert (outcome.case, outcome.bed, outcome.ago_s) == (scenes.CASE.case, scenes.BED, 0.0)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["p", "98 120/70", "enter"], deeds.Pair(spo2=98, systolic=120, diastolic=70)),
        (["p", "97,5 88/51", "enter"], deeds.Pair(spo2=97.5, systolic=88, diastolic=51)),
        (["oj"], deeds.Observe()),
        (["uj"], deeds.Leave()),
        (["k"], deeds.Call()),
        (["xx", "ubehag", "enter"], deeds.Abandon(reason="ubehag")),
        (
            STEROID,
            deeds.Give(
                drug="ropivakain",
                site="L4",
                side=Side.LEFT,
                part=Part.LUMBAR,
                steroid="depomedrol",
                steroid_mg=40.0,
                history=History.DENIED,
                series=Choice.NEW,
            ),
        ),
        (
            DELEGATED,
            deeds.Give(
                drug="ropivakain",
                site="skulder",
                side=Side.RIGHT,
                part=Part.ARM,
                guided=True,
                diagnostic=True,
                by_specialist=False,
                delegated_to="FT",
                confirmed=tuple(Duty)[2:],
            ),
        ),
    ],
)
def test_keys_say_what_happened_in_a_block(keys: list[str], expected: Said) -> None:
    assert deed_of(keyed(BLOCK, *keys)) == expected


GIVEN = ["d", "x", "enter", "y", "enter", "vl", "enter", "nn", "enter", "uu"]


def test_the_number_of_a_patient_goes_beside_what_is_said_and_never_into_it() -> None:
    outcome = keyed(BLOCK, *GIVEN, "010190-1234", "enter")
    assert isinstance(outcome, Enter)
    assert outcome.patient == "010190-1234"
    assert "010190" not in str(outcome.deed)


def test_the_number_of_a_patient_is_not_shown_while_it_is_typed() -> None:
    prompt = keyed(BLOCK, *GIVEN, "0101901234")
    assert isinstance(prompt, Ask)
    row = promptrow(patients.asked(BLOCK, prompt), 80, 1)[0]
    shown = "".join(span.text for span in row)
    assert "0101901234" not in shown
    assert "•" * 10 in shown


def test_of_the_five_words_those_that_are_missing_are_named_beside_what_the_keys_do() -> None:
    late = patients.bed(patients.LATE)
    for keys, expected in (
        (["e", "enter"], "mangler: vågen, klar, relevant, cirk. stabil, resp. stabil"),
        (["e", *"1234", "enter"], "mangler: resp. stabil  tal krydser · Enter når alle fem er"),
    ):
        prompt = keyed(late, *keys)
        assert isinstance(prompt, Ask)
        row = promptrow(patients.asked(late, prompt), 80, 1)[0]
        shown = "".join(span.text for span in row).strip()
        assert shown.startswith(expected)
        assert "…" not in shown


def test_a_hand_over_asks_for_a_combination_and_assumes_nothing() -> None:
    before = keyed(RUNNING, "h", "MK", "enter", "vågen om 20 min", "enter")
    assert isinstance(before, Ask)
    assert keyed(patients.asked(RUNNING, before), "enter") is None
    said = deed_of(keyed(patients.asked(RUNNING, before), "n"))
    assert said == deeds.HandOver(to="MK", instruction="vågen om 20 min", bp_lowering=False)


def test_monitoring_ends_when_each_of_the_five_words_is_ticked() -> None:
    four = keyed(RUNNING, "e1234", "enter")
    assert isinstance(four, Ask)
    assert four.unclear
    assert deed_of(keyed(RUNNING, "e53241", "enter")) == deeds.Conclude(words=tuple(Word))
    assert isinstance(keyed(RUNNING, "e123455", "enter"), Ask)


@pytest.mark.parametrize(("key", "why"), list(zip("fiud", Cancellation, strict=True)))
def test_what_is_planned_is_cancelled_with_its_cause(key: str, why: Cancellation) -> None:
    planned = patients.bed(patients.PLANNED)
    assert deed_of(keyed(planned, f"c{key}", "enter")) == deeds.Cancel(why=why)


@pytest.mark.parametrize(
    "typed", ["98", "98 120", "101 120/70", "98 70/5", "98 070/50", "98 120/70 x", "98120/70"]
)
def test_a_pair_that_cannot_be_is_asked_back_and_keeps_what_was_typed(typed: str) -> None:
    outcome = keyed(BLOCK, "p", typed, "enter")
    assert isinstance(outcome, Ask)
    assert (outcome.typed, outcome.unclear) == (typed, True)


def test_backspace_goes_back_through_what_was_typed_and_answered() -> None:
    assert keyed(RUNNING, "h", "MK", "backspace") == Ask("hand_over", typed="M")
    back = keyed(RUNNING, "h", "MK", "enter", "backspace")
    assert back == Ask("hand_over", typed="MK", kept=("MK", ""))


def test_escape_leaves_a_form_and_one_of_the_start_check_leads_back_to_it() -> None:
    assert keyed(RUNNING, "l", "escape") == IDLE
    planned = patients.bed(patients.PLANNED, prompt=Gate())
    assert keyed(planned, "c", "escape") == Gate()


def test_what_is_over_or_corrected_is_not_offered_again() -> None:
    struck = structs.replace(patients.STORY[1], struck=True)
    correction = patients.entry(3, deeds.Correct(entry=2, reason="forkert"), 32)
    case = structs.replace(patients.RUNNING, entries=(patients.STORY[0], struck, correction))
    assert deed_of(keyed(patients.bed(case), "xr1x", "enter")) == deeds.Correct(1, "x")
    assert keyed(patients.bed(case), "xr2") is None
    nothing = structs.replace(case, entries=())
    assert isinstance(keyed(patients.bed(nothing), "xr"), Note)


def test_a_refused_plan_is_sent_again_with_the_site() -> None:
    plan = Plan(id="c1", by="AS", bed=scenes.BED, age="4y", procedures=("3005",))
    free = patients.bed(prompt=Ask("site", again=plan))
    assert keyed(free, "4") == structs.replace(plan, id="c7", site="mouth_throat")


def test_a_refused_entry_is_sent_again_with_its_reason_and_its_true_time() -> None:
    late = Enter(id="c1", by="AS", bed=scenes.BED, deed=deeds.Relax(), ago_s=1200.0)
    asked = Ask("late", at=scenes.NOW.monotonic - 1203.0, again=late)
    sent = keyed(patients.bed(patients.RUNNING, prompt=asked), "travlt", "enter")
    assert sent == structs.replace(late, id="c7", reason="travlt", ago_s=1203.0)


def test_an_injection_that_is_held_is_recorded_in_spite_of_it_or_not_at_all() -> None:
    give = deed_of(keyed(BLOCK, *GIVEN, "enter"))
    held = Enter(id="c1", by="AS", bed=scenes.BED, deed=give, patient="0101901234")
    asked = patients.bed(patients.BLOCK, prompt=Ask("despite", again=held))
    sent = keyed(asked, "j")
    assert isinstance(sent, Enter)
    assert isinstance(sent.deed, deeds.Give)
    assert (sent.deed.anyway, sent.patient) == (True, "0101901234")
    assert keyed(asked, "n") == IDLE


SIGNS = "abcdefghijklmnoprstuvxy0123456789 ,./-:æøå!"


@given(st.lists(st.sampled_from([*SIGNS, "enter", "backspace", "left"]), max_size=40), st.data())
def test_whatever_is_pressed_in_a_form_is_a_command_that_the_daemon_can_read(
    keys: list[str], data: st.DataObject
) -> None:
    form = data.draw(st.sampled_from(sorted(FORMS)))
    prompt: Prompt = begun(RUNNING, form)
    for key in keys:
        outcome = keyed(patients.asked(RUNNING, prompt), key)
        command = outcome.command if isinstance(outcome, Stay) else outcome
        commands = command if isinstance(command, tuple) else (command,)
        if isinstance(command, Request | tuple):
            assert [to_command(to_line(one)) for one in commands] == list(commands)  # type: ignore[arg-type]  # each is one
            return
        assert not isinstance(command, Hush | Look | Press)
        prompt = prompt if command is None else command


@pytest.mark.parametrize("state", [CaseState.DISCHARGED, CaseState.TRANSFERRED])
def test_a_case_that_is_over_may_still_be_corrected(state: CaseState) -> None:
    over = structs.replace(patients.LATE, state=state)
    outcome = keyed(patients.bed(over), "xr1x", "enter")
    assert isinstance(outcome, Enter)
    assert outcome.case == over.case
