"""The rules and the checklists decide; they read no clock, touch no file and say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import ROOT, contracts, python_files
from purity import impurities

PURE = {"monitoring", "checklists"}
(CONTRACT,) = (one for one in contracts() if set(one.get("source_modules", [])) == PURE)
BANNED = set(CONTRACT["forbidden_modules"])
FILES = [path for path in python_files() if path.parts[0] in PURE]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_pure_room_does_nothing_but_decide(path: Path) -> None:
    assert impurities((ROOT / path).read_text(), BANNED) == []


@pytest.mark.parametrize(
    "sample",
    [
        "open('limits.toml')",
        "rows = path.open()",
        "print('alarm')",
        "say = print",
        "input()",
        "eval(text)",
        "exec(text)",
        "breakpoint()",
        "__import__('os')",
        "datetime.now(UTC)",
        "read = datetime.now",
        "date.today()",
        "def f(now): return now()",
        "import os",
        "import os.path",
        "import math, time",
        "from pathlib import Path",
        "from importlib.resources import files",
        "def f():\n    import sqlite3",
    ],
)
def test_the_search_finds_an_act_wherever_it_hides(sample: str) -> None:
    assert len(impurities(sample, BANNED)) == 1


@pytest.mark.parametrize(
    "sample",
    [
        "def late(now: Instant) -> bool: return now.seconds_since(self.seen) > 10",
        "limit = rows.opened",
        "from datetime import timedelta",
        "import timeit_of_ours",
        "text = 'open the airway'",
    ],
)
def test_the_search_leaves_values_and_words_alone(sample: str) -> None:
    assert impurities(sample, BANNED) == []
