from __future__ import annotations

from pathlib import Path

import patients
import pytest
import scenes
from dashboards import sight_of
from msgspec import structs
from patients import deed_of, keyed

import monitoring.rules
from daemon.protocol.commands import Enter
from daemon.protocol.messages import Answer, Refusal, Result
from monitoring.gaterules import gate_rules
from tui.answering import answered
from tui.gate import gate
from tui.keys import promptrow
from tui.message import message
from tui.prompt import IDLE, Ask, Awaiting, Gate, Note, Stay, note
from tui.sending import awaiting
from tui.sight import Sight
from tui.span import Row, Tone, width_of
from tui.starting import closed
from vitals import deeds
from vitals.vocabulary import CaseState, Check
from words.catalogue import Language

PLANNED = patients.bed(patients.PLANNED, prompt=Gate())


def text(rows: list[Row] | None) -> str:
    assert rows is not None
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


def with_gate(*, held: bool, language: Language = Language.DANISH, at: int = 0) -> Sight:
    case = structs.replace(patients.PLANNED, gate=patients.HELD if held else patients.READY)
    return patients.bed(case, prompt=Gate(at), language=language)


def test_three_keys_start_the_common_case_and_each_is_sent_at_once() -> None:
    sent = [keyed(PLANNED, key) for key in ("f", "1", "enter")]
    assert all(isinstance(one, Stay) for one in sent)
    assert [deed_of(one) for one in sent] == [
        deeds.Checked(checks=tuple(Check)),
        deeds.Assess(asa=1),
        deeds.Begin(),
    ]


@pytest.mark.parametrize("key", list("12345"))
def test_every_physical_status_has_its_digit(key: str) -> None:
    assert deed_of(keyed(PLANNED, key)) == deeds.Assess(asa=int(key))


def test_a_blank_ticks_the_check_that_is_chosen() -> None:
    assert deed_of(keyed(PLANNED, " ")) == deeds.Checked(checks=(Check.IDENTITY,))
    assert deed_of(keyed(PLANNED, "right", " ")) == deeds.Checked(checks=(Check.HISTORY,))
    assert deed_of(keyed(PLANNED, "down", "up", " ")) == deeds.Checked(checks=(Check.IDENTITY,))
    ready = with_gate(held=False)
    assert keyed(ready, " ") is None


def test_enter_is_sent_whether_or_not_anything_holds() -> None:
    assert deed_of(keyed(with_gate(held=True), "enter")) == deeds.Begin()


def test_a_child_that_does_not_bear_the_probe_is_one_key_and_told_with_the_start() -> None:
    child = keyed(PLANNED, "b")
    assert child == Gate(unattached=True)
    told = patients.asked(PLANNED, Gate(unattached=True))
    assert deed_of(keyed(told, "enter")) == deeds.Begin(unattached=True)
    assert keyed(told, "b") == Gate()
    assert "prober påsættes under indledning" in text(message(told, 80, 7))


def test_a_child_is_started_by_the_same_key_once_nothing_else_is_missing() -> None:
    live = patients.point("live", detail="pulse_oximetry")
    ready = [item for item in patients.READY if item.id != "live"]
    case = structs.replace(patients.PLANNED, gate=(*ready, live))
    sight = patients.bed(case, prompt=Gate())
    assert deed_of(keyed(sight, "b")) == deeds.Begin(unattached=True)
    assert "B start, barn" in text(promptrow(sight, 80, 1))
    held = structs.replace(case, gate=(*ready, live, patients.point("planned")))
    assert keyed(patients.bed(held, prompt=Gate()), "b") == Gate(unattached=True)


@pytest.mark.parametrize("language", Language)
def test_the_keys_of_a_child_that_may_start_have_room(language: Language) -> None:
    live = patients.point("live", detail="pulse_oximetry")
    case = structs.replace(patients.PLANNED, gate=(live,))
    sight = patients.bed(case, prompt=Gate(), language=language)
    assert "…" not in text(promptrow(sight, 80, 1))


def test_starting_anyway_is_one_key_and_asks_for_nothing() -> None:
    assert deed_of(keyed(PLANNED, "!")) == deeds.Begin(anyway=True)
    assert deed_of(keyed(PLANNED, "b", "!")) == deeds.Begin(anyway=True, unattached=True)


def test_escape_leaves_it_planned_and_n_shows_it_again() -> None:
    assert keyed(PLANNED, "escape") == IDLE
    assert keyed(patients.bed(patients.PLANNED), "n") == Gate()


