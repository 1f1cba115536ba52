"""Bytes that are under way on wires with both ends in this process, counted at each end.

A kernel hands bytes on when it has time to: a pseudo-terminal's line discipline runs in a work
queue (drivers/tty/tty_buffer.c), a packet on the loopback in a softirq. That nothing waits at one
end is therefore no proof that nothing is under way; that as much was taken as was given is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Tally:
    """What is under way on one wire; a link and a far end count into the same one.

    Bytes that go to an end which is closed, or that were on the wire when it was cut, are no
    longer expected.
    """

    def __init__(self) -> None:
        self.to_far = 0
        self.to_link = 0
        self.fetch: Callable[[], None] = _nothing
        """Takes what has come to the far end; for one that looks only when its time has come."""
        self._open = False
        self._told = True
        """Whether the link has heard that it was cut."""
        self._opening = False

    @property
    def level(self) -> bool:
        """Tell whether every byte, and every cut, has arrived at the other end."""
        if self.to_far:
            self.fetch()
        return not (self.to_far or self.to_link or self._opening) and self._told

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Count a connection as under way while it is asked for; the link is open afterwards."""
        self._opening = True
        try:
            yield
            self._open, self._told, self.to_link = True, True, 0
        finally:
            self._opening = False

    def link_gave(self, count: int) -> None:
        """Count bytes that the link has put on the wire."""
        self.to_far += count

    def link_took(self, count: int) -> None:
        """Count bytes that the link has read."""
        self.to_link = max(0, self.to_link - count)

    def link_closed(self) -> None:
        """Expect nothing more at the link: it was closed, or has heard that it was cut."""
        self._open, self._told, self.to_link = False, True, 0

    def far_gave(self, count: int) -> None:
        """Count bytes that the far end has put on the wire, if somebody is there to read them."""
        if self._open:
            self.to_link += count

    def far_took(self, count: int) -> None:
        """Count bytes that the far end has read."""
        self.to_far = max(0, self.to_far - count)

    def far_cut(self) -> None:
        """Expect nothing more at the far end, and at the link that it hears of this."""
        self._told = not self._open
        self.to_far = self.to_link = 0

    def forget(self) -> None:
        """Expect nothing more of what is under way just now."""
        self.to_far = self.to_link = 0
        self._told, self._opening = True, False


class Tallies:
    """The tally of each wire, by the port under which both ends know it."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    def of(self, port: str) -> Tally:
        """Return the one tally of a port."""
        return self._tallies.setdefault(port, Tally())

    @property
    def level(self) -> bool:
        """Tell whether nothing is under way on any wire."""
        return all(tally.level for tally in self._tallies.values())

    def forget(self) -> tuple[str, ...]:
        """Expect nothing more of what is under way; return the ports where something was."""
        uneven = [port for port, tally in self._tallies.items() if not tally.level]
        for port in uneven:
            self._tallies[port].forget()
        return tuple(uneven)


def _nothing() -> None:
    """Take nothing: this far end reads by itself."""
