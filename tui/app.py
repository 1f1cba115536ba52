"""The dashboard: messages into the mirror, keys into commands, a frame a few times a second."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType

from daemon.protocol.commands import AnswerCall
from daemon.protocol.messages import Answer, Outgoing, Wave
from daemon.protocol.practice import Scanning
from daemon.protocol.request import Request
from tui import commands, guide, moving, planning, routine, storing, ticking
from tui.bedside import Bedside
from tui.bell import Bell, due, hushed, noted
from tui.commands import Asker, Hush, Outcome
from tui.daybook import Daybook
from tui.mirror import Mirror
from tui.practice import Practice
from tui.pressing import open_question, pasted, pressed
from tui.prompt import (
    IDLE,
    Ask,
    Awaiting,
    Form,
    Listing,
    Morning,
    Note,
    Prompt,
    Stay,
    morning,
    note,
    settled,
)
from tui.replied import replied
from tui.sending import awaiting, written
from tui.settings import Settings
from tui.sight import Place, Reach, Sight, Tongue
from tui.source import Source
from tui.starting import closed
from vitals.clock import Clock
from vitals.instant import Instant
from words.catalogue import Language, Words
from words.forms import Forms

WHOLE_S = 0.2
"""How often text is drawn; what moves is drawn in every frame."""
TWICE_S = 2.0
"""Two presses of `!` within this time are an emergency."""


class Dashboard(App[None]):
    """One bed of one daemon on one terminal."""

    TITLE = "Vagt"
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
        ("ctrl+q", "quit", ""),
    ]

    def __init__(self, source: Source, clock: Clock, settings: Settings) -> None:
        super().__init__()
        self._bedside = Bedside()
        self._source = source
        self._clock = clock
        self._settings = settings
        self._mirror = Mirror()
        self._daybook = Daybook()
        self._practice = Practice()
        self._tongue = _tongue(settings.language)
        self._prompt: Prompt = Morning() if settings.morning else IDLE
        self._helping = 0
        self._banged: Instant | None = None
        """When `!` was pressed last."""
        self._asked = 0
        self._bell = Bell()
        self._answered = ""
        """Who answered a call here last."""
        self._drawn: Sight | None = None
        place = source.address, settings.bed, settings.zone, clock.now()
        self._place = Place(*place, settings.by, settings.separator)

    def on_mount(self) -> None:
        """Show the bed, start to listen, and draw frames from now on."""
        self.push_screen(self._bedside)
        self.run_worker(self._source.run(self.hear), name="daemon")
        self.set_interval(1.0 / self._settings.frames_hz, self.frame)

    def hear(self, message: Outgoing) -> None:
        """Take one message of the daemon."""
        now = self._clock.now()
        self._mirror.apply(message, now)
        self._daybook.apply(message, now)
        self._practice.apply(message)
        if isinstance(message, Answer):
            self._prompt = replied(message, self._prompt, self.sight())
        elif isinstance(message, Scanning):
            self._prompt = storing.heard(message, self._prompt, self.sight())
        elif isinstance(message, Wave) and message.bed == self.sight().bed_name:
            self._bedside.play(message, now)

    def sight(self) -> Sight:
        """Return what there is to see at this moment."""
        now = self._clock.now()
        sight = Sight(
            self._mirror,
            self._place,
            self._tongue,
            settled(self._prompt, now),
            now,
            helping=self._helping,
            daybook=self._daybook,
            practice=self._practice,
            noted=noted(self._bell, self._mirror),
        )
        sight = replace(sight, prompt=closed(sight, sight.prompt))
        self._prompt = routine.greeted(sight)
        sight = replace(sight, prompt=self._prompt)
        if open_question(sight) and not guide.helped(sight):
            self._helping = 0
        return replace(sight, helping=self._helping)

    def draw(self) -> None:
        """Draw everything."""
        self._drawn = self.sight()
        self._bedside.look(self._drawn)
        self._prompt = ticking.looked(self._drawn, *self._bedside.room)

    def frame(self) -> None:
        """Draw what moves; everything a few times a second, and at once when silence begins."""
        sight, drawn = self.sight(), self._drawn
        if due(sight, self._bell):
            self._bell = replace(self._bell, rung=sight.now)
            self.bell()
        if drawn is None or drawn.silent is not sight.silent or _since(drawn, sight) >= WHOLE_S:
            self.draw()
        else:
            self._bedside.glance(sight)

    def on_key(self, event: events.Key) -> None:
        """Take a key: twice `!` starts an emergency whatever is open, else it answers or says."""
        sign = event.character if event.character and event.is_printable else event.key
        sight = self.sight()
        if sign == "!" and self._again(sight):
            self._act(commands.emergency(sight, self._asker()))
            return
        if guide.closed(sight, sign):
            self._helping = 0
        elif (outcome := pressed(sight, sign, self._asker())) is not None:
            self._act(outcome)
        elif not open_question(sight):
            self._turn(sign.lower())

    def on_paste(self, event: events.Paste) -> None:
        """Take text that was pasted: rows of the day list, or so much more that is typed."""
        outcome = pasted(self.sight(), event.text, self._asker())
        if outcome is not None:
            self._act(outcome)

    def _again(self, sight: Sight) -> bool:
        """Tell whether this is the second of two quick presses."""
        before = self._banged
        twice = before is not None and sight.now.seconds_since(before) <= TWICE_S
        self._banged = None if twice else sight.now
        return twice

    def _turn(self, sign: str) -> None:
        """Take a key that only alters what this screen shows."""
        match sign:
            case "w":
                self._bedside.turn()
            case "?":
                self.action_help()
            case "escape":
                self._helping = 0
            case "q":
                self.exit()
            case _:
                pass

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
        shown, self._helping = morning(self._prompt) is not None, 0
        self._act(IDLE if shown else routine.begun(self.sight()))

    def action_next(self) -> None:
        """Open the case of the next patient on the list."""
        self._act(planning.next_case(self.sight(), self._asker()))

    def action_language(self) -> None:
        """Go on to the next language."""
        self._tongue = _tongue(self._tongue.words.language.next)

    def action_help(self) -> None:
        """Show the next page of the help, and after the last none: of a question there is none."""
        self._helping = (self._helping + 1) % (1 + guide.count(self.sight()))

    def action_help_quit(self) -> None:
        """Leave on Ctrl-C too; Textual would only say which key leaves."""
        self.exit()

    def _asker(self) -> Asker:
        self._asked += 1
        return Asker(self._settings.by, self._asked)

    def _act(self, outcome: Outcome) -> None:
        """Show a prompt, or send a command and wait for its answer."""
        match outcome:
            case Stay():
                self._prompt = self._stayed(outcome)
            case Hush():
                self._bell = hushed(self.sight(), self._bell)
            case AnswerCall():
                self._answered, line = outcome.by, self._taken(outcome, None)
                self._prompt = _under(self._prompt) or line
            case Request():
                self._prompt = self._taken(outcome, written(self._prompt, outcome))
            case tuple():
                form = written(self._prompt, outcome[-1])
                for command in outcome:
                    self._prompt = self._taken(command, form)
            case _:
                self._prompt = outcome

    def _stayed(self, stay: Stay) -> Prompt:
        """Return what stays open; what could not be sent stays where it was typed."""
        line = self._sent(stay.command, stay.form)
        if stay.form is not None and isinstance(line, Note):
            return replace(stay.form, told=line)
        return replace(stay.prompt, line=line)

    def _taken(self, command: Request, form: Form | None) -> Prompt:
        """Return the line of a command; what could not be sent stays where it was typed."""
        line = self._sent(command, form)
        return replace(form, told=line) if form and isinstance(line, Note) else line

    def _sent(self, command: Request, form: Form | None) -> Awaiting | Note:
        sight = self.sight()
        sent = sight.reach is Reach.LIVE and self._source.send(command)
        return awaiting(command, sight, form) if sent else note("note.unsent", sight.now)


def _tongue(language: Language) -> Tongue:
    return Tongue(Words(language), Forms(language))


def _under(prompt: Prompt) -> Prompt | None:
    """Return what was open when a call was to be answered."""
    return prompt.origin if isinstance(prompt, Ask) else None


def _since(drawn: Sight, sight: Sight) -> float:
    return sight.now.seconds_since(drawn.now)
