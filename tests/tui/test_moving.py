from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
import scenes
from dashboards import sight_of
from hypothesis import given
from hypothesis import strategies as st

from daemon.protocol.codec import to_command, to_line
from daemon.protocol.commands import Assign
from daemon.protocol.message import Message
from daemon.protocol.messages import Device, Event
from tui.choice import HINT, choice
from tui.commands import Asker
from tui.events import event_text
from tui.keys import keyrow, promptrow
from tui.mirror import Bed
from tui.moving import begun, entered, standing, stepped, typed
from tui.prompt import Choose, Note
from tui.sight import Sight
from tui.span import Row, Tone, width_of
from vitals.measure import Measure
from words.catalogue import Language

ASKER = Asker("AS", 7)
RECOVERY = "Opvågning"
HELLO = msgspec.structs.replace(scenes.HELLO, beds=(scenes.BED, RECOVERY, "Stue 2"))
CAPNO = msgspec.structs.replace(scenes.DEVICE, name="capno")
FAR = msgspec.structs.replace(scenes.DEVICE, name="ecg", bed=RECOVERY)


def sight(
    *messages: Message, bed: str | None = None, language: Language = Language.DANISH
) -> Sight:
    told = (HELLO, scenes.snapshot(scenes.DEVICE, CAPNO, FAR, scenes.SPO2), scenes.BEAT)
    return sight_of(*told, *messages, bed=bed, language=language)


def text(row: Row) -> str:
    return "".join(span.text for span in row)


def prompt_text(shown: Sight, prompt: Choose, width: int = 80) -> str:
    row = choice(shown, prompt, width)
    assert width_of(row) == width
    return text(row)


def test_devices_of_every_bed_are_offered_those_of_this_bed_first() -> None:
    assert begun(sight()) == Choose(("capno", "nonin", "ecg"))
    assert begun(sight(bed=RECOVERY)) == Choose(("ecg", "capno", "nonin"))


def test_a_device_of_this_bed_is_offered_another_and_one_of_another_bed_this_one() -> None:
    mine = entered(sight(), Choose(("capno", "nonin", "ecg"), at=1), ASKER)
    assert mine == Choose((scenes.BED, RECOVERY, "Stue 2"), at=1, device="nonin")
    other = entered(sight(), Choose(("capno", "nonin", "ecg"), at=2), ASKER)
    assert other == Choose((scenes.BED, RECOVERY, "Stue 2"), at=0, device="ecg")


def test_the_bed_that_is_entered_makes_a_command_that_the_daemon_reads() -> None:
    asked = Choose((scenes.BED, RECOVERY), at=1, device="nonin")
    command = entered(sight(), asked, ASKER)
    assert command == Assign(id="c7", by="AS", bed=RECOVERY, device="nonin")
    assert to_command(to_line(command)) == command


@given(signs=st.text(alphabet="0123456789x²", max_size=6))
def test_whatever_is_typed_one_of_the_options_is_chosen(signs: str) -> None:
    prompt = Choose(tuple("abcdefghijkl"))
    for sign in signs:
        prompt = typed(prompt, sign)
        assert prompt.chosen in prompt.options


@pytest.mark.parametrize(
    ("keys", "chosen"), [("3", "c"), ("12", "l"), ("13", "c"), ("0", "a"), ("x", "a"), ("19", "i")]
)
def test_a_number_of_two_digits_is_typed_one_after_the_other(keys: str, chosen: str) -> None:
    prompt = Choose(tuple("abcdefghijkl"))
    for key in keys:
        prompt = typed(prompt, key)
    assert prompt.chosen == chosen


def test_arrows_go_round() -> None:
    assert stepped(Choose(("a", "b")), -1).chosen == "b"
    assert stepped(Choose(("a", "b"), at=1), 1).chosen == "a"


def test_a_clinic_of_one_bed_or_without_devices_has_nothing_to_move() -> None:
    alone = msgspec.structs.replace(HELLO, beds=(scenes.BED,))
    for told in ((alone, scenes.snapshot(scenes.DEVICE)), (HELLO, scenes.snapshot())):
        note = begun(sight_of(*told))
        assert isinstance(note, Note)
        assert note.word == "note.unmovable"


def test_the_beds_of_a_daemon_that_was_started_anew_are_counted_again() -> None:
    alone = msgspec.structs.replace(HELLO, beds=(scenes.BED,))
    again = sight(alone, scenes.snapshot(scenes.DEVICE))
    assert isinstance(entered(again, Choose(("ecg",)), ASKER), Note)


