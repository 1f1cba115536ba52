"""What a client may ask of the daemon; each names who asks."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Name = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,32}\Z")]
Initials = Annotated[str, Meta(pattern=r"\A[\w.-]{1,16}\Z")]
"""Who asks: initials or a role, never a name."""
Port = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,255}\Z")]


class Request(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """Anything a client sends."""

    id: Name
    """Chosen by the client; the answer carries it."""
    by: Initials


class Command(Request, frozen=True):
    """What changes something at a bed."""

    bed: Name


class Start(Command, frozen=True, tag="start"):
    """Start an anaesthetic: `code` of the service, `age` as `4y`, `8m` or `20d`."""

    code: Name
    age: Name


class End(Command, frozen=True, tag="end"):
    """End the anaesthetic of the bed."""


class Acknowledge(Command, frozen=True, tag="acknowledge"):
    """Acknowledge one alarm; it sounds again when it comes again or becomes more urgent."""

    alarm: Name
    device: Name | None = None


class Assign(Command, frozen=True, tag="assign"):
    """Let a device stand at the bed from now on, and be plugged in at `port` where one is named."""

    device: Name
    port: Port | None = None


class Look(Request, frozen=True, tag="look"):
    """Say what the bytes of devices look like that are not valid for their protocols."""


Order = Start | End | Acknowledge | Assign
Incoming = Order | Look
