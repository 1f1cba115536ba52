"""The last events: the patient's first, one row a monitor's connection, more where room is."""

from __future__ import annotations

import patients
import pytest
import scenes
from dashboards import sight_of
from desks import desk
from msgspec import structs

from daemon.protocol.messages import Event
from tui.events import events
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import DeviceState
from words.catalogue import Language


def happened(minute: int, name: str, **told: object) -> Event:
    """Return an event at 10:`minute` by the clock of the screen."""
    at = f"2026-11-21T09:{minute:02d}:00.000Z"
    return Event(at, scenes.BED, name, **told)  # type: ignore[arg-type]  # fields of an event


TYPED = happened(35, "entry_reading", measure=Measure.SPO2, value=97, by="AS")
STATES = (DeviceState.SILENT, DeviceState.RECEIVING)
FLAPS = [happened(36, "device_state", device="ivy", state=STATES[n % 2]) for n in range(40)]
COURSE = [
    happened(30, "case_started", by="AS"),
    happened(31, "entry_airway", detail="lma", by="AS"),
    happened(32, "entry_ventilation", detail="spontaneous", by="AS"),
    happened(33, "entry_relaxant", by="AS"),
    happened(34, "entry_observation", by="AS"),
    TYPED,
]


def told(height: int, *said: Event, language: Language = Language.DANISH) -> list[str]:
    sight = sight_of(*scenes.greeting(*scenes.IDLE, *said), language=language)
    return ["".join(span.text for span in row).strip() for row in events(sight, 100, height)]


def test_a_connection_that_comes_and_goes_takes_one_row_below_what_happened_to_the_patient() -> (
    None
):
    rows = told(8, *COURSE, *FLAPS)
    assert "SpO2 97 tastet" in rows[0]
    assert "anæstesistart" in rows[5]
    assert rows[6] == "10:36:00 ivy modtager"
    assert rows[7] == ""


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.DANISH, "SpO2 97 tastet · AS"),
        (Language.NORWEGIAN, "SpO2 97 tastet inn · AS"),
        (Language.ENGLISH, "SpO2 97 typed in · AS"),
    ],
)
def test_a_number_that_was_typed_is_told_with_its_number(language: Language, says: str) -> None:
    assert told(1, TYPED, language=language)[0].endswith(says)
    entry = patients.entry(3, deeds.Measured(measure=Measure.SPO2, value=97.0), 40)
    case = structs.replace(patients.RUNNING, entries=(entry,))
    sight = sight_of(*scenes.greeting(*scenes.IDLE, case), language=language)
    assert says in "".join(span.text for span in events(sight, 100, 1)[0])


@pytest.mark.parametrize(("size", "least"), [((100, 30), 4), ((120, 40), 6), ((200, 60), 6)])
async def test_where_there_is_room_more_of_them_are_told(size: tuple[int, int], least: int) -> None:
    async with desk(patients.RUNNING, *COURSE, *FLAPS, size=size) as at:
        seen = [one for one in COURSE if at.shows(f"10:{one.at[14:16]}:00")]
        assert len(seen) >= least
        assert at.shows("Pleth")
