"""What was said of a case in the words of one language: everything that an entry holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from daemon.protocol.cases import Entry
from tui.sight import Tongue
from vitals import deeds
from vitals.deed import Deed
from vitals.detail import detail
from vitals.series import Choice, History

_READ = {"Cel": "°C", "1": ""}
"""What people read of a UCUM unit, where that is something else."""
_STEPS: Mapping[type[Deed], str] = {deeds.Begin: "case_started", deeds.Finish: "case_ended"}


def told(tongue: Tongue, entry: Entry, held: Iterable[str]) -> str:
    """Return an entry in words; `held` is in spite of what the case was started."""
    deed = entry.deed
    event = _STEPS.get(type(deed), f"entry_{deed.name()}")
    more = _MORE.get(type(deed), _nothing)
    spite = held if isinstance(deed, deeds.Begin) and deed.anyway else entry.held
    parts = (
        tongue.words.event(event, detail(deed)),
        *more(tongue, deed),
        *_anyway(tongue, spite),
        getattr(deed, "reason", ""),
    )
    return ", ".join(part for part in parts if part)


def pick(tongue: Tongue, name: str) -> str:
    """Return what an option means, without the key that picks it."""
    text = tongue.words.named("pick", name)
    return name if text == name else text[2:]


def _nothing(_tongue: Tongue, _deed: object) -> Iterable[str]:
    return ()


def _anyway(tongue: Tongue, held: Iterable[str]) -> Iterator[str]:
    if listed := "; ".join(tongue.words.hold(one) for one in held):
        yield tongue.words.text("summary.anyway", held=listed)


def _marked(tongue: Tongue, word: str, *, so: bool) -> str:
    return tongue.words.text(f"summary.{word}") if so else ""


def _number(tongue: Tongue, deed: deeds.Measured) -> Iterator[str]:
    form = deed.measure.form
    value = tongue.forms.number(deed.value, form.decimals)
    unit = _READ.get(form.unit, form.unit)
    yield f"{tongue.words.named('measure', deed.measure.value)} {value} {unit}".strip()


def _pair(tongue: Tongue, deed: deeds.Pair) -> Iterator[str]:
    spo2, high, low = (
        tongue.forms.number(value) for value in (deed.spo2, deed.systolic, deed.diastolic)
    )
    yield f"{tongue.words.text('measure.spo2')} {spo2} %"
    yield f"{tongue.words.text('modality.nibp')} {high}/{low} mmHg"


def _given(tongue: Tongue, deed: deeds.Give) -> Iterator[str]:
    yield from (deed.drug, deed.site, pick(tongue, deed.side), pick(tongue, deed.part))
    if deed.steroid or deed.steroid_mg is not None:
        yield f"{deed.steroid} {_milligrams(tongue, deed.steroid_mg)}".strip()
    yield _marked(tongue, "guided", so=deed.guided)
    yield _marked(tongue, "diagnostic", so=deed.diagnostic)
    if deed.delegated:
        yield tongue.words.text("summary.delegated", by=deed.delegated_to or "?")
    yield from _known(tongue, deed)


def _milligrams(tongue: Tongue, amount: float | None) -> str:
    if amount is None:
        return ""
    return f"{tongue.forms.number(amount, 0 if amount.is_integer() else 1)} mg"


def _known(tongue: Tongue, deed: deeds.Give) -> Iterator[str]:
    """Yield what was made sure of around an injection, and what is known of others."""
    yield from (pick(tongue, duty) for duty in deed.confirmed)
    if deed.series is not Choice.UNSAID:
        yield f"{tongue.words.text('ask.series')}: {pick(tongue, deed.series)}"
    if deed.history is not History.UNKNOWN:
        yield f"{tongue.words.text('ask.history')} {pick(tongue, deed.history)}"


_MORE: Mapping[type[Deed], Callable[[Tongue, Any], Iterable[str]]] = {
    deeds.Checked: lambda t, d: (t.words.named("gate", one) for one in d.checks),
    deeds.Assess: lambda t, d: [t.words.named("gate", f"asa.{d.asa}")],
    deeds.Begin: lambda t, d: [_marked(t, "unattached", so=d.unattached)],
    deeds.Rebook: lambda _, d: d.procedures,
    deeds.Finish: lambda t, d: [_marked(t, "undone", so=not d.performed)],
    deeds.Recover: lambda t, d: [
        _marked(t, "in_place" if d.device_in_place else "cleared", so=d.device_in_place or d.clear)
    ],
    deeds.HandOver: lambda t, d: [
        d.instruction,
        t.words.event("entry_combination", "yes" if d.bp_lowering else "no"),
    ],
    deeds.Conclude: lambda t, d: (pick(t, one) for one in d.words),
    deeds.Cancel: lambda t, d: [t.words.named("cancellation", d.why)],
    deeds.Transfer: lambda _, d: [d.to],
    deeds.Move: lambda _, d: d.devices,
    deeds.Measured: _number,
    deeds.Waive: lambda t, d: [t.words.named("modality", d.modality)],
    deeds.Correct: lambda _, d: [f"nr. {d.entry}"],
    deeds.Pair: _pair,
    deeds.Give: _given,
}
"""What a deed says beside its name and its reason."""
