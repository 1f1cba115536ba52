from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW, told
from ivy_messages import ARTERIAL, RECORDED_TEXT, WAVES, items, message, samples

from devices.contract import Options
from devices.ivy450c.text import Line
from vitals.measure import Channel, Measure
from vitals.reading import Note, Notes, Quality, Reading, WaveBlock

VALID, INVALID, UNAVAILABLE = Quality.VALID, Quality.INVALID, Quality.UNAVAILABLE
DOUBTED = Quality.QUESTIONABLE
NOTHING = Options()
SINGLE = [
    (Measure.HEART_RATE, "hr"),
    (Measure.RESPIRATORY_RATE, "rr"),
    (Measure.SPO2, "spo2"),
]


def test_a_message_gives_its_readings_and_waves_in_order() -> None:
    assert items(message()) == [
        Reading(Measure.HEART_RATE, 80, VALID, NOW),
        Reading(Measure.RESPIRATORY_RATE, 35, VALID, NOW),
        Reading(Measure.SPO2, 100, VALID, NOW),
        Reading(Measure.PULSE_RATE, 80, VALID, NOW),
        Reading(Measure.NIBP_SYSTOLIC, 121, DOUBTED, NOW, live=False),
        Reading(Measure.NIBP_DIASTOLIC, 75, DOUBTED, NOW, live=False),
        Reading(Measure.NIBP_MEAN, 92, DOUBTED, NOW, live=False),
        Reading(Measure.NIBP_PULSE_RATE, 80, DOUBTED, NOW, live=False),
        Reading(Measure.ART_SYSTOLIC, 111, VALID, NOW),
        Reading(Measure.ART_DIASTOLIC, 73, VALID, NOW),
        Reading(Measure.ART_MEAN, 88, VALID, NOW),
        WaveBlock(Channel.ECG, 200, "count", tuple(WAVES.ecg), NOW),
        WaveBlock(Channel.RESP, 50, "count", tuple(WAVES.resp), NOW),
        WaveBlock(Channel.PLETH, 50, "count", tuple(WAVES.pleth), NOW),
        WaveBlock(Channel.ART, 50, "mm[Hg]", tuple(WAVES.p1), NOW),
        Notes(frozenset({Note.FROM_MEMORY}), NOW),
    ]


def test_the_first_pressure_is_arterial_only_where_the_clinic_says_so() -> None:
    silent = items(message(), NOTHING)
    assert silent == [
        item
        for item in items(message())
        if not (isinstance(item, WaveBlock) and item.channel is Channel.ART)
        and not (isinstance(item, Reading) and item.measure.startswith("art_"))
    ]
    assert len(silent) == 8 + 3 + 1


@pytest.mark.parametrize(("measure", "name"), SINGLE)
def test_an_empty_field_is_unavailable(measure: Measure, name: str) -> None:
    assert told(items(message(**{name: Line(("",))})), measure) == [(None, UNAVAILABLE)]


@pytest.mark.parametrize(("measure", "name"), SINGLE)
def test_an_empty_field_with_an_alarm_is_a_fault(measure: Measure, name: str) -> None:
    found = items(message(**{name: Line(("",), alarm="NO SENSOR")}))
    assert told(found, measure) == [(None, INVALID)]


@pytest.mark.parametrize("name", ["hr", "rr"])
def test_an_empty_field_with_a_label_is_a_fault(name: str) -> None:
    found = items(message(**{name: Line(("",), "LEADS OFF")}))
    measure = Measure.HEART_RATE if name == "hr" else Measure.RESPIRATORY_RATE
    assert told(found, measure) == [(None, INVALID)]


@pytest.mark.parametrize(("measure", "name"), SINGLE)
def test_an_alarm_beside_a_number_leaves_it_valid(measure: Measure, name: str) -> None:
    found = items(message(**{name: Line(("97",), "PR=80 ", "HIGH")}))
    assert told(found, measure) == [(97, VALID)]


@pytest.mark.parametrize(("measure", "name"), SINGLE)
@pytest.mark.parametrize("text", ["0", "00", "000"])
def test_a_zero_is_no_number(measure: Measure, name: str, text: str) -> None:
    assert told(items(message(**{name: Line((text,))})), measure) == [(None, UNAVAILABLE)]


