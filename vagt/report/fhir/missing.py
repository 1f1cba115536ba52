"""Where nothing came though it was required, as FHIR says absence: with its reason, no number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daemon.report.sheet import Gap, Lane
from vagt.report.fhir.codes import Json
from vagt.report.fhir.naming import CAUSE, MODALITY, Naming, concept
from vagt.report.fhir.observing import REASONS, VITAL
from vitals.vocabulary import Modality

GAP = "gap"


def absences(lanes: Iterable[Lane], naming: Naming) -> Iterator[Json]:
    """Yield an observation without a value for each gap, told once for all who require it."""
    found = {(gap.begin, lane.modality, gap.end): gap for lane in lanes for gap in lane.gaps}
    for number, key in enumerate(sorted(found), 1):
        yield naming.entry(_absence(key[1], found[key], naming), GAP, number)


def _absence(modality: Modality, gap: Gap, naming: Naming) -> Json:
    """Return one: not performed where the recorder ran, unknown where it did not."""
    reason = concept(REASONS, "not-performed" if gap.documented else "unknown")
    reason["coding"] += [{"system": CAUSE, "code": one.value} for one in gap.causes]
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [VITAL],
        "code": concept(MODALITY, modality.value),
        "subject": naming.patient,
        "encounter": naming.to("Encounter"),
        "effectivePeriod": {"start": gap.begin, "end": gap.end},
        "dataAbsentReason": reason,
    }