def test_it_closes_by_itself_once_the_case_has_begun_or_is_gone() -> None:
    told = note("answer.recorded", scenes.NOW)
    assert closed(PLANNED, Gate(line=told)) == Gate(line=told)
    for other in (patients.bed(patients.RUNNING), patients.bed()):
        assert closed(other, Gate(line=told)) == told


def test_a_refusal_stands_in_its_line_and_the_points_stay() -> None:
    sent = keyed(PLANNED, "enter")
    assert isinstance(sent, Stay)
    assert isinstance(sent.command, Enter)
    waiting = Gate(line=awaiting(sent.command, PLANNED))
    refused = answered(Answer("c7", Result.REFUSED, Refusal.HELD), waiting, PLANNED)
    assert isinstance(refused, Gate)
    assert isinstance(refused.line, Note)
    sight = patients.asked(PLANNED, refused)
    assert "Afvist: holdt" in text(promptrow(sight, 80, 1))
    assert "navn + CPR" in text(message(sight, 80, 7))


def test_an_answered_plan_opens_the_start_check() -> None:
    plan = keyed(patients.bed(), "n4", "enter")
    assert not isinstance(plan, Stay | None)
    assert not isinstance(plan, Gate)
    free = patients.bed()
    for result in (Result.RECORDED, Result.IN_EFFECT):
        waiting = awaiting(plan, free)  # type: ignore[arg-type]  # a plan is a command
        assert answered(Answer("c7", result), waiting, free) == Gate()


def test_what_is_missing_stands_before_what_is_unknown_and_what_is_done() -> None:
    shown = text(message(PLANNED, 80, 7)).replace("\n", " ")
    places = [
        shown.index(word)
        for word in ("☐ navn + CPR", "☐ ASA 1 eller 2", "☐ klinisk us. (valgfri)", "✓ SpO2")
    ]
    assert places == sorted(places)
    assert "? hele udstyret klart" in shown
    assert "6 punkter mangler" in shown


def test_what_holds_stands_out_and_what_does_not_is_plain() -> None:
    tones = {
        span.text.strip(" ▸"): span.tone
        for row in gate(PLANNED, Gate(), 80, 7)
        for span in row
        if span.text.strip()
    }
    assert tones["☐ faste"] is Tone.STRONG
    assert tones["☐ klinisk us. (valgfri)"] is Tone.PLAIN
    assert tones["✓ SpO2 leverer gyldige data"] is Tone.PLAIN


def test_the_source_of_the_point_that_is_chosen_ends_with_its_page() -> None:
    assert text(message(PLANNED, 80, 7)).rstrip().endswith("s. 78-83")
    assert text(message(PLANNED, 60, 8)).rstrip().endswith("s. 78-83")


def test_with_nothing_left_that_holds_it_says_so() -> None:
    assert "starttjek i orden" in text(message(with_gate(held=False), 80, 7))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("held", [True, False])
def test_nothing_of_it_is_cut_in_the_room_of_a_wave(language: Language, *, held: bool) -> None:
    sight = with_gate(held=held, language=language)
    for width, height in ((80, 7), (72, 15)):
        rows = message(sight, width, height)
        assert rows is not None
        assert [width_of(row) for row in rows] == [width] * height
    wide = text(message(sight, 72, 15))
    assert not any(line.rstrip().endswith("…") for line in wide.split("\n"))
    assert all(word in wide for word in ("ASA 1", "SpO2"))
    assert "…" not in text(promptrow(sight, 80, 1))


def test_every_point_that_the_rules_ask_for_has_words() -> None:
    file = Path(monitoring.rules.__path__[0]) / "gate.toml"
    rules = gate_rules(file.read_text(), file.name)
    words = sight_of(*scenes.greeting()).words
    ids = [question.check.value for question in rules.questions]
    ids += [f"live.{modality}" for modality in rules.live]
    ids += ["asa", "kit", "planned", "text", *(row.ask for row in rules.beside)]
    assert [name for name in ids if words.named("gate", name, detail="x") == name] == []


@pytest.mark.parametrize("state", [CaseState.PLANNED, CaseState.PREOP])
def test_the_keys_of_a_planned_case_are_shown(state: CaseState) -> None:
    case = structs.replace(patients.PLANNED, state=state)
    assert isinstance(keyed(patients.bed(case), "c"), Ask)
    sent = keyed(patients.bed(case, prompt=Gate(line=Awaiting("c1", 9e9))), "f")
    assert isinstance(sent, Stay)
    assert isinstance(sent.command, Enter)
