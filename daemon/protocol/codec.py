"""Messages to lines and lines to messages."""

from __future__ import annotations

import msgspec

from daemon.protocol.commands import Incoming, Request
from daemon.protocol.messages import Message, Outgoing

LINE_LIMIT = 1 << 20
"""No line, either way, is longer than this many bytes."""

_ENCODER = msgspec.json.Encoder()
_COMMANDS: msgspec.json.Decoder[Incoming] = msgspec.json.Decoder(Incoming)
_MESSAGES: msgspec.json.Decoder[Outgoing] = msgspec.json.Decoder(Outgoing)


class ProtocolError(Exception):
    """The other end broke the protocol; the message says how. Closing is the recovery."""


def to_line(message: Message | Request) -> bytes:
    """Return one line of JSON with its line end."""
    return _ENCODER.encode(message) + b"\n"


def to_command(line: bytes) -> Incoming:
    """Return the command of a line, strictly: an unknown field or kind raises ProtocolError."""
    try:
        return _COMMANDS.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProtocolError(str(error)) from error


def to_message(line: bytes) -> Outgoing | None:
    """Return the message of a line; None for a kind that this version does not know."""
    try:
        return _MESSAGES.decode(line)
    except msgspec.ValidationError as error:
        if "kind" in str(error):
            return None
        raise ProtocolError(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProtocolError(str(error)) from error
