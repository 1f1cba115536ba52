"""What is said where the daemon and the screen do not understand each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LINKING: Mapping[str, str] = MappingProxyType(
    {
        "link.foreign": "VAGT AND THIS SCREEN ARE OF DIFFERENT VERSIONS",
        "link.unlike": "other version",
    }
)
