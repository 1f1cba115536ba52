"""What a case rests on, what it still asks for and what an answer says beside its line."""

from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import sight_of
from msgspec import structs

from daemon.protocol.account import Account, Asked, Attestation, Lapse, Waived, Watched
from daemon.protocol.cases import Case, CaseVerdict, Ground
from daemon.protocol.commands import Enter
from daemon.protocol.messages import Answer, Event, Refusal, Result
from tui.answering import answered, told
from tui.aside import asiderows, rows_for_aside
from tui.balance import balance, lines
from tui.caseline import caseline
from tui.events import events
from tui.keys import keyrow, promptrow
from tui.prompt import Ask, Awaiting, Gate, Note
from tui.sight import Sight
from tui.span import Row
from vitals import deeds
from vitals.vocabulary import Basis, CaseKind, Flag, GapCause, Modality, Phase, Verdict, Word
from words.catalogue import Language

SPO2 = Watched(
    basis=Basis.CONTRACT,
    modality=Modality.PULSE_OXIMETRY,
    phase=Phase.DURING,
    since="2026-11-21T09:29:00.000Z",
    rule="3022.oximetry",
    required_s=480.0,
    covered_s=448.0,
    excused_s=40.0,
    uncovered_s=12.0,
    undocumented_s=20.0,
    gaps=(
        Lapse("2026-11-21T09:31:00.000Z", 12.0, GapCause.NOT_ATTACHED),
        Lapse("2026-11-21T09:33:00.000Z", 40.0, GapCause.CUFF_SAME_LIMB, counts=False),
        Lapse("2026-11-21T09:35:00.000Z", 20.0, GapCause.RECORDER_DOWN),
    ),
    more=3,
)
ACCOUNT = Account(
    watched=(SPO2,),
    waived=(
        Waived("waive", Modality.ECG, "ingen elektroder", "AS", "2026-11-21T09:30:00.000Z"),
        Waived("begin", None, "", "AS", "2026-11-21T09:29:00.000Z"),
    ),
    attested=(Attestation(Phase.DURING, ("AS",)), Attestation(Phase.RECOVERY, ())),
)
GROUNDS = (
    Ground(None, "3022.age", None, None, "rule_broken"),
    Ground(None, "asa 3", None, None, "unexplained"),
    Ground(None, "emergency", None, None, "unexplained"),
)
JUDGED = structs.replace(
    patients.JUDGED,
    account=ACCOUNT,
    held=("asa 3", "fasting"),
    verdicts=(CaseVerdict(Basis.CONTRACT, Verdict.REVIEW, GROUNDS),),
)
OWED = structs.replace(patients.EARLY, asks=(Asked.EXPLAIN,))
LATE = Answer("c7", Result.RECORDED, flags=(Flag.LATE,), detail="20 min late", case="KN-1")


def told_of(case: Case, language: Language = Language.DANISH) -> list[str]:
    sight = patients.bed(case, language=language)
    return list(lines(sight.tongue, case, lambda at: f"{sight.local_text(at):%H:%M:%S}"))


def plain(rows: list[Row] | None) -> list[str]:
    return ["".join(span.text for span in row).rstrip() for row in rows or []]


def off(case: Case) -> Sight:
    """Return a bed whose patient is off the monitors."""
    return sight_of(*scenes.greeting(scenes.DEVICE, case))


def test_what_was_watched_is_told_with_every_gap_its_cause_and_what_is_excused() -> None:
    watched = (
        "  SpO2, anæstesi 10:29:00: 07:28 af 08:00; 10:31:00 12 s ikke påsat; "
        "10:33:00 40 s manchet på samme arm/ben, tæller som målt; "
        "10:35:00 20 s ikke dokumenteret; og 3 til; ikke dokumenteret i alt: 20 s"
    )
    assert told_of(JUDGED)[4:7] == [
        watched,
        "  observation, anæstesi: AS",
        "  observation, opvågning: ikke bekræftet",
    ]


def test_what_was_done_without_is_told_with_its_reason_or_that_there_is_none() -> None:
    assert told_of(JUDGED)[7:] == [
        "Fraveget: EKG: ingen elektroder (AS 10:30:00)",
        "Fraveget: trods: ASA 3; mangler: faste: ingen begrundelse (AS 10:29:00)",
    ]


def test_a_reason_names_rule_and_hold_in_words() -> None:
    assert told_of(JUDGED)[:4] == [
        "Krav: TIL GENNEMGANG",
        "  imod teksten: 3022: tube eller larynxmaske før 2-årsdagen (3022.age)",
        "  start trods »ASA 3« uden begrundelse (asa 3)",
        "  nødstart uden begrundelse (emergency)",
    ]


@pytest.mark.parametrize("language", list(Language))
def test_no_line_is_without_words_in_any_language(language: Language) -> None:
    for line in told_of(JUDGED, language):
        assert not any(raw in line for raw in ("_", "{", "pulse", "unexplained"))


def test_it_stands_in_the_place_of_the_wave_once_the_patient_is_off_the_monitors() -> None:
    assert balance(patients.bed(JUDGED), 80, 9) is None
    assert balance(off(structs.replace(JUDGED, account=None)), 80, 9) is None
    shown = plain(balance(off(JUDGED), 80, 9))
    assert shown[0] == " Krav: TIL GENNEMGANG"
    assert len(shown) == 9
    assert all(len(line) <= 80 for line in shown)
    assert any(line.startswith("       ") for line in shown)


