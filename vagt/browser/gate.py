"""Who may ask: pages of this server under names it answers to, and of nobody else; pure.

A page of another site cannot open a screen (its Origin differs), and neither can one whose name was
made to point here (its Host is no name of ours).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?")
"""Of a name that this is reached by: a host, with its port where a browser shows one."""


def known(port: int, names: Iterable[str]) -> frozenset[str]:
    """Return every `Host` that is answered: this machine's own at the port, and further names."""
    own = (f"{host}:{port}" for host in LOOPBACK)
    return frozenset(name.lower() for name in (*own, *names))


def welcome(host: str | None, hosts: frozenset[str]) -> bool:
    """Tell whether a request was sent to a name that this server has."""
    return (host or "").lower() in hosts


def same(origin: str | None, host: str | None) -> bool:
    """Tell whether a page of this very server asks; a request that names no page is none."""
    if not origin or not host:
        return False
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
