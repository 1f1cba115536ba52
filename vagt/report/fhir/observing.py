"""What was measured as FHIR observations, made from plain rows wherever these come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from vagt.report.fhir.codes import PANEL, Codes, Json
from vagt.report.fhir.marks import marks
from vagt.report.fhir.naming import ORIGIN, Naming, concept, person
from vagt.report.fhir.taken import Taken, Value
from vitals.measure import Measure

MONITOR = "monitor"
"""Device of a monitor, by the name that it has in the configuration."""
UCUM = "http://unitsofmeasure.org"
VITAL = concept("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")
REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ABSENT = concept(REASONS, "unknown")
_STATISTICS = "http://terminology.hl7.org/CodeSystem/observation-statistics"


def observations(rows: Iterable[Taken], codes: Codes, naming: Naming) -> Iterator[Json]:
    """Yield an observation for each row, and one derived from it for each code of a share.

    Rows of the local history are counted by themselves: it may be gone when others are not.
    """
    counts = {True: count(1), False: count(1)}
    for one in rows:
        kept = one.source.history
        number = f"{'history ' * kept}{next(counts[kept])}"
        yield naming.entry(_head(one, naming) | _told(one, codes), number)
        for place, (coding, share) in enumerate(_shares(one, codes), 1):
            told = {"code": {"coding": [coding]}, "valueQuantity": share}
            derived = {"derivedFrom": [naming.to("Observation", number)]}
            yield naming.entry(_head(one, naming) | told | derived, number, place)


def _head(one: Taken, naming: Naming) -> Json:
    source = one.source
    head = {
        "resourceType": "Observation",
        "meta": marks(source.origin, history=source.history),
        "status": "final",
        "category": [VITAL],
        "subject": naming.patient,
        "encounter": naming.to("Encounter"),
        "effectiveDateTime": one.at,
        "method": concept(ORIGIN, source.origin.value),
        "performer": [person(source.by)] if source.by else None,
        "device": naming.to("Device", MONITOR, source.device) if source.device else None,
        "bodySite": {"text": source.site} if source.site else None,
    }
    return {name: value for name, value in head.items() if value}


def _told(one: Taken, codes: Codes) -> Json:
    """Return what it is and what it came to; several pressures as components of one."""
    if len(one.values) == 1:
        (value,) = one.values
        return _named(value.measure, codes, one.source.agent) | _valued(value) | _spread(value)
    parts = [_named(each.measure, codes) | _valued(each) for each in one.values]
    return _named(PANEL, codes) | {"component": parts}


def _named(of: str, codes: Codes, agent: str = "") -> Json:
    """Return a code; without any in the systems of others it is told by its own name alone."""
    codings = codes.codings(of)
    text = f"{of} {agent}" if agent else str(of)
    return {"code": ({"coding": codings} if codings else {}) | {"text": text}}


def _valued(value: Value) -> Json:
    if value.value is None:
        return {"dataAbsentReason": ABSENT}
    return {"valueQuantity": _quantity(value.measure, value.value, value.unit)}


def _spread(value: Value) -> Json:
    """Return the lowest and the highest of a time, where the value is a mean."""
    ends = {"minimum": value.low, "maximum": value.high}
    parts = [
        {
            "code": concept(_STATISTICS, name),
            "valueQuantity": _quantity(value.measure, end, value.unit),
        }
        for name, end in ends.items()
        if end is not None
    ]
    return {"component": parts} if parts else {}


def _quantity(measure: Measure, value: float, unit: str) -> Json:
    form = measure.form
    code = unit or form.unit
    written = form.written if code == form.unit else code
    told = {"value": measure.rounded(value), "unit": written or code}
    return told | {"system": UCUM, "code": code}


def _shares(one: Taken, codes: Codes) -> Iterator[tuple[Json, Json]]:
    """Yield each code of a share with its quantity, of a single number that is known."""
    for value in one.values if len(one.values) == 1 else ():
        if (known := value.measure.rounded(value.value)) is None:
            continue
        for coding, whole in codes.shares(value.measure):
            share = round(known / whole, 6)
            yield coding, {"value": share, "unit": "1", "system": UCUM, "code": "1"}
