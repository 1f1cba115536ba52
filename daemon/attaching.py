"""What is required of each case just now: since when, and until when it may still be attached."""

from __future__ import annotations

from collections.abc import Mapping

from daemon.demands import Demands
from daemon.library import Library
from monitoring.case import Case
from monitoring.due import Asked, asked
from vitals.instant import Instant
from vitals.vocabulary import Modality

Found = Mapping[Modality, Asked]


class Attaching:
    """Works it out anew when something is entered or required; asked ten times a second."""

    def __init__(self, library: Library, grace_s: float) -> None:
        self._demands = Demands(library)
        self._grace_s = grace_s
        self._found: dict[str, tuple[tuple[object, ...], Found]] = {}
        """By bed: of the case that was there last."""

    def of(self, case: Case, required: frozenset[Modality], now: Instant) -> Found:
        """Return it of what is required of a case."""
        key = (case.number, len(case.entries), required)
        before, found = self._found.get(case.bed, (None, {}))
        if key != before:
            found = asked(case, self._demands.book(case), now, grace_s=self._grace_s)
            self._found[case.bed] = key, found
        return found

    def late(self, case: Case, required: frozenset[Modality], now: Instant) -> frozenset[Modality]:
        """Return what came to be required after the start and may still be attached."""
        return frozenset(
            modality
            for modality, one in self.of(case, required, now).items()
            if one.since.monotonic > case.since.monotonic and one.until.monotonic > now.monotonic
        )
