"""What a clinic may set of telemetry: the tables `[influxdb]`, `[mqtt]` and `[history]`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

Named = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,255}\Z", description="1 to 255 signs")]
Prefix = Annotated[
    str,
    Meta(
        pattern=r"\A[^\x00-\x20\x7f+#$/][^\x00-\x20\x7f+#]{0,99}(?<!/)\Z",
        description="1 to 100 letters, digits or signs without space, + and #, no / at either end",
    ),
]
Url = Annotated[
    str,
    Meta(
        pattern=r"\Ahttps?://[^\s/?#@]+(/[^\s?#]*)?\Z",
        description="http:// or https://, a host without a user, and perhaps a port and a path",
    ),
]
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
Seconds = Annotated[float, Meta(ge=1, le=300)]


class Server(Struct, frozen=True, forbid_unknown_fields=True):
    """A server of the InfluxDB 2 write API."""

    url: Url
    org: Named
    bucket: Named
    token_file: Path
    """A file with the token alone. A relative path begins where the configuration lies."""
    ca_file: Path | None = None
    """Whose certificates are trusted; absent: those that the system trusts."""
    timeout_s: Seconds = 10.0

    def __post_init__(self) -> None:
        """Refuse what is no address."""
        try:
            port = urlsplit(self.url).port
        except ValueError as error:
            raise ValueError(f"url is no address: {error}") from error
        if port == 0:
            raise ValueError("url is no address: a port is 1 to 65535")

    @property
    def encrypted(self) -> bool:
        """Tell whether nobody between can read it: it is, or it goes no further than here."""
        found = urlsplit(self.url)
        return found.scheme == "https" or found.hostname in HERE


class Broker(Struct, frozen=True, forbid_unknown_fields=True):
    """An MQTT 5 broker."""

    host: Named
    port: Annotated[int, Meta(ge=1, le=65535)] = 8883
    prefix: Prefix = "vagt"
    """Of every topic, before the site's code."""
    tls: bool = True
    ca_file: Path | None = None
    """Whose certificates are trusted; absent: those that the system trusts."""
    user: Named | None = None
    password_file: Path | None = None
    """A file with the password alone."""
    certificate_file: Path | None = None
    """Who we are to the broker, with `key_file`."""
    key_file: Path | None = None
    timeout_s: Seconds = 10.0
    home_assistant: bool = False
    """Whether discovery is told to Home Assistant."""

    def __post_init__(self) -> None:
        """Refuse halves of what goes together."""
        if (self.user is None) != (self.password_file is None):
            raise ValueError("user and password_file go together: name both or neither")
        if (self.certificate_file is None) != (self.key_file is None):
            raise ValueError("certificate_file and key_file go together: name both or neither")
        if not self.tls and (self.ca_file or self.certificate_file):
            raise ValueError("ca_file and certificate_file need tls: remove them or `tls = false`")

    @property
    def encrypted(self) -> bool:
        """Tell whether nobody between can read it: it is, or it goes no further than here."""
        return self.tls or self.host in HERE


class History(Struct, frozen=True, forbid_unknown_fields=True):
    """The history that is kept here, and what waits for the servers."""

    quota_mib: Annotated[int, Meta(ge=16, le=65536)] = 2048
    waves: bool = False
    """Whether waves are kept too, at some 20 MB an hour of a bed."""
