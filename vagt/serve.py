"""`vagt serve`: the dashboard in a browser, on this machine alone; a proxy takes it further."""

from __future__ import annotations

import argparse
import ipaddress
import socket
import sys
from collections.abc import Sequence

from vagt import output
from vagt.main import UsageError
from vagt.show import looks

PORT = 8321
PORTS = range(1, 1 << 16)
HOST = "127.0.0.1"
SESSIONS = range(1, 17)
"""How many screens at once: each is a process."""
REACH_S = 2.0
SHUT_S = 8.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `vagt serve` takes."""
    parser.add_argument("--port", type=int, default=PORT, help=f"default {PORT}")
    parser.add_argument(
        "--host", default=HOST, help="the address to listen on (default: this machine alone)"
    )
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="another address: a proxy with TLS and a login stands before it",
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a name that browsers reach it by through the proxy, as vagt.example.dk",
    )
    parser.add_argument(
        "--sessions", type=int, default=4, metavar="N", help="screens at once (default 4)"
    )
    looks(parser, glyphs="blocks")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 0."""
    _checked(arguments)
    _reached(arguments)
    from aiohttp import web

    from vagt.browser.gate import known
    from vagt.browser.site import Site
    from words.catalogue import Language, Words

    words = Words(Language(arguments.lang))
    hosts = known(arguments.port, arguments.name)
    site = Site(_options(arguments), words, arguments.sessions, hosts)
    listening = _bound(arguments.host, arguments.port)
    output.line(f"http://{_shown(arguments.host)}:{arguments.port}/ (stop with Ctrl-C)")
    sys.stdout.flush()
    web.run_app(
        site.application(),
        sock=listening,
        print=None,
        access_log=None,
        shutdown_timeout=SHUT_S,
    )
    return 0


def _checked(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be, or is not to be, served."""
    from vagt.browser.gate import NAME

    try:
        address = ipaddress.ip_address(arguments.host)
    except ValueError as error:
        raise UsageError(f"--host {arguments.host}: use an IP address, as {HOST}") from error
    if not (address.is_loopback or arguments.behind_proxy):
        raise UsageError(
            f"--host {arguments.host}: others could reach it, and it has neither TLS nor a login: "
            "let a proxy on this machine reach it, or say --behind-proxy"
        )
    if wrong := next((name for name in arguments.name if not NAME.fullmatch(name)), None):
        raise UsageError(f"--name {wrong}: use the host as browsers show it, as vagt.example.dk")
    if arguments.sessions not in SESSIONS:
        raise UsageError(f"--sessions {arguments.sessions}: use 1 to {SESSIONS[-1]}")
    if arguments.port not in PORTS:
        raise UsageError(f"--port {arguments.port}: use 1 to {PORTS[-1]}")


def _reached(arguments: argparse.Namespace) -> None:
    """Refuse where the daemon cannot be reached: every screen would only wait."""
    with socket.socket(socket.AF_UNIX) as tried:
        tried.settimeout(REACH_S)
        try:
            tried.connect(str(arguments.socket))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            remedy = "start `vagt run`, or name its socket with --socket"
            raise UsageError(f"{arguments.socket}: {reason}: {remedy}") from error


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{host} port {port}: {reason}: use another --port") from error
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _options(arguments: argparse.Namespace) -> Sequence[str]:
    """Return what each screen is started with."""
    bed = ("--bed", arguments.bed) if arguments.bed else ()
    return (
        "--socket",
        str(arguments.socket.resolve()),
        *(f"--{name}={getattr(arguments, name)}" for name in ("view", "lang", "glyphs", "frames")),
        f"--logout={arguments.logout}",
        *bed,
    )
