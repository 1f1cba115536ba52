"""Dashboards under test: their text, and a source and a clock that a test holds in its hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta, timezone

import scenes

from daemon.protocol.message import Message
from daemon.protocol.messages import Outgoing
from daemon.protocol.request import Request
from tui.app import Dashboard
from tui.catalogue import Catalogue
from tui.daybook import Daybook
from tui.mirror import Mirror
from tui.practice import Practice
from tui.prompt import IDLE, Prompt
from tui.settings import UNNAMED, Settings
from tui.sight import Place, Sight, Tongue
from vitals.instant import Instant
from words.catalogue import Language, Words
from words.forms import Forms

ZONE = timezone(timedelta(hours=1))
SOCKET = "/run/vagt/vagt.sock"


class FrozenClock:
    """Stands still until it is moved."""

    def __init__(self, at: Instant = scenes.NOW) -> None:
        self._at = at

    def now(self) -> Instant:
        return self._at

    async def sleep(self, seconds: float) -> None:
        self.move(seconds)
        await asyncio.sleep(0)

    def move(self, seconds: float) -> None:
        self._at = Instant(self._at.monotonic + seconds, self._at.wall + seconds)


class Told:
    """A source that says what it was given and keeps what it is asked to send."""

    address = SOCKET
    connected = True

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages
        self.sent: list[Request] = []

    async def run(self, receive: Callable[[Outgoing], None]) -> None:
        for message in self._messages:
            receive(message)  # type: ignore[arg-type]  # every message of a scene is outgoing
        await asyncio.Event().wait()

    def send(self, command: Request) -> bool:
        self.sent.append(command)
        return True


def sight_of(
    *messages: Message,
    language: Language = Language.DANISH,
    later_s: float = 0.0,
    bed: str | None = None,
    prompt: Prompt = IDLE,
    by: str = UNNAMED,
) -> Sight:
    """Return what there is to see `later_s` after `messages` arrived together."""
    mirror, daybook, practice, catalogue = Mirror(), Daybook(), Practice(), Catalogue()
    for message in messages:
        mirror.apply(message, scenes.NOW)  # type: ignore[arg-type]  # as above
        daybook.apply(message, scenes.NOW)  # type: ignore[arg-type]  # as above
        practice.apply(message)
        catalogue.apply(message)
    now = Instant(scenes.NOW.monotonic + later_s, scenes.NOW.wall + later_s)
    place = Place(SOCKET, bed, ZONE, scenes.NOW, by)
    tongue = Tongue(Words(language), Forms(language))
    told = {"daybook": daybook, "practice": practice, "catalogue": catalogue}
    return Sight(mirror, place, tongue, prompt, now, **told)  # type: ignore[arg-type]


def settings(language: Language = Language.DANISH, bed: str | None = None) -> Settings:
    return Settings(language=language, bed=bed, by="AS", zone=ZONE)


def lines(app: Dashboard) -> list[str]:
    """Return the screen as text, one string a row."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def text(app: Dashboard) -> str:
    return "\n".join(lines(app))
