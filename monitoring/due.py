"""What a case was required to be watched by, and when: its course held to the rows, piece by piece.

A piece ends wherever something was entered and wherever the time elapsed reaches another service.
What begins to be required has the time of the induction grace to be attached; what hangs on a tube
or laryngeal mask has none, and neither has recovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from monitoring.case import Case, followed
from monitoring.course import Span, facts, spans
from monitoring.facts import Facts
from monitoring.obligations import Answer, Book, Obliged, Origin, obligations
from monitoring.services import Ban, Kind, ladder
from monitoring.stretch import Stretch, common, joined, later, without
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import Basis, CaseKind, Modality, Obligation, Phase

A_MOMENT_S = 1.0
"""What has just begun is seen as it is so much later."""
RECOVERY = "recovery"
"""The service that recovery is held to."""


class Part(Struct, frozen=True):
    """What one row asked for, and when."""

    rule: str
    source: str
    origin: Origin
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    asked: tuple[Stretch, ...]
    required: tuple[Stretch, ...]
    """The same without the time to attach."""

    @property
    def firm(self) -> bool:
        """Tell whether missing it altogether may make what the contract says fail."""
        return self.approved and self.origin is not Origin.DURATION


class Due(Struct, frozen=True):
    """One modality on one basis in one span of a case."""

    basis: Basis
    modality: Modality
    phase: Phase
    span: Stretch
    parts: tuple[Part, ...]
    every_s: float | None = None
    """From one reading to the next, where the rows ask for single ones by the clock."""
    nth: int = 0
    """Which of the anaesthetics or recoveries of a case, from 1; 0 where there is one alone."""

    @property
    def asked(self) -> tuple[Stretch, ...]:
        """Return when it was asked for, the time to attach included."""
        return joined(one for part in self.parts for one in part.asked)

    @property
    def required(self) -> tuple[Stretch, ...]:
        """Return when it was required."""
        return joined(one for part in self.parts for one in part.required)

    @property
    def firm(self) -> bool:
        """Tell whether any of its rows is firm."""
        return any(part.firm for part in self.parts)

    @property
    def named(self) -> Part:
        """Return the row that it is told by: a firm one before others."""
        return next((part for part in self.parts if part.firm), self.parts[0])


class Broken(Struct, frozen=True):
    """What the text of the service did not allow, and was."""

    rule: str
    source: str
    approved: bool


class _Piece(Struct, frozen=True):
    """A stretch in which nothing changed."""

    stretch: Stretch
    code: str
    facts: Facts
    phase: Phase

    def answer(self, book: Book, facts: Facts | None = None) -> Answer:
        code, beside = _held(book, self.code, self.phase)
        return obligations(book, code, facts or self.facts, beside=beside, phase=self.phase)


def due(case: Case, book: Book, now: Instant, *, grace_s: float) -> tuple[Due, ...]:
    """Return what was required of an anaesthetic and its recovery up to now, and when.

    Clinical observation is among it, though nobody times it. A block has none: see `moments`.
    """
    return tuple(
        structs.replace(one, nth=nth)
        for span, nth in numbered(spans(case))
        for one in _of(_pieces(case, book, span, now), book, grace_s)
        if case.kind is CaseKind.ANAESTHETIC
    )


def numbered(found: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Yield each span with which of its phase it is; 0 where there is one alone."""
    for place, span in enumerate(found):
        same = [one.phase is span.phase for one in found]
        yield span, sum(same[: place + 1]) if sum(same) > 1 else 0


class Asked(Struct, frozen=True):
    """Since when the contract has asked for a modality without a break."""

    since: Instant
    until: Instant
    """So long it may still be attached."""


def asked(case: Case, book: Book, now: Instant, *, grace_s: float) -> dict[Modality, Asked]:
    """Return what the contract asks for just now, or did when the last span ended.

    What one span asked for to its end and the next from its beginning was asked for all the time,
    and has the time to attach of the last.
    """
    found: dict[Modality, Asked] = {}
    for span in spans(case):
        before, found = found, {}
        pieces = _pieces(case, book, span, later(now, A_MOMENT_S))
        for (basis, modality), rows in _places(pieces, book).items():
            run = list(_runs(rows))[-1]
            if basis is Basis.CONTRACT and run[-1][0] is pieces[-1]:
                free, earlier = _attaching(run, book, grace_s), before.get(modality)
                goes_on = earlier is not None and run[0][0] is pieces[0]
                since = earlier.since if earlier is not None and goes_on else free.begin
                found[modality] = Asked(since, free.end)
    return found


def broken(case: Case, book: Book, now: Instant) -> tuple[Broken, ...]:
    """Return what the text of the code did not allow, each row once.

    Nothing while no code is named: what it is held to then is nobody's choice.
    """
    pieces = (piece for span in spans(case) for piece in _pieces(case, book, span, now))
    chosen = (one for one in pieces if _held(book, one.code, one.phase) == (one.code, ""))
    found = (one for piece in chosen for one in piece.answer(book).violations)
    bans = {ban.id: ban for rules in book.services.values() for ban in rules.bans}
    return tuple(
        Broken(one.rule, one.source, agreed(bans[one.rule])) for one in dict.fromkeys(found)
    )


