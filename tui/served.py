"""A dashboard that only shows until somebody logs in, and again when nobody presses a key."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from daemon.protocol.messages import Answer, Result
from daemon.protocol.showing import Login, Shown
from tui import showing
from tui.choosing import Choosing
from tui.prompt import IDLE, Ask, Awaiting, Note, note
from tui.settings import UNNAMED, Settings
from tui.sight import Place
from tui.source import Source
from vitals.clock import Clock
from vitals.instant import Instant


class Served(Choosing):
    """A dashboard as far as who is logged in there."""

    _place: Place
    _source: Source
    _settings: Settings
    _clock: Clock

    @abstractmethod
    def soon(self) -> None:
        """Draw everything behind the keys that wait."""

    def action_login(self) -> None:
        """Ask who it is, or let nobody speak here any longer."""
        sight = self.sight()
        if sight.shows:
            asked = isinstance(self._prompt, Ask) and self._prompt.form == showing.NAME
            self._prompt = self._prompt if asked else showing.begun(sight)
        elif self._settings.shows:
            self._let_out()

    def _let_in(self, answer: Answer) -> Note | None:
        """Return the line of a login that was taken; None for any other answer."""
        match self._prompt:
            case Awaiting(id=answer.id, command=Login(by=by)) if (
                answer.result is not Result.REFUSED
            ):
                self._place = replace(self._place, by=by)
                self._keyed = self._clock.now()
                return note("showing.let_in", self._keyed)
            case _:
                return None

    def _let_out(self) -> None:
        """Only show again, and let the daemon hold the connection to it."""
        self._source.send(Shown(self._asker().id, UNNAMED))
        self._forget()
        self._prompt = note("showing.let_out", self._clock.now())

    def _forget(self) -> None:
        """Take it that nobody is logged in: also on a connection that was made anew."""
        if self._settings.shows and self._place.by != UNNAMED:
            self._place = replace(self._place, by=UNNAMED)
            self._prompt = IDLE if showing.left(self._prompt) else self._prompt

    def _leave(self, now: Instant) -> None:
        """Let out who has pressed no key for too long."""
        here = self._settings.shows and self._place.by != UNNAMED
        if here and self._keyed and now.seconds_since(self._keyed) >= self._settings.logout_s:
            self._let_out()
