"""What the daemon says of itself and of every device, asked once over its socket."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from daemon.protocol.codec import LINE_LIMIT, ProtocolError, to_line, to_message
from daemon.protocol.commands import Look
from daemon.protocol.looks import Likeness, Looks
from daemon.protocol.messages import (
    Answer,
    Beat,
    Device,
    Hello,
    JournalState,
    Outgoing,
    Snapshot,
)
from daemon.protocol.sound import SoundState
from daemon.protocol.telemetry import Telemetry

WITHIN_S = 5.0
"""The daemon says something every second."""
BEATS = 3
LINES = 10_000
"""So many lines are listened to at the most."""
PEER = struct.Struct("3i")
"""pid, uid, gid (socket(7), SO_PEERCRED)."""


class UnheardError(Exception):
    """The daemon cannot be asked; the message says what was the matter."""


@dataclass(slots=True)
class Told:
    """What a daemon said."""

    pid: int
    uid: int
    hello: Hello | None = None
    devices: dict[str, Device] = field(default_factory=dict)
    looks: dict[str, Likeness] = field(default_factory=dict)
    journal: JournalState | None = None
    sound: SoundState | None = None
    telemetry: Telemetry | None = None
    _beats: int = 0
    _answered: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether everything that is asked for has been said.

        An earlier version says nothing of telemetry, which is known after some beats.
        """
        told = self.telemetry is not None or self._beats > BEATS
        return self._answered and self.journal is not None and told

    def hear(self, message: Outgoing) -> None:
        """Take one message."""
        match message:
            case Hello():
                self.hello = message
            case Snapshot():
                self.devices = {device.name: device for device in message.devices}
            case Device():
                self.devices[message.name] = message
            case Beat():
                self.journal, self.sound = message.journal, message.sound
                self._beats += 1
            case Telemetry():
                self.telemetry = message
            case Looks():
                self.looks = {found.device: found for found in message.devices}
                self._answered = True
            case Answer():  # it knows no such request: an earlier version
                self._answered = True
            case _:
                pass


def ask(path: Path) -> Told:
    """Ask the daemon of a socket; UnheardError, or OSError when nobody is there to be asked."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(WITHIN_S)
        line.connect(str(path))
        credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
        pid, uid, _ = PEER.unpack(credentials)
        told = Told(pid, uid)
        try:
            line.sendall(to_line(Look("doctor", "doctor")))
            for message in _heard(line):
                told.hear(message)
                if told.whole:
                    return told
        except TimeoutError as error:
            raise UnheardError(f"says nothing for {WITHIN_S:g} s") from error
        except (ConnectionError, ProtocolError) as error:
            raise UnheardError("is no daemon of this version, or hung up") from error
    raise UnheardError("hung up")


def _heard(line: socket.socket) -> Iterator[Outgoing]:
    with line.makefile("rb") as reader:
        for _ in range(LINES):
            if not (text := reader.readline(LINE_LIMIT)):
                return
            if (message := to_message(text)) is not None:
                yield message
