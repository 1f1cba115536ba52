"""Devices and people in the morning view, the help over it, and what ends soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import mornings
import patients
import pytest
from desks import desk
from mornings import KIT, phrase
from msgspec import structs
from patients import asked, keyed

from daemon.practising import WHERE
from daemon.protocol.cases import GateItem, GateState
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.practice import Reason
from daemon.protocol.saying import Do, SetPin
from tui.asking import asked as field_of
from tui.gate import gate
from tui.morning import morningview
from tui.prompt import Ask, Awaiting, Gate, Morning, Opened, Part, Stay
from tui.replied import replied
from tui.sight import Sight
from tui.ticking import looked
from vitals import acts
from vitals.practice import Gas, Responsible, Ware
from vitals.vocabulary import Weight
from words.catalogue import Language
from words.wanting import Wanting, written

SIZES = [(80, 24), (120, 40)]
DEVICES = mornings.bed(prompt=Morning(Part.EQUIPMENT, greeted=True))
PEOPLE = Morning(Part.PEOPLE, greeted=True)
SOON = date(2026, 12, 5)


def paper(who: str, state: str, weight: Weight, until: date | None = None) -> Reason:
    label = phrase("Kursus i avanceret genoplivning")
    what = "person" if who else "plan"
    row = Reason(what, "co-04", who, weight, state, Responsible.ANAESTHESIOLOGIST, label, "seed")
    return structs.replace(row, until=until)


PAPERS = (
    paper("AS", "missing", Weight.HOLD),
    paper("MK", "ending", Weight.HOLD, SOON),
    paper("", "expired", Weight.NOTICE, date(2026, 11, 1)),
)
STAFFED = structs.replace(mornings.CHOSEN, staff=("AS", "MK", "TK"), reasons=PAPERS, pins=("MK",))


def drawn(sight: Sight, width: int = 80, height: int = 15) -> str:
    return "\n".join("".join(s.text for s in row) for row in morningview(sight, width, height))


def act(sight: Sight, *keys: str) -> acts.Done:
    outcome = keyed(sight, *keys)
    assert isinstance(outcome, Stay), outcome
    assert isinstance(outcome.command, Do), outcome
    return outcome.command.act


def test_devices_stand_by_when_their_service_is_due_with_state_and_last_check() -> None:
    told = drawn(DEVICES, 120)
    assert told.index("zoll · defibrillator") < told.index("pumpe") < told.index("vægt · vægt")
    for expected in (
        "service snart · service senest man 30. nov · kontrolleret lør 21. nov AS",
        "UDE AF BRUG: lækker",
        "i brug · ingen service krævet",
    ):
        assert expected in " ".join(told.split())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([" "], acts.Tested("zoll")),
        (["x", "intet lys", "enter"], acts.Tested("zoll", passed=False, reason="intet lys")),
        (
            ["v", "20.11.2026", "enter", "11/2027", "enter"],
            acts.Serviced("zoll", date(2026, 11, 20), date(2027, 11, 30)),
        ),
        (["v", "20.11.2026", "enter", "enter"], acts.Serviced("zoll", date(2026, 11, 20))),
        (["u", "revnet", "enter"], acts.Withdraw("zoll", "revnet")),
        (["down", "i", "j"], acts.Restore("pumpe")),
        (
            [
                "n",
                "lp",
                "enter",
                "defibrillator",
                "enter",
                "Lifepak",
                "enter",
                "9",
                "enter",
                "30.06.2027",
                "enter",
                "enter",
            ],
            acts.Register("lp", "defibrillator", "Lifepak", "9", KIT, date(2027, 6, 30)),
        ),
    ],
)
def test_everything_that_is_said_of_a_device_has_keys(keys: list[str], said: acts.Done) -> None:
    assert act(DEVICES, *keys) == said


def test_where_there_is_no_device_a_key_of_one_says_so() -> None:
    empty = mornings.bed(structs.replace(mornings.EQUIPMENT, machines=()), prompt=DEVICES.prompt)
    after = keyed(empty, " ")
    assert isinstance(after, Morning)
    assert "N registrerer" in drawn(empty)


def test_people_stand_with_what_is_amiss_on_paper_until_when_and_whether_they_have_a_pin() -> None:
    rows = drawn(mornings.bed(STAFFED, prompt=PEOPLE)).splitlines()
    told = [" ".join(row.split()) for row in rows if row.strip()][2:]
    assert told == [
        "▸✗ AS ingen PIN",
        "✗ Kursus i avanceret genoplivning mangler",
        "! MK underskriver med PIN",
        "! Kursus i avanceret genoplivning udløber snart: lør 5. dec",
        "✓ TK det krævede er dokumenteret · ingen PIN",
        "praksis",
        "! Kursus i avanceret genoplivning udløbet søn 1. nov",
    ]


def test_a_first_pin_is_asked_for_twice_shown_as_dots_and_kept_in_nothing_that_stays() -> None:
    sight = mornings.bed(STAFFED, prompt=PEOPLE)
    question = keyed(sight, "p", *"4711")
    assert isinstance(question, Ask)
    shown = keyed(sight, "p", *"4711", "enter", *"4711")
    assert isinstance(shown, Ask)
    assert field_of(shown).secret
    done = keyed(sight, "p", *"4711", "enter", *"4711", "enter")
    assert isinstance(done, Stay)
    assert done.form is None
    assert isinstance(done.command, SetPin)
    assert (done.command.by, done.command.pin, done.command.old) == ("AS", "4711", "")
    assert "4711" not in repr(done)


def test_who_has_a_pin_types_the_old_one_first() -> None:
    keys = ["down", "p", *"1111", "enter", *"4711", "enter", *"4711", "enter"]
    done = keyed(mornings.bed(STAFFED, prompt=PEOPLE), *keys)
    assert isinstance(done, Stay)
    assert isinstance(done.command, SetPin)
    assert (done.command.by, done.command.pin, done.command.old) == ("MK", "4711", "1111")


def test_two_pins_that_differ_send_nothing() -> None:
    after = keyed(mornings.bed(STAFFED, prompt=PEOPLE), "p", *"4711", "enter", *"4712", "enter")
    assert isinstance(after, Ask)
    assert after.typed == ""


async def test_no_digit_of_a_pin_is_on_the_screen() -> None:
    async with desk() as at:
        await at.hear(*mornings.PRACTICE, STAFFED)
        await at.press("f9", *["right"] * 4, "p", *"9753")
        assert at.shows("••••")
        assert not at.shows("9753")


def test_enter_on_a_device_or_a_paper_that_is_amiss_goes_there() -> None:
    for what, part in (("device", Part.EQUIPMENT), ("plan", Part.PEOPLE), ("person", Part.PEOPLE)):
        clinic = structs.replace(STAFFED, reasons=(structs.replace(PAPERS[0], what=what),))
        view = keyed(mornings.bed(clinic, prompt=Morning(Part.MISSING, greeted=True)), "enter")
        assert isinstance(view, Morning)
        assert view.part is part


def test_what_only_ends_soon_is_no_missing_point() -> None:
    ending = structs.replace(mornings.REASONS[0], state="ending", until=SOON)
    clinic = structs.replace(mornings.CHOSEN, reasons=(mornings.REASONS[1], ending))
    told = drawn(mornings.bed(clinic, prompt=Morning(Part.MISSING, greeted=True)))
    assert "1 punkt mangler" in told
    assert "▸Mangler 1 " in told
    assert "! Børneelektroder" in told
    assert "✗ Børneelektroder" not in told


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", list(Part))
async def test_the_help_has_every_key_of_the_part_that_is_shown(
    part: Part, size: tuple[int, int], language: Language
) -> None:
    async with desk(size=size, language=language) as at:
        await at.hear(*mornings.PRACTICE)
        await at.press("f9", *["right"] * list(Part).index(part), "f1")
        words = at.app.sight().words
        for name in (part.value, "every"):
            entries = words.text(f"help.day_{name}").split(" | ")
            assert [one for one in entries if not at.shows(" ".join(one.split()))] == []
        await at.press("f1")
        assert not at.shows(words.text("help.day_every").split(" | ")[0])


async def test_a_key_closes_the_help_and_acts_on_nothing_that_it_covers() -> None:
    async with desk() as at:
        await at.hear(*mornings.PRACTICE)
        await at.press("f9", "enter", "f1", "space")
        assert at.source.sent == []
        assert at.shows("Selvekspanderende")
        sent = await at.press("space")
        assert len(sent) == 1


async def test_nodstart_goes_through_the_help_of_the_morning() -> None:
    async with desk() as at:
        await at.hear(*mornings.PRACTICE)
        sent = await at.press("f9", "f1", "!", "!")
        assert type(sent[-1]).__name__ == "Emergency"


def test_rows_that_the_help_covers_were_not_shown() -> None:
    opened = Morning(opened=Opened("machine", KIT, "supply"), greeted=True)
    sight = mornings.bed(prompt=opened)
    assert looked(replace(sight, helping=1), 80, 15) == opened
    assert looked(sight, 80, 15) != opened


SCOPE = Wanting("failed", KIT, "Videolaryngoscope", "Videolaryngoskop", "Videolaryngoskop")
PADS = Wanting("expired", KIT, "Adult pads", "Voksenelektroder", "Voksenelektroder")
LINES = Wanting("short", "", "CO2 lines", "CO2-slanger", "CO2-slanger")


def kit(detail: str) -> tuple[GateItem, ...]:
    return (GateItem("kit", GateState.MISSING, Weight.HOLD, "seed", detail),)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "detail",
    [
        "; ".join(written([SCOPE, PADS, LINES], 35)),
        "; ".join(written([SCOPE], 0)),
        "dr-01 (kuffert), em-01 (kuffert), +4",
    ],
)
def test_the_start_check_names_things_and_what_is_wrong_with_them_and_cuts_nothing(
    detail: str, width: int, language: Language
) -> None:
    case = structs.replace(patients.PLANNED, gate=kit(detail))
    sight = mornings.bed(case, prompt=Gate(), language=language)
    told = "\n".join("".join(s.text for s in row) for row in gate(sight, Gate(), width, 12))
    assert "…" not in told
    things, more = sight.words.unready(detail)
    assert things[0] in told
    left = [more + len(things) - shown for shown in range(1, len(things) + 1)]
    assert not more or any(f"+{count}" in told for count in left)
    assert " | " not in told


def test_a_thing_is_named_in_the_language_of_the_screen() -> None:
    case = structs.replace(patients.PLANNED, gate=kit(written([SCOPE], 0)[0]))
    sight = mornings.bed(case, prompt=Gate(), language=Language.DANISH)
    told = "".join(s.text for row in gate(sight, Gate(), 80, 12) for s in row)
    assert "udstyr ikke klart: Videolaryngoskop: ikke i orden (kuffert)" in told


def test_the_question_where_the_work_is_stands_in_words() -> None:
    case = structs.replace(patients.PLANNED, gate=kit(WHERE))
    sight = mornings.bed(case, prompt=Gate(), language=Language.DANISH)
    told = "".join(s.text for row in gate(sight, Gate(), 80, 12) for s in row)
    assert "hvilken klinik" in told


def test_a_kit_that_is_ready_says_so_and_no_reasons() -> None:
    items = (GateItem("kit", GateState.DONE, Weight.HOLD, "seed", "7"),)
    sight = mornings.bed(structs.replace(patients.PLANNED, gate=items))
    told = "".join(s.text for row in gate(sight, Gate(), 80, 12) for s in row)
    assert "hele udstyret klart" in told


def test_another_label_of_a_cylinder_is_asked_back_and_taken_with_one_key() -> None:
    label = acts.Cylinder("N2O-1", Gas.NITROUS_OXIDE, 10.0, 44.0, KIT, tare_kg=14.5)
    line = Awaiting("c7", 2000.0, Do("c7", "AS", label))
    refused = Answer("c7", Result.REFUSED, Refusal.UNCONFIRMED, detail="tare 12 kg")
    sight = mornings.bed(prompt=Morning(greeted=True, line=line))
    question = asked(sight, replied(refused, sight.prompt, sight))
    assert act(question, "j") == structs.replace(label, again=True)


def test_what_is_asked_back_about_a_pack_is_told_and_taken_with_one_key() -> None:
    pack = acts.Receive("dr-05", Ware.DRUG, "1A23", date(2027, 11, 30), 1, KIT)
    line = Awaiting("c7", 2000.0, Do("c7", "AS", pack))
    refused = Answer(
        "c7", Result.REFUSED, Refusal.UNCONFIRMED, detail="twice: take it in with again"
    )
    sight = mornings.bed(prompt=Morning(greeted=True, line=line))
    question = asked(sight, replied(refused, sight.prompt, sight))
    assert "(twice: take it in with again)" in drawn(question)
    assert act(question, "j") == structs.replace(pack, again=True)
    assert keyed(question, "n") == Morning(greeted=True)
    line = Awaiting("c7", 2000.0, Do("c7", "AS", structs.replace(pack, again=True)))
    assert isinstance(replied(refused, Morning(greeted=True, line=line), sight), Morning)
