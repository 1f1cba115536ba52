"""Words of `vagt case say`: understood, or answered with one clear line."""

from __future__ import annotations

import pytest

from vagt.main import UsageError
from vagt.said import DEEDS, deed
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import Check, Word

FIVE = "awake, clear, relevant, circulation, respiration"
MANY = {"check", "conclude", "give", "move"}
"""Their last field takes whatever is left."""
FILLED = {
    "anaesthetist": ("LN",),
    "procedure": ("3023", "more to do"),
    "recover": ("removed", "free", "awake"),
    "hand_over": ("MK", "oxygen", "no"),
    "conclude": tuple(Word),
    "cancel": ("fasting",),
    "transfer": ("Aalborg", "bleeding"),
    "check": tuple(Check),
    "asa": ("1",),
    "airway": ("lma",),
    "ventilation": ("controlled",),
    "technique": ("ga",),
    "contact": ("yes",),
    "combination": ("no",),
    "callable": ("yes",),
    "resume": ("3022",),
    "move": ("Seng 2",),
    "oxygen": ("yes",),
    "repeat": ("5",),
    "reading": ("spo2", "98"),
    "waive": ("ecg", "no electrodes"),
    "explain": ("haste",),
    "correct": ("1", "slip"),
    "pair": ("98", "120", "70"),
    "give": ("lidokain", "L4", "left", "lumbar"),
    "abandon": ("fainted",),
}
"""What each thing needs; the others need nothing."""


def line(*words: str) -> str:
    """Return the one line of what cannot be understood."""
    with pytest.raises(UsageError) as refused:
        deed(words)
    told = str(refused.value)
    assert "\n" not in told
    assert "Expected" not in told
    assert "regex" not in told
    return told


@pytest.mark.parametrize("name", DEEDS)
def test_each_thing_is_understood_with_what_belongs_to_it(name: str) -> None:
    assert deed((name, *FILLED.get(name, ()))).name() == name


@pytest.mark.parametrize("name", DEEDS)
def test_a_word_that_nothing_may_be_is_answered_with_what_may_stand_there(name: str) -> None:
    needed = FILLED.get(name, ())
    wrong = "\x00" * 200
    told = line(name, *(wrong for _ in needed)) if needed else line(name, wrong)
    assert told.startswith(f"{name}: ")


@pytest.mark.parametrize("name", [one for one in FILLED if one != "resume"])
def test_what_is_missing_is_named_with_what_may_stand_there(name: str) -> None:
    told = line(name)
    assert "missing" in told or "name a code" in told


@pytest.mark.parametrize("name", [one for one in DEEDS if one not in MANY])
def test_too_many_words_are_too_many(name: str) -> None:
    told = line(name, *FILLED.get(name, ()), *["1"] * 12)
    assert told.startswith(f"{name}: ")
    assert "too much" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("airway nose", "airway: airway 'nose' cannot be: one of mask, lma, tube, none"),
        ("asa 9", "asa: asa '9' cannot be: a whole number from 1 to 5"),
        ("asa one", "asa: asa 'one' cannot be: a whole number from 1 to 5"),
        ("contact maybe", "contact: contact 'maybe' cannot be: yes or no"),
        ("reading spo2 high", "reading: value 'high' cannot be: a number from 0 to 100 %"),
        ("reading spo2", "reading: value is missing: a number from 0 to 100 %"),
        ("anaesthetist A/S", "anaesthetist: to 'A/S' cannot be: initials of 1 to 16 letters"),
        ("procedure 302 more", "procedure: code '302' cannot be: four digits"),
        ("procedure ent:302 more", "procedure: procedures '302' cannot be: each four digits"),
        ("check identity name", "check: checks 'name' cannot be: each one of identity, "),
        ("conclude", f"conclude: missing: {FIVE}; the five are {FIVE}"),
        (
            "conclude awake,cleer",
            f"conclude: unknown: cleer; missing: {FIVE[7:]}; the five are {FIVE}",
        ),
        ("transfer Aalborg", "transfer: reason is missing: 1 to 120 signs on one line, in quotes"),
    ],
)
def test_what_is_wrong_is_said_in_words_that_a_person_types(words: str, says: str) -> None:
    assert line(*words.split()).startswith(says)


def test_words_stand_apart_or_with_commas_between_them() -> None:
    five = deeds.Conclude(words=tuple(Word))
    assert deed(("conclude", *Word)) == deed(("conclude", ",".join(Word))) == five
    assert deed(("conclude", f"words={','.join(Word)}")) == five
    some = deed(("conclude", "awake,", "clear"))
    assert some == deeds.Conclude(words=(Word.AWAKE, Word.CLEAR))


def test_operations_are_told_by_their_name_space_and_map_without_a_code() -> None:
    assert deed(("procedure", "ent:3005", "more")) == deeds.Rebook(
        procedures=("3005",), reason="more"
    )
    assert deed(("procedure", "ent:3005", "ent:3158", "more", "site=ear")) == deeds.Rebook(
        procedures=("3005", "3158"), reason="more", site="ear"
    )
    both = deed(("procedure", "ent:3005", "code=3023", "more"))
    assert both == deeds.Rebook(code="3023", procedures=("3005",), reason="more")
    assert deed(("procedure", "3023", "more")) == deeds.Rebook(code="3023", reason="more")


@pytest.mark.parametrize("words", ["removed free awake", "removed,free,awake", "yes", "clear=yes"])
def test_recover_says_three_things_of_the_patient(words: str) -> None:
    assert deed(("recover", *words.split())) == deeds.Recover(clear=True)


@pytest.mark.parametrize(
    ("words", "missing"), [("", "removed, free, awake"), ("removed awake", "free")]
)
def test_recover_names_what_of_the_three_was_not_said(words: str, missing: str) -> None:
    told = line("recover", *words.split())
    assert told.startswith(f"recover: missing: {missing}; say recover removed free awake")


def test_who_moves_with_the_device_says_so_and_why() -> None:
    moved = deed(("recover", "device_in_place=yes", "reason=not awake yet"))
    assert moved == deeds.Recover(device_in_place=True, reason="not awake yet")


@pytest.mark.parametrize("typed", ["37,2", "37.2", "value=37,2"])
def test_a_number_may_have_a_decimal_comma(typed: str) -> None:
    assert deed(("reading", "temperature", typed)) == deeds.Measured(
        measure=Measure.TEMPERATURE, value=37.2
    )


def test_a_number_that_cannot_be_is_answered_with_the_range_of_its_measure() -> None:
    told = line("reading", "temperature", "37,2,1")
    assert told == "reading: value '37,2,1' cannot be: a number from 13 to 46 °C"
    assert line("pair", "98", "12o", "70").endswith("a number from 10 to 300 mmHg")
