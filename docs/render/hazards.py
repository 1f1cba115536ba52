"""docs/risks.md: what may go wrong, what is done about it, and the tests that hold that."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from rowset import ROOT

DATA = ROOT / "docs" / "risks.toml"
PAGE = "risks.md"
HEAD = """# Risks

*Made by `make docs` from `docs/risks.toml`; a change belongs there.*

What may go wrong when Vagt stands beside certified monitors, in the manner of ISO 14971. Vagt
supplements certified monitors and replaces none, and is no medical device by declaration: this file
is no conformity, and says nothing of how often anything happens, for nothing of that was measured.
Severities are the developers' own and **approved by nobody**. Each measure names the tests that
hold it; measures outside the software are marked *information*.
"""
Text = Annotated[str, Meta(min_length=1)]


class Severity(StrEnum):
    """How bad the harm may be (ISO/TR 24971:2020, table 4)."""

    NEGLIGIBLE = "negligible"
    MINOR = "minor"
    SERIOUS = "serious"
    CRITICAL = "critical"
    CATASTROPHIC = "catastrophic"


class Kind(StrEnum):
    """How a measure works, the surest first (ISO 14971:2019, 7.1)."""

    DESIGN = "design"
    PROTECTION = "protection"
    INFORMATION = "information"


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that makes a harm less likely or less bad."""

    kind: Kind
    what: Text
    tests: Annotated[tuple[Text, ...], Meta(min_length=1)]


class Risk(Struct, frozen=True, forbid_unknown_fields=True):
    """One hazard, how it comes to harm, and what is done."""

    id: Annotated[str, Meta(pattern=r"\AR[0-9]{2}\Z")]
    hazard: Text
    sequence: Text
    harm: Text
    severity: Severity
    measures: Annotated[tuple[Measure, ...], Meta(min_length=1)]
    residual: Text


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    risk: tuple[Risk, ...]


def risks() -> tuple[Risk, ...]:
    """Return every risk of the file; msgspec.ValidationError where it is none."""
    return msgspec.convert(tomllib.loads(DATA.read_text("utf-8")), File).risk


def risks_page() -> str:
    """Return the page."""
    found = risks()
    lines = [HEAD, "| | hazard | severity |", "|---|---|---|"]
    lines += [f"| [{one.id}](#{one.id.lower()}) | {one.hazard} | {one.severity} |" for one in found]
    for one in found:
        lines += ["", *_told(one)]
    return "\n".join(lines) + "\n"


def _told(risk: Risk) -> Iterator[str]:
    yield f"## {risk.id}"
    yield ""
    yield f"**{risk.hazard}** ({risk.severity}). {risk.sequence} {risk.harm}"
    yield ""
    for measure in risk.measures:
        yield f"- *{measure.kind}*: {measure.what}"
        yield from (f"  - `{test}`" for test in measure.tests)
    yield ""
    yield f"What stays: {risk.residual}"
