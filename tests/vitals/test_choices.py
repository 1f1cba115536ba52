from __future__ import annotations

import pytest
from beds import text

from monitoring.services import service_rules
from vitals.rows import RowsError

SHIPPED = text("service_3022.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"during"', '"under"', "phase: Invalid enum value 'under': write before, during, after"),
        ('"tube"]', '"tub"]', "when.airway[1]: Invalid enum value 'tub': write mask, lma, tube or"),
        ('["mask_ga"', '["mask"', "service.allows[0]: Invalid enum value 'mask': write mask_ga, "),
        ("schema = 1", "schema = 2", "schema: Invalid enum value 2: write 1"),
        ("level = 2", 'level = "2"', "service.level: Expected `int | null`, got `str`"),
    ],
)
def test_where_only_some_words_may_stand_they_are_told(old: str, new: str, says: str) -> None:
    with pytest.raises(RowsError) as caught:
        service_rules(SHIPPED.replace(old, new, 1), "f")
    assert any(says in line for line in caught.value.errors)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("schema : 1", "f: line 1, column 8: is no TOML (Expected '=' after a key"),
        ("schema = 1\na = [", "f: line 2, the last one: is no TOML (Invalid value)"),
        ("schema = 1\na = '\r0", "f: line 2, the last one: is no TOML ("),
        ("a = 1\na = 2\n", "f: line 2, column 6: is no TOML (Cannot overwrite a value)"),
        ("schema = 1\na = 2019-13-01", "f: line 2, column 9: 2019-13-01 does not exist: write a"),
        ("a = 2019-02-29  # leap\n", "f: line 1, column 5: 2019-02-29 does not exist: write a"),
        ("a = { b = 2019-04-31 }\n", "f: line 1, column 11: 2019-04-31 does not exist: write a"),
        ("a = 2019-04-30 = 2\n", "f: line 1, column 16: is no TOML ("),
        ("a = " + "1" * 5000, "f: a number in it is too long: write a shorter one"),
        ("a = " + "[" * 5000, "f: is nested too deeply: write tables as shown"),
    ],
    ids=[
        "no equals sign",
        "no end",
        "a carriage return that ends no line",
        "twice",
        "no month",
        "no leap day",
        "no day within",
        "a day that exists",
        "no end of digits",
        "no end of brackets",
    ],
)
def test_what_is_no_toml_is_told_with_its_line(broken: str, says: str) -> None:
    with pytest.raises(RowsError) as caught:
        service_rules(broken, "f")
    (line,) = caught.value.errors
    assert line.startswith(says)
