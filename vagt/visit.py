"""One visit to the daemon's socket: what is so there, and what became of one command."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daemon.protocol.codec import LINE_LIMIT, ProtocolError, to_line, to_message
from daemon.protocol.messages import PROTOCOL, Answer, Hello, Outgoing, Snapshot
from daemon.protocol.practice import Scanning
from daemon.protocol.recall import Recall, Recalled
from daemon.protocol.request import Request
from daemon.protocol.saying import Scan
from daemon.protocol.telemetry import Telemetry
from vagt.main import UsageError

WITHIN_S = 5.0
"""The daemon says something every second."""


class Visit:
    """A connection to the daemon, which has said what is so."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._heard = _heard(line)
        hello, snapshot = next(self._heard), next(self._heard)
        if not isinstance(hello, Hello) or not isinstance(snapshot, Snapshot):
            raise ProtocolError("it does not greet")
        if hello.protocol != PROTOCOL:
            raise ProtocolError(f"it speaks protocol {hello.protocol}, this program {PROTOCOL}")
        self.hello = hello
        self.snapshot = snapshot

    def ask(self, command: Request) -> Answer:
        """Return what became of a command."""
        self._line.sendall(to_line(command))
        answers = (found for found in self._heard if isinstance(found, Answer))
        # A line that was not understood is answered without an id.
        return next(answer for answer in answers if answer.id in (command.id, ""))

    def telemetry(self) -> Telemetry:
        """Return how the streams to servers stand; the daemon says so every second."""
        return next(found for found in self._heard if isinstance(found, Telemetry))

    def scan(self, request: Scan) -> Scanning | Answer:
        """Return what a code says, or the answer that refuses to look at it."""
        self._line.sendall(to_line(request))
        for found in self._heard:
            if isinstance(found, Scanning) or (
                isinstance(found, Answer) and found.id in (request.id, "")
            ):
                return found
        raise ProtocolError("it cannot read codes")

    def recall(self, request: Recall) -> Recalled:
        """Return the case that is asked for."""
        self._line.sendall(to_line(request))
        for found in self._heard:
            if isinstance(found, Recalled):
                return found
            if isinstance(found, Answer) and not found.id:
                break
        raise ProtocolError("it cannot tell a case by its number")


@contextmanager
def visit(path: Path) -> Iterator[Visit]:
    """Visit the daemon of a socket; UsageError when it cannot be reached, or hangs up."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(WITHIN_S)
            line.connect(str(path))
            yield Visit(line)
    except TimeoutError as error:
        raise UsageError(f"{path}: the daemon does not answer: start it anew") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path}: {reason}: start the daemon, or name its socket") from error
    except ProtocolError as error:
        raise UsageError(f"{path}: no daemon of this version listens there: {error}") from error


def _heard(line: socket.socket) -> Iterator[Outgoing]:
    """Yield what the daemon says; ConnectionResetError when it hangs up."""
    with line.makefile("rb") as reader:
        while text := reader.readline(LINE_LIMIT):
            if (message := to_message(text)) is not None:
                yield message
    raise ConnectionResetError("it hung up")