def code_at(case: Case, at: Instant) -> str:
    """Return the code that a case was held to at a moment; empty while none was named."""
    code = case.planned or case.code
    for entry, _ in followed(case):
        if entry.at.monotonic > at.monotonic:
            break
        if isinstance(entry.deed, deeds.Rebook | deeds.Resume):
            code = entry.deed.code
    return code


def agreed(row: Ban | Obliged) -> bool:
    """Tell whether a row stands in the document, or a named person approved the reading."""
    return bool(row.approved_by) or not row.proposal


def _held(book: Book, code: str, phase: Phase) -> tuple[str, str]:
    """Return the service that asks, and what it goes beside: the least anaesthetic where unsaid."""
    if phase is Phase.RECOVERY:
        return RECOVERY, ""
    least, rules = ladder(book.services)[0].code, book.services.get(code)
    kind = None if rules is None else rules.service.kind
    if kind is Kind.SUPPLEMENT:
        return code, least
    return (code if kind is Kind.ANAESTHESIA else least), ""


def _pieces(case: Case, book: Book, span: Span, now: Instant) -> list[_Piece]:
    whole = Stretch(span.begin, now if span.end is None else span.end)
    steps = {float(band.lo) for band in book.durations.bands}
    cuts = [entry.at for entry in case.told] + [later(span.begin, step) for step in steps]
    inside = sorted((at for at in cuts if whole.holds(at)), key=lambda at: at.monotonic)
    moments = [whole.begin, *inside, whole.end]
    stretches = map(Stretch, moments, moments[1:])
    return [_piece(case, one, span.phase) for one in stretches if one.seconds > 0]


def _piece(case: Case, stretch: Stretch, phase: Phase) -> _Piece:
    """Return what was so in the middle of a stretch, clear of what happened at its ends."""
    middle = later(stretch.begin, stretch.seconds / 2)
    return _Piece(stretch, code_at(case, middle), facts(case, middle), phase)


_Obliging = tuple[_Piece, Obliged]


def _of(pieces: Sequence[_Piece], book: Book, grace_s: float) -> Iterator[Due]:
    """Yield what the pieces of one span ask for, one of each basis and modality."""
    for (basis, modality), rows in _places(pieces, book).items():
        free = joined(_attaching(run, book, grace_s) for run in _runs(rows))
        span = Stretch(pieces[0].stretch.begin, pieces[-1].stretch.end)
        parts = tuple(_parts(rows, free))
        yield Due(basis, modality, pieces[0].phase, span, parts, rows[0][1].every_s)


def _places(pieces: Sequence[_Piece], book: Book) -> dict[tuple[Basis, Modality], list[_Obliging]]:
    """Return by basis and modality what is required, and in which pieces, in their order."""
    places: dict[tuple[Basis, Modality], list[_Obliging]] = {}
    for piece in pieces:
        for row in piece.answer(book).obligations:
            if row.obligation is Obligation.REQUIRED:
                places.setdefault((row.basis, row.modality), []).append((piece, row))
    return places


def _runs(rows: Iterable[_Obliging]) -> Iterator[Sequence[_Obliging]]:
    """Yield what was asked for without a break."""
    run: list[_Obliging] = []
    for piece, row in rows:
        if run and run[-1][0].stretch.end.monotonic < piece.stretch.begin.monotonic:
            yield run
            run = []
        run.append((piece, row))
    yield run


def _attaching(run: Sequence[_Obliging], book: Book, grace_s: float) -> Stretch:
    """Return the time to attach what begins to be asked for."""
    piece, row = run[0]
    begin = piece.stretch.begin
    at_once = piece.phase is Phase.RECOVERY or (piece.facts.device and _hangs(piece, row, book))
    return Stretch(begin, begin if at_once else later(begin, grace_s))


def _hangs(piece: _Piece, row: Obliged, book: Book) -> bool:
    """Tell whether a row asks only because a device is in the airway: from its placement, then."""
    bare = piece.answer(book, structs.replace(piece.facts, airway=None))
    return not any(
        (one.basis, one.modality) == (row.basis, row.modality)
        for one in bare.obligations
        if one.obligation is Obligation.REQUIRED
    )


def _parts(asked: Iterable[_Obliging], free: Sequence[Stretch]) -> Iterator[Part]:
    rows: dict[tuple[str, Origin], list[_Obliging]] = {}
    for piece, row in asked:
        rows.setdefault((row.rule, row.origin), []).append((piece, row))
    for (rule, origin), found in rows.items():
        row = found[0][1]
        whole = joined(piece.stretch for piece, _ in found)
        left = without(whole, common(whole, free))
        yield Part(rule, row.source, origin, agreed(row), whole, left)
