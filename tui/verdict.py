"""What a case came to: on the contract in a word of its own, on advice in one plain line."""

from __future__ import annotations

from daemon.protocol.cases import Case, CaseVerdict, Ground
from tui.packing import packed
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of, wrapped
from vitals.vocabulary import Basis, Verdict
from words.catalogue import Words

NARROW = 100
"""Below this width bands are short, and the advice has no room beside the requirements."""


def rows_for_verdict(sight: Sight, width: int) -> int:
    """Return how many rows a low window needs for the verdict: two where one would cut a reason."""
    case = sight.case
    found = _of(case, Basis.CONTRACT) if case is not None and sight.watched is None else []
    if not found or width >= NARROW:
        return 1
    lead, grounds = _lead(sight, found[0]), _grounds(sight, found[0])
    _, left = packed(grounds, width - width_of(lead), 1)
    return 2 if left or any(width_of((*lead, *one)) > width for one in grounds) else 1


def verdicts(sight: Sight, case: Case, width: int, height: int) -> list[Row]:
    """Return the verdicts in `height` rows; the contract first."""
    if height > 1 and width < NARROW and _of(case, Basis.CONTRACT):
        return _spread(sight, _of(case, Basis.CONTRACT)[0], width, height)
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
    lead = _lead(sight, verdict)
    rows, _ = packed(_grounds(sight, verdict), width - width_of(lead), 1)
    return (*lead, *(rows[0] if rows else ()))


def _spread(sight: Sight, verdict: CaseVerdict, width: int, height: int) -> list[Row]:
    """Return the verdict with as many reasons as `height` rows hold whole, the others counted."""
    lead, grounds = _lead(sight, verdict), _grounds(sight, verdict)
    for kept in range(len(grounds), -1, -1):
        texts = [one.text for part in grounds[:kept] for one in part]
        texts += [f"+{len(grounds) - kept}"] if kept < len(grounds) else []
        lines = _after(width_of(lead), " · ".join(texts), width)
        if len(lines) <= height:
            rows: list[Row] = [
                (*lead, Span(lines[0].strip())),
                *((Span(f" {one}"),) for one in lines[1:]),
            ]
            return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]
    return [fit(lead, width)]


def _after(taken: int, text: str, width: int) -> list[str]:
    """Return a text in lines, the first of which begins `taken` cells from the left."""
    first, *others = wrapped(f"{'_' * (taken - 2)} {text}", width - 1)
    return [first[taken - 1 :], *others]


def _lead(sight: Sight, verdict: CaseVerdict) -> Row:
    title = Span(f" {sight.words.text('verdict.title')} ", Tone.QUIET)
    return (title, Span(f"{sight.words.named('verdict', verdict.result.value)}   ", Tone.STRONG))


def _grounds(sight: Sight, verdict: CaseVerdict) -> list[Row]:
    """Return the reasons, each once."""
    told = dict.fromkeys(ground(sight.words, one) for one in verdict.reasons)
    return [(Span(one),) for one in told]


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
