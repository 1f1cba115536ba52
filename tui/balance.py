"""What a case came to and what that rests on, in whole lines of one language; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from daemon.protocol.account import Account, Lapse, Waived, Watched
from daemon.protocol.cases import Case, CaseVerdict, Ground
from daemon.protocol.month import CaseLine
from tui.aging import Standing
from tui.sight import Sight, Tongue
from tui.span import Row, Span, wrapped
from tui.verdict import ground
from vitals.measure import Measure
from vitals.vocabulary import Basis, CaseKind, GapCause, Phase
from words.catalogue import Words
from words.forms import lasting

Clock = Callable[[str], str]
"""An RFC 3339 moment to the time of day that people read."""
_ATTACHED = (Measure.SPO2, Measure.HEART_RATE)
"""What has a number as long as a patient is on the monitors."""
_HANGING = "    "


def balance(sight: Sight, width: int, height: int) -> list[Row] | None:
    """Return what the verdicts rest on, in at most `height` rows, once the patient is off.

    None while there are none, or while there is still somebody to watch.
    """
    case = sight.case
    if case is None or case.account is None or any(_attached(sight, one) for one in _ATTACHED):
        return None
    told = lines(sight.tongue, case, lambda at: f"{sight.local_text(at):%H:%M:%S}")
    rows = [(Span(f" {part}"),) for line in told for part in _wrapped(line, width - 2)]
    return list(rows[:height])


def lines(tongue: Tongue, case: Case, clock: Clock) -> Iterator[str]:
    """Yield the verdicts, each with its reasons and with how much was watched; then the waivers."""
    teller = _Teller(tongue, clock, block=case.case_kind is CaseKind.BLOCK)
    for found in case.verdicts:
        yield teller.title(found)
        yield from (f"  {teller.ground(one)}" for one in found.reasons)
        if case.account is not None:
            yield from (f"  {line}" for line in teller.rows(case.account, found.basis))
    if case.account is not None:
        yield from teller.waived(case.account.waived, case.held, emergency=case.emergency)


def judged(tongue: Tongue, found: CaseLine, clock: Clock) -> Iterator[str]:
    """Yield what a case of a month came to, each verdict with its reasons, and its waivers."""
    teller = _Teller(tongue, clock, block=found.kind is CaseKind.BLOCK)
    for basis, result, reasons in (
        (Basis.CONTRACT, found.result, found.reasons),
        (Basis.ADVISORY, found.advised, found.advice),
    ):
        if result is not None:
            yield teller.title(CaseVerdict(basis, result))
            yield from (f"  {teller.ground(one)}" for one in reasons)
    yield from teller.waived(found.waived, (), emergency=found.emergency)


def _attached(sight: Sight, measure: Measure) -> bool:
    """Tell whether a number of the patient comes."""
    shown = sight.best(measure)
    return shown is not None and shown.standing is Standing.FRESH and shown.value is not None


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Yield a line in as many as it takes, those after the first further in."""
    margin = line[: len(line) - len(line.lstrip())]
    first, *others = wrapped(line.lstrip(), width - len(margin) - len(_HANGING)) or [""]
    yield f"{margin}{first}"
    yield from (f"{margin}{_HANGING}{other}" for other in others)


class _Teller:
    """Says it in one language and by one clock."""

    def __init__(self, tongue: Tongue, clock: Clock, *, block: bool) -> None:
        self._words = tongue.words
        self._clock = clock
        self._block = block

    def title(self, found: CaseVerdict) -> str:
        advice = f"{self._words.text('summary.advice')}:"
        title = advice if found.basis is Basis.ADVISORY else self._words.text("verdict.title")
        return f"{title} {self._words.named('verdict', found.result)}"

    def ground(self, found: Ground) -> str:
        times = ""
        if found.covered_s is not None and found.required_s is not None:
            times = f" {lasting(found.covered_s)} / {lasting(found.required_s)}"
        said = ground(self._words, found)
        if found.nth and found.phase is not None:
            phase = self._phase(found.phase, found.nth)
            said = self._words.text("summary.ground", ground=said, phase=phase)
        return f"{said}{times} ({found.rule})"

    def _phase(self, phase: Phase, nth: int) -> str:
        """Return a phase, with which of several it is; while a block lasts it is a treatment."""
        treated = self._block and phase is Phase.DURING
        word = self._words.named("phase", "treatment" if treated else phase)
        return self._words.text("summary.nth", phase=word, nth=nth) if nth else word

    def rows(self, account: Account, basis: Basis) -> Iterator[str]:
        yield from (self._row(one) for one in account.watched if one.basis is basis)
        if basis is Basis.CONTRACT:
            for one in account.attested:
                by = ", ".join(one.by) or self._words.text("ground.not_attested")
                phase = self._phase(one.phase, one.nth)
                yield self._words.text("summary.observed", phase=phase, by=by)

    def _row(self, found: Watched) -> str:
        """Return `SpO2, anæstesi 10:29:00: 09:48 af 10:00; 10:31:05 12 s sensor af`."""
        words = self._words
        whole = words.text(
            "summary.watched",
            modality=words.named("modality", found.modality),
            phase=self._phase(found.phase, found.nth),
            at=self._clock(found.since),
            covered=lasting(found.covered_s),
            required=lasting(found.required_s),
        )
        parts = [whole, *map(self._lapse, found.gaps)]
        if found.more:
            parts.append(words.text("summary.more", count=found.more))
        if found.undocumented_s:
            parts.append(words.text("summary.undocumented", time=lasting(found.undocumented_s)))
        return "; ".join(parts)

    def _lapse(self, gap: Lapse) -> str:
        lost = gap.cause is GapCause.RECORDER_DOWN
        return self._words.text(
            f"summary.{'gap' if gap.counts or lost else 'excused'}",
            at=self._clock(gap.at),
            time=lasting(gap.seconds),
            cause=self._words.named("cause", gap.cause),
        )

    def waived(
        self, waived: Iterable[Waived], held: tuple[str, ...], *, emergency: bool
    ) -> Iterator[str]:
        for one in waived:
            if what := without(self._words, one, held, emergency=emergency):
                why = one.reason or self._words.text("summary.unreasoned")
                line = self._words.text("summary.waived", what=what)
                yield f"{line}: {why} ({one.by} {self._clock(one.at)})"


def without(words: Words, waived: Waived, started: tuple[str, ...], *, emergency: bool) -> str:
    """Return what was done without; empty for a start that overrode nothing."""
    if waived.modality is not None:
        return words.named("modality", waived.modality)
    if waived.what == "recover":
        return words.text("summary.in_place")
    if emergency:
        return words.text("case.was_emergency")
    held = "; ".join(words.hold(one) for one in waived.holds or started)
    return words.text("summary.anyway", held=held) if held else ""
