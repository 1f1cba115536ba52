"""What the daemon said of the sound of a bed, aged by this machine's monotonic clock alone; pure.

A call is shown at the bed that it came from, where the one is who answers for that patient, and,
once it has waited, at every terminal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daemon.protocol.alarms import OpenCall, Sounding
from daemon.protocol.sound import SoundState
from tui.sight import Reach, Sight
from vitals.sounding import CallStep
from vitals.vocabulary import Priority


@dataclass(frozen=True, slots=True)
class Calling:
    """A call that nobody has answered, as it stands now."""

    bed: str
    call: OpenCall
    age_s: float


def sounding(sight: Sight) -> Sounding | None:
    """Return what was said of the sound of the bed that is shown; None while that is unknown."""
    held = sight.bed.sounding
    return None if held is None else held.message


def audible(sight: Sight) -> bool:
    """Tell whether anything of the bed sounds, or would if its sound were not paused."""
    heard = sounding(sight)
    if sight.mirror.sound is SoundState.OFF:
        return False
    return heard is not None and (heard.audible is not None or pause_s(sight) is not None)


def pause_s(sight: Sight) -> float | None:
    """Return for how long the sound of the bed stays paused; None where it is not."""
    held = sight.bed.sounding
    if held is None or held.message.pause_s is None:
        return None
    left_s = held.message.pause_s - sight.now.seconds_since(held.arrived)
    return left_s if left_s > 0.0 else None


def left(seconds: float) -> str:
    """Return whole minutes and seconds, `1:43`; never less than there is."""
    whole = math.ceil(round(seconds, 6))  # 101.0000001 is what subtracting leaves of 101
    return f"{whole // 60}:{whole % 60:02d}"


def calls(sight: Sight) -> list[Calling]:
    """Return the open calls that belong on this screen: those of its bed first, then the oldest."""
    found = [one for bed in _beds(sight) for one in _open(sight, bed) if _concerns(sight, one)]
    return sorted(found, key=lambda one: (one.bed != sight.bed_name, -one.age_s))


def called(sight: Sight) -> list[Calling]:
    """Return the calls from the bed that nobody has answered."""
    return list(_open(sight, sight.bed_name or "")) if sight.reach is Reach.LIVE else []


def unheard(sight: Sight) -> bool:
    """Tell whether the daemon has no loudspeaker for what is high on this screen."""
    if sight.mirror.sound is not SoundState.UNUSABLE or sight.reach is not Reach.LIVE:
        return False
    beds = {sight.bed_name or "", *(one.bed for one in calls(sight))}
    return any(_audible(sight, beds))


def _audible(sight: Sight, beds: Iterable[str]) -> Iterator[bool]:
    for bed in beds:
        held = sight.mirror.bed(bed).sounding
        yield held is not None and held.message.audible is Priority.HIGH


def _beds(sight: Sight) -> tuple[str, ...]:
    hello = sight.mirror.hello
    return () if hello is None or sight.reach is not Reach.LIVE else hello.beds


def _open(sight: Sight, bed: str) -> Iterator[Calling]:
    held = sight.mirror.bed(bed).sounding
    if held is not None:
        for call in held.message.calls:
            yield Calling(bed, call, call.age_s + sight.now.seconds_since(held.arrived))


def _concerns(sight: Sight, one: Calling) -> bool:
    if one.bed == sight.bed_name or one.call.step is not CallStep.ANAESTHETIST:
        return True
    case = sight.mirror.bed(one.bed).case
    return case is None or case.message.by == sight.place.by
