"""Limits in words, in the units of the screen: those in force, and what was changed; pure."""

from __future__ import annotations

from daemon.protocol.cases import Limit
from daemon.protocol.limits import Altered, SetLimit
from tui.prompt import Ask
from tui.sight import Sight
from vitals.limits import Bound
from vitals.measure import Measure

_CHANGED = "*"
_SIGNS = {Bound.EXT_LO: "≤", Bound.EXT_HI: "≥"}


def in_force(sight: Sight) -> list[Limit]:
    """Return the limits of the open case as they are just now; pulse and heart rate are one."""
    limits = sight.open.limits if sight.open else ()
    measures = {one.measure for one in limits}
    twice = Measure.PULSE_RATE in measures
    return [one for one in limits if not (twice and one.measure is Measure.HEART_RATE)]


def altered(sight: Sight, measure: Measure) -> list[Altered]:
    """Return what somebody set of a measure, in whatever part of the case it holds."""
    return [one for one in (sight.open.altered if sight.open else ()) if one.measure is measure]


def reasons(sight: Sight, measure: Measure) -> list[str]:
    """Return why limits of a measure were changed, each reason once, with who gave it."""
    return list(dict.fromkeys(f"{one.by}: {one.reason}." for one in altered(sight, measure)))


def of(sight: Sight, limit: Limit) -> str:
    """Return `SpO2 ≥ 92 · HØJ ≤ 85* %`: everything that alarms on a measure."""
    high = sight.words.named("priority", "high")
    outer = (_outer(sight, limit, bound) for bound in _SIGNS)
    told = " ".join(part for part in outer if part)
    name = sight.words.named("measure", limit.measure.value)
    inner = _inner(sight, limit)
    parts = (name, inner, f"· {high} {told}" if told else "", limit.measure.form.written)
    return " ".join(part for part in parts if part)


def bound_text(sight: Sight, limit: Limit, bound: Bound) -> str:
    """Return `under 88 % * (efter alder 92)`, `over: FRA *`."""
    value, unit = getattr(limit, bound), limit.measure.form.written
    name, off = sight.words.text(f"bound.{bound}"), sight.words.text("limit.off")
    number = off if value is None else f"{_plain(sight, limit.measure, value)} {unit}"
    if bound not in limit.changed:
        return f"{name} {number}"
    preset = next((o.preset for o in altered(sight, limit.measure) if o.bound is bound), None)
    if preset is None:
        return f"{name} {number} {_CHANGED}"
    was = sight.words.text("limit.was", preset=_plain(sight, limit.measure, preset))
    return f"{name} {number} {_CHANGED} {was}"


def confirmation(sight: Sight, prompt: Ask) -> str:
    """Return in full what was refused until it is said twice."""
    command = prompt.again
    if not isinstance(command, SetLimit):
        return sight.words.text("ask.limit_confirm")
    unit = command.measure.form.written
    values = ((bound, getattr(command, bound)) for bound in Bound)
    deep = [
        f"{sight.words.text(f'bound.{bound}')} {_plain(sight, command.measure, value)} {unit}"
        for bound, value in values
        if value is not None
    ]
    off = [sight.words.text(f"bound.{bound}") for bound in command.off]
    word = "ask.limit_off" if off else "ask.limit_deep"
    measure = sight.words.named("measure", command.measure.value)
    return sight.words.text(word, measure=measure, limits=", ".join(off or deep))


def _inner(sight: Sight, limit: Limit) -> str:
    """Return `70-155`, `≥ 88*` or `70-FRA*`."""
    low, high = (_one(sight, limit, bound) for bound in (Bound.LO, Bound.HI))
    if low and high:
        return f"{low}-{high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def _outer(sight: Sight, limit: Limit, bound: Bound) -> str:
    one = _one(sight, limit, bound)
    return f"{_SIGNS[bound]} {one}" if one else ""


def _one(sight: Sight, limit: Limit, bound: Bound) -> str:
    """Return `92`, `88*` or `FRA*`; empty where there is no such limit."""
    value, mark = getattr(limit, bound), _CHANGED if bound in limit.changed else ""
    if value is None:
        return f"{sight.words.text('limit.off')}{mark}" if mark else ""
    return f"{_plain(sight, limit.measure, value)}{mark}"


def _plain(sight: Sight, measure: Measure, value: float) -> str:
    """Return a limit with no more decimals than it has, as people write it."""
    whole = value == int(value)
    tenths = 1 if value == round(value, 1) else measure.form.decimals
    return sight.forms.number(value, 0 if whole else tenths)
