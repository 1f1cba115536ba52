"""The first row: where this is, what time it is, and whether the record is kept."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.protocol.messages import JournalState
from daemon.protocol.rules import RulesState
from tui.sight import Reach, Sight
from tui.sinks import sinks, troubled
from tui.span import GAP, Row, Span, Tone, fit, spread, width_of

_PRODUCT = "Vagt"
CLOCK = len("10:42:07")
WIDE = 100
"""In narrower rows streams are told of only where one is not as it should be."""


def header(sight: Sight, width: int, height: int) -> list[Row]:
    """Return where this is, the time in the middle; connection, journal and streams at the right.

    A bed is never cut while it has room: the product's name goes first, then the site, and then
    the time leaves the middle and its date is left out.
    """
    del height
    state = (*_marked(sight), Span(f"{_state(sight, width)} "))
    moment = sight.forms.moment(sight.local(sight.now.wall))
    before = (width - len(moment)) // 2
    middle = before + len(moment) + GAP + width_of(state) <= width
    places = list(_places(sight))
    for place in places if middle else ():
        if width_of(place) < before:
            gap = Span(" " * (before - width_of(place)))
            return [spread((*place, gap, Span(moment, Tone.STRONG)), state, width)]
    room = width - width_of(state) - CLOCK - 2 * GAP
    fitting = (place for place in places if width_of(place) <= room)
    return [_crowded(sight, places[-1] if middle else next(fitting, places[-1]), state, width)]


def _crowded(sight: Sight, place: Row, state: Row, width: int) -> Row:
    """Return a row in which the place takes more than its half."""
    local = sight.local(sight.now.wall)
    room = width - width_of(place) - width_of(state) - 2 * GAP
    told = (sight.forms.moment(local), f"{local:%H:%M:%S}")
    time = next((text for text in told if len(text) <= room), "")
    gap = " " * (GAP if time else 0)
    return spread((*place, Span(gap), Span(time, Tone.STRONG)), state, width)


def _places(sight: Sight) -> Iterator[Row]:
    """Yield product, site and bed, each with less before the bed than the one before it."""
    bed = sight.bed_name or ""
    site = _site(sight, bed)
    for names in ((_PRODUCT, site, bed), (site, bed), (bed,)):
        told = [name for name in names if name] or [_PRODUCT]
        *others, last = told
        lead = "".join(f"{name} · " for name in others)
        yield fit((Span(f" {lead}"), Span(last, Tone.STRONG)), 1 + _cells(lead) + _cells(last))
        if not bed:
            return


def _site(sight: Sight, bed: str) -> str:
    """Return the clinic of the day where a bed is one of it; elsewhere that of the daemon."""
    practice, hello = sight.practice, sight.mirror.hello
    if practice.clinic and practice.clinic.name and practice.site and bed in practice.site.beds:
        return practice.clinic.name
    return hello.site if hello else ""


def _cells(text: str) -> int:
    return width_of((Span(text),))


def _marked(sight: Sight) -> Row:
    """Return that nothing can be said here, or who is logged in where only that lets one."""
    if not sight.place.shows:
        return ()
    words, by = sight.words, sight.place.by
    text = words.text("showing.mark") if sight.shows else words.text("showing.in", by=by)
    return (Span(f"{text}  ", Tone.STRONG),)


def _state(sight: Sight, width: int) -> str:
    if sight.reach in (Reach.NEVER, Reach.LOST):
        return sight.words.text("link.none")
    if sight.reach is Reach.FOREIGN:
        return sight.words.text("link.unlike")
    told = sinks if width >= WIDE else troubled
    streams = told(sight.mirror.telemetry, sight.words, sight.forms)
    return "  ".join((_kept(sight), *streams)).strip()


def _kept(sight: Sight) -> str:
    """Return whether the record is kept, and by which rules where they are not the clinic's."""
    journal, hello = sight.mirror.journal, sight.mirror.hello
    kept = sight.words.named("journal", journal.value) if journal else ""
    if hello is None or hello.rules_state is RulesState.IN_ORDER:
        return kept
    rules = sight.words.named("rules", hello.rules_state.value)
    recording = journal in (None, JournalState.RECORDING)
    return " · ".join(part for part in (rules, kept) if part) if recording else kept
