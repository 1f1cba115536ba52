"""Where the work is and how ready that place is, as clients are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checklists.people import known
from checklists.readiness import Finding, Ready, State, What
from daemon.listed import phrase, stamp
from daemon.protocol.practice import Clinic, Reason, Site
from daemon.workday import Calendar, Workday
from vitals.practice import Gas

_UNSEEN = {What.ROW: "due", What.GAS: "not_read"}
"""Of what nobody has looked at; of everything else it is `unchecked`."""


def whereabouts(calendar: Calendar, workday: Workday, ready: Ready, pins: Sequence[str]) -> Clinic:
    """Return the message; `pins` are the initials of those who sign with one."""
    return Clinic(
        day=workday.day.day,
        chosen=workday.chosen,
        offered=workday.offered,
        sites=tuple(
            Site(
                code=one.code,
                name=one.name,
                beds=one.beds,
                gases=one.gases,
                kits=tuple(kit.name for kit in calendar.kits if kit.comes(one.code)),
                country=one.country,
                phone=one.phone,
            )
            for one in calendar.clinics
        ),
        readiness=ready.state,
        reasons=tuple(reason(one) for one in once(ready.reasons)),
        staff=known(calendar.people, workday.day.day),
        pins=tuple(pins),
        name=workday.clinic.name if workday.chosen else "",
    )


def once(reasons: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the first of all that would read the same: two packs of one drug are one line."""
    told: dict[tuple[object, ...], Finding] = {}
    for one in reasons:
        reads = (one.what, one.label, one.target, one.state, one.until or one.since, one.ends)
        told.setdefault(reads, one)
    return tuple(told.values())


def stated(finding: Finding) -> str:
    """Return the name of a state as clients are told of it; `ready.<name>` are its words."""
    if (finding.what, finding.state) == (What.GAS, State.SHORT):
        return "little"
    unseen = finding.state is State.UNCHECKED
    if unseen and (finding.what, finding.id) == (What.GAS, Gas.NITROUS_OXIDE):
        return "not_weighed"
    return _UNSEEN.get(finding.what, "unchecked") if unseen else finding.state.value


def reason(finding: Finding) -> Reason:
    """Return what keeps a place from being ready, as clients are told of it."""
    return Reason(
        what=finding.what.value,
        id=finding.id,
        target=finding.target,
        weight=finding.weight,
        state=stated(finding),
        responsible=finding.responsible,
        label=phrase(finding.label),
        source=finding.source,
        document=finding.document,
        approved=finding.approved,
        until=finding.until or finding.since,
        until_at=stamp(finding.ends),
    )
