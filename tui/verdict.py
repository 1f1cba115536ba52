"""What a case came to: on the contract in a word of its own, on advice in one plain line."""

from __future__ import annotations

from daemon.protocol.cases import Case, CaseVerdict, Ground
from tui.packing import packed
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of
from vitals.vocabulary import Basis, Verdict

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
        sight.words.named("modality", ground.modality.value)
        for ground in verdict.reasons
        if ground.modality is not None
    )
    word = verdict.result if names else Verdict.PASS
    return sight.words.text(f"advice.{word.value}", modalities=" ".join(names))


def _of(case: Case, basis: Basis) -> list[CaseVerdict]:
    return [verdict for verdict in case.verdicts if verdict.basis is basis][:1]


def _contract(sight: Sight, verdict: CaseVerdict, width: int) -> Row:
    """Return `Krav: IKKE OPFYLDT   SpO2 aldrig målt   +1`."""
    title = Span(f" {sight.words.text('verdict.title')} ", Tone.QUIET)
    result = Span(f"{sight.words.named('verdict', verdict.result.value)}   ", Tone.STRONG)
    grounds = dict.fromkeys(_ground(sight, ground) for ground in verdict.reasons)
    room = width - width_of((title, result))
    rows, _ = packed([(Span(ground),) for ground in grounds], room, 1)
    return (title, result, *(rows[0] if rows else ()))


def _ground(sight: Sight, ground: Ground) -> str:
    why = sight.words.named("ground", ground.why, rule=ground.rule)
    if ground.modality is None:
        return why
    return f"{sight.words.named('modality', ground.modality.value)} {why}"
