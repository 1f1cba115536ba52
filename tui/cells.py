"""What the case requires and whether it is met just now; what peers advise, in one plain line."""

from __future__ import annotations

from daemon.protocol.cases import Cell
from tui.entry import keeper
from tui.findings import findings
from tui.notice import disclaimer
from tui.settings import UNNAMED
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit, width_of
from tui.verdict import verdicts
from vitals.vocabulary import Basis, Obligation

_GAP = "    "


def cells(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the cells of the case; the advice on a row of its own where there is one."""
    if (case := sight.watched) is None:
        return _unwatched(sight, width, height)
    held = case.cells
    contract = [cell for cell in held if cell.basis is Basis.CONTRACT]
    contract.sort(key=lambda cell: cell.obligation is not Obligation.REQUIRED)
    row = _whole(sight, contract, keeper(case), width, _GAP if height > 1 else "  ")
    advice = _advice(sight, held)
    if height > 1:
        return [fit(tuple(row), width), fit((Span(f" {advice}"),), width)]
    told = (*row, Span("   "), Span(advice))
    return [fit(told if width_of(told) <= width else tuple(row), width)]


def unshown(sight: Sight, width: int) -> str:
    """Return the advice that a single row of `width` cells has no room for; empty where it has."""
    advice = _advice(sight, sight.watched.cells) if sight.watched else ""
    row = "".join(span.text for span in cells(sight, width, 1)[0])
    return "" if advice in row else advice


def _unwatched(sight: Sight, width: int, height: int) -> list[Row]:
    """Return what the case came to, or what the rules say of a block."""
    case = sight.case
    if case is not None and case.verdicts:
        return verdicts(sight, case, width, height)
    if case is not None and case.findings:
        return findings(sight, case, width, height)
    return _idle(sight, width, height)


def _whole(sight: Sight, contract: list[Cell], by: str, width: int, gap: str) -> list[Span]:
    """Return the cells side by side, none of them cut: in few words where many have no room.

    First it is left out why something is not met, then the word that nothing has to be; what is not
    required is counted where even so there is no room for it.
    """
    for between, why, word in ((gap, True, True), ("  ", False, True), ("  ", False, False)):
        row = _row(sight, contract, by, between, why=why, word=word)
        if width_of(tuple(row)) <= width:
            return row
    for kept in range(len(contract) - 1, 0, -1):
        row = _row(sight, contract[:kept], by, "  ", why=False, word=False)
        row.append(Span(f"  +{len(contract) - kept}", Tone.STRONG))
        if width_of(tuple(row)) <= width:
            return row
    return _row(sight, contract, by, " ", why=False, word=False)


def _row(
    sight: Sight, contract: list[Cell], by: str, gap: str, *, why: bool, word: bool
) -> list[Span]:
    """Return the cells side by side."""
    row = [Span(f" {sight.words.text('cells.title')}", Tone.QUIET)]
    for cell in contract:
        row += [Span(gap), _cell(sight, cell, by, why=why, word=word)]
    return row


def _idle(sight: Sight, width: int, height: int) -> list[Row]:
    """Return what this is not: a low window has a row for it only while nothing is required."""
    if height > 1:
        return [fit((), width) for _ in range(height)]
    return [fit((Span(f" {disclaimer(sight, width - 1)}", Tone.QUIET),), width)]


def _cell(sight: Sight, cell: Cell, by: str, *, why: bool, word: bool) -> Span:
    """Return `SpO2 ✓`, `SpO2 ✗ sensor af`, `SpO2 ☐`, `BT – valgfri`; `✓ (AS)`: that person attests.

    A box is for what may still be put on: the time for it after the start runs.
    """
    name = sight.words.named("modality", cell.modality.value)
    if cell.met is None:
        return Span(f"{name} ✓" if by == UNNAMED else f"{name} ✓ ({by})")
    if cell.obligation is not Obligation.REQUIRED:
        mark = "✓" if cell.met else "–"
        obligation = sight.words.named("obligation", cell.obligation.value) if word else ""
        return Span(f"{name} {mark} {obligation}".rstrip())
    if cell.met:
        return Span(f"{name} ✓")
    if not cell.due:
        return Span(f"{name} ☐ {sight.words.text('cells.waits') if why else ''}".rstrip())
    reason = sight.words.named("cause", cell.cause.value) if cell.cause and why else ""
    return Span(f"{name} ✗ {reason}".rstrip(), Tone.STRONG)


def _advice(sight: Sight, held: tuple[Cell, ...]) -> str:
    """Return what peers recommend beyond the contract, whether or not it is in use."""
    required = {
        cell.modality
        for cell in held
        if cell.basis is Basis.CONTRACT and cell.obligation is Obligation.REQUIRED
    }
    advised = dict.fromkeys(
        cell.modality
        for cell in held
        if cell.basis is Basis.ADVISORY and cell.modality not in required
    )
    if not advised:
        return ""
    names = " ".join(sight.words.named("modality", modality.value) for modality in advised)
    signed = all(cell.approved for cell in held if cell.basis is Basis.ADVISORY)
    return sight.words.text("cells.advised" if signed else "cells.proposed", modalities=names)
