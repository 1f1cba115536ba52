from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
import scenes
from dashboards import sight_of
from digits import read_digits
from rich.cells import cell_len

from daemon.protocol.cases import Limit
from daemon.protocol.limits import Altered
from daemon.protocol.message import Message
from daemon.protocol.messages import Hello, Refusal
from tui import font
from tui.age import Unclear
from tui.alarmbar import alarmbar
from tui.caseline import caseline
from tui.cells import cells
from tui.devicerow import devicerow
from tui.events import events
from tui.header import header
from tui.keys import keyrow, promptrow
from tui.message import message
from tui.notice import notice
from tui.numeric import limits_text, numeric
from tui.panel import View
from tui.prompt import IDLE, AskAge, EndArmed, Prompt, note
from tui.sight import Sight
from tui.span import Row, Tone, clip
from vitals.limits import Bound, Profile
from vitals.measure import Measure
from vitals.reading import Origin
from vitals.vocabulary import CaseState, GapCause, Priority, SignalState
from words.catalogue import Language

LONG = "Speciallægeklinikken for øre-næse-halssygdomme ved Søerne " * 3
LONG_NAMES = (
    msgspec.structs.replace(scenes.DEVICE, name=LONG),
    msgspec.structs.replace(scenes.SPO2, device=LONG),
    msgspec.structs.replace(scenes.CASE, case=LONG, limits_approved_by=LONG, by=LONG),
    msgspec.structs.replace(scenes.LINK_LOST, device=LONG),
)
SCENES: dict[str, Sequence[Message]] = {
    "nothing heard": [],
    "no case": scenes.greeting(*scenes.IDLE),
    "running": scenes.greeting(*scenes.RUNNING),
    "high": scenes.greeting(*scenes.HIGH),
    "both": scenes.greeting(*scenes.BOTH),
    "missing": scenes.greeting(*scenes.MISSING),
    "no device": scenes.greeting(),
    "long names": [
        Hello(1, "0.1.0", LONG, (scenes.BED,), scenes.AT),
        scenes.snapshot(*LONG_NAMES),
        scenes.BEAT,
    ],
    "wide signs": [Hello(1, "0", "医院\x1b[2J\n", (scenes.BED,), scenes.AT)],
}
VIEWS: dict[str, tuple[View, int]] = {
    "header": (header, 1),
    "notice": (notice, 1),
    "notice large": (notice, 2),
    "alarms": (alarmbar, 3),
    "alarms large": (alarmbar, 4),
    "spo2": (numeric(Measure.SPO2), 8),
    "pulse large": (numeric(Measure.PULSE_RATE), 10),
    "case": (caseline, 1),
    "cells": (cells, 1),
    "cells large": (cells, 2),
    "devices": (devicerow, 1),
    "devices large": (devicerow, 2),
    "events": (events, 1),
    "events large": (events, 4),
    "prompt": (promptrow, 1),
    "keys": (keyrow, 1),
}


def plain(row: Row) -> str:
    return "".join(span.text for span in row)


def text(view: View, sight: Sight, width: int = 80, height: int = 1) -> str:
    return "\n".join(plain(row).rstrip() for row in view(sight, width, height))


@pytest.mark.parametrize("scene", list(SCENES))
@pytest.mark.parametrize("name", list(VIEWS))
def test_every_row_is_exactly_as_wide_and_as_many_as_asked(scene: str, name: str) -> None:
    view, height = VIEWS[name]
    for language in Language:
        for later_s in (0.0, 3.0):
            sight = sight_of(*SCENES[scene], language=language, later_s=later_s)
            for width in (40, 80, 120, 200):
                rows = view(sight, width, height)
                assert [cell_len(plain(row)) for row in rows] == [width] * height
                assert plain(sum(rows, ())).isprintable()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", [name for name in VIEWS if "large" not in name])
