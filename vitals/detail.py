"""The one thing that an entry of a case says beside its name."""

from __future__ import annotations

from vitals import deeds


def detail(deed: deeds.Said) -> str:
    """Return the one thing that an entry says, in the words of the vocabulary; free text never."""
    match deed:
        case deeds.SetAirway(airway=word) | deeds.Ventilate(ventilation=word):
            return word
        case deeds.Sleep(technique=word) | deeds.Rebook(code=word) | deeds.Resume(code=word):
            return word
        case deeds.Relieve(to=word) | deeds.HandOver(to=word) | deeds.Move(bed=word):
            return word
        case (
            deeds.Contact(contact=yes)
            | deeds.Combine(bp_lowering=yes)
            | deeds.Reach(callable=yes)
            | deeds.Oxygen(given=yes)
        ):
            return "yes" if yes else "no"
        case _:
            return ""
