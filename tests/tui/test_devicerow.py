from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
import scenes
import wards
from dashboards import sight_of

from daemon.protocol.message import Message
from tui.devicerow import devicerow
from tui.notice import TURN_S
from vitals.instant import Instant
from vitals.reading import Note
from vitals.vocabulary import DeviceState, Fault
from words.catalogue import Language, Words

NOISE = wards.ailing(wards.device("ivy", "ivy450c"), Fault.NOISE, DeviceState.SILENT)
WELL = tuple(device for device in wards.DEVICES if device.name != "ivy")
REASONS = {
    Language.DANISH: "der kommer bytes, men ingen er gyldige for",
    Language.NORWEGIAN: "det kommer byte, men ingen er gyldige for",
    Language.ENGLISH: "bytes arrive but none are valid for",
}


def rows(
    *messages: Message,
    language: Language = Language.DANISH,
    width: int = 80,
    height: int = 1,
    later_s: float = 0.0,
) -> list[str]:
    sight = sight_of(*scenes.greeting(*messages), language=language, later_s=later_s)
    shown = devicerow(sight, width, height)
    return ["".join(span.text for span in row).rstrip() for row in shown]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("protocol", ["modbus", "masimo-ascii1", "capnostat5"])
def test_bytes_of_another_protocol_are_told_in_each_language_in_80_columns(
    language: Language, protocol: str
) -> None:
    ailing = msgspec.structs.replace(NOISE, protocol=protocol, name="ivy450")
    for others in ((), WELL):
        (row,) = rows(ailing, *others, language=language)
        assert f"{REASONS[language]} {protocol}" in row
        assert "…" not in row


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_is_told_in_words_and_never_in_the_daemons_english(
    language: Language, fault: Fault
) -> None:
    ailing = msgspec.structs.replace(NOISE, fault=fault, reason="/dev/ttyUSB0: plug it in")
    (row,) = rows(ailing, language=language)
    assert Words(language).text(f"fault.{fault.value}", protocol="ivy450c") in row
    assert "ttyUSB0" not in row


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("note", list(Note))
def test_every_note_is_told_in_words_in_80_columns(language: Language, note: Note) -> None:
    (row,) = rows(wards.device("ivy", "ivy450c", note), *WELL[:2], language=language)
    assert Words(language).text(f"note.{note.value}") in row
    assert "…" not in row


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.DANISH, "ingen kontrolsum"),
        (Language.NORWEGIAN, "ingen sjekksum"),
        (Language.ENGLISH, "no checksum"),
    ],
)
def test_a_device_without_a_check_says_so_alone_and_among_others(
    language: Language, words: str
) -> None:
    bare = wards.device("finger", "contec-old", checked=False)
    assert words in rows(bare, *scenes.IDLE[1:], language=language)[0]
    assert words in rows(bare, *WELL[:3], language=language)[0]
    assert words not in rows(scenes.DEVICE, language=language)[0]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("width", "height"), [(80, 1), (120, 4)])
def test_a_bed_with_five_monitors_shows_each_whole(
    language: Language, width: int, height: int
) -> None:
    shown = "\n".join(rows(*wards.FULL, language=language, width=width, height=height))
    assert all(device.name in shown for device in wards.DEVICES)
    assert "…" not in shown
    assert "+" not in shown


def test_a_large_window_shows_the_values_too() -> None:
    shown = "\n".join(rows(*wards.FULL, width=120, height=4))
    for expected in ("SpO2 97 · puls 118", "HR 119", "BT 88/51 (64) 10:36", "O2 cylinder 136,8"):
        assert expected in shown


def test_trouble_comes_first_then_what_warns_then_the_rest() -> None:
    warns = wards.device("capnostat", "capnostat5", Note.WARMING_UP)
    (row,) = rows(wards.device("aaa", "nonin-df2"), warns, msgspec.structs.replace(NOISE, name="z"))
    assert row.index(" z ") < row.index("capnostat") < row.index("aaa")


def test_what_finds_no_room_is_counted_and_never_one_in_trouble() -> None:
    (row,) = rows(NOISE, *WELL)
    assert "ivy der kommer bytes" in row
    assert row.endswith("+4")


def test_several_in_trouble_are_all_named_and_take_turns_to_say_why() -> None:
    lost = [wards.ailing(device, Fault.UNPLUGGED) for device in WELL[:2]]
    told = sight_of(*scenes.greeting(NOISE, *lost, *WELL[2:]))
    seen = []
    for turn in range(4):
        now = Instant(scenes.NOW.monotonic + turn * TURN_S, scenes.NOW.wall)
        told.mirror.apply(scenes.BEAT, now)
        (row,) = devicerow(replace(told, now=now), 80, 1)
        seen.append("".join(span.text for span in row))
    assert all(name in seen[0] for name in ("capnostat", "cuff", "ivy"))
    assert sum("stikket er trukket ud" in row for row in seen) == len(lost)
    assert sum(REASONS[Language.DANISH] in row for row in seen) == 1


def test_what_came_before_the_loss_is_not_said_twice() -> None:
    (row,) = rows(wards.ailing(scenes.DEVICE, Fault.UNPLUGGED), *scenes.IDLE[1:])
    assert row.count("forbindelse tabt") == 1
    assert "stikket er trukket ud" in row
