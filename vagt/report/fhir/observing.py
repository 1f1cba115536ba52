"""What was measured as FHIR observations, made from plain rows wherever these come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from daemon.protocol.cases import Entry
from daemon.report.sheet import Pressure
from vagt.report.fhir.codes import PANEL, Codes, Json
from vagt.report.fhir.naming import ORIGIN, Naming, concept, person
from vitals import deeds
from vitals.measure import Measure

MONITOR = "monitor"
"""Device of a monitor, by the name that it has in the configuration."""
UCUM = "http://unitsofmeasure.org"
VITAL = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "vital-signs",
        }
    ]
}
ABSENT = concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown")
_CUFF = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC)
"""Told together; the mean with them, or as its own."""


class Taken(NamedTuple):
    """What was measured at one moment: one number, or the pressures of one cuff."""

    at: str
    """RFC 3339."""
    values: tuple[tuple[Measure, float | None], ...]
    """None: nobody knows it."""
    by: str = ""
    """Initials of who typed it in; empty: nobody did."""
    device: str = ""
    """The monitor, where it is known."""
    typed: bool = True
    """False: as a monitor gave it."""


def pressures(rows: Iterable[Pressure]) -> Iterator[Taken]:
    """Yield blood pressures; one of the two that was not told is absent."""
    for one in rows:
        values = zip(_CUFF, (one.systolic, one.diastolic), strict=True)
        yield Taken(one.at, tuple(values), one.by, typed=one.manual)


def numbers(entries: Iterable[Entry]) -> Iterator[Taken]:
    """Yield what else was typed in or taken over; what a correction struck is not told."""
    for one in entries:
        match one.deed:
            case _ if one.struck:
                continue
            case deeds.Pair(spo2=share, manual=typed):
                yield Taken(one.at, ((Measure.SPO2, share),), one.by, typed=typed)
            case deeds.Measured(measure=measure, value=value) if measure not in _CUFF:
                yield Taken(one.at, ((measure, value),), one.by)
            case _:
                pass


def observations(rows: Iterable[Taken], codes: Codes, naming: Naming) -> Iterator[Json]:
    """Yield an observation for each row, and one derived from it for each code of a share."""
    for number, one in enumerate(rows, 1):
        yield naming.entry(_head(one, naming) | _told(one, codes), number)
        for place, (coding, share) in enumerate(_shares(one, codes), 1):
            told = {"code": {"coding": [coding]}, "valueQuantity": share}
            derived = {"derivedFrom": [naming.to("Observation", number)]}
            yield naming.entry(_head(one, naming) | told | derived, number, place)


def _head(one: Taken, naming: Naming) -> Json:
    head = {
        "resourceType": "Observation",
        "status": "final",
        "category": [VITAL],
        "subject": naming.patient,
        "encounter": naming.to("Encounter"),
        "effectiveDateTime": one.at,
        "method": concept(ORIGIN, "typed" if one.typed else "monitor"),
    }
    head |= {"performer": [person(one.by)]} if one.by else {}
    return head | ({"device": naming.to("Device", MONITOR, one.device)} if one.device else {})


def _told(one: Taken, codes: Codes) -> Json:
    """Return what it is and what it came to; several pressures as components of one."""
    if len(one.values) == 1:
        ((measure, value),) = one.values
        return _named(measure, codes) | _valued(measure, value)
    parts = [_named(each, codes) | _valued(each, value) for each, value in one.values]
    return _named(PANEL, codes) | {"component": parts}


def _named(of: str, codes: Codes) -> Json:
    """Return a code; without any in the systems of others it is told by its own name alone."""
    codings = codes.codings(of)
    return {"code": ({"coding": codings} if codings else {}) | {"text": str(of)}}


def _valued(measure: Measure, value: float | None) -> Json:
    if value is None:
        return {"dataAbsentReason": ABSENT}
    form = measure.form
    quantity = {"value": measure.rounded(value), "unit": form.written or form.unit}
    return {"valueQuantity": quantity | {"system": UCUM, "code": form.unit}}


def _shares(one: Taken, codes: Codes) -> Iterator[tuple[Json, Json]]:
    """Yield each code of a share with its quantity, of a single number that is known."""
    if len(one.values) != 1:
        return
    ((measure, value),) = one.values
    if (known := measure.rounded(value)) is None:
        return
    for coding, whole in codes.shares(measure):
        share = round(known / whole, 6)
        yield coding, {"value": share, "unit": "1", "system": UCUM, "code": "1"}
