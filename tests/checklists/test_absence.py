"""A kind of device without which nobody works holds where none of it is in use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import resources
from itertools import permutations

from ticks import KIT, NORTH, kit, mark, on, states

from checklists.absence import absences, asked_anew
from checklists.days import Occasion
from checklists.devicerules import device_rules
from checklists.entry import Entry, standing
from checklists.equipment import register
from checklists.readiness import Finding
from vitals import acts as deeds  # whose `Tested` would be taken for a test
from vitals.acts import Counter, Done, Register, Restore, Withdraw
from vitals.vocabulary import Weight

TEXT = resources.files("checklists").joinpath("equipment.toml").read_text("utf-8")
RULES = device_rules(TEXT, "equipment.toml")
TODAY = date(2026, 11, 20)
HERE = (NORTH, KIT)
FIRST = Register("defi-1", "Defibrillator", "Zoll", "1", KIT)
SECOND = Register("defi-2", "hjertestarter", "Zoll", "2", KIT)
AWAY = Register("defi-3", "defibrillator", "Zoll", "3", "Syd")
PUMP = Register("pump", "infusion pump", "B. Braun", "1", KIT)


def told(*acts: Done) -> list[Entry]:
    return [
        Entry(number, datetime(2026, 11, 20, 7, number, tzinfo=UTC), TODAY, "AS", act)
        for number, act in enumerate(acts, 1)
    ]


def missed(*acts: Done) -> list[Finding]:
    return [*absences(register(told(*acts), TODAY), HERE, RULES)]


def anew(entries: Sequence[Entry]) -> tuple[Occasion, ...]:
    found = asked_anew(standing(entries), register(entries, TODAY), HERE, RULES)
    return tuple(found)


def em_01(*acts: Done) -> str:
    """Return where the defibrillator of the trolley stands after everything was said."""
    entries = told(*acts)
    day = on(TODAY, kit(TODAY), occasions=anew(entries))
    (state,) = states(entries, day, "em-01")
    return state


TICKED = mark("emergency", "em-01")


def test_while_one_is_in_use_nothing_is_missed() -> None:
    assert missed(FIRST, SECOND, Withdraw("defi-1", "battery")) == []


def test_it_holds_when_the_last_one_is_out_of_use() -> None:
    (found,) = missed(FIRST, SECOND, Withdraw("defi-1", "x"), Withdraw("defi-2", "x"))
    assert (found.id, found.weight, found.approved) == ("defibrillator", Weight.HOLD, False)
    assert found.target == f"{NORTH}, {KIT}"


def test_it_holds_no_longer_when_one_is_back() -> None:
    assert missed(FIRST, Withdraw("defi-1", "x"), Restore("defi-1")) == []


def test_one_at_another_place_is_none_here() -> None:
    assert len(missed(FIRST, AWAY, Withdraw("defi-1", "x"))) == 1


def test_where_nobody_registers_such_devices_the_lists_alone_tell() -> None:
    assert missed(PUMP, Withdraw("pump", "x")) == []


def test_what_was_ticked_is_asked_for_anew_when_one_goes_out_of_use() -> None:
    assert em_01(FIRST, TICKED) == "done"
    assert em_01(FIRST, TICKED, Withdraw("defi-1", "x")) == "due"
    assert em_01(FIRST, TICKED, Withdraw("defi-1", "x"), TICKED) == "done"


def test_what_was_ticked_is_asked_for_anew_when_one_fails_its_check() -> None:
    assert em_01(FIRST, TICKED, deeds.Tested("defi-1", passed=False, reason="x")) == "due"
    assert em_01(FIRST, TICKED, deeds.Tested("defi-1")) == "done"


def test_another_device_or_place_asks_for_nothing_anew() -> None:
    assert em_01(PUMP, TICKED, Withdraw("pump", "x")) == "done"
    assert em_01(AWAY, TICKED, Withdraw("defi-3", "x")) == "done"


def test_a_withdrawal_that_was_countered_asks_for_nothing_anew() -> None:
    assert em_01(FIRST, TICKED, Withdraw("defi-1", "x"), Counter(3, "the other one")) == "done"


def test_the_order_of_what_was_said_changes_nothing() -> None:
    entries = told(FIRST, TICKED, Withdraw("defi-1", "x"))
    assert {anew(mixed) for mixed in permutations(entries)} == {anew(entries)}
