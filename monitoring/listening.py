"""Since when the capnographs of a bed have been able to tell of breath, over what breaks it off.

A cable that comes back is no apnoea. But what was missing before a break is not forgotten: where no
breath had come for `suspect_s` it goes on counting through the break; over a short break it stands.
"""

from __future__ import annotations

from dataclasses import replace

from msgspec import Struct, structs

from monitoring.breathless import missed_s, tells, unheard_s
from monitoring.stretch import later
from monitoring.view import BedView, CaseView
from vitals.instant import Instant


class Listening(Struct, frozen=True):
    """What is remembered of a bed between two looks."""

    since: Instant | None = None
    """From when silence is taken for no breath; None while nobody can tell."""
    heard: Instant | None = None
    """When a capnograph was last heard to tell of breath."""
    missed_s: float = 0.0
    """For how long no breath had come by then."""


def listened(before: Listening, bed: BedView, now: Instant) -> tuple[Listening, BedView]:
    """Return what is remembered after a look at a bed, and the bed as it is to be seen."""
    if _others(before, bed.case, now):
        before = Listening()
    telling = any(tells(device) for device in bed.devices)
    suspect_s = bed.case.allowances.breathing.suspect_s
    since = _told(before, suspect_s, now) if telling else _held(before, suspect_s)
    listened_s = None if since is None else now.seconds_since(since)
    seen = replace(bed, case=replace(bed.case, listened_s=listened_s))
    if not telling:
        return structs.replace(before, since=since), seen
    return Listening(since, later(now, -unheard_s(seen)), missed_s(seen) or 0.0), seen


def _others(before: Listening, case: CaseView, now: Instant) -> bool:
    """Tell whether what is remembered is of the patient who was there before."""
    there_s = min(case.elapsed_s, case.elapsed_s if case.arrived_s is None else case.arrived_s)
    return before.heard is not None and now.seconds_since(before.heard) >= there_s


def _told(before: Listening, suspect_s: float, now: Instant) -> Instant:
    """Return from when silence is taken for no breath while somebody can tell."""
    if before.since is not None:
        return before.since
    short = before.heard is not None and now.seconds_since(before.heard) <= suspect_s
    return later(now, -before.missed_s) if short else now


def _held(before: Listening, suspect_s: float) -> Instant | None:
    """Return it while nobody can: only where breath was missing when the last one was heard."""
    if before.heard is None or before.missed_s < suspect_s:
        return None
    return later(before.heard, -before.missed_s)
