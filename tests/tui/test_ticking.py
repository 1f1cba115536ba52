"""A list on the screen: what was taken back, what holds all the same, and how it is signed."""

from __future__ import annotations

import mornings
import pytest
from mornings import CHECKED, KIT, MACHINE, TODAY
from msgspec import structs
from patients import asked, keyed

from daemon.protocol.practice import Checklist, Clinic
from daemon.protocol.row import Undone
from daemon.protocol.saying import Do
from tui.checklist import finished
from tui.keys import promptrow
from tui.morning import morningview
from tui.pressing import Pressed
from tui.prompt import Morning, Note, Opened, Prompt, Stay
from tui.sight import Sight
from vitals.acts import Sign
from vitals.practice import Readiness
from vitals.vocabulary import Weight
from words.catalogue import Language

ANSWERED = mornings.marked(MACHINE, [row.id for row in MACHINE.rows if row.asked])
FAILED = mornings.marked(ANSWERED, ["mc-02"], "failed", reason="utæt", entry=7)
SIGNED = structs.replace(FAILED, signed_by="AS", signed_at=CHECKED, took_s=734.0)
INSIDE = Morning(opened=Opened("machine", KIT, "supply"), greeted=True)
NAME = "Apparatets selvtest gennemført"


def screen(sight: Sight, width: int = 80) -> str:
    rows = [*morningview(sight, width, 15), *promptrow(sight, width, 1)]
    text = "\n".join("".join(span.text for span in row).rstrip() for row in rows)
    assert "…" not in text
    return text


def line(sight: Sight, part: str) -> str:
    return next(one for one in screen(sight).splitlines() if part in one)


def after(sight: Sight, *signs: str) -> Sight:
    prompt = keyed(sight, *signs)
    assert isinstance(prompt, Prompt), prompt
    return asked(sight, prompt)


def act(outcome: Pressed) -> object:
    assert isinstance(outcome, Stay), outcome
    assert isinstance(outcome.command, Do)
    return outcome.command.act


def with_pin(listed: Checklist) -> Sight:
    return mornings.bed(structs.replace(mornings.CHOSEN, pins=("AS",)), listed)


@pytest.mark.parametrize(
    ("language", "told"),
    [(Language.DANISH, "fortrudt 07:46 AS"), (Language.NORWEGIAN, "angret 07:46 AS")],
)
def test_a_row_that_was_taken_back_says_so_until_it_is_answered(
    language: Language, told: str
) -> None:
    taken = Undone("AS", TODAY, CHECKED)
    nobody = {"by": "", "at": "", "on": None}
    waits = mornings.marked(MACHINE, ["mc-02"], "due", undone=taken, **nobody)
    assert told in screen(mornings.bed(waits, prompt=INSIDE, language=language))
    again = mornings.marked(MACHINE, ["mc-02"], undone=taken)
    assert told not in screen(mornings.bed(again, prompt=INSIDE, language=language))


def test_what_may_not_be_left_out_does_not_look_settled() -> None:
    left = mornings.marked(ANSWERED, ["mc-02"], "not_applicable", reason="ingen", still=Weight.HOLD)
    inside = mornings.bed(left, prompt=INSIDE)
    assert "✗ " in line(inside, NAME)
    assert "ikke relevant · kravet gælder stadig · ingen" in screen(inside)
    assert not finished(left)
    assert "✗ Anæstesiapparat" in screen(mornings.bed(left))
    assert "29/29 · 1 krav ikke opfyldt" in screen(mornings.bed(left))
    known = mornings.marked(ANSWERED, ["mc-02"], "not_applicable", still=Weight.NOTICE)
    assert "! " in line(mornings.bed(known, prompt=INSIDE), NAME)
    settled = mornings.marked(ANSWERED, ["mc-02"], "not_applicable")
    assert "– " in line(mornings.bed(settled, prompt=INSIDE), NAME)
    assert finished(known)
    assert finished(settled)


def test_what_stands_in_the_way_is_named_and_gone_to_before_a_pin_is_asked_for() -> None:
    barred = structs.replace(FAILED, awaits=("mc-02",))
    for signs in (["u"], ["enter", "u"]):
        there = after(with_pin(barred), *signs)
        assert isinstance(there.prompt, Morning)
        assert there.prompt.opened is not None
        assert isinstance(there.prompt.line, Note)
        assert "▸" in line(there, "utæt")
        assert f"Mangler svar eller er ikke i orden: {NAME}" in screen(there)


def test_more_than_two_that_stand_in_the_way_are_counted() -> None:
    assert "· +27" in screen(after(mornings.bed(), "u"))


def test_rows_that_were_seen_stay_seen_when_one_of_them_stands_in_the_way() -> None:
    seen = Morning(opened=Opened("machine", KIT, "supply", 1.0, frozenset({"mc-01"})), greeted=True)
    there = after(mornings.bed(prompt=seen), "down", "u").prompt
    assert isinstance(there, Morning)
    assert there.opened == seen.opened
    assert there.at == 0


def test_the_list_under_the_cursor_is_signed_from_the_lists() -> None:
    assert act(keyed(mornings.bed(), "down", "u")) == Sign("emergency", KIT)
    assert act(keyed(mornings.bed(FAILED), "u")) == Sign("machine", KIT)


def test_what_is_signed_is_not_signed_twice_and_no_pin_is_asked_for() -> None:
    for signs in (["u"], ["enter", "u"]):
        assert "Allerede underskrevet" in screen(after(with_pin(SIGNED), *signs))


def test_a_signature_stands_in_the_list_and_above_its_rows_with_faults_and_time() -> None:
    told = screen(mornings.bed(SIGNED))
    assert "29/29 · 1 fejl · på 12 min · underskrevet AS 07:46" in told
    head = screen(mornings.bed(SIGNED, prompt=INSIDE)).splitlines()[2]
    assert head == " underskrevet AS 07:46 · 1 fejl · på 12 min"
    assert "underskrevet" not in screen(mornings.bed(FAILED, prompt=INSIDE))
    assert "på 12 min" not in screen(mornings.bed(structs.replace(SIGNED, signed_by="")))


@pytest.mark.parametrize("sign", ["x", "i", "r"])
def test_a_question_about_a_row_names_it(sign: str) -> None:
    sight = mornings.bed(FAILED, prompt=INSIDE)
    assert NAME in line(after(sight, "down", sign), "▏")


def test_only_lists_are_counted_as_hidden_and_where_the_rest_is_stands_beside() -> None:
    many = tuple(mornings.REASONS[0] for _ in range(159))
    clinic: Clinic = structs.replace(mornings.CHOSEN, reasons=many, readiness=Readiness.HELD)
    sight = mornings.bed(clinic)
    assert "↓ Mangler" in screen(sight)
    assert "159 mere" not in screen(sight)
    rows = morningview(sight, 80, 4)
    assert "↓ 2 mere" in "".join(span.text for row in rows for span in row)
