"""What may be picked, so much of it as is shown at once: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.fields import Option
from tui.prompt import Ask

CHOICES = 8
"""So many options without a key of their own are shown, each with a digit for one."""


def pages(options: Sequence[Option]) -> int:
    """Return how many pages the options take."""
    keyless = [one for one in options if not one.key]
    return max(1, -(-len(keyless) // CHOICES))


def paged(prompt: Ask, options: Sequence[Option]) -> list[Option]:
    """Return the options of the page that is shown, each with its key."""
    if pages(options) == 1 and all(one.key for one in options):
        return list(options)
    first = prompt.page % pages(options) * CHOICES
    shown = options[first : first + CHOICES]
    return [replace(one, key=str(number)) for number, one in enumerate(shown, 1)]


def turned(prompt: Ask, options: Sequence[Option], by: int) -> Ask | None:
    """Return the question with another page, round and round; None where there is only one."""
    count = pages(options)
    return None if count == 1 else replace(prompt, page=(prompt.page + by) % count)
