"""Keys of the start check: pure. Nothing here holds anybody back; the daemon says what is held."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.cases import GateItem, GateState
from daemon.protocol.request import Request
from tui.asking import begun
from tui.commands import STARTABLE, Asker, Outcome, said
from tui.prompt import IDLE, Gate, Note, Prompt, Stay
from tui.sight import Reach, Sight
from vitals.deeds import Assess, Begin, Checked, Said
from vitals.vocabulary import Check, Weight

_STEPS = {"left": -1, "up": -1, "right": 1, "down": 1}
_PHYSICAL = "12345"
_PHYSICAL_STATUS = "asa"
ANYWAY = "!"
"""Starts in spite of a hold, at once: the reason may follow until the case is signed off."""
_CHILD = "b"
_PROBES = "live"
"""The point of the start check that a monitor's data make."""


def missing(sight: Sight) -> list[GateItem]:
    """Return what is not made sure of: what holds first, then what nobody can say."""
    items = sight.open.gate if sight.open else ()
    left = [item for item in items if item.state is not GateState.DONE]
    return sorted(left, key=lambda item: (item.weight is not Weight.HOLD, _unknown(item)))


def chosen(sight: Sight, prompt: Gate) -> GateItem | None:
    """Return the point that is chosen among those that are not made sure of."""
    left = missing(sight)
    return left[prompt.at % len(left)] if left else None


def closed(sight: Sight, prompt: Prompt) -> Prompt:
    """Return the start check, or its line alone once there is nothing left to start."""
    if not isinstance(prompt, Gate):
        return prompt
    case = sight.open
    startable = case is not None and case.state in STARTABLE
    return prompt if startable or sight.reach is not Reach.LIVE else prompt.line


def pressed(sight: Sight, prompt: Gate, sign: str, asker: Asker) -> Outcome | Stay | None:
    """Return what a key leads to; None for a key that the start check has no use for."""
    key = sign.lower()
    if key in _STEPS:
        left = len(missing(sight)) or 1
        return replace(prompt, at=(prompt.at + _STEPS[key]) % left)
    deed = _deed(sight, prompt, key)
    if deed is None:
        return _elsewhere(sight, prompt, key)
    outcome = said(sight, deed, asker)
    if isinstance(outcome, Note):
        return replace(prompt, line=outcome)
    stays = replace(prompt, said=prompt.said | _points(deed))
    return Stay(outcome, stays) if isinstance(outcome, Request) else None


def probeless(sight: Sight, prompt: Gate) -> bool:
    """Tell whether nothing but data of monitors is missing: a child may get its probes asleep.

    What was said here counts at once, so that keys mean the same however fast they come.
    """
    left = [item for item in missing(sight) if item.id not in prompt.said]
    held = [item for item in left if item.weight is Weight.HOLD]
    return bool(held) and all(item.id == _PROBES for item in held)


def _deed(sight: Sight, prompt: Gate, key: str) -> Said | None:
    """Return what a key says of the patient; None for every other key."""
    if key == "f":
        return Checked(checks=tuple(Check))
    child = key == _CHILD and probeless(sight, prompt)
    if child or key in ("enter", ANYWAY):
        return Begin(anyway=key == ANYWAY, unattached=child or prompt.unattached)
    if key in _PHYSICAL:
        return Assess(asa=int(key))
    item = chosen(sight, prompt)
    if key == " " and item is not None and item.id in tuple(Check):
        return Checked(checks=(Check(item.id),))
    return None


def _points(deed: Said) -> frozenset[str]:
    """Return the points of the start check that a deed makes sure of."""
    match deed:
        case Checked(checks=checks):
            return frozenset(checks)
        case Assess():
            return frozenset({_PHYSICAL_STATUS})
        case _:
            return frozenset()


def _elsewhere(sight: Sight, prompt: Gate, key: str) -> Prompt | None:
    match key:
        case "escape":
            return IDLE
        case "b":
            return replace(prompt, unattached=not prompt.unattached)
        case "c":
            return begun(sight, "cancel")
        case _:
            return None


def _unknown(item: GateItem) -> bool:
    return item.state is GateState.UNKNOWN
