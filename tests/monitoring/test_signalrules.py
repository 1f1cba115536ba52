from __future__ import annotations

import pytest
from beds import text
from histories import SIGNALS

from monitoring.signalrules import quieter, signal_rules
from vitals.rows import RowsError

SHIPPED = text("signals.toml")


def faults(was: str, now: str) -> list[str]:
    assert was in SHIPPED
    with pytest.raises(RowsError) as caught:
        signal_rules(SHIPPED.replace(was, now, 1), "signals.toml")
    return list(caught.value.errors)


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("seconds = 120.0", "seconds = -1.0", "[pause]"),
        ("seconds = 120.0", "", "seconds"),
        ("phone_s = 60.0", "phone_s = 10.0", "everywhere_s <= phone_s does not hold"),
        ('id = "full"', 'id = "recovery"', "[[profile]] 'recovery' stands twice: keep one"),
        ('id = "full"', 'id = "recovery"', "[[profile]] 'full' is missing: add it"),
        ('id = "full"', 'id = "silent"', "silent"),
        ('physiological = "high"', 'physiological = "none"', "physiological"),
        ('condition = "link_lost"', 'condition = ""', "condition"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_row_that_cannot_be_is_named(was: str, now: str, fault: str) -> None:
    assert any(fault.strip("[]") in line for line in faults(was, now))


def test_every_row_has_a_source() -> None:
    parts = SHIPPED.split("source = ")
    for number in range(1, len(parts)):
        less = "source = ".join([*parts[:number]]) + parts[number].split("}", 1)[1]
        rest = "".join(f"source = {part}" for part in parts[number + 1 :])
        with pytest.raises(RowsError):
            signal_rules(less + rest, "signals.toml")


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ("seconds = 120.0", "seconds = 180.0", "[pause] seconds: 180: at most 120"),
        ("heard_s = 13.0", "heard_s = 11.0", "[pause] heard_s: 11: at least 13"),
        ("everywhere_s = 20.0", "everywhere_s = 30.0", "[call] everywhere_s: 30: at most 20"),
        ("phone_s = 60.0", "phone_s = 90.0", "[call] phone_s: 90: at most 60"),
        ("after_s = 120.0", "after_s = 300.0", "[[lapse]] 'link_lost' after_s: 300: at most 120"),
        ('"link_lost"', '"probe_off"', "[[lapse]] 'link_lost' is missing: put it back"),
        ("lasting_s = 10.0", "lasting_s = 60.0", "[[profile]] 'theatre' lasting_s: 60: at most 10"),
        (
            'physiological = "low"',
            'physiological = "high"',
            "[[profile]] 'recovery' physiological: high: at most low",
        ),
    ],
)
def test_a_clinic_may_make_nothing_silent_for_longer(was: str, now: str, line: str) -> None:
    theirs = signal_rules(SHIPPED.replace(was, now, 1), "signals.toml")
    assert list(quieter(theirs, SIGNALS)) == [line]


def test_a_clinic_may_make_anything_sound_sooner() -> None:
    sooner = SHIPPED.replace("120.0", "60.0").replace("lasting_s = 10.0", "lasting_s = 0.0")
    assert list(quieter(signal_rules(sooner, "signals.toml"), SIGNALS)) == []
