"""`vagt show`: the dashboard on this terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vagt.main import UsageError

SOCKET = Path("/run/vagt/vagt.sock")
LANGUAGES = ("da", "nb", "en")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `vagt show` takes."""
    parser.add_argument("--socket", type=Path, default=SOCKET, help="the daemon's socket")
    parser.add_argument("--view", choices=["bedside"], default="bedside", help="what to show")
    parser.add_argument("--bed", help="the bed to show (default: the daemon's first)")
    parser.add_argument("--lang", choices=LANGUAGES, default="da", help="the language to begin in")
    parser.add_argument("--by", metavar="INITIALS", default="bedside", help="who presses the keys")


def run(arguments: argparse.Namespace) -> int:
    """Show the dashboard until it is closed; 0."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("not a terminal; run it in one, or use `vagt demo --headless`")
    return show(arguments.socket, arguments.lang, arguments.bed, initials(arguments.by))


def show(socket: Path, language: str, bed: str | None, by: str) -> int:
    """Run the dashboard on this terminal against the daemon of `socket`; 0."""
    from tui.app import Dashboard
    from tui.clock import MachineClock
    from tui.link import Link
    from tui.settings import UNNAMED, Settings
    from words.catalogue import Language

    clock = MachineClock()
    settings = Settings(Language(language), bed, by)
    link = Link(socket, clock, None if by == UNNAMED else by)
    Dashboard(link, clock, settings).run(mouse=False)
    return 0


def initials(by: str) -> str:
    """Return `by` if the daemon would take it; it cuts off who asks otherwise."""
    import msgspec

    from vitals.deed import Initials

    try:
        return msgspec.convert(by, Initials)
    except msgspec.ValidationError as error:
        raise UsageError(f"--by {by!r}: use 1 to 16 letters, digits, `.`, `-` or `_`") from error
