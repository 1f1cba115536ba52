"""The label of a cylinder, said again: what is not said stays, and what differs is another one's.

Under one name another cylinder may come; nobody says a second time what stands on the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from vitals.acts import Cylinder
from vitals.practice import Use


def differing(known: Cylinder, said: Cylinder) -> Iterator[tuple[str, str, str]]:
    """Yield what stands on both labels and is not the same: its name, what was known, what is said.

    Where the cylinder stands and what it is there for are on no label.
    """
    here = _stands(said)
    for name, old in _stands(known).items():
        if old and here[name] and old != here[name]:
            yield name, old, here[name]


def _stands(label: Cylinder) -> dict[str, str]:
    """Return what stands on a label, by its name there; empty: nobody has said it."""
    return {
        "gas": label.gas.value,
        "water capacity": f"{label.capacity_l:g} l",
        "fill pressure": f"{label.fill_bar:g} bar",
        "tare": "" if label.tare_kg is None else f"{label.tare_kg:g} kg",
        "lot": label.lot,
        "expiry": "" if label.expires is None else label.expires.isoformat(),
    }


def same(known: Cylinder, said: Cylinder) -> bool:
    """Tell whether a label is said again of the same cylinder: moved, or with what was missing."""
    return next(differing(known, said), None) is None


def completed(known: Cylinder, said: Cylinder) -> Cylinder:
    """Return the label that is said again of the same cylinder, with what it leaves out."""
    return structs.replace(
        said,
        tare_kg=known.tare_kg if said.tare_kg is None else said.tare_kg,
        lot=said.lot or known.lot,
        expires=known.expires if said.expires is None else said.expires,
    )


def anew(known: Cylinder, said: Cylinder, *, empty: bool) -> bool:
    """Tell whether another cylinder comes, or a filled one where the known one is empty."""
    return empty or not same(known, said)


def last(labels: Iterable[Cylinder]) -> Cylinder | None:
    """Return what is known of the label by all that was said of it, in its order."""
    known: Cylinder | None = None
    for said in labels:
        known = completed(known, said) if known is not None and same(known, said) else said
    return known


def meant(said: Cylinder) -> Use:
    """Return what a cylinder that comes is there for: where nobody says it, for the reserve."""
    return Use.RESERVE if said.use is None else said.use
