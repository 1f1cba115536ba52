"""The rows of the rules, and the tables of what a case may do after what, as the files say them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
RULES = ROOT / "monitoring" / "rules"
Row = dict[str, Any]
_LINE = re.compile(r"^\| (\w+) \|.*\| ([^|]+) \|$")
_STEP = re.compile(r"`(\w+)` → (\w+)")


@cache
def file(name: str) -> Row:
    """Return a file of the rules."""
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))


@cache
def services() -> dict[str, Row]:
    """Return every service by its code."""
    found = [file(path.stem) for path in sorted(RULES.glob("service_*.toml"))]
    return {one["service"]["code"]: one for one in found}


@cache
def ladder() -> tuple[str, ...]:
    """Return the codes of the anaesthetics, from the least."""
    levels = {code: one["service"].get("level") for code, one in services().items()}
    return tuple(sorted((code for code, level in levels.items() if level), key=levels.__getitem__))


def rank(code: str) -> int:
    """Return how much an anaesthetic is watched; 0 of what is none."""
    return int(services()[code]["service"].get("level", 0)) if code in services() else 0


def bands() -> list[Row]:
    """Return the bands of durations."""
    return list(file("durations")["band"])


def holds(band: Row, lasted_s: float) -> bool:
    """Tell whether a band has a duration."""
    low, high = band["lo"], band.get("hi")
    begun = lasted_s >= low if band["lo_incl"] else lasted_s > low
    over = high is not None and (lasted_s > high if band.get("hi_incl") else lasted_s >= high)
    return begun and not over


def lowest(lasted_s: float) -> str:
    """Return the lowest service that a duration fits in any manner."""
    codes = [one["code"] for one in bands() if "code" in one and holds(one, lasted_s)]
    return str(min(codes))


@cache
def steps(*, block: bool) -> dict[str, dict[str, str]]:
    """Return which word leads where from each state."""
    text = (ROOT / "docs" / "cases.md").read_text("utf-8")
    _, _, rest = text.partition("## A block\n" if block else "## An anaesthetic\n")
    section, _, _ = rest.partition("\n## ")
    found = (_LINE.match(line) for line in section.splitlines())
    return {one[1]: dict(_STEP.findall(one[2])) for one in found if one and one[1] != "stands"}
