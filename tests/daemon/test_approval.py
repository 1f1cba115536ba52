from __future__ import annotations

import tomllib

import pytest

from daemon.approval import APPROVED, ApprovalError, digest, lapsed, signed, stands
from daemon.library import shipped

NAME = "limits.toml"
TEXT = shipped()[NAME].text


def approved(text: str = TEXT) -> str:
    return signed(text, NAME, "AS", "2026-11-22")


@pytest.mark.parametrize("name", APPROVED)
def test_what_ships_is_approved_by_nobody_and_can_be(name: str) -> None:
    text = shipped()[name].text
    assert not stands(tomllib.loads(text))
    after = tomllib.loads(signed(text, name, "AS", "2026-11-22"))
    assert stands(after)
    assert (after["approved_by"], after["approved_on"]) == ("AS", "2026-11-22")
    assert digest(after) == digest(tomllib.loads(text)) == after["approved_hash"]


def test_every_other_line_stays_as_it_was() -> None:
    text = TEXT.replace('approved_by = ""', 'approved_by = ""  # her initials')
    before, after = text.splitlines(), approved(text).splitlines()
    keys = ("approved_by", "approved_on", "approved_hash")
    others = [[line for line in one if not line.startswith(keys)] for one in (before, after)]
    assert others[0] == others[1]
    assert 'approved_by = "AS"  # her initials' in after
    assert "".join(approved(text)).count("#") == text.count("#")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("spo2 = { lo = 92, desat = 85 }", "spo2 = { lo = 91, desat = 85 }"),
        ("spo2_lo = 92", "spo2_lo = 93"),
        ("age = 17\n", "age = 18\n"),
        ("synthesis, product proposal", "our own"),
    ],
)
def test_a_row_that_is_altered_afterwards_takes_the_approval_away(old: str, new: str) -> None:
    text = approved()
    assert old in text
    tables = tomllib.loads(text.replace(old, new, 1))
    assert (stands(tables), lapsed(tables)) == (False, True)
    again = tomllib.loads(approved(text.replace(old, new, 1)))
    assert (stands(again), lapsed(again)) == (True, False)


def test_a_comment_or_a_blank_takes_nothing_away() -> None:
    text = approved().replace("schema = 1\n", "\n# looked at again\nschema  =  1\n")
    assert stands(tomllib.loads(text))


def test_a_name_alone_or_on_another_day_is_no_approval_of_other_rows() -> None:
    typed = tomllib.loads(TEXT.replace('approved_by = ""', 'approved_by = "AS"'))
    assert (stands(typed), lapsed(typed)) == (False, True)
    assert (stands(tomllib.loads(TEXT)), lapsed(tomllib.loads(TEXT))) == (False, False)


@pytest.mark.parametrize(
    "head",
    ['approved_by = """\n"""\n', '"approved_by" = ""\n'],
    ids=["many lines", "in quotes"],
)
def test_a_head_that_is_written_otherwise_is_not_guessed_at(head: str) -> None:
    text = TEXT.replace('approved_by = ""\n', head)
    with pytest.raises(ApprovalError, match=r'limits\.toml: .*write approved_by = ""'):
        approved(text)
