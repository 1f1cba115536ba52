"""What the verbs of the practice print is in the language that is asked for, every word of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from tellers import CLINIC, EQUIPMENT, EVERYTHING, LATER, MACHINE, SOON, STOCK, Teller

from daemon.practising import WHERE
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.practice import Equipment, Machine
from vagt.due import because, standing
from vagt.phrase import clock
from vagt.replied import lines
from vitals.practice import Readiness
from words.catalogue import Language, Words
from words.wanting import Wanting, written

STATES = ("in_use", "out_of_use", "failed", "first_use", "service_due", "service_over")
MACHINES = tuple(
    Machine(f"M-{number}", "pump", "Braun", "7", "kit", state, LATER, None, None)
    for number, state in enumerate(STATES)
)
ENGLISH = (
    "hold: notice: refused: signed missing ready held remarks overdue short expired first use "
    "until status item left place opened there least what source minutes now litres reserve full "
    "estimated live today ordered device service serviced checked make expires ware roles dated "
    "competence insured whose done failed when next entry seconds"
)
VERBS = (
    ("checklist",),
    ("checklist", "ready"),
    ("checklist", "show", "machine"),
    ("stock",),
    ("stock", "short"),
    ("stock", "find", "a1"),
    ("stock", "find", "none"),
    ("gas",),
    ("gas", "orders"),
    ("equipment",),
)
DANISH, NORWEGIAN = Words(Language.DANISH), Words(Language.NORWEGIAN)


@pytest.fixture
def place(tmp_path: Path) -> Teller:
    return Teller(tmp_path / "vagt.sock", (*EVERYTHING[:-1], Equipment(MACHINES)))


def left(text: str) -> list[str]:
    """Return English words that stand in what is printed, but for labels, made up as they are."""
    told = re.sub(r"\([^()]*\)|what mc-\d+ asks|chapter 3", "", text)
    words = re.findall(r"[A-Za-zÆØÅæøå_:/-]+", told)
    return [one for one in words if one.lower() in ENGLISH.split() or "_" in one]


@pytest.mark.parametrize("language", ["da", "nb"])
@pytest.mark.parametrize("words", VERBS, ids=" ".join)
async def test_no_word_of_a_verb_is_left_in_english(
    place: Teller, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], language: str
) -> None:
    await place.run(*words, "--lang", language)
    shown = capsys.readouterr().out
    alike = {"service", "reserve", "status", "full"}
    assert shown
    assert [one for one in left(shown) if one.lower() not in alike] == []


async def test_each_state_of_a_device_is_told_in_words_and_not_by_its_code(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in Language:
        assert await place.run("equipment", "--lang", language.value) == 0
        shown = capsys.readouterr().out
        words = Words(language)
        assert all(words.text(f"machine.{state}") in shown for state in STATES)


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("en", "refused: no such row"),
        ("da", "afvist: "),
        ("nb", "avvist: "),
    ],
)
async def test_a_refusal_is_told_by_its_id_with_the_daemons_own_line_behind_it(
    place: Teller, capsys: pytest.CaptureFixture[str], language: str, begins: str
) -> None:
    place.refuses = "no such row"
    tick = ("checklist", "tick", "machine", "mc-01", "--target", "kit", "--by", "AS")
    assert await place.run(*tick, "--lang", language) == 1
    shown = capsys.readouterr().out
    assert shown.startswith(begins)
    if language != "en":
        assert shown.endswith(" (no such row)\n")
        assert Words(Language(language)).text("refusal.bad_act") in shown


def test_what_only_ends_soon_is_a_remark_and_not_counted_as_missing() -> None:
    ending = replace(CLINIC.reasons[0], state="ending", until=SOON)
    clinic = replace(CLINIC, reasons=(*CLINIC.reasons, ending))
    told = standing(clinic, DANISH)
    assert told.endswith("HOLDT, 1 punkt mangler, 1 bemærkning")
    assert because(ending, clinic.day, DANISH).startswith("bemærkning: ")
    assert because(CLINIC.reasons[0], clinic.day, DANISH).startswith("holder: ")
    ready = replace(clinic, reasons=(ending,), readiness=Readiness.NOTICES)
    assert standing(ready, NORWEGIAN).endswith("KLAR MED MERKNADER, 1 merknad")


def test_what_was_to_end_and_has_ended_holds() -> None:
    over = replace(CLINIC.reasons[0], state="ending", until=CLINIC.day.replace(day=21))
    assert over.holds(CLINIC.day)
    assert not replace(over, until=CLINIC.day).holds(CLINIC.day)


def held(*holds: str) -> list[str]:
    answer = Answer("c", Result.REFUSED, Refusal.HELD, holds=holds, sources=("seed",) * len(holds))
    return list(lines(answer, DANISH))


def test_a_start_that_the_kit_holds_names_things_and_what_is_wrong_with_them() -> None:
    drug = Wanting("expired", "kuffert", "Naloxone", "Naloxon", "Nalokson")
    course = Wanting("missing", "", "Course | life; support", "Kursus", "Kurs")
    detail = "; ".join(written([drug, course], 35))
    _, kit, bed = held(f"kit {detail}", f"kit {WHERE}")
    assert kit == "  udstyr ikke klart: Naloxon: udløbet (kuffert), Kursus: mangler, +35 (seed)"
    assert bed == "  mangler: hvilken klinik det er i dag (seed)"
    english = Words(Language.ENGLISH).hold(f"kit {detail}")
    assert english.endswith("Naloxone: expired (kuffert), Course / life, support: missing, +35")


def test_what_was_held_before_things_had_names_is_read_as_it_was_kept() -> None:
    _, kit = held("kit dr-01 (kuffert), em-01 (kuffert), +4")
    assert kit == "  udstyr ikke klart: dr-01 (kuffert), em-01 (kuffert), +4 (seed)"


def test_a_reason_with_a_clock_has_its_hour() -> None:
    at = "2026-11-22T23:30:00.000Z"
    over = replace(CLINIC.reasons[0], state="expired", until=CLINIC.day, until_at=at)
    assert clock(at) in because(over, CLINIC.day, DANISH)


def test_the_made_up_practice_has_what_these_tests_are_about() -> None:
    assert {row.state for row in MACHINE.rows} >= {"due", "overdue", "done", "failed", "not_yet"}
    assert any(pack.first for pack in STOCK.packs)
    assert EQUIPMENT in EVERYTHING[-1:]