@pytest.mark.parametrize("scene", ["no case", "running", "high", "both", "missing", "no device"])
def test_nothing_is_clipped_in_80_columns(language: Language, name: str, scene: str) -> None:
    view, height = VIEWS[name]
    width = 40 if view in (VIEWS["spo2"][0], VIEWS["pulse large"][0]) else 80
    for prompt in (IDLE, AskAge("1", Unclear.MONTHS), AskAge("x", Unclear.MALFORMED), EndArmed(0)):
        sight = sight_of(*SCENES[scene], language=language, prompt=prompt)
        assert "…" not in text(view, sight, width, height)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("band", ["neonate", "infant", "y1_2", "y12_18", "adult"])
def test_every_age_band_has_room_in_80_columns(language: Language, band: str) -> None:
    case = msgspec.structs.replace(scenes.CASE, band=band)
    sight = sight_of(*scenes.greeting(scenes.DEVICE, case), language=language)
    assert "…" not in text(caseline, sight)


def test_values_stand_in_large_digits_and_as_plain_text() -> None:
    sight = sight_of(*SCENES["running"])
    assert read_digits(text(numeric(Measure.SPO2), sight, 40, 8).split("\n")) == ["97"]
    assert "SpO2 97 · puls 118" in text(devicerow, sight)


def test_a_missing_value_is_dashes_and_says_why() -> None:
    sight = sight_of(*SCENES["missing"])
    shown = text(numeric(Measure.SPO2), sight, 40, 8)
    assert read_digits(shown.split("\n")) == ["---"]
    assert "sensor af" in shown
    assert "SpO2 --- · puls ---" in text(devicerow, sight)


def test_an_old_value_is_dim_and_shows_its_age() -> None:
    old = scenes.with_value(scenes.SPO2, 97, 4.2)
    sight = sight_of(*scenes.greeting(scenes.DEVICE, old))
    rows = numeric(Measure.SPO2)(sight, 40, 8)
    assert "4,2 s gammel" in plain(rows[0])
    assert {span.tone for span in rows[3] if "█" in span.text} == {Tone.CHANNEL_OLD}


def test_a_value_beyond_its_bound_is_dashes() -> None:
    sight = sight_of(*scenes.greeting(scenes.DEVICE, scenes.with_value(scenes.SPO2, 97, 11.0)))
    shown = text(numeric(Measure.SPO2), sight, 40, 8)
    assert read_digits(shown.split("\n")) == ["---"]
    assert "forældet: 11 s" in shown


@pytest.mark.parametrize(("later_s", "blank"), [(2.5, False), (2.51, True)])
def test_a_silent_daemon_blanks_every_value_and_fills_the_bar(
    later_s: float, *, blank: bool
) -> None:
    sight = sight_of(*SCENES["running"], later_s=later_s)
    assert ("---" in text(devicerow, sight)) is blank
    assert (read_digits(text(numeric(Measure.SPO2), sight, 40, 8).split("\n")) == ["---"]) is blank
    rows = alarmbar(sight, 80, 3)
    assert ("FORBINDELSE TIL VAGT TABT" in text(alarmbar, sight, 80, 3)) is blank
    red = {span.tone for row in rows for span in row} <= {Tone.HIGH_LIT, Tone.HIGH_DARK}
    assert red is blank


def test_the_bar_shows_the_high_first_and_the_medium_under_it() -> None:
    rows = alarmbar(sight_of(*SCENES["both"]), 80, 3)
    assert plain(rows[0]).startswith(" !!! HØJ  SpO2 lav 83 %  under 85 · varet 6 s")
    assert plain(rows[2]).startswith(" !! MIDDEL  Puls høj 161/min  over 155 · varet 01:04")
    assert {span.tone for span in rows[2]} <= {Tone.MEDIUM_LIT, Tone.MEDIUM_DARK}


def test_alarms_that_find_no_row_are_counted() -> None:
    alarms = [msgspec.structs.replace(scenes.FAST, id=f"a{n}") for n in range(5)]
    rows = alarmbar(sight_of(*scenes.greeting(scenes.DESATURATION, *alarms)), 80, 3)
    assert "SpO2 lav" in plain(rows[0])
    assert plain(rows[2]).rstrip().endswith("+ 3 mere")


