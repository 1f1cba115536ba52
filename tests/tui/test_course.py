from __future__ import annotations

from collections.abc import Sequence

import patients
import pytest
import scenes
from dashboards import sight_of
from msgspec import structs
from rich.cells import cell_len

from daemon.protocol.cases import Case, CaseVerdict, Found
from daemon.protocol.messages import Event
from monitoring.steps import NEXT
from tui.caseline import caseline
from tui.cells import cells
from tui.events import events
from tui.keys import keyrow, promptrow
from tui.panel import View
from tui.sight import Sight
from tui.span import Row, Tone
from vitals import deeds
from vitals.vocabulary import Basis, CaseKind, CaseState, Modality, Verdict, Weight
from words.catalogue import Language

STATES = [(kind, state) for kind, table in NEXT.items() for state in table]


def text(view: View, sight: Sight, width: int = 80, height: int = 1) -> str:
    return "\n".join(plain(row).rstrip() for row in view(sight, width, height))


def plain(row: Row) -> str:
    return "".join(span.text for span in row)


def both(case: Case, width: int = 80, language: Language = Language.DANISH) -> str:
    """Return the case line and, as nothing is asked, the rest of it."""
    sight = patients.bed(case, language=language)
    return f"{text(caseline, sight, width)}\n{text(promptrow, sight, width)}"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("kind", "state"), STATES)
@pytest.mark.parametrize("width", [80, 120])
def test_a_case_has_room_in_every_state_and_loses_nothing_of_its_name(
    kind: CaseKind, state: CaseState, width: int, language: Language
) -> None:
    case = structs.replace(patients.JUDGED, case_kind=kind, state=state, verdicts=())
    shown = both(case, width, language)
    assert "…" not in shown
    assert "KN-261121-014" in shown
    assert "3022" in shown
    sight = patients.bed(case, language=language)
    assert "…" not in text(keyrow, sight, width)
    assert cell_len(plain(keyrow(sight, width, 1)[0])) == width


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (patients.PLANNED, ["Anæstesi KN-261121-014 planlagt", "3021", "2-4 år"]),
        (patients.RUNNING, ["Anæstesi KN-261121-014 · 3021", "00:12:41", "15:00 næste grænse"]),
        (patients.ENDED, ["Anæstesi KN-261121-014 slut", "00:12:41"]),
        (patients.EARLY, ["tidlig opvågning", "· AS"]),
        (patients.LATE, ["sen opvågning", "MK 10:42"]),
        (patients.JUDGED, ["monitorering afsluttet", "planlagt 3021", "varighed svarer til 3021"]),
        (patients.EMERGENCY, ["NØDSTART KN-261121-014", "Alder ukendt", "G angiver alder"]),
        (patients.BLOCK, ["Behandling KN-261121-014 målt før", "2635"]),
        (structs.replace(patients.LATE, quiet=True), ["længe uden data: er den slut?"]),
        (structs.replace(patients.LATE, emergency=True), ["sen opvågning", "nødstart"]),
    ],
)
def test_the_case_line_says_where_it_stands_and_whose_it_is(
    case: Case, expected: Sequence[str]
) -> None:
    shown = both(case)
    assert [word for word in expected if word not in shown] == []


def test_a_hand_over_that_was_struck_gives_the_patient_back() -> None:
    struck = structs.replace(patients.STORY[-1], struck=True)
    case = structs.replace(patients.LATE, entries=(*patients.STORY[:-1], struck))
    assert "MK" not in both(case)


def test_the_code_that_was_planned_is_not_repeated_where_it_is_the_code() -> None:
    shown = both(structs.replace(patients.RUNNING, planned="3021", duration_code="3021"))
    assert shown.count("3021") == 1


def test_the_next_limit_stands_out_in_its_last_minute() -> None:
    for age_s, tone in ((839.0, Tone.PLAIN), (841.0, Tone.STRONG)):
        sight = patients.bed(structs.replace(patients.RUNNING, age_s=age_s))
        (span,) = [s for s in caseline(sight, 120, 1)[0] if "næste grænse" in s.text]
        assert span.tone is tone


@pytest.mark.parametrize("case", [patients.RUNNING, patients.ENDED, patients.EARLY, patients.LATE])
def test_requirements_are_shown_as_long_as_the_patient_is_watched(case: Case) -> None:
    shown = text(cells, patients.bed(case))
    assert "SpO2 ✓" in shown
    who = "MK" if case is patients.LATE else "AS"
    assert f"observation ✓ ({who})" in shown


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("width", "height"), [(80, 1), (120, 1), (120, 2)])
def test_a_verdict_has_its_word_and_its_reasons_whole(
    width: int, height: int, language: Language
) -> None:
    sight = patients.bed(patients.JUDGED, language=language)
    shown = text(cells, sight, width, height)
    assert sight.words.text("verdict.fail") in shown
    assert sight.words.text("ground.never_seen") in shown
    assert "…" not in shown
    assert "…" not in both(patients.JUDGED, width, language)


