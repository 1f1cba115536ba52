from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from medibus_frames import TEXTS, decoded

from devices.medibus.body import MONTH, Alarm, Identity, Message, Moment, Record
from devices.medibus.wire import Answer

CODES = st.integers(0, 255).map(lambda code: f"{code:02X}")
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
VALUES = st.text(LETTERS, min_size=4, max_size=4)
REVISIONS = st.from_regex(r"[0-9]{2}\.[0-9]{2}", fullmatch=True)
UNQUOTED = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="'")
PHRASES = st.text(LETTERS, max_size=12).map(lambda phrase: phrase.rstrip(" "))


def refused(echo: int, data: bytes) -> bool:
    found, decoder = decoded(Answer(echo, data).to_bytes())
    return found == [] and decoder.bad_frames == 1


@given(st.lists(st.builds(Record, CODES, VALUES)))
def test_measured_values_survive_the_wire(records: list[Record]) -> None:
    assert Record.parse_all(b"".join(one.to_bytes() for one in records)) == records


@given(st.lists(st.builds(Alarm, st.integers(1, 31), CODES, PHRASES)))
def test_alarms_survive_the_wire(alarms: list[Alarm]) -> None:
    assert Alarm.parse_all(b"".join(one.to_bytes() for one in alarms)) == alarms


@given(st.lists(st.builds(Message, CODES, st.text(LETTERS, max_size=60))))
def test_text_messages_survive_the_wire(messages: list[Message]) -> None:
    assert Message.parse_all(b"".join(one.to_bytes() for one in messages)) == messages


@given(
    st.builds(
        Identity,
        st.text(UNQUOTED, min_size=4, max_size=4),
        st.text(UNQUOTED, max_size=20),
        REVISIONS,
        REVISIONS,
    )
)
def test_any_identity_survives_the_wire(identity: Identity) -> None:
    assert Identity.parse(identity.to_bytes()) == identity


def test_an_identity_is_written_as_the_document_shows() -> None:
    identity = Identity("8210", "Primus", "04.50", "04.03")
    assert identity.to_bytes() == b"8210'Primus'04.50:04.03"
    assert Identity.parse(identity.to_bytes()) == identity
    assert Identity.parse(b"") is None


def test_the_makers_alarm_is_read() -> None:
    assert Alarm.parse_all(b"O0DAPNEA CO2   ") == [Alarm(31, "0D", "APNEA CO2")]


def test_texts_of_a_primus_are_read() -> None:
    assert Message.parse_all(TEXTS) == [
        Message("23", "kPa"),
        Message("27", "Anaesthesie-Gas ISOFLURANE"),
        Message("2C", "deutsch"),
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (" 98 ", 98),
        ("98  ", 98),
        ("  98", 98),
        (" 5.1", 5.1),
        ("-0.2", -0.2),
        ("+1.5", 1.5),
        (" 12.", 12),
        ("  .5", 0.5),
        ("   0", 0),
        ("    ", None),
        ("----", None),
        ("1 2 ", None),
        ("1e3 ", None),
        ("1_0 ", None),
        (" nan", None),
        (" inf", None),
        ("0x1F", None),
        ("\t1\n ", None),
    ],
)
def test_a_value_is_a_padded_number_or_none(value: str, number: float | None) -> None:
    assert Record("EB", value).number == number


@pytest.mark.parametrize("echo", [0x24, 0x25, 0x26, 0x2B, 0x2C, 0x2D])
@pytest.mark.parametrize("data", [b"EB 98", b"EB 98 E", b"EB 98 E1 70", b"eb 98 ", b"XY 98 "])
def test_a_page_of_values_that_does_not_fit_is_bad_as_a_whole(echo: int, data: bytes) -> None:
    assert refused(echo, data)


@pytest.mark.parametrize("echo", [0x23, 0x27, 0x2E])
@pytest.mark.parametrize(
    "data", [b"O0DAPNEA CO2  ", b"O0DAPNEA CO2    ", b"00DAPNEA CO2   ", b"P0DAPNEA CO2   "]
)
def test_a_page_of_alarms_that_does_not_fit_is_bad_as_a_whole(echo: int, data: bytes) -> None:
    assert refused(echo, data)


@pytest.mark.parametrize(
    "data", [b"23", b"233kPa", b"234kPa\x03", b"232kPa\x03", b"23 kPa\x03", b"G33kPa\x03"]
)
def test_texts_that_do_not_fit_are_bad_as_a_whole(data: bytes) -> None:
    assert refused(0x2A, data)
    assert refused(0x2A, TEXTS + data)


@pytest.mark.parametrize(("echo", "size"), [(0x29, 7), (0x53, 23)])
def test_settings_and_realtime_configurations_have_records_of_one_length(
    echo: int, size: int
) -> None:
    good = Answer(echo, b"0" * size * 3)
    assert decoded(good.to_bytes())[0] == [good]
    assert refused(echo, b"0" * (size * 3 - 1))


@pytest.mark.parametrize("echo", range(0x23, 0x2F))
def test_an_empty_answer_always_fits(echo: int) -> None:
    assert decoded(Answer(echo).to_bytes())[0] == [Answer(echo)]


@pytest.mark.parametrize(
    ("data", "moment"),
    [
        (b"11:11:1911-NOV-93", Moment(11, 11, 19, 11, 11, 93)),
        (b"11:1111-NOV-93", Moment(11, 11, None, 11, 11, 93)),
        (b" 9:05:07 1-MAI-21", Moment(9, 5, 7, 1, 5, 21)),
        (b"23:59:5931-OCT-04", Moment(23, 59, 59, 31, 10, 4)),
        (b"23:59:5931-OKT-04", Moment(23, 59, 59, 31, 10, 4)),
        (b"00:00:0024-DEZ-99", Moment(0, 0, 0, 24, 12, 99)),
    ],
)
def test_the_machines_clock_is_read_with_its_quirks(data: bytes, moment: Moment) -> None:
    assert Moment.parse(data) == moment
    assert decoded(Answer(0x28, data).to_bytes())[0] == [Answer(0x28, data)]


@pytest.mark.parametrize("data", [b"11:11:1911-NOX-93", b"11-NOV-93", b"11:11:19", b"aa:11-NOV-93"])
def test_what_is_no_moment_is_refused(data: bytes) -> None:
    assert refused(0x28, data)


def test_every_month_has_its_number() -> None:
    german = ["JAN", "FEB", "MAR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEZ"]
    english = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    assert [MONTH[name] for name in german] == list(range(1, 13))
    assert [MONTH[name] for name in english] == list(range(1, 13))
