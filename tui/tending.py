"""Keys of the register of devices: checked, serviced, out of use and in use again; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tui.acting import Spoken, asking, said
from tui.commands import Asker
from tui.machineline import chosen
from tui.prompt import Morning, note
from tui.sight import Sight
from vitals import acts
from vitals.acts import Done

_SOME_DAY = date.min
"""Stands for a day until it is typed."""


def pressed(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    """Return what a key says of the device that is chosen; None for one without a use."""
    key = sign.lower()
    if key == "n":
        place = next(iter(sight.practice.places[::-1]), "")
        new = acts.Register("-", "-", "-", "-", "-")
        return asking("register", new, prompt, at, ("", "", "", "", "", place))
    if key not in (" ", *_ASKED):
        return None
    one = chosen(sight, prompt)
    if one is None:
        return replace(prompt, line=note("morning.no_device", sight.now))
    if key == " ":
        return said(sight, acts.Tested(one.name), prompt, (asker.id, asker.by), at)
    form, made = _ASKED[key]
    return asking(form, made(one.name), prompt, at)


_ASKED: Mapping[str, tuple[str, Callable[[str], Done]]] = {
    "x": ("amiss", lambda name: acts.Tested(name, passed=False)),
    "v": ("serviced", lambda name: acts.Serviced(name, _SOME_DAY)),
    "u": ("withdraw", lambda name: acts.Withdraw(name, "-")),
    "i": ("restore", acts.Restore),
}
"""What completes it, and what it is."""
