"""Files stay small enough to read at one sitting, and their names say one thing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from checkout import ROOT, python_files

LIMIT = 300
TEST_LIMIT = 400
TWO_WORDS = {
    "far_end": "the term for a line's other side",
    "hatch_build": "the name that hatchling looks for",
    "serial_link": "stands beside links over other carriers",
    "tcp_link": "likewise",
    "modbus_link": "likewise",
}

OURS = [path for path in python_files() if path.parts[0] != "tests"]
TESTS = [path for path in python_files() if path.parts[0] == "tests"]


@pytest.mark.parametrize(("paths", "limit"), [(OURS, LIMIT), (TESTS, TEST_LIMIT)])
def test_no_file_is_longer_than_its_limit(paths: list[Path], limit: int) -> None:
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in paths}
    assert {path: lines for path, lines in lengths.items() if lines > limit} == {}


def test_a_file_name_is_one_word() -> None:
    names = {path.stem for path in OURS} - TWO_WORDS.keys()
    assert {name for name in names if not re.fullmatch(r"[a-z]+|__init__|__main__", name)} == set()


def test_no_file_is_named_for_leftovers() -> None:
    leftovers = {"base", "common", "core", "helpers", "manager", "misc", "shared", "util", "utils"}
    folders = {part for path in python_files() for part in path.with_suffix("").parts}
    assert folders & leftovers == set()


def test_every_exception_for_two_words_is_used() -> None:
    assert TWO_WORDS.keys() - {path.stem for path in OURS} == set()


@pytest.mark.parametrize("path", [path for path in OURS if path.name == "__init__.py"], ids=str)
def test_a_package_is_a_docstring_and_nothing_else(path: Path) -> None:
    # Importing daemon.protocol runs daemon/__init__.py: every client would load what stands there.
    module = ast.parse((ROOT / path).read_text())
    assert ast.get_docstring(module)
    assert len(module.body) == 1
