"""Words for what is said of the practice and refused, and for PINs that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PINS: Mapping[str, str] = MappingProxyType(
    {
        "refusal.bad_act": "that cannot be so",
        "refusal.pin_asked": "it is signed with a PIN",
        "refusal.pin_wrong": "that is not the PIN",
        "refusal.pin_locked": "five wrong PINs",
        "refusal.pin_unset": "set a PIN first",
    }
)
