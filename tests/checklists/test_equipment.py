from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import resources
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.devicerefusal import device_refusal
from checklists.devicerules import DeviceRules, Trait, device_rules
from checklists.entry import Entry
from checklists.equipment import Device, register, remarks, traits
from vitals import acts as deeds  # whose `Tested` would be taken for a test
from vitals.acts import (
    ChooseClinic,
    Counter,
    Done,
    Register,
    Restore,
    Serviced,
    Withdraw,
)
from vitals.rows import RowsError
from vitals.vocabulary import Weight

TODAY = date(2026, 11, 20)
TEXT = resources.files("checklists").joinpath("equipment.toml").read_text("utf-8")
RULES: DeviceRules = device_rules(TEXT, "equipment.toml")
HEART = Register("defi", "defibrillator", "Zoll", "AX 17", "Kuffert", date(2027, 6, 30))
PUMP = Register("pumpe", "infusion pump", "B. Braun", "0815", "Kuffert")


def told(*acts: Done | tuple[int, Done]) -> list[Entry]:
    """Return entries of today, a minute apart, or of so many days before."""
    found = []
    for number, one in enumerate(acts, 1):
        ago, act = one if isinstance(one, tuple) else (0, one)
        moment = datetime(2026, 11, 20, 7, number, tzinfo=UTC) - timedelta(days=ago)
        found.append(Entry(number, moment, moment.date(), "AS", act))
    return found


def device(*acts: Done | tuple[int, Done], day: date = TODAY) -> Device:
    (found,) = register(told(*acts), day)
    return found


def stands(*acts: Done | tuple[int, Done], day: date = TODAY) -> tuple[Trait, ...]:
    return traits(device(*acts, day=day), day, RULES.service)


def refusal(act: Done, *acts: Done | tuple[int, Done]) -> str | None:
    return device_refusal(register(told(HEART, PUMP, *acts), TODAY), act, RULES.service, TODAY)


def test_a_device_is_what_was_last_said_of_it() -> None:
    moved = Register("defi", "defibrillator", "Zoll", "AX 17", "Gigt", date(2028, 1, 1))
    found = device((3, HEART), (2, deeds.Tested("defi")), moved)
    assert (found.place, found.service_due) == ("Gigt", date(2028, 1, 1))
    assert (found.tested, found.tested_by, found.passed) == (date(2026, 11, 18), "AS", True)


def test_what_is_said_of_a_later_day_is_left_out() -> None:
    entries = told((1, HEART), Withdraw("defi", "broken"))
    assert [one.out for one in register(entries, TODAY - timedelta(days=1))] == [False]
    assert [one.out for one in register(entries, TODAY)] == [True]


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (None, Trait.SOUND),
        (TODAY + timedelta(days=31), Trait.SOUND),
        (TODAY + timedelta(days=30), Trait.DUE),
        (TODAY, Trait.DUE),
        (TODAY - timedelta(days=1), Trait.OVERDUE),
    ],
)
def test_a_service_is_told_of_thirty_days_ahead_and_in_time_on_its_last_day(
    due: date | None, found: Trait
) -> None:
    assert stands(Register("defi", "defibrillator", "Zoll", "AX 17", "Kuffert", due)) == (found,)


def test_the_first_use_after_a_service_is_held_until_the_device_was_checked() -> None:
    serviced = Serviced("defi", TODAY, date(2027, 11, 20))
    assert stands(HEART, deeds.Tested("defi"), serviced) == (Trait.UNCHECKED,)
    assert stands(HEART, serviced, deeds.Tested("defi")) == (Trait.SOUND,)


def test_a_check_that_failed_does_not_lift_that_hold() -> None:
    acts = (HEART, Serviced("defi", TODAY, date(2027, 1, 1)))
    failed = deeds.Tested("defi", passed=False, reason="no shock")
    assert stands(*acts, failed) == (Trait.FAILED, Trait.UNCHECKED)
    assert stands(*acts, failed, deeds.Tested("defi")) == (Trait.SOUND,)


def test_a_service_of_last_week_that_is_entered_today_was_checked_since() -> None:
    late = Serviced("defi", TODAY - timedelta(days=7), date(2027, 11, 1))
    assert stands((9, HEART), (6, deeds.Tested("defi")), late) == (Trait.SOUND,)
    assert stands((9, HEART), (7, deeds.Tested("defi")), late) == (Trait.UNCHECKED,)


