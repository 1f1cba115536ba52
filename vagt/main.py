"""The entry point: finds the verb and imports that verb's module alone."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import NamedTuple, NoReturn, Protocol, cast

from vagt import output

INTERRUPTED = 130
"""128 + SIGINT, as a shell counts."""
PIPE_BROKEN = 141
"""128 + SIGPIPE, likewise."""
WRONG_USE = 2


class UsageError(Exception):
    """Wrong use or bad input: one line that says what is wrong and how to mend it."""


class Verb(NamedTuple):
    """Where a verb lives and what it is for."""

    module: str
    purpose: str


VERBS = {
    "run": Verb("vagt.run", "the daemon"),
    "show": Verb("vagt.show", "the dashboard (also without any verb)"),
    "serve": Verb("vagt.serve", "the dashboard in a browser, on this machine alone"),
    "demo": Verb("vagt.demo.verb", "a simulated clinic: devices, daemon and dashboard"),
    "alarms": Verb("vagt.alarms", "what alarms when, how often; acknowledge, pause, answer"),
    "limits": Verb("vagt.limits", "what alarms beyond which number; set, reset, band, approve"),
    "devices": Verb("vagt.devices", "the monitors and where they stand; assign one to a bed"),
    "case": Verb("vagt.case", "cases: open, start, say what happened, show a summary"),
    "list": Verb("vagt.list", "who is to come today; add, paste, next, done, cancel, move"),
    "checklist": Verb("vagt.checklist", "what is due today; tick, sign, choose the clinic"),
    "stock": Verb("vagt.stock", "packs, and what expires first; scan, receive, take, recall"),
    "gas": Verb("vagt.gas", "gases: minutes left, what to order; read, weigh, connect"),
    "equipment": Verb("vagt.equipment", "the register of devices: service and function checks"),
    "people": Verb("vagt.people", "what people have on paper, and until when; set a PIN"),
    "decode": Verb("vagt.decode", "bytes or a capture file to readings, as JSON lines"),
    "protocols": Verb("vagt.protocols", "what can be read"),
    "simulate": Verb("vagt.simulate", "the device's end of a wire"),
    "capture": Verb("vagt.capture", "record what comes over a port"),
    "replay": Verb("vagt.replay", "play a capture on a pseudo-terminal"),
    "duration-code": Verb("vagt.duration", "the service that an anaesthetic of so long fits"),
    "requirements": Verb("vagt.requirements", "what a code obliges to watch"),
    "service-code": Verb("vagt.service", "the service for the numbers of an operation"),
    "backup": Verb("vagt.backup", "a copy of the journal, sealed for the owner's key"),
    "restore": Verb("vagt.restore", "put a backup back, or look into it"),
    "check": Verb("vagt.check", "validate a configuration; every error, one a line"),
    "doctor": Verb("vagt.doctor.verb", "what is wrong with ports, daemon, clock and disk"),
    "sound": Verb("vagt.sound", "what alarms sound like, through the configured device"),
    "modbus": Verb("vagt.modbus", "a device's registers, to compare with its display"),
    "telemetry": Verb("vagt.telemetry", "what waits for the servers; what they never took"),
    "history": Verb("vagt.history", "numbers, waves and events that were kept, as a file"),
    "journal": Verb("vagt.journal", "verify or export the journal"),
    "report": Verb("vagt.report.verb", "what days came to, as a file; verify one that was filed"),
}
DEFAULT = "show"


class VerbModule(Protocol):
    """What the module of a verb offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the verb's arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status: 0 success, 1 a negative answer."""
        ...


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without a page of usage before it."""

    _mixing = False

    def parse_known_args(  # type: ignore[override]  # argparse overloads it by whether a namespace is given
        self,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        """Return the arguments, in whatever order options and words stand.

        A parser with verbs of its own cannot mix them, and says so by a TypeError before it parses;
        each of those verbs can.
        """
        if self._mixing:
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        except TypeError:
            return super().parse_known_args(args, namespace)
        finally:
            self._mixing = False

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(f"{message}; see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = "vagt"
    try:
        verb, rest = _verb(words)
        name = f"vagt {verb}"
        return _run(verb, rest)
    except UsageError as error:
        output.error(f"{name}: {' '.join(str(error).split())}")
        return WRONG_USE
    except SystemExit as ended:  # argparse, after help or version
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _unwritten(name, error)


def _verb(words: list[str]) -> tuple[str, list[str]]:
    """Return the verb and its arguments; options alone are those of the dashboard."""
    if words and words[0] in ("-h", "--help", "--version"):
        _top().parse_args(words[:1])
    if not words or words[0].startswith("-"):
        return DEFAULT, words
    if words[0] not in VERBS:
        raise UsageError(f"there is no verb {words[0]!r}; the verbs are {', '.join(VERBS)}")
    return words[0], words[1:]


def _top() -> argparse.ArgumentParser:
    verbs = "\n".join(f"  {name:14} {verb.purpose}" for name, verb in VERBS.items())
    parser = Parser(
        prog="vagt",
        description="On watch: reads anaesthesia monitors and keeps the record.",
        usage="vagt [VERB] [-h] [--version] ...",
        epilog=f"verbs:\n{verbs}\n\n`vagt VERB --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"vagt {version('vagt')}")
    return parser


def _run(verb: str, rest: list[str]) -> int:
    module = cast("VerbModule", import_module(VERBS[verb].module))
    purpose = VERBS[verb].purpose
    parser = Parser(prog=f"vagt {verb}", description=purpose, allow_abbrev=False)
    module.arguments(parser)
    return module.run(parser.parse_args(_joined(rest)))


def _joined(words: list[str]) -> list[str]:
    """Join `--age` and `-1y` to `--age=-1y`: no option has a digit, and the verb says it better."""
    joined: list[str] = []
    for word in words:
        if re.match(r"-\d", word) and joined and re.fullmatch(r"--[a-z-]+", joined[-1]):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _unwritten(name: str, error: OSError) -> int:
    """Return what it means that the output goes nowhere: silence for a closed pipe."""
    _drop_output()
    if isinstance(error, BrokenPipeError):
        return PIPE_BROKEN
    output.error(f"{name}: {(error.strerror or str(error)).lower()}: nothing more was written")
    return WRONG_USE


def _drop_output() -> None:
    """Point standard output at nothing, so that Python's last flush cannot fail again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
