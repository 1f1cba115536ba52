"""What `vagt checklist` says: how ready the clinic of the day is, and where each list stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from daemon.protocol.practice import Checklist, Clinic, Reason
from daemon.protocol.row import ListRow
from vagt.phrase import NOTHING, clock, day, said, spoken
from vitals.vocabulary import Weight
from words.catalogue import Words
from words.headed import headed

HEADINGS = ("list", "target", "answered", "due", "failed", "signed", "seconds", "what")
ROWS = ("row", "group", "state", "hold", "by", "when", "next", "entry", "what")
"""Columns of the lists, and of the rows of one; `head.<name>` are their words."""
DUE = frozenset({"due", "overdue"})
UNANSWERED = DUE | {"unchecked"}


def standing(clinic: Clinic, words: Words) -> str:
    """Return where the work is, how ready it is, and how much is missing and to be known.

    Of a clinic that nobody has chosen nothing is known.
    """
    sites = {one.code: f"{one.code} {one.name}" for one in clinic.sites}
    where = sites.get(clinic.chosen, "")
    if not where:
        offered = sites.get(clinic.offered, ", ".join(sites))
        where = said("unchosen", words, sites=offered)
        return f"{day(clinic.day)}  {where}"
    holds = len(clinic.holding)
    counts = {"missing": holds, "notices": len(clinic.reasons) - holds}
    told = [_counted(name, count, words) for name, count in counts.items() if count]
    state = words.named("readiness", clinic.readiness)
    return f"{day(clinic.day)}  {where}: {', '.join([state, *told])}"


def urgent(clinic: Clinic, words: Words) -> Iterator[str]:
    """Yield what holds and stands in no list as due: the lists tell how much of them is open."""
    for one in clinic.holding:
        if not (one.what == "row" and one.state in UNANSWERED):
            yield f"  {because(one, clinic.day, words)}"


def because(reason: Reason, today: date, words: Words) -> str:
    """Return one reason: how heavy it is on a day, of what, where it stands, and who answers."""
    ends = clock(reason.until_at) if reason.until_at else day(reason.until)
    until = ends if reason.until and reason.state not in UNANSWERED else ""
    state = f"{words.named('ready', reason.state)} {until}".rstrip(": ")
    what = f"{_named(reason, words)} {reason.target}".rstrip()
    who = words.named("orders", reason.responsible)
    weight = Weight.HOLD if reason.holds(today) else Weight.NOTICE
    heavy = words.named("heavy", weight)
    said = (heavy, what, state, *([] if reason.what == "gas" else [spoken(reason.label, words)]))
    return f"{': '.join(said)} [{who}]"


def _named(reason: Reason, words: Words) -> str:
    """Return the id by which a thing is spoken of on the command line; of a gas, its name."""
    return headed(spoken(reason.label, words)) if reason.what == "gas" else reason.id


def _counted(name: str, count: int, words: Words) -> str:
    return words.named("morning", name if count > 1 else f"{name}_one", count=count)


def asked(listed: Checklist) -> bool:
    """Tell whether a list asks anything today, beside what waits for something to happen."""
    return bool(listed.asked)


def row(listed: Checklist, words: Words) -> tuple[str, ...]:
    """Return how far a list is, for its target."""
    signed = f"{listed.signed_by} {clock(listed.signed_at)}" if listed.signed_by else NOTHING
    return (
        listed.id,
        listed.target,
        f"{listed.answered}/{len(listed.asked)}",
        str(sum(one.open for one in listed.rows)),
        str(listed.failed),
        signed,
        NOTHING if listed.took_s is None else f"{listed.took_s:.0f}",
        spoken(listed.label, words),
    )


def head(listed: Checklist, words: Words) -> Iterator[str]:
    """Yield whose list it is, and who signed it."""
    yield f"{listed.id} {listed.target}: {spoken(listed.label, words)}"
    if listed.signed_by:
        yield said("signed", words, by=listed.signed_by, when=clock(listed.signed_at))


def group(listed: Checklist, name: str, words: Words) -> str:
    """Return what a group of a list is called; its id where a newer daemon does not tell."""
    titles = dict(zip(listed.groups, listed.titles, strict=False))
    return spoken(titles[name], words) if name in titles else name


def _known(one: ListRow, words: Words) -> Iterator[str]:
    """Yield what else is known of a row: that it holds, was taken back, what is measured."""
    if one.still is Weight.HOLD:
        yield words.named("morning", "still")
    if one.undone is not None and one.open:
        when = f"{clock(one.undone.at)} {one.undone.by}"
        yield words.named("morning", "undone", said=when)
    yield one.evidence


def answer(listed: Checklist, one: ListRow, words: Words) -> tuple[str, ...]:
    """Return one row of a list, with what was answered and what a device says of it."""
    what = [spoken(one.label, words), *filter(None, (one.reason, *_known(one, words)))]
    standing = "" if one.approved else f" ({words.named('morning', 'unapproved')})"
    return (
        one.id,
        group(listed, one.group, words),
        words.named("due", one.state),
        words.named("heavy", Weight.HOLD) if one.hold else NOTHING,
        one.by or NOTHING,
        clock(one.at),
        day(one.next),
        NOTHING if one.entry is None else str(one.entry),
        "; ".join(what) + standing,
    )
