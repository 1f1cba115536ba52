"""The sound of the bed and its calls on the screen, and the keys for both."""

from __future__ import annotations

import patients
import pytest
import ringing
import scenes
from dashboards import sight_of
from msgspec import structs
from rich.cells import cell_len

from daemon.protocol.commands import AnswerCall, Pause, Unpause
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Result
from daemon.protocol.sound import SoundState
from tui import commands
from tui.alarmbar import alarmbar
from tui.answering import answered
from tui.commands import Asker
from tui.keys import keyrow
from tui.pressing import pressed
from tui.prompt import Ask, AskAge, Note, Prompt
from tui.settings import UNNAMED
from tui.sight import Sight
from tui.small import small
from tui.sounding import calls, left, pause_s
from tui.span import Tone
from vitals.sounding import SoundProfile
from vitals.vocabulary import CaseState, Priority
from words.catalogue import Language

ROOMS = [(80, 3), (120, 4)]
NAMED, NOBODY = Asker("MK", 7), Asker(UNNAMED, 7)
ANSWER_KEY, OFF = "[F8] svar", SoundState.OFF


def bar(sight: Sight, width: int = 80, height: int = 3) -> list[str]:
    rows = alarmbar(sight, width, height)
    texts = ["".join(span.text for span in row) for row in rows]
    assert [cell_len(text) for text in texts] == [width] * height
    return texts


def test_a_pause_is_said_in_words_with_what_is_left_of_it_and_who_asked_for_it() -> None:
    for given_s, expected in ((102.4, "1:41"), (102.0, "1:41"), (61.0, "1:00"), (1.5, "0:01")):
        paused = structs.replace(ringing.PAUSED, pause_s=given_s)
        last = bar(ringing.bed(paused, later_s=1.4))[-1]
        assert f"Lyd på pause {expected} · AS" in last, given_s
        assert "[F7] lyd til" in last


def test_a_pause_that_is_over_by_the_clock_of_this_machine_is_said_no_longer() -> None:
    paused = structs.replace(ringing.PAUSED, pause_s=1.5)
    assert pause_s(ringing.bed(paused, later_s=1.4)) == pytest.approx(0.1)
    over = ringing.bed(paused, later_s=1.5)
    assert pause_s(over) is None
    assert "pause" not in "".join(bar(over))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.DANISH, "Lyd på pause 1:43, men en ny HØJ lyder"),
        (Language.NORWEGIAN, "Lyd pauset 1:43, men en ny HØY lyder"),
        (Language.ENGLISH, "AUDIO PAUSED 1:43, but a new HIGH sounds"),
    ],
)
def test_what_sounds_in_spite_of_a_pause_is_said(language: Language, says: str) -> None:
    through = structs.replace(ringing.PAUSED, audible=Priority.HIGH)
    assert says in bar(ringing.bed(scenes.DESATURATION, through, language=language))[-1]


def test_what_is_left_is_never_said_to_be_less_than_it_is() -> None:
    assert [left(seconds) for seconds in (120.0, 119.2, 60.0, 59.01, 0.1)] == [
        "2:00",
        "2:00",
        "1:00",
        "1:00",
        "0:01",
    ]


@pytest.mark.parametrize(
    ("language", "paused", "off", "nothing"),
    [
        (Language.DANISH, "Lyd på pause", "Lyd slået fra", "Ingen højttaler"),
        (Language.NORWEGIAN, "Lyd pauset", "Lyd av", "Ingen høyttaler"),
        (Language.ENGLISH, "AUDIO PAUSED", "AUDIO OFF", "No loudspeaker"),
    ],
)
def test_every_way_in_which_nothing_sounds_has_its_words(
    language: Language, paused: str, off: str, nothing: str
) -> None:
    alarms: tuple[Message, ...] = (scenes.DESATURATION, scenes.FAST, ringing.LOW)
    for told in ((), alarms):
        shown = bar(ringing.bed(*told, ringing.PAUSED, language=language))
        assert paused in shown[-1]
        quiet = ringing.bed(*told, ringing.QUIET, sound=OFF, language=language)
        assert off in bar(quiet)[-1]
        lost = ringing.bed(*told, ringing.QUIET, sound=SoundState.UNUSABLE, language=language)
        assert nothing in bar(lost)[-1]


def test_where_the_sound_takes_a_row_the_alarms_that_are_hidden_are_counted() -> None:
    told = (scenes.DESATURATION, scenes.FAST, ringing.LOW)
    loud, paused = bar(ringing.bed(*told, ringing.HIGH)), bar(ringing.bed(*told, ringing.PAUSED))
    assert "! LAV" in loud[-1]
    assert "+ 1 mere" in paused[1]
    assert "!!! HØJ" in paused[0]


