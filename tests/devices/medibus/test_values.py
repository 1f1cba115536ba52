from __future__ import annotations

from collections.abc import Sequence

import pytest
from damage import Told, captured, flips, numbers, received, told
from manual import at
from medibus_frames import NOW, VECTORS, alarms, items, measured

from devices.medibus.driver import MedibusDriver
from devices.medibus.wire import Answer, Code, Command
from vitals.measure import Agent, Measure
from vitals.reading import Item, Quality, Reading

ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
APNOEA = alarms(b"O0DAPNEA CO2   ")
BREATHING = measured(b"E3 5.1FF 0.0D5  14")
NOP = Command(Code.NOP).to_bytes()


def only(data: bytes, measure: Measure) -> float | None:
    (value,) = numbers(items(data), measure)
    return value


def agents(found: Sequence[Item]) -> set[Agent | None]:
    return {item.agent for item in found if isinstance(item, Reading)}


def test_saturation_and_pulse_are_read() -> None:
    assert items(VECTORS["oximeter"][0]) == [
        Reading(Measure.SPO2, 98, Quality.VALID, NOW),
        Reading(Measure.PULSE_RATE, 70, Quality.VALID, NOW),
    ]


def test_a_gas_page_gives_carbon_dioxide_and_rate() -> None:
    found = items(VECTORS["gases"][0])
    assert numbers(found, ETCO2) == [pytest.approx(38 / 7.50062)]
    assert numbers(found, FICO2) == [0]
    assert numbers(found, RATE) == [14]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("page", "kpa"),
    [
        (b"E3 5.3E6  38DB 5.16B1013", 5.3),
        (b"E6  38DB 5.16B1013", 38 / 7.50062),
        (b"DB 5.16B1013", 5.1 * 1.013),
        (b"6B 800DB 5.1", 5.1 * 0.8),
        (b"E3----E6  38", 38 / 7.50062),
        (b"E3 999E6  38", 38 / 7.50062),
    ],
)
def test_carbon_dioxide_is_taken_in_kpa_then_mmhg_then_percent_of_ambient(
    page: bytes, kpa: float
) -> None:
    assert only(measured(page), ETCO2) == pytest.approx(kpa)
    inspired = page.replace(b"E3", b"FF").replace(b"E6", b"E5").replace(b"DB", b"DA")
    assert only(measured(inspired), FICO2) == pytest.approx(kpa)


def test_a_percentage_without_the_ambient_pressure_is_nothing() -> None:
    assert items(measured(b"DB 5.1DA 0.1")) == []


def test_the_ambient_pressure_of_an_earlier_page_does_not_count() -> None:
    found = items(measured(b"DB 5.16B1013") + measured(b"DB 5.1"))
    assert told(found, ETCO2)[1] == (None, Quality.UNAVAILABLE)


@pytest.mark.parametrize(
    ("page", "rate"),
    [(b"D7  11D6  12D5  13", 13), (b"D7  11D6  12", 12), (b"D7  11", 11), (b"D5    D6  12", 12)],
)
def test_the_rate_of_carbon_dioxide_wins_over_the_others(page: bytes, rate: float) -> None:
    assert only(measured(page), RATE) == rate


@pytest.mark.parametrize(
    ("page", "measure", "value"),
    [
        (b"F0  40", Measure.FIO2, 40),
        (b"EF36.1", Measure.ETO2, 36.1),
        (b"FB  50", Measure.N2O_INSPIRED, 50),
        (b"FC48.5", Measure.N2O_EXPIRED, 48.5),
        (b"AD 0.8AC 0.9", Measure.MAC, 0.8),
        (b"AC 0.9", Measure.MAC, 0.9),
        (b"0F4900", Measure.GAS_PRESSURE, 4.9),
    ],
)
def test_every_other_code_has_its_measure(page: bytes, measure: Measure, value: float) -> None:
    found = items(measured(page))
    assert numbers(found, measure) == [pytest.approx(value)]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("codes", "agent"),
    [
        ("AE AF", Agent.DESFLURANE),
        ("B0 B1", Agent.SEVOFLURANE),
        ("F8 F9", Agent.ISOFLURANE),
        ("F4 F5", Agent.HALOTHANE),
        ("F6 F7", Agent.ENFLURANE),
    ],
)
def test_each_anaesthetic_has_its_pair_of_codes(codes: str, agent: Agent) -> None:
    inspired, expired = codes.split()
    found = items(measured(f"{inspired} 2.2{expired} 1.9".encode()))
    assert numbers(found, Measure.AGENT_INSPIRED) == [2.2]
    assert numbers(found, Measure.AGENT_EXPIRED) == [1.9]
    assert agents(found) == {agent}


def test_of_all_listed_anaesthetics_the_one_there_is_most_of_is_shown() -> None:
    found = items(measured(b"AE 0.0AF 0.1B0 2.2B1 1.9F8 0.0F9 0.0F4 0.0F5 0.0F6 0.0F7 0.0"))
    assert numbers(found, Measure.AGENT_EXPIRED) == [1.9]
    assert agents(found) == {Agent.SEVOFLURANE}


def test_no_anaesthetic_at_all_is_none_by_name() -> None:
    found = items(measured(b"AE 0.0AF 0.0B0 0.0B1 0.0"))
    assert numbers(found, Measure.AGENT_EXPIRED) == [0]
    assert agents(found) == {None}