def test_the_row_asks_for_the_device_and_then_for_the_bed() -> None:
    devices = prompt_text(sight(), Choose(("capno", "nonin", "ecg")))
    assert devices.startswith(" Apparat: ▸1 capno (Stue 1)   2 nonin (Stue 1)   3 ecg")
    assert devices.rstrip().endswith(HINT)
    beds = prompt_text(sight(), Choose((scenes.BED, RECOVERY), at=1, device="nonin"))
    assert beds.startswith(f" nonin til:  1 Stue 1  ▸2 {RECOVERY} ")


@pytest.mark.parametrize("width", [80, 120])
def test_what_is_chosen_is_whole_however_many_there_are(width: int) -> None:
    names = [f"monitor number {number:02}" for number in range(24)]
    told = [msgspec.structs.replace(scenes.DEVICE, name=name) for name in names]
    shown = sight_of(HELLO, scenes.snapshot(*told))
    prompt = begun(shown)
    assert isinstance(prompt, Choose)
    for at, name in enumerate(names):
        row = prompt_text(shown, stepped(prompt, at), width)
        assert f"▸{at + 1} {name} (Stue 1)" in row
        assert HINT in row
        assert ("…" in row) is (at > 0 or width_of(choice(shown, prompt, 2000)) > width)


def test_only_what_enter_takes_is_strong() -> None:
    row = choice(sight(), Choose(("capno", "nonin"), at=1), 80)
    strong = [span.text.strip() for span in row if span.tone is Tone.STRONG]
    assert strong == ["Apparat:", "▸2 nonin (Stue 1)"]


@pytest.mark.parametrize("language", list(Language))
def test_every_key_has_room_at_eighty_columns(language: Language) -> None:
    (row,) = keyrow(sight(language=language), 80, 1)
    assert "…" not in text(row)
    assert " F3 " in text(row)
    assert " F1 " in text(row)


def test_the_question_takes_the_row_of_the_prompt() -> None:
    asked = replace(sight(), prompt=Choose(("capno", "nonin")))
    assert promptrow(asked, 80, 1) == [choice(asked, Choose(("capno", "nonin")), 80)]


def held(shown: Sight, bed: str) -> Bed:
    return shown.mirror.bed(bed)


def test_a_device_that_is_told_of_at_another_bed_has_left_the_one_before() -> None:
    moved = sight(msgspec.structs.replace(scenes.DEVICE, bed=RECOVERY))
    assert list(held(moved, scenes.BED).devices) == ["capno"]
    assert not held(moved, scenes.BED).readings
    assert not held(moved, scenes.BED).numbers
    assert set(held(moved, RECOVERY).devices) == {"ecg", "nonin"}
    assert standing(moved, "nonin") == RECOVERY
    assert standing(moved, "none") is None
    assert moved.best(Measure.SPO2) is None


def test_a_device_that_stays_keeps_its_numbers() -> None:
    still = sight(scenes.DEVICE)
    assert len(held(still, scenes.BED).readings) == 1
    assert len(held(still, scenes.BED).numbers) == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.DANISH, "apparat flyttet: nonin, Stue 1 → Opvågning · AS"),
        (Language.NORWEGIAN, "apparat flyttet: nonin, Stue 1 → Opvågning · AS"),
        (Language.ENGLISH, "monitor moved: nonin, Stue 1 → Opvågning · AS"),
    ],
)
def test_the_last_events_say_what_was_moved_where_and_by_whom(
    language: Language, expected: str
) -> None:
    event = Event(scenes.AT, scenes.BED, "device_assigned", device="nonin", by="AS")
    event = msgspec.structs.replace(event, came_from=scenes.BED, moved_to=RECOVERY)
    assert event_text(sight(language=language), event).endswith(expected)


def test_a_port_that_was_changed_and_an_assignment_that_ended_name_the_device() -> None:
    for name in ("device_replugged", "assignment_ended"):
        event = Event(scenes.AT, scenes.BED, name, device="nonin")
        assert event_text(sight(), event).endswith("nonin")


def test_the_device_row_of_neither_bed_shows_a_device_twice() -> None:
    moved = sight(msgspec.structs.replace(scenes.DEVICE, bed=RECOVERY))
    names = [device.name for bed in HELLO.beds for device in devices(moved, bed)]
    assert sorted(names) == ["capno", "ecg", "nonin"]


def devices(shown: Sight, bed: str) -> list[Device]:
    return [held.message for held in shown.mirror.bed(bed).devices.values()]
