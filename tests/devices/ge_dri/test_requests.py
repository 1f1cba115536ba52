from __future__ import annotations

import pytest
from dri_records import (
    START_CO2,
    START_DISPLAYED,
    START_ECG,
    START_TREND,
    STOP_DISPLAYED,
)
from hypothesis import given
from hypothesis import strategies as st

from devices.ge_dri.framing import framed, unframed
from devices.ge_dri.requests import Action, Kind, NumbersRequest, WaveRequest
from devices.ge_dri.waves import Wave
from devices.ge_dri.wire import Record

ALL_CLASSES = 2 | 4 | 8


def only_part(data: bytes) -> bytes:
    record = unframed(data[1:-1])
    assert record is not None
    ((kind, part),) = record.subrecords()
    assert kind == 0
    return part


@pytest.mark.parametrize(
    ("data", "request_"),
    [
        (START_DISPLAYED, NumbersRequest(Kind.DISPLAYED, 10, ALL_CLASSES)),
        (STOP_DISPLAYED, NumbersRequest(Kind.DISPLAYED, NumbersRequest.STOP)),
        (START_TREND, NumbersRequest(Kind.TREND_60_S, 60, ALL_CLASSES)),
    ],
    ids=["A-1", "A-2", "A-3"],
)
def test_an_official_request_of_numbers_is_read_and_written(
    data: bytes, request_: NumbersRequest
) -> None:
    assert NumbersRequest.parse(only_part(data)) == request_
    assert framed(request_.record()) == data


@pytest.mark.parametrize(
    ("data", "wave"), [(START_ECG, Wave.ECG1), (START_CO2, Wave.CO2)], ids=["A-5", "CO2"]
)
def test_an_official_request_of_a_wave_is_read_and_written(data: bytes, wave: Wave) -> None:
    request = WaveRequest(Action.START, (wave,))
    assert WaveRequest.parse(only_part(data)) == request
    assert framed(request.record()) == data


def size(record: Record) -> int:
    return len(record.to_bytes())


def test_requests_are_as_long_as_the_document_says() -> None:
    assert size(NumbersRequest(Kind.DISPLAYED, 5).record()) == 49
    assert size(WaveRequest(Action.STOP, ()).record()) == 72


@given(st.integers(0, 255), st.integers(-1, 32767), st.integers(0, 0xFFFFFFFF))
def test_a_request_of_numbers_survives_the_wire(kind: int, interval_s: int, classes: int) -> None:
    request = NumbersRequest(kind, interval_s, classes)
    ((_, part),) = request.record().subrecords()
    assert NumbersRequest.parse(part) == request


@given(st.integers(0, 1), st.lists(st.integers(0, 254), max_size=8))
def test_a_request_of_waves_survives_the_wire(action: int, waves: list[int]) -> None:
    request = WaveRequest(action, tuple(waves))
    ((_, part),) = request.record().subrecords()
    # A full list of eight has no end; the zeros behind a short one are not read.
    assert WaveRequest.parse(part) == request


@given(st.binary(max_size=40))
def test_no_bytes_make_a_request_fail(data: bytes) -> None:
    assert (NumbersRequest.parse(data) is None) is (len(data) < 9)
    assert (WaveRequest.parse(data) is None) is (len(data) < 32)