def test_a_start_without_a_reason_is_on_the_case_line_with_the_key_that_gives_it() -> None:
    sight = patients.bed(OWED)
    shown = plain([*caseline(sight, 80, 1), *promptrow(sight, 80, 1)])
    assert "B: begrundelse mangler" in " ".join(shown)
    assert plain(keyrow(sight, 80, 1))[0].split()[2:4] == ["B", "begrundelse"]
    prompt = patients.keyed(sight, "b")
    assert isinstance(prompt, Ask)
    assert prompt.form == "explain"
    sent = patients.keyed(sight, "b", "laryngospasme", "enter")
    assert patients.deed_of(sent) == deeds.Explain(reason="laryngospasme")


def test_the_end_of_monitoring_that_waits_for_the_reason_leads_to_it() -> None:
    sight = patients.bed(OWED)
    done = Enter("c7", "AS", scenes.BED, deeds.Conclude(words=tuple(Word)))
    refused = Answer("c7", Result.REFUSED, Refusal.REASON_MISSING, "started in spite of asa")
    waiting = Awaiting("c7", sight.now.monotonic + 1, done)
    after = answered(refused, waiting, sight)
    assert isinstance(after, Ask)
    assert after.form == "explain"
    late = answered(refused, waiting, patients.bed(patients.EARLY))
    assert isinstance(late, Ask)
    assert late.form == "late"


@pytest.mark.parametrize(
    ("can", "says"), [(True, "AS kan tilkaldes ✓"), (False, "AS KAN IKKE TILKALDES"), (None, "")]
)
def test_late_recovery_says_whether_the_anaesthetist_can_be_called(
    *, can: bool | None, says: str
) -> None:
    case = structs.replace(patients.LATE, callable=can)
    shown = " ".join(plain(caseline(patients.bed(case), 120, 1)))
    assert says in shown
    assert ("TILKALDES" in shown.upper()) is bool(says)


def test_an_entry_that_was_flagged_says_so_in_its_answer() -> None:
    sight = patients.bed(patients.RUNNING)
    line = told(LATE, sight)
    shown = patients.asked(sight, line)
    assert plain(promptrow(shown, 80, 1)) == [" Journalført · indført sent"]
    assert rows_for_aside(shown, 80) == 0, "the daemon's own line is English"
    assert rows_for_aside(sight, 80) == 0
    assert "F1 hjælp" in plain(keyrow(shown, 80, 1))[0]


@pytest.mark.parametrize("at_the_gate", [False, True])
def test_what_holds_is_named_in_words_below_the_refusal(*, at_the_gate: bool) -> None:
    sight = patients.bed(patients.PLANNED)
    held = Answer("c7", Result.REFUSED, Refusal.HELD, "held by asa", holds=("asa", "2635.series"))
    line = told(held, sight)
    assert isinstance(line, Note)
    shown = patients.asked(sight, Gate(line=line) if at_the_gate else line)
    assert "Afvist: holdt" in plain(promptrow(shown, 80, 1))[0]
    (below,) = plain(asiderows(shown, 80, rows_for_aside(shown, 80)))
    assert below == " mangler: ASA 1 eller 2 · 2635: for mange behandlinger i serien"


def test_an_event_that_was_flagged_is_marked() -> None:
    event = Event(
        scenes.AT, scenes.BED, "entry_airway", by="AS", detail="tube", flags=(Flag.OUT_OF_ORDER,)
    )
    shown = plain(events(sight_of(*scenes.greeting(event)), 80, 1))
    assert "10:42:07 tube anlagt · AS · uden for rækkefølge" in shown[0]


def test_of_two_recoveries_a_reason_and_a_row_say_which() -> None:
    never = Ground(
        Modality.PULSE_OXIMETRY, "recovery.oximetry", 0.0, 46.0, "never_seen", Phase.RECOVERY, 2
    )
    case = structs.replace(
        JUDGED,
        verdicts=(CaseVerdict(Basis.CONTRACT, Verdict.FAIL, (never,)),),
        account=structs.replace(
            ACCOUNT, watched=(structs.replace(ACCOUNT.watched[0], phase=Phase.RECOVERY, nth=2),)
        ),
    )
    told = told_of(case)
    assert told[1] == "  SpO2 aldrig målt, 2. opvågning 0 s / 46 s (recovery.oximetry)"
    assert told[2].startswith("  SpO2, 2. opvågning ")


def test_of_a_block_it_is_called_a_treatment_and_what_was_overridden_is_named() -> None:
    given = Waived("give", None, "", "AS", "2026-11-22T09:29:00.000Z", ("2637.guided",))
    account = structs.replace(ACCOUNT, waived=(given,))
    told = told_of(structs.replace(JUDGED, case_kind=CaseKind.BLOCK, account=account))
    assert any(line.startswith("  SpO2, behandling ") for line in told)
    assert told[-1].startswith("Fraveget: trods: 2637: ")
    assert told[-1].endswith(": ingen begrundelse (AS 10:29:00)")
