"""Threads that owe an answer: the journal's writer, and whatever the event loop has handed out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from daemon.journal.event import Event
from daemon.journal.recorded import Attachment
from daemon.journal.replay import Replay
from daemon.journal.writer import Journal
from vitals.instant import Instant


class Answers:
    """How many are awaited."""

    def __init__(self) -> None:
        self.awaited = 0

    def expect(self, answer: asyncio.Future[Any]) -> None:
        """Count an answer until it is there, or nobody wants it any more."""
        if not answer.done():
            self.awaited += 1
            answer.add_done_callback(self._came)

    def _came(self, _: asyncio.Future[Any]) -> None:
        self.awaited -= 1


class Answering(Journal):
    """A journal whose writer's answers are counted."""

    def __init__(self, path: Path, boot: str, answers: Answers) -> None:
        super().__init__(path, boot)
        self._answers = answers

    async def open(self, now: Instant) -> Replay:
        """Open it as `Journal` does; what was there is awaited."""
        opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answers.expect(opened)
        try:
            return await super().open(now)
        finally:
            opened.set_result(None)

    def append(
        self, event: Event, at: Instant, attached: Attachment | None = None
    ) -> asyncio.Future[None]:
        """Queue an event as `Journal` does; that it is on disk is awaited."""
        done = super().append(event, at, attached)
        self._answers.expect(done)
        return done
