"""Which codes a region can have activated: the framework services of the rules, and no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daemon.activation import unusable
from daemon.config import parsed
from daemon.library import library, load, shipped

TODAY = date(2026, 11, 22)
ASKED = "write a framework service, which a region activates: 5000"
HEAD = '[site]\nname = "Klinik Nord"\ncode = "KN"\n[[bed]]\nname = "Stue 1"\n'


def told(*codes: str) -> list[str]:
    rows = [
        f'[[activation]]\ncode = "{code}"\nregion = "Nord"\nsince = 2026-01-01\nreference = "7"\n'
        for code in codes
    ]
    return unusable(parsed(HEAD + "".join(rows), "c.toml"), load(), TODAY)


def test_the_framework_service_may_be_activated_and_nothing_need_be() -> None:
    assert told("5000") == told() == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("3020", "3020 (Anaesthesia for eye specialists) is withdrawn"),
        ("5010", "5010 (Placing an epidural catheter) is withdrawn"),
        ("9999", "no code '9999'"),
        ("4999", "no code '4999'"),
        ("the block", "no code 'the block'"),
        ("ana:5000", "'ana:5000' is 5000, which stands here bare"),
        ("2622", "2622 (Block of peripheral nerves) is no framework service"),
        ("recovery", "recovery (Recovery) is no framework service"),
    ],
)
def test_any_other_code_is_answered_with_what_it_is_and_what_was_expected(
    code: str, what: str
) -> None:
    assert told("5000", code) == [f"[[activation]] 2: code: {what}: {ASKED}"]


def test_an_anaesthetic_is_named() -> None:
    (line,) = told("3021")
    assert line.startswith("[[activation]] 1: code: 3021 (Short anaesthesia with mask")
    assert line.endswith(f") is no framework service: {ASKED}")


@pytest.mark.parametrize("code", ["ent:3022", "3006", "5001"])
def test_a_procedure_is_answered_with_its_name_and_its_anaesthesia(code: str) -> None:
    (line,) = told(code)
    number = code.removeprefix("ent:")
    assert f"ent:{number} is " in line
    assert "its anaesthesia is 30" in line
    assert line.endswith(ASKED)


def test_every_wrong_code_is_named_at_once() -> None:
    assert [line.split(": ")[0] for line in told("3020", "5000", "9999")] == [
        "[[activation]] 1",
        "[[activation]] 3",
    ]


def test_what_a_region_activates_the_rules_in_use_say(tmp_path: Path) -> None:
    bare = dict(shipped())
    text, _, rest = bare["treatments.toml"].text.partition("[[framework]]")
    row, _, rest = rest.partition("\n[[")
    other = row.replace("5000", "2622")
    changed = f"{text}[[framework]]{other}\n[[{rest}"
    bare["treatments.toml"] = type(bare["treatments.toml"])(changed, str(tmp_path))
    config = parsed(
        HEAD + '[[activation]]\ncode = "5000"\nregion = "N"\nsince = 2026-01-01\nreference = "7"\n',
        "c.toml",
    )
    (line,) = unusable(config, library(bare), TODAY)
    assert line.endswith("a region activates: 2622")
