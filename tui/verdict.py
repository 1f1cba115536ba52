"""What a case came to: on the contract in a word of its own, on advice in one plain line."""

from __future__ import annotations

from daemon.protocol.cases import Case, CaseVerdict, Ground
from tui.packing import packed
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of
from vitals.vocabulary import Basis, Verdict
from words.catalogue import Words

NARROW = 100
"""Below this width bands are short, and the advice has no room beside the requirements."""


def verdicts(sight: Sight, case: Case, width: int, height: int) -> list[Row]:
    """Return the verdicts in `height` rows; the contract first."""
    rows = [_contract(sight, verdict, width) for verdict in _of(case, Basis.CONTRACT)]
    if height > 1 or width >= NARROW:
        rows.append((Span(f" {became(sight, case)}"),))
    if height == 1 and len(rows) > 1 and sum(map(width_of, rows)) <= width:
        rows = [tuple(span for row in rows for span in row)]
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]


def became(sight: Sight, case: Case) -> str:
    """Return what became of the advice; it is never called a requirement."""
    found = _of(case, Basis.ADVISORY)
    if not found:
        return ""
    verdict = found[0]
    names = dict.fromkeys(
        sight.words.named("modality", one.modality.value)
        for one in verdict.reasons
        if one.modality is not None
    )
    word = verdict.result if names else Verdict.PASS
    return sight.words.text(f"advice.{word.value}", modalities=" ".join(names))


def _of(case: Case, basis: Basis) -> list[CaseVerdict]:
    return [verdict for verdict in case.verdicts if verdict.basis is basis][:1]


def _contract(sight: Sight, verdict: CaseVerdict, width: int) -> Row:
    """Return `Krav: IKKE OPFYLDT   SpO2 aldrig målt   +1`."""
    title = Span(f" {sight.words.text('verdict.title')} ", Tone.QUIET)
    result = Span(f"{sight.words.named('verdict', verdict.result.value)}   ", Tone.STRONG)
    grounds = dict.fromkeys(ground(sight.words, one) for one in verdict.reasons)
    room = width - width_of((title, result))
    rows, _ = packed([(Span(ground),) for ground in grounds], room, 1)
    return (title, result, *(rows[0] if rows else ()))


def ground(words: Words, found: Ground) -> str:
    """Return a reason in words: what was not watched, or what a rule or a hold is about."""
    about = words.hold(found.rule) if found.why == _UNEXPLAINED else words.rule(found.rule)
    why = words.named("ground", found.why, rule=about)
    if found.why == _UNEXPLAINED and found.rule == _EMERGENCY:
        why = words.text(f"ground.{_UNEXPLAINED}.{_EMERGENCY}")
    if found.modality is None:
        return why
    return f"{words.named('modality', found.modality.value)} {why}"


_UNEXPLAINED, _EMERGENCY = "unexplained", "emergency"
