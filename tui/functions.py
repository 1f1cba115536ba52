"""What the function keys do: they act whatever is open, also while text is typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode

from daemon.protocol.request import Request
from tui import commands, guide, moving, palette, planning, routine
from tui.commands import Asker, Outcome
from tui.pressing import open_question
from tui.prompt import IDLE, Listing, Morning, Owner, Page, Press, Prompt, Trend, page_of
from tui.sight import Sight, Tongue
from tui.view import View
from vitals.instant import Instant
from words.catalogue import Language, Words
from words.forms import Forms


class Functions(App[None]):
    """A dashboard as far as its function keys know it."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f3", "move", ""),
        ("f2", "language", ""),
        ("f1", "help", ""),
        ("f4", "acknowledge", ""),
        ("f5", "list", ""),
        ("f6", "next", ""),
        ("f7", "pause", ""),
        ("f8", "answer", ""),
        ("f9", "morning", ""),
        ("f10", "trend", ""),
        ("f11", "recovery", ""),
        ("f12", "owner", ""),
        ("ctrl+p", "palette", ""),
        ("ctrl+l", "login", ""),
        ("ctrl+q", "quit", ""),
    ]

    _prompt: Prompt
    _helping: int
    _view: View
    _tongue: Tongue
    _answered: str
    _keyed: Instant | None = None
    """When a key was pressed last."""

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key is bound to, and show it before the next frame would."""
        done = await super().run_action(action, default_namespace, namespaces)
        self._keyed = self.sight().now
        self.soon()
        return done

    @abstractmethod
    def soon(self) -> None:
        """Draw everything behind the keys that wait."""

    @abstractmethod
    def sight(self) -> Sight:
        """Return what there is to see at this moment."""

    @abstractmethod
    def _act(self, outcome: Outcome | Press) -> None:
        """Show a prompt, or send a command and wait for its answer."""

    @abstractmethod
    def _asker(self) -> Asker:
        """Return who presses the keys, with a number that was not used before."""

    def action_acknowledge(self) -> None:
        """Acknowledge the uppermost alarm, also while text is typed."""
        self._aside(commands.acknowledged(self.sight(), self._asker()))

    def action_pause(self) -> None:
        """Turn the sound of the bed off for a while, or on again, also while text is typed."""
        self._aside(commands.paused(self.sight(), self._asker()))

    def action_answer(self) -> None:
        """Answer a call."""
        self._aside(commands.answering(self.sight(), self._asker(), self._answered))

    def _aside(self, outcome: Outcome) -> None:
        """Act on what is sent at once; nothing that is typed is lost."""
        sight = self.sight()
        self._act(outcome)
        if isinstance(outcome, Request) and open_question(sight):
            self._prompt = sight.prompt

    def action_move(self) -> None:
        """Ask which device is to stand at which bed."""
        self._act(moving.begun(self.sight()))

    def action_list(self) -> None:
        """Show the list of the day, or close it."""
        listed = isinstance(self._prompt, Listing)
        self._act(IDLE if listed else planning.begun(self.sight()))

    def action_morning(self) -> None:
        """Show the morning view, or leave it."""
        self._open(Morning())

    def action_trend(self) -> None:
        """Show what was measured over time, or leave it."""
        self._open(Trend())

    def action_owner(self) -> None:
        """Show the month, or leave it."""
        self._open(Owner())

    def action_palette(self) -> None:
        """Look for what can be done, or leave that."""
        self._prompt = palette.begun(self._prompt)

    def _open(self, page: Page) -> None:
        """Open a page, or leave it where it is open; with nothing known there is none."""
        shown, self._helping = type(page_of(self._prompt)) is type(page), 0
        self._act(IDLE if shown else routine.begun(self.sight(), page))

    def action_next(self) -> None:
        """Open the case of the next patient on the list."""
        self._act(planning.next_case(self.sight(), self._asker()))

    def action_language(self) -> None:
        """Go on to the next language."""
        self._tongue = tongue(self._tongue.words.language.next)

    def action_help(self) -> None:
        """Show the next page of the help, and after the last none: of a question there is none."""
        self._helping = (self._helping + 1) % (1 + guide.count(self.sight()))

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C too; Textual would only say which key leaves."""
        self.exit()


def tongue(language: Language) -> Tongue:
    """Return the words and forms of a language."""
    return Tongue(Words(language), Forms(language))
