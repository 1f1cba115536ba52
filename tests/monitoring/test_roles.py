from __future__ import annotations

from functools import cache

import pytest
from beds import text
from told import SAYINGS

from monitoring.rolerules import RoleRules, role_rules
from monitoring.steps import ALWAYS
from vitals.deeds import Said
from vitals.role import Role
from vitals.rows import RowsError

SHIPPED = text("roles.toml")


@cache
def rules() -> RoleRules:
    return role_rules(SHIPPED, "roles.toml")


@pytest.mark.parametrize("deed", SAYINGS, ids=lambda deed: deed.name())
def test_whatever_is_said_is_somebodys_but_an_airway_an_end_and_a_call(deed: Said) -> None:
    row = rules().whose(deed)
    assert (row is None) == isinstance(deed, ALWAYS)
    assert row is None or Role.ANAESTHESIOLOGIST in row.roles


def test_no_owner_and_no_technician_says_anything_of_a_patient() -> None:
    given = [row.roles for row in rules().may] + [row.roles for row in rules().to]
    roles = {role for one in given for role in one}
    assert roles == {Role.ANAESTHESIOLOGIST, Role.RECOVERY}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"check", "asa"', '"asa"', "'check' is missing: say whose it is"),
        ('deeds = ["discharge"]', 'deeds = ["discharge", "end"]', "'end' is taken from anybody"),
        ('deeds = ["discharge"]', 'deeds = ["discharge", "sing"]', "nothing is called so"),
        ('deeds = ["discharge"]', 'deeds = ["discharge", "begin"]', "'begin' stands twice"),
        ('deed = "hand_over"', 'deed = "move"', "'move' gives nobody a patient"),
        ('deed = "hand_over"', 'deed = "move"', "'hand_over' is missing: add it"),
        ('id = "roles.signing"', 'id = "roles.discharge"', "stands twice"),
        ('roles = ["anaesthesiologist"]', 'roles = ["nurse"]', "roles[0]"),
    ],
)
def test_a_fault_of_a_role_is_named(old: str, new: str, fault: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RowsError) as found:
        role_rules(SHIPPED.replace(old, new, 1), "roles.toml")
    assert fault in "\n".join(found.value.errors)
