"""What becomes of an alarm's sound: pauses, calls, acknowledgements that lapse, and profiles."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, joined, lasting, mark, sourced
from taken import Taken

HOW = (
    "What is shown of an alarm is the same at every bed and in every pause; only its sound "
    "differs. Technical alarms, those of the rules among them, and calls sound in every profile."
)
PROFILES = ("Profile of a bed", "Alarms about the patient that sound", "After")
LAPSES = ("Condition", "An acknowledgement counts for")


def silence(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the sound."""
    tables.take("schema")
    yield from (f"{HOW} {joined(mark(tables))}.", "")
    pause, call = tables.table("pause"), tables.table("call")
    asked = f"off for {lasting(pause.take('seconds'))}, never made longer while it lasts"
    between = f"after it all that is on sounds for {lasting(pause.take('heard_s'))}, asked or not"
    said = f"{asked}; a newer high alarm sounds; {between}"
    yield f"- **Sound paused**: {said}. Source: {shelf.cited(pause)}."
    wide, ring = lasting(call.take("everywhere_s")), lasting(call.take("phone_s"))
    gone = f"not answered, at every screen after {wide}, with the number to ring after {ring}"
    yield f"- **A call**: {gone}. Source: {shelf.cited(call)}."
    for one in (pause, call):
        one.done()
    yield ""
    yield from sourced(LAPSES, [_lapse(row, shelf) for row in tables.rows("lapse")])
    yield from sourced(PROFILES, [_profile(row, shelf) for row in tables.rows("profile")])
    tables.done()


def _lapse(row: Taken, shelf: Shelf) -> list[str]:
    cells = [f"`{row.take('condition')}`", lasting(row.take("after_s")), shelf.cited(row)]
    row.done()
    return cells


def _profile(row: Taken, shelf: Shelf) -> list[str]:
    least = row.take("physiological")
    heard = "all" if least == "low" else f"{least} and above" if least != "high" else "high"
    after = row.take("lasting_s")
    cells = [row.take("id"), heard, lasting(after) if after else "at once", shelf.cited(row)]
    row.done()
    return cells
