"""What `vagt people` says: people, their certificates, plans, and what is lacking or runs out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists.people import Person
from checklists.plan import Plan
from checklists.readiness import Finding
from vagt.phrase import day, said, spoken
from words.catalogue import Words

PEOPLE = ("initials", "roles", "insured_to", "stays_to", "")
CERTIFICATES = ("initials", "competence", "course", "approved", "sent", "valid_to")
PLANS = ("about", "whose", "dated", "valid_to")
"""Columns of people, their certificates, and plans; `head.<name>` are their words."""


def person(one: Person, today: date, words: Words) -> tuple[str, ...]:
    """Return a person with what has an end; who has left says so."""
    left = one.valid_to is not None and one.valid_to < today
    return (
        one.initials,
        ", ".join(words.named("role", role) for role in one.roles),
        day(one.insured_to),
        day(one.valid_to),
        said("gone", words) if left else "",
    )


def certificates(one: Person, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield each certificate of a person with its dates."""
    for held in one.certificate:
        dates = (held.course_on, held.approved_on, held.sent_on, held.valid_to)
        yield (one.initials, words.named("competence", held.competence), *map(day, dates))


def plan(one: Plan, words: Words) -> tuple[str, ...]:
    """Return a plan, whose it is, and its dates."""
    whose = one.person or said("everybody", words)
    return (words.named("plan", one.about), whose, day(one.dated), day(one.valid_to))


def lacking(one: Finding, words: Words) -> str:
    """Return one paper that is missing, runs out or has run out, with what asks for it."""
    until = "" if one.until is None else f", {day(one.until)}"
    standing = "" if one.approved else f" ({words.text('morning.unapproved')})"
    state = words.named("ready", one.state)
    who = one.target or said("everybody", words)
    what = spoken(one.label, words)
    heavy = words.named("heavy", one.weight)
    return f"{heavy}: {who}: {state}{until}: {what}{standing} ({one.source})"
