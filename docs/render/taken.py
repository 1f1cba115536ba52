"""A table of a rule file, read key by key: what a document leaves out is a fault, not a gap."""

from __future__ import annotations

from typing import Any


class RenderError(Exception):
    """A rule file holds what no document tells; teach the page that renders its kind."""


class Taken:
    """One table; every key must be taken before `done`."""

    def __init__(self, fields: dict[str, Any], where: str) -> None:
        self._left = dict(fields)
        self.where = where

    def take(self, key: str) -> Any:  # noqa: ANN401 - whatever the row holds
        """Return the value of a key that must be there."""
        if key not in self._left:
            raise RenderError(f"{self.where}: {key}: is missing")
        return self._left.pop(key)

    def maybe(self, key: str) -> Any:  # noqa: ANN401 - likewise
        """Return the value of a key, or None where it is absent."""
        return self._left.pop(key, None)

    def text(self, key: str) -> str:
        """Return a text; empty where the key is absent."""
        return str(self.maybe(key) or "")

    def table(self, key: str) -> Taken:
        """Return a table within this one."""
        return Taken(self.take(key), f"{self.where}: {key}")

    def rows(self, key: str) -> list[Taken]:
        """Return the rows of `[[key]]`; none where there are none."""
        given = self.maybe(key) or []
        return [Taken(row, f"{self.where}: [[{key}]] {n}") for n, row in enumerate(given, 1)]

    def done(self) -> None:
        """Raise RenderError naming the keys that nobody took."""
        if self._left:
            raise RenderError(f"{self.where}: {', '.join(self._left)}: no page tells of it")
