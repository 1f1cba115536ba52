"""The blocks of commands of a document, each with what the comment above it says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

_BLOCK = re.compile(
    r"^ *<!-- (?P<said>[^\n]*) -->\n(?P<text> *```sh\n.*?```)$", re.DOTALL | re.MULTILINE
)
_TYPED = re.compile(r"typed: (?P<name>[a-z]+)(?:; it may end with (?P<status>[0-9]))?")


@dataclass(frozen=True, slots=True)
class Block:
    """Commands as they stand in a document."""

    name: str
    text: str
    statuses: tuple[int, ...]
    """How they may end."""


def blocks(document: Path) -> dict[str, Block]:
    """Return the blocks of a document that are typed as they stand, by name."""
    found = {}
    for match in _BLOCK.finditer(document.read_text("utf-8")):
        typed = _TYPED.fullmatch(match["said"])
        if typed is not None:
            lines = dedent(match["text"]).splitlines()[1:-1]
            more = () if typed["status"] is None else (int(typed["status"]),)
            found[typed["name"]] = Block(typed["name"], "\n".join(lines), (0, *more))
    return found


def unsaid(document: Path) -> list[str]:
    """Return the first lines of blocks above which nothing says whether they are typed."""
    text = document.read_text("utf-8")
    said = {match.end("text") for match in _BLOCK.finditer(text)}
    every = re.compile(r"^ *```sh\n(?P<first>[^\n]*)\n.*?```$", re.DOTALL | re.MULTILINE)
    return [match["first"].strip() for match in every.finditer(text) if match.end() not in said]
