"""A dashboard in a test's hand: keys in, commands out, answers back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import rosters
import scenes
from dashboards import FrozenClock, Told, settings, text
from textual import events
from textual.pilot import Pilot

from daemon.protocol.commands import Enter
from daemon.protocol.daylist import BadLine, DayList
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.request import Request
from tui.app import Dashboard
from vitals import deeds
from words.catalogue import Language


class Desk:
    """A dashboard in a test's hand, and what it sent."""

    def __init__(
        self, scene: tuple[Message, ...], lists: tuple[DayList, ...], language: Language
    ) -> None:
        self.clock = FrozenClock()
        self.source = Told(rosters.greeting(*scenes.IDLE, *scene, lists=lists))
        self.app = Dashboard(self.source, self.clock, settings(language))
        self.pilot: Pilot[None] | None = None

    async def press(self, *keys: str) -> list[Request]:
        """Press keys and return everything that was sent so far."""
        assert self.pilot is not None
        await self.pilot.press(*keys)
        self.app.draw()
        await self.pilot.pause()
        return self.source.sent

    async def hear(self, *messages: Message) -> None:
        assert self.pilot is not None
        for message in messages:
            self.app.hear(message)  # type: ignore[arg-type]  # every message here is outgoing
        self.app.draw()
        await self.pilot.pause()

    async def paste(self, pasted: str) -> list[Request]:
        """Paste text as a terminal does, and return everything that was sent so far."""
        assert self.pilot is not None
        self.app.post_message(events.Paste(pasted))
        await self.pilot.pause()
        self.app.draw()
        await self.pilot.pause()
        return self.source.sent

    async def answer(self, reason: Refusal | None = None, *lines: BadLine) -> None:
        """Let the daemon answer what was sent last."""
        result = Result.REFUSED if reason else Result.RECORDED
        await self.hear(Answer(self.source.sent[-1].id, result, reason, lines=lines))

    def shows(self, *words: str) -> bool:
        screen = " ".join(text(self.app).split())
        return all(word in screen for word in words)

    async def comes(self, *words: str) -> bool:
        """Tell whether words are shown, now or as soon as a busy machine has drawn them."""
        assert self.pilot is not None
        for _ in range(100):
            if self.shows(*words):
                return True
            await self.pilot.pause(0.02)
        return False


@asynccontextmanager
async def desk(
    *scene: Message,
    size: tuple[int, int] = (80, 24),
    lists: tuple[DayList, ...] = (),
    language: Language = Language.DANISH,
) -> AsyncIterator[Desk]:
    made = Desk(scene, lists, language)
    async with made.app.run_test(size=size) as pilot:
        made.pilot = pilot
        await made.hear()
        yield made


def said(command: Request) -> deeds.Said:
    assert isinstance(command, Enter)
    return command.deed
