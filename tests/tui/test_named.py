"""What is typed in the morning: names of the stock, initials, and a PIN twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import mornings
import pytest
from mornings import KIT, phrase
from msgspec import structs
from patients import asked, keyed

from daemon.protocol.because import Because, Why
from daemon.protocol.daylist import Phrase
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.naming import Named, meant
from daemon.protocol.practice import Scanning
from daemon.protocol.saying import Do, SetPin
from tui.commands import Asker
from tui.keys import keyrow, promptrow
from tui.morning import morningview
from tui.pressing import Pressed, pressed
from tui.prompt import ANSWER_S, Ask, Awaiting, Morning, Note, Opened, Part, Prompt, Stay
from tui.replied import replied
from tui.settings import UNNAMED
from tui.sight import Sight
from tui.storing import heard
from vitals import acts
from vitals.practice import Ware

ROWS = (
    Named("dr-01", phrase("Adrenalin 1 mg/ml"), Ware.DRUG),
    Named("dr-01b", phrase("Adrenalin 0,1 mg/ml"), Ware.DRUG),
    Named("dr-04", Phrase("Suxamethonium", "Suxamethon (køl)", "Suksameton"), Ware.DRUG),
    Named("dr-08", phrase("Propofol"), Ware.DRUG),
    Named("em-05", Phrase("Paediatric pads", "Børneelektroder", "Barneelektroder"), Ware.PADS),
)
HERE = structs.replace(mornings.CHOSEN, staff=("AS", "MK"))
STOCK = structs.replace(mornings.STOCK, rows=ROWS)
READ = Scanning("c7", "05712345678916", "1A23", date(2027, 11, 30), "0123456789abcdef")


def bed(prompt: Prompt) -> Sight:
    return mornings.bed(HERE, STOCK, prompt=prompt)


def named() -> Sight:
    """Return the question what a scanned pack is."""
    waiting = Morning(Part.STOCK, greeted=True, scan="", line=Awaiting("c7", 1e9))
    sight = bed(waiting)
    return asked(sight, heard(READ, waiting, sight))


def drawn(sight: Sight) -> str:
    rows = [*morningview(sight, 80, 15), *promptrow(sight, 80, 1)]
    return "\n".join("".join(span.text for span in row) for row in rows)


def order(outcome: Pressed) -> Do:
    assert isinstance(outcome, Stay), outcome
    assert isinstance(outcome.command, Do), outcome
    return outcome.command


def unnamed(sight: Sight, *keys: str) -> Pressed:
    """Return what keys lead to at a terminal of nobody in particular."""
    outcome: Pressed = sight.prompt
    for sign in keys:
        assert isinstance(outcome, Prompt)
        outcome = pressed(asked(sight, outcome), sign, Asker(UNNAMED, 7))
    return outcome


def question(outcome: Pressed) -> Ask:
    assert isinstance(outcome, Ask), outcome
    return outcome


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("propofol", ["dr-08"]),
        ("PROP", ["dr-08"]),
        ("dr-08", ["dr-08"]),
        ("adrenalin", ["dr-01", "dr-01b"]),
        ("adrenalin 1 mg/ml", ["dr-01"]),
        ("suxamethon", ["dr-04"]),
        ("suksa", ["dr-04"]),
        ("borneelek", ["em-05"]),
        ("pads", ["em-05"]),
        ("pr", []),
        ("ketamin", []),
    ],
)
def test_a_name_means_the_rows_that_begin_so_and_else_those_that_hold_it(
    typed: str, items: list[str]
) -> None:
    assert [row.item for row in meant(ROWS, typed)] == items


def test_a_drug_that_is_named_by_hand_is_taken_in_as_its_row() -> None:
    at = named()
    typing = asked(at, question(keyed(at, "propo")))
    assert "Tæller som: Propofol" in drawn(typing)
    act = order(keyed(at, "propo", "enter", "l", "enter", "enter")).act
    assert isinstance(act, acts.Receive)
    assert (act.item, act.lot, act.place) == ("dr-08", "1A23", KIT)


def test_a_name_of_its_own_is_said_to_count_for_no_row() -> None:
    at = named()
    assert "Et eget navn" in drawn(asked(at, question(keyed(at, "ketamin"))))
    act = order(keyed(at, "Ketamin", "enter", "l", "enter", "enter")).act
    assert isinstance(act, acts.Receive)
    assert act.item == "Ketamin"


@pytest.mark.parametrize(
    "typed", ["01057123456789091727113010D8", "]d20105712345678909", "05712345678909"]
)
def test_the_next_pack_that_is_scanned_is_no_name_of_the_one_before(typed: str) -> None:
    at = named()
    assert question(keyed(at, typed, "enter")).unclear
    assert question(keyed(at, "Ketamin 10", "enter")).answers == ("Ketamin 10",)


def test_a_number_that_is_typed_takes_the_place_of_the_one_on_offer() -> None:
    at = named()
    for typed, quantity in (("10", 10), ("1", 1), ("", 1)):
        keys = [*typed, "enter", "enter"]
        act = order(keyed(at, "propofol", "enter", "l", *keys)).act
        assert isinstance(act, acts.Receive)
        assert act.quantity == quantity
    mended = keyed(at, "propofol", "enter", "l", "backspace", "2", "5", "enter", "enter")
    act = order(mended).act
    assert isinstance(act, acts.Receive)
    assert act.quantity == 25


def test_a_pack_that_is_expired_says_so_before_it_is_taken_in() -> None:
    waiting = Morning(Part.STOCK, greeted=True, scan="", line=Awaiting("c7", 1e9))
    at = bed(waiting)
    assert "UDLØBET" not in drawn(named())
    for late, shown in ((date(2026, 11, 20), True), (date(2026, 11, 21), False)):
        read = structs.replace(READ, expires=late)
        assert ("UDLØBET" in drawn(asked(at, heard(read, waiting, at)))) is shown


def test_a_name_of_several_rows_shows_them_and_means_none_of_them() -> None:
    at = asked(named(), question(keyed(named(), "adrenalin")))
    assert "Adrenalin 0,1 mg/ml" in drawn(at)
    assert question(keyed(at, "enter")).unclear


def test_what_was_scanned_stays_in_sight_while_it_is_asked_about() -> None:
    at = named()
    for keys in ((), ("propofol", "enter")):
        screen = drawn(asked(at, question(keyed(at, *keys))) if keys else at)
        assert "05712345678916" in screen
        assert "1A23" in screen


def test_initials_are_known_however_they_are_typed_and_unknown_ones_are_told_at_once() -> None:
    at = bed(Morning(Part.STOCK, greeted=True, at=1))
    who = question(unnamed(at, "b", "enter"))
    assert who.form == "morning_who"
    assert order(unnamed(asked(at, who), "m", "k", "enter")).by == "MK"
    wrong = asked(at, question(unnamed(asked(at, who), "x", "x", "enter")))
    assert question(wrong.prompt).unclear
    assert "xx kendes ikke; kendte: AS MK" in drawn(wrong)


def test_what_was_typed_before_somebody_said_who_they_are_is_there_after_a_refusal() -> None:
    at = bed(Morning(Part.STOCK, greeted=True, at=1))
    typed = question(unnamed(at, "x", "enter", *"tabt", "enter"))
    sent = unnamed(asked(at, typed), *"mk", "enter")
    assert isinstance(sent, Stay)
    assert sent.form is not None
    assert sent.form.typed == "tabt"
    back = question(unnamed(asked(at, typed), "escape"))
    assert (back.form, back.typed) == ("morning_discard", "tabt")
    waiting = Awaiting("c1", at.now.monotonic + ANSWER_S, sent.command, sent.form)
    answer = Answer("c1", Result.REFUSED, Refusal.UNKNOWN_INITIALS)
    after = question(replied(answer, replace(sent.prompt, line=waiting), at))
    assert after.typed == "tabt"
    assert isinstance(after.origin, Morning)
    assert after.origin.by == ""


def test_a_pin_that_was_not_typed_twice_alike_is_asked_for_anew_in_the_same_form() -> None:
    at = bed(Morning(Part.PEOPLE, greeted=True))
    anew = question(keyed(at, "p", "1234", "enter", "1235", "enter"))
    assert (anew.form, anew.answers, anew.typed) == ("morning_first_pin", (), "")
    again = asked(at, anew)
    assert "De to var ikke ens" in drawn(again)
    typing = asked(again, question(keyed(again, "1234")))
    assert "1234" not in drawn(typing)
    sent = keyed(again, "1234", "enter", "1234", "enter")
    assert isinstance(sent, Stay)
    assert isinstance(sent.command, SetPin)
    assert sent.command.pin == "1234"


def test_a_counter_says_how_many_rows_it_takes_back_and_then_its_number() -> None:
    listed = mornings.marked(mornings.MACHINE, ["mc-01", "mc-02", "mc-03"], entry=31)
    prompt = Morning(opened=Opened("machine", KIT, "supply"), greeted=True)
    sight = mornings.bed(listed, prompt=prompt)
    at = asked(sight, question(keyed(sight, "r")))
    assert "3 rækker, sat" in drawn(at)
    assert "AS. Hvad var forkert" in drawn(at)
    sent = order(keyed(at, "forkert apparat", "enter"))
    waiting = Morning(greeted=True, line=Awaiting("c1", 1e9, sent))
    told = asked(sight, replied(Answer("c1", Result.RECORDED, rows=(17,)), waiting, sight))
    assert "Journalført: nr. 17" in drawn(told)


def test_a_lock_is_told_in_the_language_and_the_lowest_row_keeps_its_keys() -> None:
    because = Because(Why.LOCKED, about="AS", value=60)
    answer = Answer("c1", Result.REFUSED, Refusal.PIN_LOCKED, "english", because=because)
    waiting = Morning(Part.PEOPLE, greeted=True, line=Awaiting("c1", 1e9))
    sight = bed(waiting)
    at = asked(sight, replied(answer, waiting, sight))
    assert "AS kan underskrive igen om 60 s" in drawn(at)
    assert "english" not in drawn(at)
    keys = "".join(span.text for span in keyrow(at, 80, 1)[0])
    assert "A kvittér" in keys
    assert "!! nødstart" in keys


def test_a_long_refusal_is_told_whole_above_the_keys() -> None:
    detail = " ".join(["no place is called that: expected one of these"] * 3)
    answer = Answer("c1", Result.REFUSED, Refusal.BAD_ACT, detail)
    waiting = Morning(greeted=True, line=Awaiting("c1", 1e9))
    sight = bed(waiting)
    at = asked(sight, replied(answer, waiting, sight))
    assert isinstance(at.prompt, Morning)
    assert isinstance(at.prompt.line, Note)
    assert " ".join(drawn(at).split()).count("expected one of these") == 3