def test_an_older_service_that_is_entered_late_does_not_take_back_the_newer_date() -> None:
    newer = Serviced("defi", TODAY - timedelta(days=2), date(2027, 11, 1))
    older = Serviced("defi", TODAY - timedelta(days=400), date(2026, 10, 1))
    found = device((9, HEART), (2, newer), (1, older))
    assert (found.serviced, found.service_due) == (newer.on, newer.due)


def test_a_device_that_is_out_of_use_is_that_and_nothing_else() -> None:
    old = Register("defi", "defibrillator", "Zoll", "AX 17", "Kuffert", date(2026, 1, 1))
    acts = (old, Withdraw("defi", "broken"))
    assert stands(*acts) == (Trait.OUT,)
    assert device(*acts).reason == "broken"
    assert stands(*acts, Restore("defi")) == (Trait.OVERDUE,)


def test_what_holds_comes_first_and_says_by_which_document() -> None:
    acts = (
        HEART,
        Register("pumpe", "infusion pump", "B. Braun", "0815", "Kuffert", TODAY),
        Serviced("defi", TODAY, date(2027, 6, 30)),
    )
    found = remarks(register(told(*acts), TODAY), TODAY, RULES)
    told_so = [(one.device.name, one.id, one.weight, one.until) for one in found]
    assert told_so == [
        ("defi", Trait.UNCHECKED, Weight.HOLD, None),
        ("pumpe", Trait.DUE, Weight.NOTICE, TODAY),
    ]
    assert found[0].source.startswith("AAGBI, Checking Anaesthetic Equipment (2012)")
    assert [one.approved for one in found] == [True, False]


def test_of_a_sound_device_there_is_nothing_to_say() -> None:
    assert remarks(register(told(HEART), TODAY), TODAY, RULES) == ()


def test_what_was_countered_was_not_so() -> None:
    assert stands(HEART, Withdraw("defi", "broken"), Counter(2, "the other one")) == (Trait.SOUND,)


def test_of_a_device_that_nobody_registered_nothing_is_known() -> None:
    assert register(told(deeds.Tested("defi"), ChooseClinic("KN")), TODAY) == ()


@pytest.mark.parametrize(
    "act",
    [
        HEART,
        Register("defi 2", "defibrillator", "Philips", "AX 17", "Gigt"),
        Serviced("defi", TODAY, date(2027, 1, 1)),
        Serviced("pumpe", TODAY),
        Serviced("pumpe", date(1996, 11, 20)),
        deeds.Tested("defi"),
        deeds.Tested("defi", passed=False, reason="no shock"),
        Withdraw("defi", "broken"),
        ChooseClinic("KN"),
    ],
)
def test_what_can_be_so_is_not_refused(act: Done) -> None:
    assert refusal(act) is None


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (deeds.Tested("defy"), "there is no device defy: expected defi, pumpe"),
        (Withdraw("defy", "broken"), "there is no device defy"),
        (
            Register("defi 2", "defibrillator", "ZOLL", "ax17", "Gigt"),
            "ZOLL ax17 is registered as defi: use that name, or read the serial number again",
        ),
        (
            Register("new", "monitor", "GE", "1", "Gigt", date(1996, 11, 19)),
            "service due 1996-11-19 is more than 30 years from today: mend the date",
        ),
        (Serviced("pumpe", date(1996, 11, 19)), "service 1996-11-19 is more than 30 years"),
        (Serviced("defi", TODAY, date(2126, 1, 1)), "service due 2126-01-01 is more than 30 years"),
        (Serviced("defi", date(2026, 11, 21)), "2026-11-21 is still to come: say when"),
        (Serviced("defi", TODAY, TODAY), "is not after this one, 2026-11-20: mend either date"),
        (Serviced("defi", TODAY), "say when it is due next"),
        (deeds.Tested("defi", passed=False), "defi has failed its check: say what is wrong"),
        (
            deeds.Tested("defi", passed=False, reason=" "),
            "defi has failed its check: say what is wrong",
        ),
        (Restore("defi"), "defi is in use already"),
    ],
)
def test_what_cannot_be_so_is_refused_in_one_line_with_the_way_on(act: Done, said: str) -> None:
    found = refusal(act)
    assert found is not None
    assert said in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (deeds.Tested("defi"), "defi is out of use (broken): put it in use again first"),
        (Withdraw("defi", "again"), "defi is out of use already (broken)"),
        (Restore("defi"), None),
        (Serviced("defi", TODAY, date(2027, 1, 1)), None),
    ],
)
def test_a_device_out_of_use_is_not_checked_until_it_is_in_use_again(
    act: Done, said: str | None
) -> None:
    assert refusal(act, Withdraw("defi", "broken")) == said


