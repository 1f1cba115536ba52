"""Whether the files of a set agree with each other: what no file can know by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from monitoring.durations import Durations
from monitoring.procedures import Procedures
from monitoring.services import Kind, ServiceRules


def disagreements(
    editions: Sequence[ServiceRules], bands: Durations, tables: Sequence[Procedures]
) -> list[str]:
    """Return an error line for each place where two files do not go together."""
    return [*_twice(editions), *_unknown(bands, editions), *_rivals(tables)]


def _twice(editions: Sequence[ServiceRules]) -> Iterable[str]:
    """Yield each service with two editions from the same day on."""
    begins = Counter((one.service.code, one.service.valid_from) for one in editions)
    for (code, day), count in begins.items():
        if count > 1:
            yield f"service_*.toml: {code} stands in {count} files from {day} on: keep one"


def _rivals(tables: Sequence[Procedures]) -> Iterable[str]:
    """Yield each specialty with two tables."""
    for name, count in Counter(table.specialty for table in tables).items():
        if count > 1:
            yield f"procedures*.toml: specialty {name!r} stands in {count} files: keep one"


def _unknown(bands: Durations, editions: Sequence[ServiceRules]) -> Iterable[str]:
    """Yield each band whose code is no anaesthetic as early as the bands are valid."""
    known = {
        one.service.code
        for one in editions
        if one.service.kind is Kind.ANAESTHESIA and one.service.valid_from <= bands.valid_from
    }
    for band in bands.bands:
        if band.code and band.code not in known:
            yield (
                f"durations.toml: [[band]] {band.id}: code: no anaesthetic has {band.code!r} on"
                f" {bands.valid_from}: name one of {', '.join(sorted(known)) or 'none'}"
            )
