"""The dashboard: messages into the mirror, keys into commands, a frame a few times a second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import events

from daemon.protocol.commands import AnswerCall
from daemon.protocol.messages import Alarm, Answer, Hello, Outgoing, Wave
from daemon.protocol.practice import Scanning
from daemon.protocol.request import Request
from daemon.protocol.trend import Trend as Measured
from tui import commands, guide, leafing, routine, showing, storing, ticking, trending
from tui.bedside import Bedside
from tui.bell import Bell, due, hushed, noted
from tui.bound import kept
from tui.burst import Burst
from tui.commands import Asker, Hush, Look, Outcome
from tui.functions import tongue
from tui.heard import Heard
from tui.keymap import EMERGENCY
from tui.pressing import open_question, pasted, pressed
from tui.prompt import (
    IDLE,
    Ask,
    Awaiting,
    Form,
    Morning,
    Note,
    Owner,
    Page,
    Press,
    Prompt,
    Stay,
    Trend,
    note,
)
from tui.replied import replied
from tui.sending import awaiting, written
from tui.served import Served
from tui.settings import Settings
from tui.settling import settled
from tui.sight import Place, Reach, Sight
from tui.source import Source
from tui.view import View
from vitals.clock import Clock
from vitals.instant import Instant

WHOLE_S = 0.2
"""How often text is drawn; what moves is drawn in every frame."""
ATTACHED_S = 1.0
"""How often it is looked whether the terminal is there."""
TWICE_S = 2.0
"""Two presses of `!` within this time are an emergency."""


class Dashboard(Served):
    """One bed of one daemon on one terminal."""

    TITLE = "Vagt"

    def __init__(self, source: Source, clock: Clock, settings: Settings) -> None:
        super().__init__()
        self._bedside = Bedside(settings.glyphs)
        self._source = source
        self._clock = clock
        self._settings = settings
        self._heard = Heard()
        self._tongue = tongue(settings.language)
        self._view = View.RECOVERY if settings.view is View.RECOVERY else View.BEDSIDE
        self._prompt: Prompt = _OPENS.get(settings.view, IDLE)
        self._helping = 0
        self._burst, self._about = Burst(), ""
        """How keys come; and the case that what is open is about."""
        self._banged: Instant | None = None
        """When `!` was pressed last."""
        self._asked = 0
        self._bell = Bell()
        self._answered = ""
        """Who answered a call here last."""
        self._drawn: Sight | None = None
        self._due = False
        """It is drawn soon."""
        self._revealed = 0.0
        """Until when it may be read who lies at the chosen bed, in monotonic s."""
        place = source.address, settings.bed, settings.zone, clock.now()
        self._place = Place(*place, settings.by, settings.separator, settings.shows)

    def on_mount(self) -> None:
        """Show the bed, start to listen, and draw frames from now on."""
        self.push_screen(self._bedside)
        self.run_worker(self._source.run(self.hear), name="daemon")
        self.set_interval(1.0 / self._settings.frames_hz, self.frame)
        self.set_interval(ATTACHED_S, self._stay)

    def _stay(self) -> None:
        """Leave where the terminal has gone: nobody looks, and nobody could close it."""
        if not self._settings.attached():
            self.exit()

    def hear(self, message: Outgoing) -> None:
        """Take one message of the daemon."""
        now = self._clock.now()
        self._heard.apply(message, now)
        if isinstance(message, _TOLD_AT_ONCE):
            self.soon()
        if self._heard.history.asks(message):
            return
        if isinstance(message, Hello):
            self._forget()
        elif isinstance(message, Answer):
            let_in = self._let_in(message)
            self._prompt = let_in or replied(message, self._prompt, self.sight())
        elif isinstance(message, Scanning):
            self._prompt = storing.heard(message, self._prompt, self.sight())
        elif isinstance(message, Wave) and message.bed == self.sight().bed_name:
            self._bedside.play(message, now)

    def sight(self) -> Sight:
        """Return what there is to see at this moment."""
        now, heard = self._clock.now(), self._heard
        sight = Sight(
            heard.mirror,
            self._place,
            self._tongue,
            settled(self._prompt, now),
            now,
            helping=self._helping,
            daybook=heard.daybook,
            practice=heard.practice,
            months=heard.months,
            catalogue=heard.catalogue,
            history=heard.history,
            view=self._view,
            revealed_s=max(0.0, self._revealed - now.monotonic),
            noted=noted(self._bell, heard.mirror),
        )
        prompt, self._about = kept(sight, self._about)
        self._prompt = routine.greeted(replace(sight, prompt=prompt))
        sight = replace(sight, prompt=self._prompt)
        if open_question(sight) and not guide.helped(sight):
            self._helping = 0
        return replace(sight, helping=self._helping)

    def soon(self) -> None:
        """Draw everything behind the keys that wait: a code from a scanner is drawn once."""
        if not self._due:
            self._due = True
            self.call_later(self.draw)

    def draw(self) -> None:
        """Draw everything."""
        self._due = False
        self._attend()
        self._drawn = self.sight()
        self._bedside.look(self._drawn)
        self._prompt = ticking.looked(self._drawn, *self._bedside.room)
        self._inquire()
        self._look_back(self._drawn)

    def _inquire(self) -> None:
        """Ask for the month that is open, where nobody has."""
        sight = self.sight()
        asked = leafing.inquiry(sight, self._asker)
        if asked is not None and self._source.send(asked):
            self._prompt = leafing.asked(sight, asked)

    def _look_back(self, sight: Sight) -> None:
        """Ask for what was measured over time, where that is open and what was told is old."""
        asked = trending.request(sight, self._bedside.room[0], self._asker)
        if asked is not None and self._source.send(asked):
            self._heard.history.ask(asked, sight.now)

    def frame(self) -> None:
        """Draw what moves; everything a few times a second, and at once when silence begins."""
        self._leave(self._clock.now())
        sight, drawn = self.sight(), self._drawn
        if due(sight, self._bell):
            self._bell = replace(self._bell, rung=sight.now)
            self.bell()
        if drawn is None or drawn.silent is not sight.silent or _since(drawn, sight) >= WHOLE_S:
            self.draw()
        else:
            self._bedside.glance(sight)

    def on_key(self, event: events.Key) -> None:
        """Take a key, and show what it did before the next frame would."""
        self._keyed = self._clock.now()
        self._take(event)
        self.soon()

    def _take(self, event: events.Key) -> None:
        """Let `!` twice start an emergency whatever is open; any other key answers or says."""
        sign = event.character if event.character and event.is_printable else event.key
        sight = self.sight()
        scanned = self._burst.key(event.time)
        if sign == "!" and not scanned and self._again(sight):
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
            self.soon()

    def _again(self, sight: Sight) -> bool:
        """Tell whether this is the second of two quick presses."""
        before = self._banged
        twice = before is not None and sight.now.seconds_since(before) <= TWICE_S
        self._banged = None if twice else sight.now
        return twice

    def _asker(self) -> Asker:
        self._asked += 1
        return Asker(self._place.by, self._asked)

    def _pressed(self, key: str) -> None:
        """Do what a key does that was found by its words."""
        self._prompt = IDLE
        bound = {one[0].upper(): one[1] for one in self.BINDINGS if isinstance(one, tuple)}
        if key == EMERGENCY[0]:
            self._act(commands.emergency(self.sight(), self._asker()))
        elif key in bound:
            getattr(self, f"action_{bound[key]}")()
        else:
            self._take(events.Key(key, key))

    def _act(self, outcome: Outcome | Press) -> None:
        """Show a prompt, or send a command and wait for its answer."""
        match outcome := showing.held(self.sight(), outcome):
            case Stay():
                self._prompt = self._stayed(outcome)
            case Hush() | Look():
                self._here(outcome)
            case Press(key=key):
                self._pressed(key)
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

    def _here(self, outcome: Hush | Look) -> None:
        """Do what alters this terminal alone."""
        if isinstance(outcome, Look):
            self._choose(outcome.bed)
        else:
            self._bell = hushed(self.sight(), self._bell)

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


_TOLD_AT_ONCE = (Alarm, Answer, Measured, Scanning)
"""What somebody waits for."""
_OPENS: Mapping[View, Page] = {
    View.MORNING: Morning(),
    View.OWNER: Owner(),
    View.TREND: Trend(),
}


def _under(prompt: Prompt) -> Prompt | None:
    """Return what was open when a call was to be answered."""
    return prompt.origin if isinstance(prompt, Ask) else None


def _since(drawn: Sight, sight: Sight) -> float:
    return sight.now.seconds_since(drawn.now)
