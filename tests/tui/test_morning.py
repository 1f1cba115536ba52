"""The morning view on the screen: nothing is cut, no row is lost, and no state is colour alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import mornings
import pytest
import scenes
from checkout import ROOT
from dashboards import lines
from desks import desk
from mornings import KIT
from msgspec import structs
from patients import asked

from daemon.protocol.messages import Refusal
from daemon.protocol.practice import Checklist, Clinic, Scanning
from tui.checklist import groups
from tui.forms import FORMS
from tui.keys import promptrow
from tui.listrow import label
from tui.morning import morningview, shown
from tui.prompt import Ask, Morning, Opened, Part
from tui.sight import Sight
from tui.span import Row, width_of
from tui.ticking import looked
from vitals.practice import Gas, Readiness, Responsible, Use, Ware
from words.catalogue import Language
from words.forms import Forms
from words.messages import MESSAGES

SIZES = [(80, 15), (120, 30), (72, 5)]
SCREENS = [(80, 24), (120, 40)]
OPENED = Opened("machine", KIT, "supply")
TEMPLATES = sorted(path.stem for path in (ROOT / "checklists" / "templates").glob("*.toml"))
PARTS = [*(Morning(part, greeted=True) for part in Part), Morning(opened=OPENED, greeted=True)]


def text(rows: list[Row]) -> str:
    return "\n".join("".join(span.text for span in one).rstrip() for one in rows)


def drawn(sight: Sight, width: int = 80, height: int = 15) -> str:
    return text(morningview(sight, width, height))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("prompt", PARTS)
def test_every_row_is_exactly_as_wide_and_as_many_as_asked_and_nothing_is_cut(
    prompt: Morning, size: tuple[int, int], language: Language
) -> None:
    sight = mornings.bed(prompt=prompt, language=language)
    rows = morningview(sight, *size)
    assert [width_of(row) for row in rows] == [size[0]] * size[1]
    assert "…" not in text(rows)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_row_of_every_list_that_ships_can_be_shown_whole_in_a_low_window(
    name: str, language: Language
) -> None:
    listed = mornings.shipped(name)
    for group in groups(listed):
        opened: Opened | None = Opened(listed.id, KIT, group)
        sight = mornings.bed(listed, language=language)
        ids = {row.id for row in listed.rows if row.group == group}
        for at in range(len(ids)):
            sight = asked(sight, Morning(opened=opened, at=at, greeted=True))
            assert not re.search(r"[^ ]…$", drawn(sight, 80, 7), re.MULTILINE)
            prompt = looked(sight, 80, 7)
            assert isinstance(prompt, Morning)
            opened = prompt.opened
        assert opened is not None
        assert opened.seen == ids
        assert label(sight, listed.titles[listed.groups.index(group)]) in " ".join(
            drawn(sight).split()
        )


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("prompt", [*PARTS, Morning(scan="", greeted=True)])
def test_the_keys_of_every_part_have_room(prompt: Morning, language: Language) -> None:
    seen = frozenset(row.id for row in mornings.MACHINE.rows)
    over = mornings.marked(mornings.MACHINE, seen)
    for listed in (mornings.MACHINE, over):
        for known in (frozenset[str](), seen):
            opened = prompt.opened and replace(prompt.opened, seen=known)
            sight = mornings.bed(listed, prompt=replace(prompt, opened=opened), language=language)
            assert "…" not in text(promptrow(sight, 80, 1))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", [name for name in FORMS if name.startswith("morning_")])
def test_every_question_of_the_morning_has_room(form: str, language: Language) -> None:
    fields = FORMS[form].fields
    for number in range(len(fields)):
        prompt = Ask(form, answers=("1",) * number, origin=Morning(greeted=True))
        sight = mornings.bed(prompt=prompt, language=language)
        told = text(promptrow(sight, 80, 1)) + drawn(sight)
        assert "…" not in told
        assert sight.words.text(f"ask.{fields[number].word}") in " ".join(told.split())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", list(Readiness))
def test_each_of_the_five_states_has_a_word_of_its_own(
    state: Readiness, language: Language
) -> None:
    clinic = structs.replace(mornings.CHOSEN, chosen="SYD", readiness=state)
    sight = mornings.bed(clinic, language=language)
    first = drawn(sight).splitlines()[0]
    assert sight.words.text(f"readiness.{state.value}") in first
    assert mornings.SOUTH.name in first
    others = [one for one in Readiness if one is not state and one is not Readiness.READY]
    assert not any(f" {sight.words.text(f'readiness.{one.value}')} " in first for one in others)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (mornings.REASONS, "2 punkter mangler"),
        (mornings.REASONS[1:], "1 punkt mangler"),
    ],
)
def test_what_holds_is_counted_in_words(reasons: tuple[object, ...], expected: str) -> None:
    clinic = structs.replace(mornings.CHOSEN, reasons=reasons)
    assert expected in drawn(mornings.bed(clinic))


def test_lists_tell_how_far_they_are_when_and_by_whom() -> None:
    told = drawn(mornings.bed(structs.replace(mornings.EMERGENCY, took_s=9.0)))
    assert "▸☐ Anæstesiapparat · kuffert" in told
    assert "0/29" in told
    assert "20/20 · på 9,0 s · 07:46 AS" in told
    signed = structs.replace(mornings.EMERGENCY, signed_by="MK", signed_at=mornings.CHECKED)
    assert "underskrevet MK 07:46" in drawn(mornings.bed(signed))


def test_a_device_says_something_beside_a_row_and_ticks_nothing() -> None:
    rows = [
        structs.replace(row, evidence="137 bar" if row.id == "mc-04" else "")
        for row in mornings.MACHINE.rows
    ]
    listed = structs.replace(mornings.MACHINE, rows=tuple(rows))
    sight = mornings.bed(listed, prompt=Morning(opened=OPENED, greeted=True))
    row = next(one for one in drawn(sight).splitlines() if "Ilttryk" in one)
    assert row.endswith("krav · nu: 137 bar")
    assert "☐" in row


def test_rows_that_have_no_room_are_counted_and_the_chosen_one_is_always_there() -> None:
    prompt = Morning(opened=OPENED, greeted=True)
    sight = mornings.bed(prompt=prompt)
    assert "↓ 7 mere" in drawn(sight, 80, 5)
    last = asked(sight, replace(prompt, at=9))
    assert "↑ 7" in drawn(last, 80, 5)
    assert "▸☐ Sug virker" in drawn(last, 80, 5)
    assert shown(sight, prompt, 80, 15).below == 0


def test_a_row_that_another_has_hidden_in_part_was_not_shown() -> None:
    prompt = Morning(Part.STOCK, greeted=True)
    seen = shown(mornings.bed(prompt=prompt), prompt, 80, 4)
    assert seen.whole == {"7"}
    assert seen.below == 3


def test_packs_tell_which_is_first_and_why_one_may_not_be_used() -> None:
    told = drawn(mornings.bed(prompt=Morning(Part.STOCK, greeted=True)))
    assert "UDLØBET · til fre 20. nov" in told
    assert "!→ Suxamethon" in told
    assert "ude af køleskab, dag 12" in told
    assert "til tir 30. nov 2027" in told
    assert "2 af 4: for få" in told


def test_gases_tell_what_is_left_for_how_long_how_old_that_is_and_who_orders() -> None:
    told = drawn(mornings.bed(prompt=Morning(Part.GAS, greeted=True)), 120)
    for expected in (
        "6.850 l ≈ 15 indgreb · 19 t ved 6 l/min",
        "40 min ud over dagens liste",
        "bestil: atmosfærisk luft (klinikken)",
        "137 bar · 1.370 l · 07:51 (for 2 t siden)",
        "ikke aflæst i dag, sidst fre 20. nov",
        "ikke vejet",
    ):
        assert expected in told


def test_a_cylinder_says_what_speaks_against_it_and_n2o_whether_it_was_weighed() -> None:
    o2, _, n2o = mornings.GASES.cylinders
    bottles = (
        structs.replace(o2, expired=True),
        structs.replace(n2o, bar=20.0, weighed=False, liquid_gone=True),
        structs.replace(n2o, name="N2O-2", kg=19.5, weighed=True, read_at=o2.read_at, today=False),
    )
    practice = (*mornings.PRACTICE, structs.replace(mornings.GASES, cylinders=bottles))
    told = drawn(mornings.bed(prompt=Morning(Part.GAS, greeted=True), practice=practice), 120)
    rows = [one for one in told.splitlines() if "2-12" in one or "N2O-" in one]
    assert "UDLØBET" in rows[0]
    assert "INGEN VÆSKE TILBAGE" in rows[1]
    assert "ikke vejet" in rows[1]
    assert " · vejet " in rows[2]
    assert " ? " not in rows[2]


def test_what_was_never_read_has_no_number() -> None:
    told = drawn(mornings.bed(prompt=Morning(Part.GAS, greeted=True)), 120)
    row = next(one for one in told.splitlines() if "N2O-1" in one)
    assert "bar" not in row
    assert " l" not in row.partition("NORD")[2]
    assert "--- l" in told


def test_what_is_missing_tells_who_answers_and_where_that_is_written() -> None:
    told = drawn(mornings.bed(prompt=Morning(Part.MISSING, at=2, greeted=True)))
    assert "Den opererende klinik har ansvaret" in told
    assert "chapter 3, p. 13" in told


@pytest.mark.parametrize("language", list(Language))
def test_what_was_read_off_a_pack_or_why_not_stands_below_the_scan_line(
    language: Language,
) -> None:
    refused = ("unreadable", "check_digit", "no_article", "no_expiry", "no_lot", "twice")
    for name in (*refused, "impossible", "far", "swallowed"):
        prompt = Morning(scan="01\x1d17", read=Scanning("c7", refused=name), greeted=True)
        sight = mornings.bed(prompt=prompt, language=language)
        told = " ".join(drawn(sight).split())
        assert sight.words.text(f"scan.{name}") in told
        assert "01␝17▏" in told
    found = Scanning("c7", "05712345678906", "1A23", date(2027, 11, 30), item="dr-05")
    told = drawn(mornings.bed(prompt=Morning(scan="", read=found, greeted=True)))
    day = Forms(Language.DANISH).day(date(2027, 11, 30))
    assert f"Suxamethon 50 mg/ml · lot 1A23 · til {day} 2027" in told


def test_an_unapproved_row_says_so() -> None:
    rows = tuple(structs.replace(row, approved=False) for row in mornings.MACHINE.rows)
    listed = structs.replace(mornings.MACHINE, rows=rows)
    sight = mornings.bed(listed, prompt=Morning(opened=OPENED, greeted=True))
    assert drawn(sight).count("IKKE GODKENDT") == 10


def test_without_a_word_of_the_daemon_nothing_is_made_up() -> None:
    told = drawn(mornings.bed(practice=()))
    assert "vagt har ikke sagt" in told
    assert "KLAR" not in told


@pytest.mark.parametrize("size", SCREENS)
async def test_an_alarm_stands_above_the_morning_and_a_patients_numbers_beside_it(
    size: tuple[int, int],
) -> None:
    async with desk(*scenes.HIGH, size=size) as at:
        await at.hear(*mornings.PRACTICE)
        await at.press("f9")
        assert at.shows("SpO2 83", "kvittér", "Anæstesiapparat", "Klinik Nord")
        assert any("█" in row for row in lines(at.app))


@pytest.mark.parametrize("size", SCREENS)
async def test_nodstart_works_from_the_morning_and_from_a_question_of_it(
    size: tuple[int, int],
) -> None:
    for keys in (["f9"], ["f9", "enter", "x"], ["f9", "s"]):
        async with desk(size=size) as at:
            await at.hear(*mornings.PRACTICE)
            sent = await at.press(*keys, "!", "!")
            assert type(sent[-1]).__name__ == "Emergency"
            assert not at.shows("Mangler 2")


async def test_f9_shows_the_morning_and_leaves_it_also_from_a_question() -> None:
    async with desk() as at:
        await at.hear(*mornings.PRACTICE)
        await at.press("f9", "enter", "x")
        assert at.shows("hvad er galt")
        await at.press("f9")
        assert not at.shows("Klinik Nord", "HOLDT")


async def test_the_help_and_the_foot_name_the_key() -> None:
    async with desk() as at:
        assert at.shows("F9 morgen")
        await at.press("f1")
        assert at.shows("F9 lister, lager og gasser")


async def test_a_refused_act_says_why_and_the_list_is_still_there() -> None:
    async with desk() as at:
        await at.hear(*mornings.PRACTICE)
        await at.press("f9", "enter", "space")
        await at.answer(Refusal.WRONG_ROLE)
        assert at.shows("Afvist", "Selvekspanderende")


def test_a_clinic_and_a_list_are_what_the_daemon_told_last() -> None:
    later: list[Clinic | Checklist] = [
        structs.replace(mornings.CHOSEN, readiness=Readiness.READY, reasons=()),
        mornings.shipped("machine", state="done"),
    ]
    assert "KLAR" not in drawn(mornings.bed())
    told = drawn(mornings.bed(*later))
    assert "✓ KLAR" in told
    assert "34/34" in told


STATES = {
    "readiness": [one.value for one in Readiness],
    "gas": [*(one.value for one in Gas), "ok", "notice", "order", "hold", "not_read"],
    "use": [one.value for one in Use],
    "pick": [one.value for one in (*Gas, *Use, *Ware)],
    "orders": [one.value for one in Responsible],
    "answers": [one.value for one in Responsible],
    "due": ["due", "overdue", "done", "failed", "not_applicable", "not_yet"],
    "ready": ["sound", "ending", "unchecked", "missing", "short", "expired", "failed"],
    "pack": ["ok", "due", "order", "expired", "opened_expired", "warm_expired", "recalled"],
    "part": [one.value for one in Part],
    "help": [f"day_{name}" for name in (*(one.value for one in Part), "every")],
    "machine": ["in_use", "out_of_use", "failed", "first_use", "service_due", "service_over"],
}


@pytest.mark.parametrize("room", list(STATES))
def test_every_state_that_the_daemon_tells_has_its_words(room: str) -> None:
    assert [name for name in STATES[room] if f"{room}.{name}" not in MESSAGES] == []
