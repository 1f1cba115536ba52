"""Gases in rows: what is left and for how long, who orders, and each cylinder's reading; pure."""

from __future__ import annotations

from datetime import datetime

from daemon.protocol.practice import CylinderLine, Supply
from tui.page import Block, block
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Tone
from words.catalogue import Words
from words.forms import Forms

_HOLDS = ("hold", "no_reserve")
"""What holds, also where an older daemon does not say so."""
_OF_RESERVE = {("not_read", "unread"), ("no_reserve", "missing")}
"""States that are about the reserve, with how it stands then."""
_MINUTE_S = 60.0

Thing = Supply | CylinderLine


def things(sight: Sight) -> list[Thing]:
    """Return what may be chosen: the supplies, then the cylinders."""
    return [*sight.practice.gases.supplies, *sight.practice.gases.cylinders]


def chosen(sight: Sight, prompt: Morning) -> Thing | None:
    """Return the supply or the cylinder that is chosen."""
    found = things(sight)
    return found[min(prompt.at, len(found) - 1)] if found else None


def gases(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each supply and each cylinder."""
    here = chosen(sight, prompt)
    return [thing(sight, one, width, marked=one is here) for one in things(sight)]


def thing(sight: Sight, one: Thing, width: int, *, marked: bool) -> Block:
    """Return the entry of a supply or of a cylinder."""
    tone = Tone.STRONG if marked else Tone.PLAIN
    lead = f" {'▸' if marked else ' '}"
    if isinstance(one, Supply):
        key = f"{one.gas} {one.place}"
        text, mark = _supply(sight, one), _mark(one)
        return block(key, f"{lead}{mark} ", text, _order(sight, one), width, tone)
    text, mark = _cylinder(sight, one), "·" if one.today or one.live or one.weighed else "?"
    return block(one.name, f"{lead}{mark} ", text, _read(sight, one), width, tone)


def _mark(one: Supply) -> str:
    """Return the worst of what the row says: it holds, is to be known, or is as it is to be."""
    if one.holds or one.state in _HOLDS:
        return "✗"
    return "✓" if one.state == "ok" and one.reserve is not False else "!"


def _supply(sight: Sight, one: Supply) -> str:
    """Return `Ilt · kuffert  6.850 l ≈ 15 indgreb · 19 t ved 6 l/min · reserve ✓`."""
    words, forms = sight.words, sight.forms
    litres = _litres(sight, one.litres, estimated=one.estimated)
    cases = words.text("gas.cases", count=forms.number(int(one.cases))) if one.cases else ""
    parts = (
        f"{words.named('gas', one.gas.value)} · {one.place}",
        " ".join(part for part in (litres, cases) if part),
        _minutes(sight, one),
        _reserve(sight, one),
        "" if one.state in ("ok", "order") or _told(one) else words.named("gas", one.state),
    )
    return " · ".join(part for part in parts if part)


def _told(one: Supply) -> bool:
    """Tell whether what is said of the reserve says the state of the gas already."""
    return one.litres is not None and (one.state, one.spare) in _OF_RESERVE


def _litres(sight: Sight, litres: float | None, *, estimated: bool) -> str:
    """Return what is left; that it is only worked out is said, and what nobody read is a dash."""
    if litres is None:
        return "--- l"
    text = sight.forms.number(litres)
    return sight.words.text("gas.reckoned", litres=text) if estimated else f"{text} l"


def _reserve(sight: Sight, one: Supply) -> str:
    """Return that the reserve is full, or what speaks against it; nothing where none is asked."""
    if one.reserve is None:
        return ""
    if one.reserve or not one.spare:
        return sight.words.text("gas.reserve", mark="✓" if one.reserve else "✗")
    return sight.words.text("gas.reserve_wanting", why=spare(one, sight.words, sight.forms))


def spare(one: Supply, words: Words, forms: Forms) -> str:
    """Return how the reserve stands: `mangler`, or `400 af 600 l`."""
    there, least = forms.number(one.spare_l or 0.0), forms.number(one.least_l or 0.0)
    return words.text(f"reserve.{one.spare}", there=there, least=least)


def _minutes(sight: Sight, one: Supply) -> str:
    """Return how long it lasts: the smaller of what flows now and what the day will need."""
    if one.minutes is None:
        return ""
    left = lasts(sight.forms, one.minutes)
    if one.flow_l_min is None or one.minutes != one.now_min:
        return sight.words.text("gas.for_day", left=left)
    flow = sight.forms.number(one.flow_l_min, int(one.flow_l_min % 1 > 0))
    return sight.words.text("gas.at_flow", left=left, flow=flow)


def lasts(forms: Forms, minutes: float) -> str:
    """Return `40 min` or `19 t`, rounded down; below nothing it is nothing."""
    return forms.age(max(0.0, minutes) * 60) if minutes >= 1 else "0 min"


def _order(sight: Sight, one: Supply) -> str:
    """Return who orders it, or when it was ordered."""
    if one.ordered_at:
        then = sight.local_text(one.ordered_at)
        text = f"{then:%H:%M}" if then.date() == sight.today else sight.forms.day(then)
        return sight.words.text("gas.ordered", when=text)
    if not one.wanted:
        return ""
    gas = sight.words.named("gas", one.gas.value).lower()
    return sight.words.text(
        "gas.wanted", gas=gas, who=sight.words.named("orders", one.orders.value)
    )


def _cylinder(sight: Sight, one: CylinderLine) -> str:
    """Return `O2-12 · ilt · i brug · kuffert`, and what speaks against it."""
    words = sight.words
    named = (words.named("gas", one.gas.value), words.named("use", one.use.value))
    flaws = (
        ("recalled", one.recalled),
        ("expired", one.expired),
        ("liquid_gone", one.liquid_gone),
    )
    against = [words.named("gas", word) for word, so in flaws if so]
    return " · ".join((one.name, *named, one.place, *against))


def _read(sight: Sight, one: CylinderLine) -> str:
    """Return `137 bar · 1.370 l · 07:51`; of another day that day; never read is said."""
    words, forms = sight.words, sight.forms
    if one.bar is None and one.kg is None and one.litres is None:
        return words.text("gas.unread" if one.weighed is None else "gas.unweighed")
    parts = [f"{forms.number(one.bar)} bar"] if one.bar is not None else []
    parts += [f"{forms.number(one.kg, 1)} kg"] if one.kg is not None else []
    if one.litres is not None:
        parts.append(_litres(sight, one.litres, estimated=one.estimated))
    return " · ".join([*parts, _moment(sight, one)])


def _moment(sight: Sight, one: CylinderLine) -> str:
    """Return when it was read, and how old that is."""
    if one.live:
        return sight.words.text("gas.live")
    if one.weighed is False:
        return sight.words.text("gas.unweighed")
    if not one.read_at:
        return sight.words.text("gas.unread")
    then = sight.local_text(one.read_at)
    if one.today:
        return _today(sight, then)
    word = "gas.weighed" if one.weighed else "gas.stale"
    return sight.words.text(word, day=sight.forms.day(then))


def _today(sight: Sight, then: datetime) -> str:
    """Return a time of today and its age in whole minutes, so that nothing moves but by them."""
    age_s = (sight.local(sight.now.wall) - then).total_seconds()
    if age_s < _MINUTE_S:
        return sight.words.text("gas.read_now", when=f"{then:%H:%M}")
    return sight.words.text("gas.read", when=f"{then:%H:%M}", age=sight.forms.age(age_s))
