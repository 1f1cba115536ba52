"""The table `[backup]` of a configuration: where nightly copies go, and whose key opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

PublicKey = Annotated[
    str,
    Meta(pattern=r"\Aage1[a-z0-9]{58}\Z", description="a public key (`vagt backup key` makes one)"),
]


class Backups(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of the copy that is made each night."""

    folder: Path = Path("/var/backups/vagt")
    """A relative path begins where the configuration lies."""
    to: tuple[PublicKey, ...] = ()
    """Whose private key opens a copy, any one of them; empty: no copy is made by itself."""
    keep: Annotated[int, Meta(ge=1, le=3650)] = 30
    """So many copies stay; the oldest go."""
