"""What a screen that only shows says, in a terminal and in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHOWING: Mapping[str, str] = MappingProxyType(
    {
        "key.login": "log in",
        "ask.login": "Log in. Initials",
        "showing.mark": "VIEW ONLY",
        "showing.in": "{by} LOGGED IN",
        "showing.only": "This screen only shows. Ctrl+L: log in with initials and PIN",
        "showing.let_in": "Logged in. Ctrl+L logs out",
        "showing.let_out": "Logged out: this screen only shows",
        "refusal.shown_only": "this screen only shows: log in with Ctrl+L",
        "browser.full": "All {sessions} screens that vagt shows in browsers are taken.",
        "browser.close": "Close one of them. This page tries again by itself.",
        "browser.ended": "This screen is closed.",
        "browser.again": "Open it again",
    }
)