@pytest.mark.parametrize("text", ["101", "999", "9x", "---", "-5", " 97", "97.5"])
def test_a_saturation_that_is_none_is_unavailable(text: str) -> None:
    found = items(message(spo2=Line((text,), "PR=80 ")))
    assert told(found, Measure.SPO2) == [(None, UNAVAILABLE)]
    assert told(found, Measure.PULSE_RATE) == [(80, VALID)]


@pytest.mark.parametrize("label", ["PR=0  ", "PR=00 ", "PR=   ", "", "PR=8 0", "PR=999"])
def test_a_pulse_rate_that_is_none_is_unavailable(label: str) -> None:
    found = items(message(spo2=Line(("97",), label)))
    assert told(found, Measure.SPO2) == [(97, VALID)]
    assert told(found, Measure.PULSE_RATE) == [(None, UNAVAILABLE)]


def test_the_apnoea_label_is_a_setting_and_no_alarm() -> None:
    assert RECORDED_TEXT.rr.label == "APNEA: 20 SEC"
    assert told(items(message()), Measure.RESPIRATORY_RATE) == [(35, VALID)]


def test_values_without_a_unit_on_the_wire_are_withheld() -> None:
    found = items(message(etco2=Line(("38",)), t1=Line(("36.8",)), t2=Line(("37.0",))))
    measures = {item.measure for item in found if isinstance(item, Reading)}
    assert not measures & {Measure.ETCO2, Measure.FICO2, Measure.TEMPERATURE}


def test_the_wave_is_not_respiration_while_there_is_an_end_tidal_value() -> None:
    assert samples(items(message(etco2=Line(("38",)))), Channel.RESP) == [None] * 50


@pytest.mark.parametrize("p1", [("70", "90", "80"), ("110", "70", "60"), ("110", "70", "120")])
def test_an_arterial_pressure_out_of_order_is_none(p1: tuple[str, ...]) -> None:
    found = items(message(p1=Line(p1)))
    for measure in (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN):
        assert told(found, measure) == [(None, UNAVAILABLE)]
    assert told(found, Measure.SPO2) == [(100, VALID)]


@pytest.mark.parametrize("p1", [("0", "0", "0"), ("-1", "-2", "-2"), ("350", "-50", "5")])
def test_an_arterial_pressure_may_be_zero_or_below(p1: tuple[str, ...]) -> None:
    found = items(message(p1=Line(p1)))
    assert told(found, Measure.ART_SYSTOLIC) == [(int(p1[0]), VALID)]
    assert told(found, Measure.ART_DIASTOLIC) == [(int(p1[1]), VALID)]
    assert told(found, Measure.ART_MEAN) == [(int(p1[2]), VALID)]


@pytest.mark.parametrize("line", [Line(("",) * 3, "NO TRANSDUCER"), Line(("",) * 3, "", "FAULT")])
def test_without_a_transducer_pressure_and_wave_are_missing(line: Line) -> None:
    found = items(message(p1=line))
    assert told(found, Measure.ART_MEAN) == [(None, INVALID)]
    assert samples(found, Channel.ART) == [None] * 50


def test_a_probe_fault_blanks_the_pleth_and_keeps_its_timing() -> None:
    found = items(message(spo2=Line(("",), "PR=   ", "NO SENSOR")))
    assert told(found, Measure.PULSE_RATE) == [(None, INVALID)]
    assert samples(found, Channel.PLETH) == [None] * 50
    searching = items(message(spo2=Line(("",), "PR=   ")))
    assert samples(searching, Channel.PLETH) == list(WAVES.pleth)


def test_the_ecg_shows_when_there_is_no_heart_rate() -> None:
    found = items(message(hr=Line(("",), "ECG-II-DIAG", "ASYSTOLE")))
    assert samples(found, Channel.ECG) == list(WAVES.ecg)


def test_the_code_for_no_data_is_no_sample() -> None:
    blank = replace(WAVES, resp=b"\xfb" * 50, p1=b"\xfb" * 50).to_bytes()
    found = items(blank)
    assert samples(found, Channel.RESP) == samples(found, Channel.ART) == [None] * 50
    assert samples(found, Channel.ECG) == list(WAVES.ecg)


def test_a_single_sample_of_that_code_is_a_sample() -> None:
    wave = b"\xfb" * 49 + b"\x7d"
    found = items(replace(WAVES, resp=wave).to_bytes())
    assert samples(found, Channel.RESP) == list(wave)


def test_options_change_nothing_else() -> None:
    found = items(message(), ARTERIAL)
    assert [item for item in items(message(), NOTHING) if item not in found] == []
