"""The dashboard: messages into the mirror, keys into commands, a frame a few times a second."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from daemon.protocol.commands import Command
from daemon.protocol.messages import Answer, Outgoing, Wave
from tui import commands, moving
from tui.bedside import Bedside
from tui.commands import Asker, Outcome
from tui.mirror import Mirror
from tui.prompt import IDLE, AskAge, Choose, EndArmed, Prompt, note, settled
from tui.settings import Settings
from tui.sight import Place, Reach, Sight, Tongue
from tui.source import Source
from vitals.clock import Clock
from words.catalogue import Language, Words
from words.forms import Forms

WHOLE_S = 0.2
"""How often text is drawn; what moves is drawn in every frame."""
_STEPS = {"left": -1, "up": -1, "right": 1, "down": 1}


class Dashboard(App[None]):
    """One bed of one daemon on one terminal."""

    TITLE = "Vagt"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a,A", "acknowledge", ""),
        ("n,N", "begin", ""),
        ("s,S", "end", ""),
        ("w,W", "wave", ""),
        ("f3", "move", ""),
        ("f2", "language", ""),
        ("f1,question_mark", "help", ""),
        ("q,Q,ctrl+q", "quit", ""),
    ]

    def __init__(self, source: Source, clock: Clock, settings: Settings) -> None:
        super().__init__()
        self._bedside = Bedside()
        self._source = source
        self._clock = clock
        self._settings = settings
        self._mirror = Mirror()
        self._tongue = _tongue(settings.language)
        self._prompt: Prompt = IDLE
        self._helping = False
        self._asked = 0
        self._drawn: Sight | None = None
        self._place = Place(source.address, settings.bed, settings.zone, clock.now())

    def on_mount(self) -> None:
        """Show the bed, start to listen, and draw frames from now on."""
        self.push_screen(self._bedside)
        self.run_worker(self._source.run(self.hear), name="daemon")
        self.set_interval(1.0 / self._settings.frames_hz, self.frame)

    def hear(self, message: Outgoing) -> None:
        """Take one message of the daemon."""
        now = self._clock.now()
        self._mirror.apply(message, now)
        if isinstance(message, Answer):
            self._answered(message)
        elif isinstance(message, Wave) and message.bed == self.sight().bed_name:
            self._bedside.play(message, now)

    def sight(self) -> Sight:
        """Return what there is to see at this moment."""
        now = self._clock.now()
        self._prompt = settled(self._prompt, now)
        return Sight(
            self._mirror, self._place, self._tongue, self._prompt, now, helping=self._helping
        )

    def draw(self) -> None:
        """Draw everything."""
        self._drawn = self.sight()
        self._bedside.look(self._drawn)

    def frame(self) -> None:
        """Draw what moves; everything a few times a second, and at once when silence begins."""
        sight, drawn = self.sight(), self._drawn
        if drawn is None or drawn.silent is not sight.silent or _since(drawn, sight) >= WHOLE_S:
            self.draw()
        else:
            self._bedside.glance(sight)

    def on_key(self, event: events.Key) -> None:
        """Take what answers a question; every other key keeps its meaning."""
        prompt = self._prompt
        if isinstance(prompt, AskAge | Choose) and event.key == "escape":
            self._act(IDLE)
        elif isinstance(prompt, AskAge):
            self._age(event, prompt)
        elif isinstance(prompt, Choose):
            self._choice(event, prompt)

    def _age(self, event: events.Key, prompt: AskAge) -> None:
        if event.key == "enter":
            self._act(commands.entered(self.sight(), prompt, self._asker()))
        elif event.key == "backspace":
            self._act(commands.erased(prompt))
        elif event.character:
            self._act(commands.typed(prompt, event.character))

    def _choice(self, event: events.Key, prompt: Choose) -> None:
        if event.key == "enter":
            self._act(moving.entered(self.sight(), prompt, self._asker()))
        elif event.key in _STEPS:
            self._act(moving.stepped(prompt, _STEPS[event.key]))
        elif event.character:
            self._act(moving.typed(prompt, event.character))

    def action_acknowledge(self) -> None:
        """Acknowledge the uppermost alarm."""
        self._act(commands.acknowledged(self.sight(), self._asker()))

    def action_begin(self) -> None:
        """Ask for the age of the next patient."""
        self._act(commands.begun(self.sight()))

    def action_end(self) -> None:
        """End the anaesthetic when pressed twice."""
        self._act(commands.ended(self.sight(), self._prompt, self._asker()))

    def action_move(self) -> None:
        """Ask which device is to stand at which bed."""
        self._act(moving.begun(self.sight()))

    def action_language(self) -> None:
        """Go on to the next language."""
        self._tongue = _tongue(self._tongue.words.language.next)

    def action_wave(self) -> None:
        """Show the next wave where there is room for one alone."""
        self._bedside.turn()

    def action_help(self) -> None:
        """Show the help in the place of the wave, or take it away."""
        self._helping = not self._helping

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C too; Textual would only say which key leaves."""
        self.exit()

    def _asker(self) -> Asker:
        self._asked += 1
        return Asker(self._settings.by, self._asked)

    def _act(self, outcome: Outcome) -> None:
        """Show a prompt, or send a command and wait for its answer."""
        if not isinstance(outcome, Command):
            self._prompt = outcome
            return
        sight = self.sight()
        sent = sight.reach is Reach.LIVE and self._source.send(outcome)
        unsent = note("note.unsent", sight.now)
        self._prompt = commands.awaiting(outcome, sight) if sent else unsent

    def _answered(self, answer: Answer) -> None:
        """Tell what became of a command; a question that is being answered stays."""
        if not isinstance(self._prompt, AskAge | Choose | EndArmed):
            self._prompt = commands.answered(answer, self.sight())


def _tongue(language: Language) -> Tongue:
    return Tongue(Words(language), Forms(language))


def _since(drawn: Sight, sight: Sight) -> float:
    return sight.now.seconds_since(drawn.now)
