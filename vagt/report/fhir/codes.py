"""What a measure is called in the code systems of others: data rows, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from msgspec import Struct

from vitals.measure import Measure
from vitals.rows import Grounds, RowsError, Source, Text, converted, parsed, repeated, single

Json = dict[str, Any]
FILE = "codes.toml"
PANEL = "nibp"
"""What the pressures of one cuff are together."""
MDC = "mdc"


class System(Struct, frozen=True, forbid_unknown_fields=True):
    """A code system by the name that FHIR knows it by."""

    id: Literal["mdc", "loinc", "npu"]
    uri: Text
    source: Source


class Name(Struct, frozen=True, forbid_unknown_fields=True):
    """The reference id of a measure whose number stands in `vitals.measure`."""

    of: Measure
    mdc: Text
    source: Source


class Code(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One code of a measure, or of the pressures of one cuff together."""

    of: Text
    """A measure, or `nibp`."""
    system: Literal["mdc", "loinc", "npu"]
    code: Text
    display: str = ""
    whole: float | None = None
    """The code is of a share of one where the measure is of so many; null: it is of the same."""


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal[1]
    system: Any = None
    name: Any = None
    code: Any = None


@dataclass(frozen=True, slots=True)
class Codes:
    """Every row."""

    systems: Mapping[str, str]
    names: Mapping[Measure, str]
    codes: tuple[Code, ...]

    def codings(self, of: str) -> list[Json]:
        """Return the codes of something in its own unit; none where nobody has one."""
        own = [one for one in self.codes if one.of == of and one.whole is None]
        return [*self._own(of), *(self._coding(one) for one in own)]

    def shares(self, of: str) -> list[tuple[Json, float]]:
        """Return the codes that are of a share, each with what the whole is."""
        return [(self._coding(one), one.whole) for one in self.codes if one.of == of and one.whole]

    def _own(self, of: str) -> list[Json]:
        """Return the number of a measure itself."""
        if of == PANEL or (number := Measure(of).form.mdc) is None:
            return []
        coding = {"system": self.systems[MDC], "code": str(number)}
        name = self.names.get(Measure(of))
        return [coding | ({"display": name} if name else {})]

    def _coding(self, one: Code) -> Json:
        coding = {"system": self.systems[one.system], "code": one.code}
        return coding | ({"display": one.display} if one.display else {})


def codes(text: str, file: str = FILE) -> Codes:
    """Return the rows of a TOML text, or raise RowsError with every fault found."""
    tables = parsed(text, file)
    head, errors = single(tables, file, _Head)
    systems, faults = converted(tables, file, "system", System)
    names, wrong = converted(tables, file, "name", Name)
    found, more = converted(tables, file, "code", Code)
    errors += faults + wrong + more
    errors += repeated([one.id for one in systems], file, "system")
    errors += repeated([one.of for one in names], file, "name")
    errors += repeated([f"{one.of} {one.system} {one.code}" for one in found], file, "code")
    errors += _unknown(found, {one.id for one in systems}, file)
    if errors or head is None:
        raise RowsError(errors)
    uris: dict[str, str] = {one.id: one.uri for one in systems}
    return Codes(uris, {one.of: one.mdc for one in names}, tuple(found))


def _unknown(found: Sequence[Code], systems: Set[str], file: str) -> Iterator[str]:
    """Yield a line for each code of a system or of a measure that there is not."""
    for one in found:
        if one.system not in systems:
            yield f"{file}: [[code]] {one.code!r}: there is no [[system]] {one.system!r}: add it"
        if one.of not in (PANEL, *Measure):
            yield f"{file}: [[code]] {one.code!r}: {one.of!r} is no measure: mend it"


@cache
def load() -> Codes:
    """Return the rows that are delivered."""
    return codes(resources.files(__package__).joinpath(FILE).read_text("utf-8"))
