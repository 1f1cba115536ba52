from __future__ import annotations

import pytest
from beds import text

from monitoring.bounds import loosened
from monitoring.tonerules import tone_rules
from vitals.rows import RowsError

SHIPPED = text("tones.toml")
CALL = 'id = "call"'


def faults(changed: str) -> str:
    with pytest.raises(RowsError) as found:
        tone_rules(changed, "tones.toml")
    assert all(line.startswith("tones.toml: ") for line in found.value.errors)
    return "\n".join(found.value.errors)


def edited(old: str, new: str, after: str = "") -> str:
    """Return what ships with a text replaced once, behind another where one is named."""
    head, mark, rest = SHIPPED.partition(after) if after else ("", "", SHIPPED)
    assert old in rest
    return head + mark + rest.replace(old, new, 1)


def test_what_ships_is_a_proposal_that_nobody_has_approved() -> None:
    assert 'proposal = true\napproved_by = ""' in SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "after", "fault"),
    [
        (
            "pulse_s = 0.150",
            "pulse_s = 0.201",
            CALL,
            "call: pulse_s: 0.201 is outside 0.075",
        ),
        ("gap_s = 0.100", "gap_s = 0.049", CALL, "call: gap_s: 0.049 is outside"),
        ("apart_s = 0.500", "apart_s = 1.31", CALL, "call: apart_s: 1.31 is outside"),
        ("interval_s = 5.0", "interval_s = 2.4", CALL, "call: interval_s: 2.4 is outside"),
        ("apart_s = 0.500\n", "", CALL, "call: apart_s: stands where there are two groups"),
        ("[[3, 2], [3, 2]]", "[[3], [3, 2]]", CALL, "call: groups: no burst of high priority"),
        ("f0_hz = 784.0", "f0_hz = 140", CALL, "call: f0_hz: 140 is outside 150 to 1000"),
        ("f0_hz = 784.0", "f0_hz = 1000.0", CALL, ""),
        ("f0_hz = 784.0", "f0_hz = 150.0", CALL, ""),
        ("-6.0, -8.0]", "-6.0, -16.0]", "", ""),
        ("-4.0, -6.0, -8.0]", "-4.0, -16.0, -16.0]", "", "3 components count, at least 4"),
        ("rise = 0.16", "rise = 0.09", "", "[pulse]: rise: 0.09 is outside 0.1 to 0.2"),
        ("fall = 0.06", "fall = 0.9", "", "a pulse has not faded before the next one begins"),
        ("level_db = -2.0", "level_db = -5.0", "", "high is no fainter than medium"),
        ("level_db = 0.0", "level_db = -3.0", "", "high is no fainter than medium"),
        ("level_db = 0.0", "level_db = 1.0", "", "level_db"),
        ("floor = 40", "floor = 101", "", "floor"),
        ("default = 100", "default = 39", "", "floor <= default does not hold"),
        ('id = "call"', 'id = "low"', "", "[[burst]] 'low' stands twice"),
        ('id = "call"', 'id = "low"', "", "[[burst]] 'call' is missing"),
        ('priority = "low"', 'priority = "high"', "", "[[window]] 'low' is missing"),
        ("[bounds]", "[bounds]\nbonus = 2", "", "bonus: is unknown"),
    ],
)
def test_a_tone_outside_its_window_is_named_with_its_row_and_key(
    old: str, new: str, after: str, fault: str
) -> None:
    if fault:
        assert fault in faults(edited(old, new, after))
    else:
        tone_rules(edited(old, new, after), "tones.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("floor = 40", "floor = 39", "[volume]: floor: is 39, and 40 in what ships"),
        ("floor = 40", "floor = 60", ""),
        ("most = 15.0", "most = 20.0", "[[window]] high: is not the one that ships"),
        ("spread_db = 15.0", "spread_db = 30.0", "[bounds]: are not those that ship"),
        ("f0_hz = 523.0", "f0_hz = 440.0", ""),
    ],
)
def test_a_clinic_may_choose_other_tones_but_neither_wider_windows_nor_a_lower_floor(
    old: str, new: str, said: str
) -> None:
    theirs, ours = tone_rules(edited(old, new), "own"), tone_rules(SHIPPED, "tones.toml")
    found = list(loosened(theirs, ours))
    assert [line[: len(said)] for line in found] == ([said] if said else [])
