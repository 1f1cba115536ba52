"""Keys that move a device to another bed: a device is chosen, then its bed; pure."""

from __future__ import annotations

from dataclasses import replace

from daemon.protocol.commands import Assign
from tui.commands import Asker, Outcome
from tui.prompt import Choose, Prompt, note
from tui.sight import Reach, Sight


def begun(sight: Sight) -> Prompt:
    """Return the question for a device of any bed, those of this bed first."""
    if sight.reach is not Reach.LIVE:
        return note("note.unsent", sight.now)
    devices = tuple(device for bed in _beds(sight) for device in sorted(_devices(sight, bed)))
    if not devices or not _beds(sight)[1:]:
        return note("note.unmovable", sight.now)
    return Choose(devices)


def stepped(prompt: Choose, by: int) -> Choose:
    """Return the choice `by` places further on, round and round."""
    return replace(prompt, at=(prompt.at + by) % len(prompt.options), typed="")


def typed(prompt: Choose, sign: str) -> Choose:
    """Return the choice of the number that was typed; a number that is none changes nothing."""
    for number in (prompt.typed + sign, sign):
        if number.isascii() and number.isdigit() and 1 <= int(number) <= len(prompt.options):
            return replace(prompt, at=int(number) - 1, typed=number)
    return prompt


def entered(sight: Sight, prompt: Choose, asker: Asker) -> Outcome:
    """Return the question for the bed, or the command once it is answered.

    A device of another bed is offered this bed first, a device of this bed another one.
    """
    if prompt.device is not None:
        return Assign(id=asker.id, by=asker.by, bed=prompt.chosen, device=prompt.device)
    device, beds = prompt.chosen, _beds(sight)
    if not beds[1:]:  # the daemon was started anew with fewer
        return note("note.unmovable", sight.now)
    here = standing(sight, device) == sight.bed_name
    return Choose(beds, at=1 if here else 0, device=device)


def standing(sight: Sight, device: str) -> str | None:
    """Return the bed where a device stands just now; None where vagt has no such device."""
    return next((bed for bed in _beds(sight) if device in _devices(sight, bed)), None)


def _beds(sight: Sight) -> tuple[str, ...]:
    """Return every bed, this one first."""
    hello = sight.mirror.hello
    beds = hello.beds if hello else ()
    return tuple(sorted(beds, key=lambda bed: bed != sight.bed_name))


def _devices(sight: Sight, bed: str) -> list[str]:
    return list(sight.mirror.bed(bed).devices)