def test_the_bar_shows_the_value_of_just_now_rather_than_that_of_the_onset() -> None:
    falling = scenes.with_value(scenes.SPO2, 80)
    sight = sight_of(*scenes.greeting(scenes.DEVICE, falling, scenes.DESATURATION))
    assert "SpO2 lav 80 %" in text(alarmbar, sight, 80, 3)


def test_an_acknowledged_alarm_says_so_and_does_not_flash() -> None:
    alarm = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED)
    tones = set()
    for tenth in range(10):
        sight = sight_of(*scenes.greeting(alarm), later_s=tenth / 10)
        tones |= {span.tone for span in alarmbar(sight, 80, 3)[0]}
        assert "KVITTERET" in text(alarmbar, sight, 80, 3)
    assert tones == {Tone.HIGH_DARK}


def test_a_latched_note_is_marked() -> None:
    alarm = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.LATCHED)
    assert "OPHØRT, IKKE KVITTERET" in text(alarmbar, sight_of(*scenes.greeting(alarm)), 80, 3)


def test_a_low_alarm_is_constant() -> None:
    alarm = msgspec.structs.replace(scenes.DESATURATION, priority=Priority.LOW)
    seen = {
        span.tone
        for tenth in range(20)
        for span in alarmbar(sight_of(*scenes.greeting(alarm), later_s=tenth / 10), 80, 3)[0]
    }
    assert seen == {Tone.LOW_LIT}


@pytest.mark.parametrize("origin", [Origin.SIMULATED, Origin.REPLAYED])
def test_anything_that_was_not_measured_puts_up_its_ribbon(origin: Origin) -> None:
    reading = msgspec.structs.replace(scenes.SPO2, origin=origin)
    word = {Origin.SIMULATED: "SIMULERET", Origin.REPLAYED: "AFSPILLET"}[origin]
    assert word in text(notice, sight_of(*scenes.greeting(scenes.DEVICE, reading)))
    assert word not in text(notice, sight_of(*SCENES["running"]))


def test_limits_that_nobody_approved_say_so_and_approved_ones_name_who() -> None:
    assert "GRÆNSER IKKE GODKENDT" in text(caseline, sight_of(*SCENES["running"]))
    approved = msgspec.structs.replace(scenes.CASE, limits_approved_by="AS")
    shown = text(caseline, sight_of(*scenes.greeting(approved)))
    assert "grænser 2-4 år (godkendt AS)" in shown
    assert "IKKE" not in shown


def test_limits_that_somebody_set_are_marked_and_what_is_extreme_or_off_has_its_word() -> None:
    low = Limit(Measure.SPO2, 88, None, 85, None, changed=(Bound.LO,))
    told = Profile.ANAESTHESIA, Measure.SPO2, Bound.LO, 88, 92, "AS", "hjerte", scenes.AT
    case = msgspec.structs.replace(scenes.CASE, limits=(low,), altered=(Altered(*told),))
    sight = sight_of(*scenes.greeting(case))
    assert "GRÆNSER ÆNDRET" in text(caseline, sight, 140)
    assert limits_text(sight, Measure.SPO2) == "≥ 88*"
    far = msgspec.structs.replace(case, altered=(Altered(*told, extreme=True),))
    shown = text(caseline, sight_of(*scenes.greeting(far)), 140)
    assert "YDERLIGE GRÆNSER ELLER SLÅET FRA" in shown
    assert "GRÆNSER ÆNDRET" not in shown
    plain = sight_of(*SCENES["running"])
    assert limits_text(plain, Measure.SPO2) == "≥ 92"


def test_a_band_that_somebody_chose_has_its_reason_beside_it() -> None:
    case = msgspec.structs.replace(scenes.CASE, band="infant", band_reason="født i uge 32")
    shown = text(caseline, sight_of(*scenes.greeting(case)), 140)
    assert "aldersgruppe valgt: født i uge 32" in shown


