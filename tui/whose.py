"""What stands below the cards of the bed that is chosen: the five words, or for a moment who it is.

Only what somebody asked for on this screen tells of a patient; pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.cells import cell_len

from daemon.protocol.cases import Case
from tui.entry import entry_text
from tui.operation import operation
from tui.sight import Sight
from tui.span import Row, Span, Tone, wrapped
from vitals import deeds
from vitals.vocabulary import Basis, CaseState, Word

MARGIN = 2
ROWS = 4
"""It takes no more."""
_WAKING = (CaseState.RECOVERY, CaseState.LATE_RECOVERY, CaseState.MONITORING_ENDED)


def below(sight: Sight, width: int) -> list[Row]:
    """Return at most ROWS rows of the chosen bed; none where nothing is to be said."""
    case = sight.open
    if case is None:
        return []
    if sight.revealed:
        text = " · ".join(part for part in _details(sight, case) if part)
        lead = f"{sight.bed_name}  ({math.ceil(sight.revealed_s)} s)  "
        lines = wrapped(f"{lead}{text}", width - 2 * MARGIN)
        return [(Span(f"{' ' * MARGIN}{line}", Tone.STRONG),) for line in lines[:ROWS]]
    return _words(sight, case, width) if case.state in _WAKING else []


def _words(sight: Sight, case: Case, width: int) -> list[Row]:
    """Return the words that end monitoring, ticked once somebody has signed them, and for whom."""
    said = _concluded(case)
    marks = {word: "✓" if word in said else "☐" for word in Word}
    named = (f"{sight.words.text(f'ward.{word.value}')} {marks[word]}" for word in Word)
    text, usual = "   ".join(named), f"({sight.words.text('ward.as_usual')})"
    whole = f"{' ' * MARGIN}{text}   "
    if cell_len(whole) + cell_len(usual) <= width:
        return [(Span(whole), Span(usual, Tone.QUIET))]
    return [(Span(whole),), (Span(f"{' ' * MARGIN}{usual}", Tone.QUIET),)]


def _concluded(case: Case) -> tuple[Word, ...]:
    """Return the words that stand, where monitoring has ended with them."""
    if case.state is not CaseState.MONITORING_ENDED:
        return ()
    said = [one.deed for one in case.entries if not one.struck]
    ended = [one.words for one in said if isinstance(one, deeds.Conclude)]
    return ended[-1] if ended else ()


def _details(sight: Sight, case: Case) -> Iterator[str]:
    """Yield who it is, as far as that is known here: no name ever is."""
    words = sight.words
    yield case.case
    yield case.code
    yield operation(sight, case) or " ".join(case.procedures)
    yield words.named("band", case.band)
    airways = [one for one in case.entries if isinstance(one.deed, deeds.SetAirway)]
    for one in [one for one in airways if not one.struck][-2:]:
        yield entry_text(sight, one)
    for verdict in case.verdicts:
        if verdict.basis is Basis.CONTRACT:
            title = words.text("verdict.title")
            yield f"{title} {words.named('verdict', verdict.result.value)}"
