"""The locks pin everything by its hash, name no host, and cover what pyproject.toml asks for."""

from __future__ import annotations

import re

import pytest
from checkout import ROOT, setting
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
ORIGIN = re.compile(r"^    #( via)?(   | )[a-z0-9.-]+( \(pyproject\.toml(:dev)?\))?$|^    # via$")


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_a_lock_holds_pins_hashes_and_reasons_and_nothing_else(name: str) -> None:
    kinds = (PIN, HASH, ORIGIN)
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not any(kind.match(line) for kind in kinds)] == []


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_every_pin_is_followed_by_a_hash(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    after = dict(zip(lines, [*lines[1:], ""], strict=True))
    assert [line for line in lines if PIN.match(line) and not HASH.match(after[line])] == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (RUNTIME, ("project", "dependencies")),
        (DEVELOPMENT, ("project", "dependencies")),
        (DEVELOPMENT, ("dependency-groups", "dev")),
        (DEVELOPMENT, ("build-system", "requires")),
    ],
)
def test_a_lock_satisfies_what_pyproject_asks_for(name: str, path: tuple[str, ...]) -> None:
    pinned = pins(name)
    wanted = [Requirement(text) for text in setting(*path)]
    unmet = [
        str(one)
        for one in wanted
        if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))
    ]
    assert unmet == []


def test_development_runs_on_what_the_clinic_runs_on() -> None:
    assert pins(RUNTIME).items() <= pins(DEVELOPMENT).items()


def pins(name: str) -> dict[str, str]:
    """Return what the lock pins: canonical name to version."""
    matches = map(PIN.match, (ROOT / name).read_text().splitlines())
    return {match[1]: match[2] for match in matches if match}