def test_before_anything_was_registered_the_way_on_is_to_do_that() -> None:
    found = device_refusal([], deeds.Tested("defi"), RULES.service, TODAY)
    assert found == "there is no device defi: register it first"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "failed"', 'id = "due"', "[[concern]] 'due' stands twice: keep one"),
        ('id = "failed"', 'id = "due"', "[[concern]] failed: is missing: add it"),
        ('id = "failed"', 'id = "sound"', "[[concern]] sound: is not known: remove it"),
        ('weight = "hold"', 'weight = "heavy"', "[[concern]] 1: weight"),
        ("due_days = 30", "due_days = -1", "service.due_days"),
        ("due_days = 30", "", "service.due_days: is missing: add it"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_of_the_rows_is_named_with_how_to_mend_it(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(RowsError) as refused:
        device_rules(TEXT.replace(old, new, 1), "equipment.toml")
    assert any(said in error for error in refused.value.errors)


sayings: st.SearchStrategy[Done] = st.sampled_from(
    [
        HEART,
        PUMP,
        Serviced("defi", TODAY, date(2027, 1, 1)),
        Serviced("defi", TODAY - timedelta(days=3), date(2026, 12, 1)),
        deeds.Tested("defi"),
        deeds.Tested("defi", passed=False, reason="no shock"),
        Withdraw("defi", "broken"),
        Restore("defi"),
        Counter(2, "slip"),
    ]
)
lists = st.lists(st.tuples(st.integers(0, 9), sayings), max_size=14).map(lambda one: told(*one))


@given(lists, st.randoms())
def test_the_order_of_what_is_given_never_matters(said: list[Entry], chance: Random) -> None:
    mixed = [*said]
    chance.shuffle(mixed)
    assert register(mixed, TODAY) == register(said, TODAY)


@given(lists)
def test_after_a_service_of_today_a_device_holds_until_it_is_checked_or_out_of_use(
    said: list[Entry],
) -> None:
    act = Serviced("defi", TODAY, date(2027, 11, 20))
    last = Entry(99, datetime(2026, 11, 20, 23, 0, tzinfo=UTC), TODAY, "AS", act)
    for one in register([*said, last], TODAY):
        if one.name == "defi" and not one.out:
            held = remarks([one], TODAY, RULES)
            assert Trait.UNCHECKED in {remark.id for remark in held}


@pytest.mark.parametrize(
    ("days", "weight"), [(1, Weight.NOTICE), (365, Weight.NOTICE), (366, Weight.HOLD)]
)
def test_a_service_that_is_over_for_too_long_holds(days: int, weight: Weight) -> None:
    late = Register("defi", "defibrillator", "Zoll", "1", "Kuffert", TODAY - timedelta(days=days))
    (found,) = remarks(register(told(late), TODAY), TODAY, RULES)
    assert (found.id, found.weight, found.approved) == (Trait.OVERDUE, weight, False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("over_days = 365\n", "", "service.over_days: is missing: add it"),
        ("over_days = 365", "over_days = -1", "service.over_days"),
        ("kinds = [", "kinds = []\nwords = [", "[[needed]] 1: words: is unknown: remove it"),
        ("[[needed]]", '[[needed]]\nweight = "notice"', "weight: is unknown: remove it"),
    ],
)
def test_a_fault_of_what_is_needed_is_named(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(RowsError) as refused:
        device_rules(TEXT.replace(old, new, 1), "equipment.toml")
    assert any(said in error for error in refused.value.errors)


@pytest.mark.parametrize("kind", ["defibrillator", "Defibrillator", " AED ", "hjertestarter"])
def test_a_defibrillator_is_known_by_each_of_its_names(kind: str) -> None:
    (row,) = RULES.needed
    assert row.meant(kind)
    assert not row.meant("infusion pump")