@pytest.mark.parametrize("profile", list(SoundProfile))
@pytest.mark.parametrize("language", list(Language))
def test_the_sound_profile_of_the_bed_stands_in_the_bar(
    profile: SoundProfile, language: Language
) -> None:
    sounding = structs.replace(ringing.QUIET, profile=profile)
    for alarms in ((), (scenes.DESATURATION,)):
        sight = ringing.bed(*alarms, sounding, language=language)
        word = sight.words.named("profile", profile.value)
        assert word != profile.value
        assert word in bar(sight)[-1]


def test_f7_pauses_and_while_it_is_paused_turns_on_again() -> None:
    loud = ringing.bed(scenes.DESATURATION, ringing.HIGH)
    assert commands.paused(loud, NAMED) == Pause(id="c7", by="MK", bed=scenes.BED)
    quiet = ringing.bed(scenes.DESATURATION, ringing.PAUSED)
    assert commands.paused(quiet, NAMED) == Unpause(id="c7", by="MK", bed=scenes.BED)


def test_the_key_for_the_sound_is_told_only_while_something_would_sound() -> None:
    many = (scenes.DESATURATION, scenes.FAST, ringing.LOW, scenes.PROBE_OFF)
    told = (
        ("[F7] lydpause", ringing.bed(scenes.DESATURATION, ringing.HIGH)),
        ("+ 1 mere  [F7] lydpause", ringing.bed(*many, ringing.HIGH)),
        ("[F7] lyd til", ringing.bed(ringing.PAUSED)),
    )
    for key, sight in told:
        assert key in bar(sight)[-1]
        assert "F7" in "".join(span.text for span in keyrow(sight, 200, 1)[0])
    for sight in (ringing.bed(ringing.QUIET), ringing.bed(ringing.HIGH, sound=OFF)):
        assert "F7" not in "".join(bar(sight))
        assert "F7" not in "".join(span.text for span in keyrow(sight, 200, 1)[0])


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("language", list(Language))
def test_a_call_is_as_urgent_as_a_high_alarm_and_says_who_called_and_for_how_long(
    language: Language, room: tuple[int, int]
) -> None:
    sight = ringing.bed(ringing.called(ringing.CALL), later_s=1.0, language=language)
    first = alarmbar(sight, *room)[0]
    text = "".join(span.text for span in first)
    high = sight.words.text("priority.high")
    assert text.startswith(f" !!! {high}  {sight.words.text('call.here')} · PO · 6 s")
    assert text.endswith(f"[F8] {sight.words.text('key.answer')} ")
    assert {span.tone for span in first} <= {Tone.HIGH_LIT, Tone.HIGH_DARK}


def test_a_call_flashes_as_a_high_alarm_does() -> None:
    tones = set()
    for tenth in range(10):
        sight = ringing.bed(ringing.called(ringing.CALL), later_s=tenth / 10)
        tones.add(alarmbar(sight, 80, 3)[0][0].tone)
    assert tones == {Tone.HIGH_LIT, Tone.HIGH_DARK}


def test_a_call_stands_below_a_high_alarm_that_nobody_has_seen_and_above_every_other() -> None:
    call = ringing.called(ringing.CALL)
    for first in (scenes.DESATURATION, ringing.SEEN, scenes.FAST, ringing.LATCHED):
        shown = bar(ringing.bed(first, call))
        below = first is scenes.DESATURATION
        assert ("Læge tilkaldt" in shown[1], "Læge tilkaldt" in shown[0]) == (below, not below)


def test_a_call_is_on_the_screen_however_many_alarms_there_are() -> None:
    told = (scenes.DESATURATION, scenes.FAST, scenes.PROBE_OFF, ringing.LOW)
    paused = structs.replace(ringing.PAUSED, calls=(ringing.CALL,))
    shown = bar(ringing.bed(*told, paused))
    assert "Læge tilkaldt" in shown[1]
    assert "+ 3 mere" in shown[1]


def elsewhere(sight: Sight) -> list[str]:
    return [one.bed for one in calls(sight)]


def test_a_call_of_another_bed_comes_here_once_it_has_waited() -> None:
    for call, here in ((ringing.CALL, []), (ringing.EVERYWHERE, [ringing.OTHER])):
        other = structs.replace(scenes.CASE, bed=ringing.OTHER, case="KN-261121-015", by="LN")
        sight = ringing.bed(ringing.QUIET, other, ringing.called(call, bed=ringing.OTHER))
        assert elsewhere(sight) == here


def test_a_call_of_another_bed_is_at_once_where_its_anaesthetist_is() -> None:
    other = structs.replace(scenes.CASE, bed=ringing.OTHER, case="KN-261121-015", by="LN")
    told = ringing.called(ringing.CALL, bed=ringing.OTHER)
    greeting = ringing.greeting(*scenes.RUNNING, ringing.QUIET, other, told)
    assert elsewhere(sight_of(*greeting, by="LN")) == [ringing.OTHER]
    assert elsewhere(sight_of(*greeting, by="MK")) == []