def test_advice_is_one_plain_line_and_never_a_requirement() -> None:
    sight = patients.bed(patients.JUDGED)
    contract, advice = cells(sight, 120, 2)
    assert "Krav: IKKE OPFYLDT" in plain(contract)
    assert "EKG" not in plain(contract)
    assert plain(advice).strip() == "anbefalinger til gennemgang: EKG"
    assert {span.tone for span in advice} == {Tone.PLAIN}
    assert "anbefalinger til gennemgang: EKG" in both(patients.JUDGED)


def test_a_verdict_that_passes_says_so_and_no_more() -> None:
    passed = tuple(CaseVerdict(basis, Verdict.PASS) for basis in Basis)
    case = structs.replace(patients.JUDGED, verdicts=passed)
    contract, advice = (plain(row).strip() for row in cells(patients.bed(case), 120, 2))
    assert (contract, advice) == ("Krav: OPFYLDT", "anbefalinger: fulgt")


@pytest.mark.parametrize("language", list(Language))
def test_advice_without_room_beside_the_requirements_stands_in_the_row_below(
    language: Language,
) -> None:
    unmet = [structs.replace(scenes.CELLS[1], modality=one, met=False) for one in Modality]
    case = structs.replace(patients.RUNNING, cells=(*scenes.CELLS, *unmet[2:]), next_s=None)
    missing = structs.replace(case, cells=(*unmet[:4], *scenes.CELLS[4:]))
    sight = patients.bed(missing, language=language)
    shown = text(cells, sight)
    assert "…" not in shown
    advice = sight.words.text("cells.advised", modalities=sight.words.text("modality.nibp"))
    assert (advice in shown) is not (advice in text(promptrow, sight))


def test_what_the_rules_say_of_a_block_stands_in_its_row_in_words_with_holds_first() -> None:
    found = (
        Found("2635.series", Weight.HOLD, patients.SOURCE),
        Found("injection.equipment", Weight.NOTICE, patients.SOURCE, approved=False),
    )
    shown = text(cells, patients.bed(structs.replace(patients.BLOCK, findings=found)), 120)
    assert "Regler  HOLDT: 2635: for mange behandlinger i serien   bemærk: uvist om" in shown
    assert "(IKKE GODKENDT)" in shown


def event(name: str, detail: str = "", ago_s: float = 0.0) -> Event:
    return Event(scenes.AT, scenes.BED, name, by="AS", detail=detail, ago_s=ago_s)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (event("entry_airway", "lma"), "10:42:07 larynxmaske anlagt · AS"),
        (event("entry_airway", "none", 120.0), "10:40:07 luftvej fjernet · AS"),
        (event("entry_hand_over", "MK"), "10:42:07 overdraget til MK · AS"),
        (event("entry_combination", "no"), "10:42:07 ingen BT-sænkende kombination · AS"),
        (event("entry_move", "Opvågning"), "10:42:07 flyttet til Opvågning · AS"),
        (event("emergency"), "10:42:07 NØDSTART · AS"),
        (event("duration", "15"), "10:42:07 15 min nået · AS"),
        (event("entry_of_tomorrow", "x"), "10:42:07 entry_of_tomorrow · AS"),
    ],
)
def test_an_event_tells_what_happened_at_its_true_time(told: Event, expected: str) -> None:
    assert expected in text(events, sight_of(*scenes.greeting(told)))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("case", "keys"),
    [
        (patients.PLANNED, "NC"),
        (patients.RUNNING, "ALKSX"),
        (patients.ENDED, "RLKX"),
        (patients.LATE, "KHEX"),
        (patients.JUDGED, "URX"),
        (patients.EMERGENCY, "GLKSX"),
        (patients.BLOCK, "DPKX"),
    ],
)
def test_the_keys_that_a_state_asks_for_have_room_in_80_columns(
    case: Case, keys: str, language: Language
) -> None:
    shown = text(keyrow, patients.bed(case, language=language))
    assert [key for key in (*keys, "F1", "Q") if f" {key} " not in shown] == []


def test_who_has_a_patient_is_told_of_the_last_hand_over() -> None:
    again = patients.entry(7, deeds.HandOver(to="LP", instruction="x", bp_lowering=False), 44)
    case = structs.replace(patients.LATE, entries=(*patients.STORY, again))
    assert "LP 10:44" in both(case)