def test_an_unmet_requirement_says_why_and_the_advice_is_one_plain_word() -> None:
    shown = text(cells, sight_of(*SCENES["missing"]), 120, 2)
    assert "observation ✓ (AS)" in shown
    assert f"SpO2 ✗ {'forbindelse tabt'}" in shown
    assert "anbefalet: CO2 EKG BT" in shown
    advice = cells(sight_of(*SCENES["missing"]), 120, 2)[1]
    assert {span.tone for span in advice} == {Tone.PLAIN}


@pytest.mark.parametrize("cause", list(GapCause))
def test_every_cause_has_room_beside_its_requirement(cause: GapCause) -> None:
    unmet = msgspec.structs.replace(scenes.CELLS[1], met=False, cause=cause)
    case = msgspec.structs.replace(scenes.CASE, cells=(scenes.CELLS[0], unmet))
    for language in Language:
        shown = text(cells, sight_of(*scenes.greeting(case), language=language))
        assert "✗ " in shown
        assert "…" not in shown


def test_an_ended_case_stands_still() -> None:
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.ENDED)
    sight = sight_of(*scenes.greeting(ended), later_s=2.0)
    assert "00:12:41" in text(caseline, sight)
    assert "slut" in text(caseline, sight)
    running = sight_of(*SCENES["running"], later_s=2.0)
    assert "00:12:43" in text(caseline, running)


def test_without_a_case_the_way_to_start_one_is_shown() -> None:
    assert "ingen anæstesi: N" in text(caseline, sight_of(*SCENES["no case"]))


@pytest.mark.parametrize(
    ("scene", "bed", "expected"),
    [
        ("nothing heard", None, "/run/vagt/vagt.sock"),
        ("no device", None, "apparater: tilføj [[device]]"),
        ("running", "Stue 2", "Intet apparat er sat op til Stue 2"),
        ("running", "Stue 9", "Stue 1, Stue 2"),
    ],
)
def test_what_is_missing_is_said_in_the_place_of_the_wave(
    scene: str, bed: str | None, expected: str
) -> None:
    rows = message(sight_of(*SCENES[scene], bed=bed), 80, 5)
    assert rows is not None
    assert expected in " ".join(plain(row).strip() for row in rows)


def test_a_daemon_of_another_protocol_is_named_and_nothing_of_it_is_shown() -> None:
    foreign = [msgspec.structs.replace(scenes.HELLO, protocol=2), scenes.snapshot(*scenes.RUNNING)]
    sight = sight_of(*foreign)
    rows = message(sight, 80, 5)
    assert rows is not None
    assert "protokol 2" in " ".join(plain(row) for row in rows)
    assert "97" not in text(devicerow, sight)


def test_the_newest_event_is_first_and_in_local_time() -> None:
    rows = events(sight_of(*SCENES["running"]), 120, 4)
    assert "10:42:01 !!! alarm nu HØJ SpO2 lav 83" in plain(rows[0])
    assert "10:29:26 anæstesistart · AS" in plain(rows[2])


def test_a_refusal_is_one_line_in_the_words_of_the_language() -> None:
    prompt: Prompt = note("answer.refused", scenes.NOW, Refusal.CASE_RUNNING)
    shown = text(promptrow, sight_of(*SCENES["running"], prompt=prompt))
    assert shown.strip() == "Afvist: pladsen har en patient, hvis forløb ikke er slut"


def test_every_glyph_of_the_digits_can_be_read_back() -> None:
    assert len(set(font.FONT.values())) == len(font.FONT)
    for number in ("0", "15", "100", "234", "678", "99", "---"):
        assert read_digits(font.drawn(number.rjust(3))) == [number]
    assert {len(line) for line in font.drawn("100")} == {font.WIDTH}


def test_clipping_counts_cells_and_marks_the_cut() -> None:
    assert clip("anæstesi", 8) == "anæstesi"
    assert clip("anæstesi", 5) == "anæs…"
    assert cell_len(clip("医院医院", 5)) <= 5
