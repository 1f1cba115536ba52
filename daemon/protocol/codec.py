"""Messages to lines and lines to messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from daemon.protocol.commands import Incoming
from daemon.protocol.message import Message
from daemon.protocol.messages import Outgoing
from daemon.protocol.plainly import plainly
from daemon.protocol.request import Name, Request

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
        command = _COMMANDS.decode(line)
        stray = next(_strays(msgspec.json.decode(line), msgspec.to_builtins(command)), "")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProtocolError(plainly(line, str(error))) from error
    if stray:
        raise ProtocolError(f"Object contains unknown field `{stray}`")
    return command


def to_id(line: bytes) -> str:
    """Return the id of a line that is no command; empty where none can be read."""
    try:
        return _NAMED.decode(line).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _lenient(line)


def _lenient(line: bytes) -> str:
    """Return the id of a line that is JSON but for a number that is none, as NaN."""
    try:
        return msgspec.convert(json.loads(line), _Named).id
    except (msgspec.ValidationError, ValueError, RecursionError):
        return ""


class _Named(msgspec.Struct):
    """Whatever names itself."""

    id: Name


_NAMED: msgspec.json.Decoder[_Named] = msgspec.json.Decoder(_Named)


def _strays(raw: Any, read: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Yield every field of `raw` that was not read: deeds are lenient, for the journal's sake."""
    if isinstance(raw, dict):
        yield from (name for name in raw if name not in read)
        for name in raw:
            yield from _strays(raw[name], read.get(name))
    elif isinstance(raw, list):
        for one, other in zip(raw, read or (), strict=False):
            yield from _strays(one, other)


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
