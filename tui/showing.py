"""What a screen that only shows makes of keys, and how somebody logs in there; pure.

The daemon holds its connection to that; here a key says so at once, before anything is typed.
"""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.commands import Asking
from daemon.protocol.request import Request
from daemon.protocol.showing import Login
from tui.commands import Asker, Outcome
from tui.fields import INITIALS, Answers, Field, Form
from tui.prompt import (
    Ask,
    AskAge,
    Choose,
    EndArmed,
    Gate,
    Listing,
    Morning,
    Page,
    Press,
    Prompt,
    Query,
    Stay,
    When,
    note,
)
from tui.sight import Sight

KEY = ("Ctrl+L", "login")
NAME = "login"
"""The form that asks who it is."""
SENDING = ("acknowledge", "new", "next", "answer", "pause", "move")
"""Keys of every bed that say something, by the ids of their words."""


def _login(sight: Sight, answers: Answers, asker: Asker) -> Request:
    del sight
    return Login(asker.id, answers[0], answers[1])


FORM = Form(
    (
        Field("login", pattern=INITIALS),
        Field("pin", pattern="[0-9]{4,12}", secret=True),
    ),
    sends=_login,
)


def begun(sight: Sight) -> Ask:
    """Return the question who it is; a page that is open stays open under it."""
    return Ask(NAME, origin=sight.prompt if isinstance(sight.prompt, Listing | Page) else None)


def held(sight: Sight, outcome: Outcome | Press) -> Outcome | Press:
    """Return what a key leads to, or on a screen that only shows one line in its place."""
    if not sight.shows or not _says(outcome):
        return outcome
    told = note("showing.only", sight.now)
    open_there = sight.prompt
    return replace(open_there, line=told) if isinstance(open_there, Listing | Page) else told


def _says(outcome: Outcome | Press) -> bool:
    """Tell whether something is said with it, or begins to be."""
    sent = outcome.command if isinstance(outcome, Stay) else outcome
    match sent:
        case Ask(form=form):
            return form != NAME
        case Request():
            return not isinstance(sent, Asking | Login)
        case Listing(query=query):
            return isinstance(query, Query) and query is not Query.DAY
        case Morning(scan=scan, when=when):
            return scan is not None or bool(when)
        case _:
            return isinstance(sent, tuple | AskAge | Choose | EndArmed | Gate | When)


def left(prompt: Prompt) -> bool:
    """Tell whether something is being typed that whoever leaves takes along."""
    return isinstance(prompt, Ask | AskAge | Choose | EndArmed | Gate | When)