def test_a_call_from_a_bed_without_a_case_is_at_every_screen_at_once() -> None:
    call = structs.replace(ringing.CALL, case="")
    sight = ringing.bed(ringing.QUIET, ringing.called(call, bed=ringing.OTHER))
    assert elsewhere(sight) == [ringing.OTHER]
    assert "Læge tilkaldt: Stue 2 · PO" in bar(sight)[0]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 120])
def test_a_call_that_nobody_answers_says_how_far_it_has_gone_and_whom_to_ring(
    language: Language, width: int
) -> None:
    words = ringing.bed(language=language).words
    for count in (1, 3):
        waited = ringing.called(*[ringing.EVERYWHERE] * count, bed=ringing.OTHER)
        sight = ringing.bed(ringing.QUIET, waited, language=language)
        assert words.text("call.everywhere") in bar(sight, width)[0]
        rung = ringing.called(ringing.RING, *[ringing.CALL] * (count - 1), bed=ringing.OTHER)
        told = (scenes.DESATURATION, scenes.FAST, ringing.LOW, ringing.PAUSED)
        shown = bar(ringing.bed(*told, rung, language=language), width)
        assert words.text("call.phone", phone=ringing.PHONE) in shown[1]
        assert "…" not in "".join(shown)


def test_a_terminal_with_a_name_answers_in_it_with_one_key() -> None:
    sight = ringing.bed(ringing.called(ringing.CALL))
    assert commands.answering(sight, NAMED, "") == AnswerCall(id="c7", by="MK", bed=scenes.BED)


def test_what_is_answered_is_the_bed_that_the_call_came_from() -> None:
    sight = ringing.bed(ringing.QUIET, ringing.called(ringing.RING, bed=ringing.OTHER))
    answer = commands.answering(sight, NAMED, "")
    assert answer == AnswerCall(id="c7", by="MK", bed=ringing.OTHER)


def test_at_a_terminal_of_nobody_who_answers_is_asked_once_and_offered_again() -> None:
    sight = ringing.bed(ringing.called(ringing.CALL))
    first = commands.answering(sight, NOBODY, "")
    assert isinstance(first, Ask)
    outcome: object = first
    for key in ("L", "N", "enter"):
        assert isinstance(outcome, Ask)
        outcome = pressed(patients.asked(sight, outcome), key, NOBODY)
    assert outcome == AnswerCall(id="c7", by="LN", bed=scenes.BED)
    again = commands.answering(sight, NOBODY, "LN")
    assert isinstance(again, Ask)
    assert pressed(patients.asked(sight, again), "enter", NOBODY) == outcome


def test_answering_a_call_brings_back_what_was_open() -> None:
    opened: list[Prompt] = [Ask("transfer", typed="OUH"), AskAge("4")]
    for prompt in opened:
        sight = patients.asked(ringing.bed(ringing.called(ringing.CALL)), prompt)
        asked = commands.answering(sight, NOBODY, "")
        assert isinstance(asked, Ask)
        assert pressed(patients.asked(sight, asked), "escape", NOBODY) == prompt


def test_where_nobody_calls_that_is_said() -> None:
    found = commands.answering(ringing.bed(ringing.QUIET), NAMED, "")
    assert isinstance(found, Note)
    assert found.word == "note.uncalled"


def test_an_answer_that_came_too_late_says_that_nobody_calls() -> None:
    late = Answer("c7", Result.RECORDED)
    assert isinstance(answered(late, Ask("answer"), ringing.bed()), Ask)


def test_a_child_that_cries_is_one_key_beside_the_alarm_it_explains_in_recovery_alone() -> None:
    awake = structs.replace(scenes.CASE, state=CaseState.RECOVERY)
    shown = bar(ringing.bed(awake, scenes.FAST), 120)[0]
    assert "[Y] græder/uro  [A] kvittér" in shown
    narrow = bar(ringing.bed(awake, structs.replace(scenes.FAST, age_s=6000.0)))[0]
    assert "…" not in narrow
    assert narrow.endswith("[A] kvittér ")
    assert "[Y]" not in bar(ringing.bed(scenes.FAST))[0]
    assert "[Y]" not in bar(ringing.bed(awake, scenes.DESATURATION))[0]


@pytest.mark.parametrize("language", list(Language))
def test_a_window_that_is_too_small_still_says_who_calls_and_that_nothing_sounds(
    language: Language,
) -> None:
    paused = structs.replace(ringing.PAUSED, calls=(ringing.RING,))
    sight = ringing.bed(scenes.DESATURATION, paused, language=language)
    shown = " ".join("".join(s.text for s in row).strip() for row in small(sight, 60, 12))
    words = sight.words
    for text in (
        words.text("priority.high"),
        words.text("call.phone", phone=ringing.PHONE),
        words.text("sound.paused", left="1:43"),
    ):
        assert text in shown


def test_nothing_of_a_lost_daemon_is_said_to_sound() -> None:
    sight = ringing.bed(ringing.PAUSED, ringing.called(ringing.RING, bed=ringing.OTHER), later_s=9)
    assert calls(sight) == []
    assert pause_s(sight) is None
