from __future__ import annotations

import pytest

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.course import Steps
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Trouble
from devices.simulated.troubles import SUFFERS, Troubled
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

ROW = PatientRow(bed="Stue 1", age="4y", spo2=98, pulse_rate=112)
BEGIN_S, LAST_S = 30.0, 60.0
STEP_S = 0.1


def heard(protocol: str, trouble: Trouble) -> list[Item]:
    """Return what a driver reads in a minute, with a trouble from the middle on."""
    driver = PROTOCOLS[protocol].driver(Options(pressure_mmhg=760))
    troubles = Steps(Trouble.NONE, [(BEGIN_S, trouble)])
    simulator = Troubled(SIMULATORS[protocol](Patient(ROW), 0), troubles)
    items: list[Item] = []
    for step in range(round(LAST_S / STEP_S)):
        at = Instant(step * STEP_S, step * STEP_S)
        if asked := driver.due(at):
            simulator.receive(asked)
        items += driver.receive(simulator.emit(at.monotonic), at)
    return items


def qualities(items: list[Item], measure: Measure) -> set[Quality]:
    """Return the qualities of a measure once the trouble has had time to be seen."""
    late = [one for one in items if one.at.monotonic >= BEGIN_S + 10]
    return {one.quality for one in late if isinstance(one, Reading) and one.measure is measure}


@pytest.mark.parametrize("trouble", [Trouble.DEAD, Trouble.NOISE])
@pytest.mark.parametrize("protocol", ["nonin-df2", "masimo-ascii1", "capnostat5", "ge-dri"])
def test_through_a_broken_or_noisy_wire_no_number_comes(protocol: str, trouble: Trouble) -> None:
    items = heard(protocol, trouble)
    late = [one for one in items if one.at.monotonic >= BEGIN_S + 1]
    assert [one for one in late if isinstance(one, Reading) and one.value is not None] == []
    assert any(isinstance(one, Reading) and one.value is not None for one in items)


@pytest.mark.parametrize(
    ("protocol", "trouble", "measure", "quality", "note"),
    [
        ("capnostat5", Trouble.LINE, Measure.ETCO2, Quality.INVALID, Note.CHECK_ADAPTER),
        ("capnostat5", Trouble.ZERO, Measure.ETCO2, Quality.INVALID, Note.ZEROING),
        ("ge-dri", Trouble.LINE, Measure.ETCO2, Quality.INVALID, Note.CHECK_SAMPLING_LINE),
        ("ge-dri", Trouble.ZERO, Measure.ETCO2, Quality.CALIBRATING, None),
        ("ge-dri", Trouble.LEADS, Measure.HEART_RATE, Quality.INVALID, Note.LEADS_OFF),
        ("ge-dri", Trouble.DIATHERMY, Measure.HEART_RATE, Quality.UNAVAILABLE, None),
    ],
)
def test_a_monitor_says_what_ails_it(
    protocol: str, trouble: Trouble, measure: Measure, quality: Quality, note: Note | None
) -> None:
    assert trouble in SUFFERS[protocol]
    items = heard(protocol, trouble)
    assert qualities(items, measure) == {quality}
    said = [one.notes for one in items if isinstance(one, Notes) and one.at.monotonic >= BEGIN_S]
    assert note is None or any(note in notes for notes in said)


def test_what_is_breathed_in_lifts_the_foot_of_the_wave_and_not_its_top() -> None:
    patient = Patient(ROW, [PatientEvent(at_s=10, fico2=1.4)])
    before = [patient.co2(step / 50) for step in range(500)]
    after = [patient.co2(10 + step / 50) for step in range(500)]
    assert [min(before), min(after)] == pytest.approx([0.0, 1.4])
    assert max(after) == pytest.approx(max(before), abs=0.1)
    assert patient.at(12).fico2 == 1.4
