"""What was required of each modality, and what of it is on record, as bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from daemon.judging import LIVE
from daemon.report.sheet import Gap, Lane, Sheet
from vagt.report.svg.scale import Scale
from vagt.report.svg.shapes import HIGH, bar, text
from vitals.vocabulary import Basis, GapCause, Modality, Phase
from words.catalogue import Words

ROW = 13.0
"""Of one modality."""
Lanes = list[tuple[Basis, Modality, list[Lane]]]


def grouped(sheet: Sheet) -> Lanes:
    """Return the lanes of each basis and modality, the contract's first."""
    found: dict[tuple[Basis, Modality], list[Lane]] = {}
    for one in sheet.lanes:
        if one.required:
            found.setdefault((one.basis, one.modality), []).append(one)
    order = sorted(found, key=lambda key: key[0] is not Basis.CONTRACT)
    return [(basis, modality, found[basis, modality]) for basis, modality in order]


def waivers(sheet: Sheet) -> Mapping[tuple[Modality, Phase], str]:
    """Return since when each modality was done without in which phase.

    What a case was started in spite of is done without until recovery, as its verdict has it.
    """
    found: dict[tuple[Modality, Phase], str] = {}
    for one in sheet.account.waived if sheet.account else ():
        names = [] if one.modality is None else [(one.modality, phase) for phase in Phase]
        live = (hold.removeprefix(LIVE) for hold in one.holds if hold.startswith(LIVE))
        names += [(Modality(name), Phase.DURING) for name in live]
        for name in names:
            found.setdefault(name, one.at)
    return found


def kind(gap: Gap, waived_at: str | None) -> str:
    """Return which of the five a gap is; a recorder that was down comes before all else."""
    if not gap.documented:
        return "undocumented"
    if not gap.counts:
        return "excused"
    if GapCause.WAIVED in gap.causes or (waived_at is not None and waived_at < gap.end):
        return "waived"
    return "stale" if gap.causes[:1] == (GapCause.STALE,) else "uncovered"


def drawn(sheet: Sheet, scale: Scale, words: Words, y: float) -> Iterator[str]:
    """Yield a row for each modality, from `y` down."""
    waived = waivers(sheet)
    for place, (basis, modality, lanes) in enumerate(grouped(sheet)):
        top = y + place * ROW
        name = words.named("modality", modality.value)
        advised = basis is not Basis.CONTRACT
        said = words.text("report.advised", what=name) if advised else name
        yield text(0, top + HIGH - 1.5, said, bold=not advised)
        yield from _bars(lanes, scale, waived, top)


def _bars(
    lanes: Iterable[Lane], scale: Scale, waived: Mapping[tuple[Modality, Phase], str], y: float
) -> Iterator[str]:
    for lane in lanes:
        since = waived.get((lane.modality, lane.phase))
        for reach in lane.required:
            end = scale.right if reach.end is None else scale(reach.end)
            yield bar("covered", scale(reach.begin), end, y)
        for gap in lane.gaps:
            yield bar(kind(gap, since), scale(gap.begin), scale(gap.end), y)