def test_the_first_anaesthetic_bears_the_name_that_the_texts_give() -> None:
    found = items(captured("medibus", "texts-primus"))
    assert numbers(found, Measure.AGENT_INSPIRED) == [1.2]
    assert agents(found) == {Agent.ISOFLURANE}


def test_texts_without_an_anaesthetic_take_the_name_away() -> None:
    nameless = Answer(Code.TEXTS, b"2A0\x03").to_bytes()
    page = measured(b"E9 1.2EA 1.0")
    assert agents(items(VECTORS["texts"][0] + nameless + page)) == {None}


@pytest.mark.parametrize(
    ("page", "measure"),
    [
        (b"EB   0", Measure.SPO2),
        (b"EB 101", Measure.SPO2),
        (b"EB  -9", Measure.SPO2),
        (b"E1   0", Measure.PULSE_RATE),
        (b"E1 999", Measure.PULSE_RATE),
        (b"D5   0", RATE),
        (b"D59999", RATE),
        (b"E3-0.1", ETCO2),
        (b"E320.1", ETCO2),
        (b"FF-0.1", FICO2),
        (b"F0 101", Measure.FIO2),
        (b"EF 101", Measure.ETO2),
        (b"FB 101", Measure.N2O_INSPIRED),
        (b"FC 101", Measure.N2O_EXPIRED),
        (b"B0  31", Measure.AGENT_INSPIRED),
        (b"B1  31", Measure.AGENT_EXPIRED),
        (b"AD20.1", Measure.MAC),
        (b"0F-100", Measure.GAS_PRESSURE),
        (b"EB----", Measure.SPO2),
    ],
)
def test_what_cannot_be_a_value_is_unavailable(page: bytes, measure: Measure) -> None:
    assert told(items(measured(page)), measure) == [(None, Quality.UNAVAILABLE)]


def test_what_is_absent_from_one_page_is_unavailable_at_once() -> None:
    found = items(captured("medibus", "oximeter-page"))
    assert told(found, Measure.SPO2) == [(98, Quality.VALID), (None, Quality.UNAVAILABLE)]
    assert told(found, Measure.PULSE_RATE) == [(70, Quality.VALID), (None, Quality.UNAVAILABLE)]


def test_what_was_never_sent_is_not_spoken_of() -> None:
    assert items(VECTORS["nothing to report"][0]) == []


def test_limits_and_other_pages_are_no_values() -> None:
    for echo in (0x25, 0x26, 0x2B, 0x2C, 0x2D):
        assert items(Answer(echo, b"EB  98").to_bytes()) == []


def test_an_answer_counts_without_its_question_and_a_data_request_says_nothing() -> None:
    assert only(measured(b"EB  98"), Measure.SPO2) == 98
    assert items(VECTORS["data request"][0]) == []


INVALID: Told = (None, Quality.INVALID)
UNSURE = Quality.QUESTIONABLE


def test_an_apnoea_takes_carbon_dioxide_and_rate_until_alarms_come_without_it() -> None:
    found = items(captured("medibus", "apnoea-then-breath"))
    assert told(found, ETCO2) == [
        (5.1, UNSURE), INVALID, INVALID, (4.9, Quality.VALID),
    ]  # fmt: skip
    assert told(found, RATE) == [
        (14, UNSURE), INVALID, INVALID, (12, Quality.VALID),
    ]  # fmt: skip
    assert told(found, FICO2) == [(0, Quality.VALID)] * 3


def test_carbon_dioxide_and_rate_are_in_doubt_until_a_page_of_alarms_has_come() -> None:
    found = items(BREATHING + alarms() + BREATHING)
    assert told(found, ETCO2) == [(5.1, UNSURE), (5.1, Quality.VALID)]
    assert told(found, RATE) == [(14, UNSURE), (14, Quality.VALID)]


def test_the_central_supply_is_that_of_oxygen() -> None:
    found = items(measured(b"0F4900") + measured(b""))
    assert [item.site for item in found if isinstance(item, Reading)] == ["O2", "O2"]


def test_the_second_page_of_alarms_ends_no_apnoea_and_begins_none() -> None:
    clear, same_code = alarms(page=Code.ALARMS_2), alarms(b"O0DOTHER       ", Code.ALARMS_2)
    assert told(items(APNOEA + clear + BREATHING), ETCO2)[-1] == INVALID
    assert told(items(same_code + BREATHING), ETCO2) == [(5.1, UNSURE)]


def test_values_expire_where_the_machine_talks_on_and_measures_nothing() -> None:
    driver = MedibusDriver()
    driver.receive(BREATHING, at(0))
    assert driver.receive(NOP, at(3.0)) == []
    gone = driver.receive(NOP, at(3.1))
    assert told(gone, ETCO2) == told(gone, RATE) == [(None, Quality.UNAVAILABLE)]
    assert driver.receive(NOP, at(10)) == []
    assert numbers(driver.receive(BREATHING, at(11)), ETCO2) == [5.1]


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_publishes_a_wrong_value(name: str) -> None:
    data, _ = VECTORS[name]
    good = items(data)
    for flipped in flips(data):
        found = items(flipped)
        assert found in (good, [])


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize(
    "name",
    ["oximeter-page", "gas-page", "interleaved-page", "apnoea-then-breath", "misprints", "session"],
)
def test_a_capture_says_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("medibus", name)
    whole, cut = MedibusDriver(), MedibusDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()
