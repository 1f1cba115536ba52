"""Marks on what is no measurement of a patient, or is kept for less long than the journal."""

from __future__ import annotations

from vagt.report.fhir.codes import Json
from vitals.reading import Origin

_HISTORY = {"system": "urn:vagt:source", "code": "history"}
_TEST = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}
_UNREAL = (Origin.SIMULATED, Origin.REPLAYED)


def marks(origin: Origin, *, history: bool) -> Json:
    """Return the `meta` of something; empty where it has no mark."""
    tags = {"tag": [_HISTORY]} if history else {}
    return tags | ({"security": [_TEST]} if origin in _UNREAL else {})


KEPT = tuple(marks(origin, history=True) for origin in Origin)
"""Of what comes from the local history."""
