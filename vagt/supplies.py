"""What `vagt gas` says: each gas at each place, its cylinders, and what is to be ordered."""

from __future__ import annotations

from daemon.protocol.practice import CylinderLine, Supply
from vagt.phrase import NOTHING, clock, day, number, said
from words.catalogue import Words

HEADINGS = (
    *("gas", "place", "state", "minutes", "now", "day", "litres", "l_min", "reserve", "cases"),
)
CYLINDERS = (
    *("cylinder", "gas", "place", "use", "bar", "kg", "litres", "read", "lot", "expires", "state"),
)
"""Columns of the gases, and of the cylinders; `head.<name>` are their words."""
_RESERVE = {True: "full", False: "not_full"}


def row(one: Supply, words: Words) -> tuple[str, ...]:
    """Return one gas at one place; of both times the smaller stands first."""
    times = (one.minutes, one.now_min, one.day_min, one.litres)
    return (
        words.named("gas", one.gas),
        one.place,
        ", ".join((words.named("gas", one.state), *_reckoned(one, words))),
        *(number(value) for value in times),
        number(one.flow_l_min, 1),
        _reserve(one, words),
        number(one.cases),
    )


def _reckoned(one: Supply, words: Words) -> tuple[str, ...]:
    return (said("estimated", words),) if one.estimated else ()


def _reserve(one: Supply, words: Words) -> str:
    """Return how the reserve stands: full, or what speaks against it."""
    if one.reserve is None or not one.spare:
        return NOTHING if one.reserve is None else said(_RESERVE[one.reserve], words)
    return words.text(
        f"reserve.{one.spare}", there=number(one.spare_l or 0.0), least=number(one.least_l or 0.0)
    )


def cylinder(one: CylinderLine, words: Words) -> tuple[str, ...]:
    """Return one cylinder: what speaks against it, and how its content is known.

    What is weighed holds from one day to the next.
    """
    flaws = (
        ("recalled", one.recalled),
        ("expired", one.expired),
        ("liquid_gone", one.liquid_gone),
    )
    marks = (
        ("estimated", one.estimated),
        ("live", one.live),
        ("not_weighed", one.weighed is False),
        ("not_today", one.weighed is None and not one.today),
    )
    states = [words.named("gas", word) for word, so in flaws if so]
    states += [said(word, words) for word, so in marks if so]
    return (
        one.name,
        words.named("gas", one.gas),
        one.place,
        words.named("use", one.use),
        number(one.bar, 1),
        number(one.kg, 2),
        number(one.litres),
        clock(one.read_at),
        one.lot or NOTHING,
        day(one.expires),
        ", ".join(states) or NOTHING,
    )


def order(one: Supply, words: Words) -> str:
    """Return that a gas is to be ordered, by whom, and when it was."""
    who = words.named("orders", one.orders)
    told = {"gas": words.named("gas", one.gas).lower(), "place": one.place, "who": who}
    if not one.ordered_at:
        return said("order", words, **told)
    return said("ordered", words, when=clock(one.ordered_at), **told)
