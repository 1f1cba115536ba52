from __future__ import annotations

from itertools import pairwise

import pytest
from damage import NOW, numbers, told, waves
from dinamap_blocks import items

from devices.contract import Counts
from devices.dinamap.driver import DinamapDriver
from devices.dinamap.simulator import DinamapSimulator
from devices.dinamap.wire import Block
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow
from vitals.measure import Measure
from vitals.reading import Quality

CHILD = PatientRow("Stue 1", "4y", 98, 118)
RATE = Measure.HEART_RATE


def simulator(*events: PatientEvent, seed: int = 1) -> DinamapSimulator:
    return DinamapSimulator(Patient(CHILD, events, seed=seed), seed)


def test_the_driver_reads_the_heart_rate_that_the_patient_has() -> None:
    patient = Patient(CHILD, [PatientEvent(at_s=4, pulse_rate=171, over_s=10)], seed=3)
    found = items(DinamapSimulator(patient, 3).emit(20))
    # The page that begins a second says what was there then; the first page is zeros.
    expected = [round(patient.at(second).pulse_rate) for second in range(1, 20)]
    assert numbers(found, RATE) == expected
    assert max(expected) > 165


def test_the_ecg_is_the_patients() -> None:
    patient = Patient(CHILD, seed=3)
    samples = waves(items(DinamapSimulator(patient, 3).emit(8)))
    assert len(samples) == 1600
    for place, sample in enumerate(samples):
        assert sample == pytest.approx(508 + 120 * patient.ecg(place / 200), abs=2)


def test_fifty_blocks_come_each_second_with_all_two_hundred_sequences() -> None:
    data = simulator().emit(5)
    sent = [Block.parse(data[start : start + 18]) for start in range(0, len(data), 18)]
    assert [block.sequence for block in sent if block] == [n % 200 for n in range(250)]


def test_the_first_page_is_filled_with_zeros() -> None:
    data = simulator().emit(1)
    sent = [Block.parse(data[start : start + 18]) for start in range(0, len(data), 18)]
    assert b"".join(block.slow for block in sent if block) == bytes(150)


def test_the_status_moves_with_each_beat() -> None:
    patient = Patient(CHILD, seed=1)
    data = DinamapSimulator(patient, 1).emit(10)
    marks = [data[start] & 0x06 for start in range(1, len(data), 18)]
    changes = sum(a != b for a, b in pairwise(marks))
    assert changes == int(patient.beats(9.98))


def test_the_stream_is_the_same_however_often_it_is_asked() -> None:
    often, seldom = simulator(), simulator()
    assert b"".join(often.emit(step * 0.013) for step in range(1001)) == seldom.emit(13)
    assert simulator(seed=2).emit(2) != simulator(seed=1).emit(2)
    assert seldom.emit(5) == b""


def test_without_leads_there_is_no_rate_and_a_flat_line() -> None:
    simulated = simulator()
    simulated.leads_off = True
    found = items(simulated.emit(3))
    assert told(found, RATE) == [(None, Quality.UNAVAILABLE)] * 2
    assert set(waves(found)) <= {507, 508, 509}


def test_marks_come_four_at_a_time() -> None:
    simulated = simulator()
    simulated.mark_every_s = 2
    samples = waves(items(simulated.emit(6)))
    missing = [place for place, sample in enumerate(samples) if sample is None]
    assert missing == [0, 1, 2, 3, 400, 401, 402, 403, 800, 801, 802, 803]


def test_lost_blocks_cost_their_groups_and_pages_and_nothing_else() -> None:
    simulated = simulator()
    simulated.lose_every = 110
    driver = DinamapDriver()
    found = driver.receive(simulated.emit(11), NOW)
    assert driver.finish() == Counts(545, 0, 0)
    assert len(waves(found)) == 16 * (137 - 4)  # the fifth falls in the group not yet whole
    clean = items(simulator().emit(11))
    assert set(numbers(found, RATE)) <= set(numbers(clean, RATE))
    assert len(numbers(found, RATE)) == len(numbers(clean, RATE)) - 5


def test_damaged_blocks_are_counted_and_publish_nothing_wrong() -> None:
    simulated, clean = simulator(), simulator()
    simulated.corrupt_every = 17
    driver = DinamapDriver()
    found = driver.receive(simulated.emit(20), NOW)
    counts = driver.finish()
    assert counts.frames == 1000 - 1000 // 17
    assert counts.discarded_bytes == 18 * (1000 // 17)
    assert numbers(found, RATE) == []
    good = numbers(items(clean.emit(20)), RATE)
    simulated.corrupt_every = 0
    found = driver.receive(simulated.emit(40), NOW)
    assert len(numbers(found, RATE)) >= len(good) - 1


def test_whatever_is_written_to_it_changes_nothing() -> None:
    simulated = simulator()
    simulated.receive(b"?")
    assert simulated.heard == 1
    assert simulated.emit(2) == simulator().emit(2)
