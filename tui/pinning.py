"""The key that gives somebody a PIN: asked twice, shown as dots, kept nowhere; pure."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from daemon.protocol.saying import SetPin
from tui.acting import Spoken
from tui.commands import Asker
from tui.peopleline import chosen
from tui.prompt import Ask, Morning, Stay, morning, note
from tui.sight import Sight

_UNTYPED = "0000"
"""Stands for a PIN until it is typed."""


def pressed(sight: Sight, prompt: Morning, sign: str) -> Spoken | None:
    """Return the questions for a PIN of who is chosen; None for a key without a use."""
    if sign.lower() != "p":
        return None
    name, clinic = chosen(sight, prompt), sight.practice.clinic
    if not name or clinic is None:
        return replace(prompt, line=note("morning.nobody", sight.now))
    form = "morning_other_pin" if name in clinic.pins else "morning_first_pin"
    return Ask(form, again=SetPin("-", name, _UNTYPED), origin=prompt)


def completed(sight: Sight, asked: Ask, again: SetPin, answer: str, asker: Asker) -> Stay | Ask:
    """Return the order for a PIN; the new one is asked for anew where the two were not alike."""
    origin = morning(asked) or Morning()
    *old, new = asked.answers
    if new != answer:
        told = note("morning.pins_differ", sight.now)
        return replace(asked, answers=tuple(old), typed="", kept=(), told=told)
    order = structs.replace(again, id=asker.id, pin=new, old=old[0] if old else "")
    return Stay(order, origin)
