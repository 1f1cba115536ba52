"""The repository speaks of the product alone, and its decisions can be found."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from checkout import ROOT, files, python_files

# In halves, so that this file is not found itself.
NEEDLES = [
    "/wo" + "rk/",
    "../sha" + "red",
    "/ro" + "ot/",
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb.deb" + "ian.org",
]
DECISIONS = [path for path in files() if path.is_relative_to("docs/decisions")]


@pytest.mark.parametrize("needle", NEEDLES)
def test_no_file_names_a_machine_or_a_registry(needle: str) -> None:
    sought = needle.encode()
    assert [str(path) for path in files() if sought in (ROOT / path).read_bytes()] == []


def test_no_path_is_one_machine_s_own() -> None:
    assert [str(path) for path in files() if (ROOT / path).is_symlink()] == []


def test_decisions_are_written_down_under_a_number_and_a_name() -> None:
    assert DECISIONS
    assert [p.name for p in DECISIONS if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", p.name)] == []


def test_a_decision_says_why_what_and_what_follows() -> None:
    headings = {path.name: headings_of((ROOT / path).read_text()) for path in DECISIONS}
    asked = ["Context", "Decision", "Consequences"]
    assert {name: found for name, found in headings.items() if found[1:] != asked} == {}


def test_no_two_decisions_share_a_number() -> None:
    numbers = Counter(path.name[:4] for path in DECISIONS)
    assert [number for number, count in numbers.items() if count > 1] == []


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readme_names_the_first_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text()


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    told = re.findall(r"`make ([a-z-]+)", (ROOT / "README.md").read_text())
    assert set(told) - targets == set()


def headings_of(text: str) -> list[str]:
    """Return the headings of a Markdown text, of whatever level."""
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


def test_every_test_that_the_architecture_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")))
    paths = [path for path in python_files() if path.parts[0] == "tests"]
    tests = "\n".join((ROOT / path).read_text("utf-8") for path in paths)
    there = set(re.findall(r"def (test_\w+)\(", tests)) | {path.stem for path in paths}
    assert named
    assert named - there == set()
