"""What was typed and what was answered, as a text that is kept among the documents."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from pi.documents import Block
from pi.machine import FaultyError

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FETCHED = re.compile(r"(Get|Hit|Ign|Fetched|Selecting|Preparing|Unpacking|Setting up|\(Reading)\b")
"""What Debian's tools say of each package and where it came from: no answer to anything."""
LINES = 40
"""So many lines of an answer are kept at its beginning, and as many at its end."""


@dataclass
class Record:
    """The log of one system."""

    file: Path
    lines: list[str] = field(default_factory=list)

    def told(self, text: str) -> None:
        """Keep a sentence about what happens."""
        self._keep(["", f"## {text}", ""])

    def typed(self, block: Block, text: str, status: int, answer: str) -> None:
        """Keep what was typed and answered; FaultyError where it did not end as it may."""
        marked = [f"$ {line}" for line in text.splitlines()]
        self._keep([f"[{block.name}]", *marked, *_shortened(answer), f"(ended with {status})", ""])
        if status not in block.statuses:
            raise FaultyError(f"{block.name} ended with {status}: see {self.file}")

    def _keep(self, lines: list[str]) -> None:
        self.lines += lines
        self.file.write_text("\n".join(self.lines).rstrip() + "\n", "utf-8")
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()


def _shortened(answer: str) -> list[str]:
    plain = (_COLOUR.sub("", line).rstrip() for line in answer.splitlines())
    lines = [line for line in plain if not _FETCHED.match(line)]
    if len(lines) <= 2 * LINES:
        return lines
    return [*lines[:LINES], f"... {len(lines) - 2 * LINES} lines more ...", *lines[-LINES:]]
