"""`vagt show`: the dashboard on this terminal."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vagt.main import UsageError
from vagt.tied import tie

if TYPE_CHECKING:
    from tui.glyphs import Glyphs
    from tui.settings import Settings

SOCKET = Path("/run/vagt/vagt.sock")
LANGUAGES = ("da", "nb", "en")
GLYPHS = ("auto", "braille", "blocks", "ascii")
FRAMES_HZ = (1, 30)
MINUTES = (0.1, 60)
VIEWS = ("bedside", "recovery", "morning", "owner")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `vagt show` takes."""
    looks(parser, glyphs="auto")
    parser.add_argument(
        "--separator",
        metavar="SIGN",
        default="\x1d",
        help="what this terminal's scanner sends between the fields of a code (default: GS)",
    )
    parser.add_argument("--by", metavar="INITIALS", default="bedside", help="who presses the keys")
    parser.add_argument(
        "--read-only", action="store_true", help="only show, until somebody logs in with a PIN"
    )
    parser.add_argument("--served", type=int, metavar="PID", help=argparse.SUPPRESS)


def looks(parser: argparse.ArgumentParser, glyphs: str) -> None:
    """Say what is the same of a screen in a terminal and in a browser."""
    parser.add_argument("--socket", type=Path, default=SOCKET, help="the daemon's socket")
    parser.add_argument("--view", choices=VIEWS, default="bedside", help="what to begin with")
    parser.add_argument("--bed", help="the bed to show (default: the daemon's first)")
    parser.add_argument("--lang", choices=LANGUAGES, default="da", help="the language to begin in")
    parser.add_argument(
        "--glyphs", choices=GLYPHS, default=glyphs, help="what the terminal's font can draw"
    )
    parser.add_argument(
        "--frames",
        type=frames,
        metavar="HZ",
        default=12.5,
        help="how often what moves is drawn in a second: fewer over a slow line (default 12.5)",
    )
    parser.add_argument(
        "--logout",
        type=minutes,
        metavar="MINUTES",
        default=5.0,
        help="where it only shows: so long without a key ends a login (default 5)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Show the dashboard until it is closed; 0."""
    served = arguments.served is not None
    if served and not tie(arguments.served):
        return 0
    terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not (served or terminal):
        raise UsageError("not a terminal; run it in one, or use `vagt demo --headless`")
    from tui.settings import UNNAMED, Settings
    from tui.view import View
    from words.catalogue import Language

    shows = served or arguments.read_only
    settings = Settings(
        Language(arguments.lang),
        arguments.bed,
        UNNAMED if shows else initials(arguments.by),
        arguments.frames,
        separator=separator(arguments.separator),
        glyphs=glyphs(arguments.glyphs),
        view=View(arguments.view),
        shows=shows,
        logout_s=arguments.logout * 60.0,
    )
    return begun(arguments.socket, settings)


def show(socket: Path, language: str, bed: str | None, by: str) -> int:
    """Run the dashboard of a bed on this terminal against the daemon of `socket`; 0."""
    from tui.settings import Settings
    from words.catalogue import Language

    return begun(socket, Settings(Language(language), bed, by, glyphs=glyphs("auto")))


def begun(socket: Path, settings: Settings) -> int:
    """Run a dashboard on this terminal against the daemon of `socket`; 0."""
    from tui.app import Dashboard
    from tui.clock import MachineClock
    from tui.link import Link
    from tui.settings import UNNAMED

    clock = MachineClock()
    here = None if settings.shows or settings.by == UNNAMED else settings.by
    link = Link(socket, clock, here, shows=settings.shows)
    if sys.stdin.isatty():  # a browser's screen has a pipe, and ends with the server of the pages
        settings = replace(settings, attached=partial(os.isatty, sys.stdin.fileno()))
    # What was imported stays: looking through it for garbage would hold a key up for 50 ms.
    gc.collect()
    gc.freeze()
    Dashboard(link, clock, settings).run()
    return 0


def frames(text: str) -> float:
    """Return how many frames a second are asked for."""
    return _between(text, FRAMES_HZ)


def minutes(text: str) -> float:
    """Return after how many minutes without a key a login ends."""
    return _between(text, MINUTES)


def _between(text: str, ends: tuple[float, float]) -> float:
    least, most = ends
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not least <= found <= most:
        raise argparse.ArgumentTypeError(f"{text}: give a number from {least} to {most}")
    return found


def glyphs(wanted: str) -> Glyphs:
    """Return what was asked for, or what this terminal surely draws."""
    from tui.glyphs import Glyphs, best

    if wanted != "auto":
        return Glyphs(wanted)
    return best(os.environ.get("TERM", ""), sys.stdout.encoding)


def separator(sign: str) -> str:
    """Return `sign` if no field of a code can hold it; UsageError otherwise."""
    from checklists.scan import separates

    if not separates(sign):
        raise UsageError(f"--separator {sign!r}: use one sign that no code holds, as `~` or `|`")
    return sign


def initials(by: str) -> str:
    """Return `by` if the daemon would take it; it cuts off who asks otherwise."""
    import msgspec

    from vitals.deed import Initials

    try:
        return msgspec.convert(by, Initials)
    except msgspec.ValidationError as error:
        raise UsageError(f"--by {by!r}: use 1 to 16 letters, digits, `.`, `-` or `_`") from error
