"""Ids in a bundle and references to them: from the case and a counter, the same each time."""

from __future__ import annotations

from uuid import UUID, uuid5

from vagt.report.fhir.codes import Json

ROOT = UUID("6f0c9a52-3d0b-5c39-9e57-3b1a9f0f7c11")
CASE = "urn:vagt:case"
"""System of the numbers of cases."""
REPORT = "urn:vagt:report"
"""System of the digests of reports."""
PHASE, SERVICE, MODALITY = "urn:vagt:phase", "urn:vagt:service", "urn:vagt:modality"
ORIGIN, CAUSE, HISTORY = "urn:vagt:origin", "urn:vagt:cause", "urn:vagt:history"
"""Systems of the product's own words."""
STAMP = "vagt-report.json"
"""Title of the attachment that holds the stamp."""


class Naming:
    """Names for the resources of one case."""

    def __init__(self, case: str) -> None:
        self.case = case

    def entry(self, resource: Json, *parts: object) -> Json:
        """Return a resource as it stands in the bundle, under the id that its parts make."""
        name = self._name(resource["resourceType"], *parts)
        head = {"resourceType": resource["resourceType"], "id": str(name)}
        return {"fullUrl": name.urn, "resource": head | resource}

    def to(self, kind: str, *parts: object) -> Json:
        """Return a reference to what has these parts."""
        return {"reference": self._name(kind, *parts).urn}

    @property
    def patient(self) -> Json:
        """Return who it was by the number of the case alone: nothing else is known of anybody."""
        return {"type": "Patient", "identifier": {"system": CASE, "value": self.case}}

    def _name(self, *parts: object) -> UUID:
        return uuid5(ROOT, "\n".join(str(part) for part in (self.case, *parts)))


def person(initials: str) -> Json:
    """Return one of the staff, by initials."""
    return {"type": "Practitioner", "display": initials}


def concept(system: str, code: str) -> Json:
    """Return a code as a concept of its own."""
    return {"coding": [{"system": system, "code": code}]}
