from __future__ import annotations

import msgspec
import pytest
import scenes
import wards
from dashboards import sight_of
from digits import read_small
from rich.cells import cell_len

from daemon.protocol.message import Message
from tui import font
from tui.board import board, chosen, rows_for
from tui.group import GROUPS
from tui.reason import TELLS
from tui.span import Tone
from vitals.measure import Measure
from vitals.reading import Note, Quality
from words.catalogue import Language

LOW, LARGE = (80, 10), (48, 20)
ROOMS = pytest.mark.parametrize("room", [LOW, LARGE], ids=["low", "large"])


def text(
    *messages: Message, room: tuple[int, int] = LARGE, language: Language = Language.DANISH
) -> str:
    rows = board(sight_of(*scenes.greeting(*messages), language=language), *room)
    lines = ["".join(span.text for span in row) for row in rows]
    assert [cell_len(line) for line in lines] == [room[0]] * room[1]
    return "\n".join(lines)


@ROOMS
@pytest.mark.parametrize("language", list(Language))
def test_every_number_of_a_full_bed_has_its_place(
    room: tuple[int, int], language: Language
) -> None:
    shown = text(*wards.FULL, room=room, language=language)
    point = "." if language is Language.ENGLISH else ","
    for expected in (
        "88/51 (64)",
        "10:36",
        "22",
        "0,0 kPa",
        "50,2/46,1",
        "Sev 2,5/2,3",
        "48,0/43,2",
        "MAC 0,9",
        "36,8 °C",
        "112",
        "O2 4,2 bar",
        "N2O 4,2 bar",
        "air 4,3 bar",
        "O2 cylinder 136,8 bar",
        "N2O 8,0 kg",
        "≥ 92",
        "70-155",
    ):
        assert expected.replace(",", point) in shown
    assert "…" not in shown
    assert "+" not in shown
    assert read_small(shown.split("\n"))[:2] == ["119", "97"]
    assert "5,1" in read_small(shown.split("\n"))


def test_a_large_window_has_the_pulse_in_large_digits_too() -> None:
    assert read_small(text(*wards.FULL).split("\n")) == ["119", "97", "5,1", "118"]


def test_what_finds_no_room_is_counted() -> None:
    shown = text(*wards.FULL, room=(80, 8))
    assert "+" in shown
    assert "88/51 (64)" in shown


def test_an_oximeter_alone_has_the_largest_digits() -> None:
    sight = sight_of(*scenes.greeting(*scenes.RUNNING))
    assert chosen(sight, 80) == (Measure.SPO2, Measure.PULSE_RATE)
    assert rows_for(sight, 80, 13) == font.ROWS + 1


@ROOMS
def test_no_breath_is_said_under_the_dashes_and_stands_for_no_number(
    room: tuple[int, int],
) -> None:
    shown = text(*wards.AILING, room=room)
    assert "ingen vejrtrækning" in shown
    assert "---" in read_small(shown.split("\n"))
    assert "RF ---" in shown
    assert "forældet: 12 s" in shown
    assert "4,2 s gammel" in shown
    assert "O2 4,2 bar (6,0 s)" in shown


def test_a_doubtful_number_is_marked_large_and_small() -> None:
    low = text(*wards.AILING, room=LOW)
    assert "Puls 118?" in low
    assert "usikker" in text(*wards.AILING, room=LARGE)


def test_the_cuff_at_work_is_told_and_moves_nothing() -> None:
    idle = text(wards.device("cuff", "suntech"), *wards.READINGS, *wards.DEVICES[2:])
    busy = text(
        wards.device("cuff", "suntech", Note.CUFF_INFLATING),
        *wards.READINGS,
        *wards.DEVICES[2:],
    )
    assert "manchet pumper" in busy
    assert busy.replace("manchet pumper", " " * 14) == idle


def test_where_two_cuffs_measure_whose_it_is_is_told() -> None:
    second = wards.cuff("ivy", 121, 75, 92)
    newer = [msgspec.structs.replace(one, age_s=30.0) for one in second]
    assert "BT 121/75 (92) mmHg 10:36 (30 s) · ivy" in text(*wards.FULL, *newer)
    assert "· cuff" not in text(*wards.FULL)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("note", list(TELLS))
@ROOMS
def test_no_note_is_clipped_beside_the_number_that_it_explains(
    room: tuple[int, int], note: Note, language: Language
) -> None:
    live = note is not Note.FROM_MEMORY  # that says nothing of a number of now
    measures = [one for one in (Measure.SPO2, Measure.ETCO2) if live and one in TELLS[note]]
    readings = [wards.reading("ivy", one, None) for one in (Measure.SPO2, Measure.ETCO2)]
    device = wards.device("ivy", "ivy450c", note)
    shown = text(device, *readings, room=room, language=language)
    assert "…" not in shown
    sight = sight_of(*scenes.greeting(device), language=language)
    assert shown.count(sight.words.named("note", note.value)) >= len(measures)
    doubtful = [
        wards.reading("ivy", one, 50, quality=Quality.QUESTIONABLE)
        for one in (Measure.SPO2, Measure.ETCO2)
    ]
    assert "…" not in text(device, *doubtful, room=room, language=language)


def test_every_measure_has_its_group_and_each_is_in_one() -> None:
    held = [measure for group in GROUPS for measure in group.measures]
    assert sorted(held) == sorted(Measure)


def test_old_numbers_are_dim_and_current_ones_have_the_colour_of_their_wave() -> None:
    rows = board(sight_of(*scenes.greeting(*wards.FULL)), *LARGE)
    tones = {span.tone for row in rows for span in row if "██" in span.text}
    assert tones == {Tone.HEART, Tone.CHANNEL, Tone.CARBON}
    ailing = board(sight_of(*scenes.greeting(*wards.AILING)), *LARGE)
    assert Tone.CHANNEL_OLD in {span.tone for row in ailing for span in row if "██" in span.text}


def test_every_small_glyph_of_a_number_can_be_read_back() -> None:
    for number in ("0", "15", "100", "234", "678", "99", "---", "5,1", "10.2"):
        assert read_small(font.drawn_small(number)) == [number.replace(".", ",")]
    digits = [sign for sign in font.SMALL if sign not in ",."]
    assert len({font.SMALL[sign] for sign in digits}) == len(digits)
