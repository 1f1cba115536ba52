"""A bundle held to FHIR R4B by fhir.resources before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fhir.resources.R4B.bundle import Bundle

from daemon.report.making import ReportError


def checked(text: bytes) -> None:
    """Raise ReportError where a text is no bundle of FHIR R4B."""
    try:
        found = Bundle.model_validate_json(text)
    except ValueError as error:
        why = " ".join(str(error).split())[:200]
        raise ReportError(f"the bundle is no FHIR R4B: {why}") from error
    if (wrong := next(_unbound(found, "Bundle"), None)) is not None:
        raise ReportError(f"the bundle is no FHIR R4B: {wrong}")


def _unbound(value: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - whatever a resource holds
    """Yield each code that is not among those that FHIR allows there: the models let it pass."""
    if isinstance(value, list):
        for one in value:
            yield from _unbound(one, place)
    for name, field in getattr(type(value), "model_fields", {}).items():
        held, known = getattr(value, name), field.json_schema_extra or {}
        if held is not None and held not in known.get("enum_values", (held,)):
            yield f"{place}.{name} is {held!r}"
        yield from _unbound(held, f"{place}.{name}")
