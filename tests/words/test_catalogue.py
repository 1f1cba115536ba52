from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import words
from daemon.protocol.messages import JournalState, Refusal, Result
from daemon.protocol.rules import RulesState
from tui.keys import KEYS
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Note, Origin, Quality
from vitals.vocabulary import DeviceState, Fault, GapCause, Modality, Obligation, Priority
from words.catalogue import Language, UnknownWordError, Words
from words.messages import MESSAGES

LOCALES = Path(words.__file__).parent / "locales"
TRANSLATED = (Language.DANISH, Language.NORWEGIAN)
ROOMS: Mapping[str, Iterable[StrEnum]] = {
    "modality": Modality,
    "obligation": Obligation,
    "cause": GapCause,
    "device": DeviceState,
    "note": Note,
    "fault": Fault,
    "priority": Priority,
    "journal": JournalState,
    "rules": [state for state in RulesState if state is not RulesState.IN_ORDER],
    "refusal": Refusal,
    "answer": Result,
    "measure": Measure,
    "title": [Measure.SPO2, Measure.PULSE_RATE, *Channel],
    "agent": Agent,
    "origin": [origin for origin in Origin if origin is not Origin.MEASURED],
    "quality": [quality for quality in Quality if quality is not Quality.VALID],
}
ALARMS = (
    "spo2_low hr_low hr_high no_pulse probe_off stale never_seen link_lost driver_defect "
    "recorder_failure rules_unusable"
)
EVENTS = (
    "case_started case_ended alarm_onset alarm_escalated alarm_ended alarm_acknowledged "
    "device_state device_assigned device_replugged assignment_ended daemon_started"
)
BANDS = "neonate infant y1_2 y2_5 y5_12 y12_18 adult"


def catalogue(language: Language) -> Catalog:
    with (LOCALES / language.value / "LC_MESSAGES" / "vagt.po").open("rb") as file:
        return read_po(file, locale=language.value)


def entries(language: Language) -> dict[str, Message]:
    return {message.context: message for message in catalogue(language) if message.context}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_exactly_the_ids_of_the_table(language: Language) -> None:
    assert set(entries(language)) == set(MESSAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_string_is_translated_from_the_english_that_stands_in_the_table(
    language: Language,
) -> None:
    found = entries(language)
    assert {name: found[name].id for name in MESSAGES} == dict(MESSAGES)
    assert [name for name in MESSAGES if not found[name].string or found[name].fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_fields_of_its_english(language: Language) -> None:
    found = entries(language)
    differing = [n for n in MESSAGES if fields(str(found[n].string)) != fields(MESSAGES[n])]
    assert differing == []


@pytest.mark.parametrize("language", list(Language))
def test_what_the_compiled_catalogue_says_is_what_the_text_catalogue_says(
    language: Language,
) -> None:
    spoken = Words(language)
    for name, english in MESSAGES.items():
        expected = english if language is Language.ENGLISH else entries(language)[name].string
        filled = {field: field for field in fields(english)}
        assert spoken.text(name, **filled) == str(expected).format(**filled)


@pytest.mark.parametrize("language", list(Language))
def test_an_unknown_id_is_an_error_and_never_a_silent_blank(language: Language) -> None:
    with pytest.raises(UnknownWordError, match="no_such_word"):
        Words(language).text("no_such_word")


def test_every_member_that_a_screen_names_has_its_words() -> None:
    missing = [
        f"{room}.{member.value}"
        for room, members in ROOMS.items()
        for member in members
        if f"{room}.{member.value}" not in MESSAGES
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("room", "names"),
    [("alarm", ALARMS), ("event", EVENTS), ("band", BANDS), ("band_short", BANDS)],
)
def test_every_name_that_the_daemon_uses_has_its_words(room: str, names: str) -> None:
    assert [name for name in names.split() if f"{room}.{name}" not in MESSAGES] == []


def test_every_key_has_a_word_and_a_line_of_help() -> None:
    assert [key for _, key in KEYS if f"key.{key}" not in MESSAGES] == []
    assert [key for _, key in KEYS if f"help.{key}" not in MESSAGES] == []


def test_a_name_of_a_newer_daemon_is_shown_as_it_came() -> None:
    assert Words(Language.DANISH).named("alarm", "co2_lost") == "co2_lost"


def test_the_words_of_the_documents_are_used() -> None:
    danish = Words(Language.DANISH)
    assert danish.text("use.supplement") == (
        "Supplement: apparaternes egne alarmer skal være slået til"
    )
    assert danish.text("limits.unapproved") == "GRÆNSER IKKE GODKENDT"
    assert danish.text("origin.simulated") == "SIMULERET"
    assert danish.text("key.acknowledge") == "kvittér"
    assert Words(Language.NORWEGIAN).text("priority.medium") == "MIDDELS"


@pytest.mark.parametrize("language", list(Language))
def test_no_string_has_blanks_at_its_ends_or_a_control_sign(language: Language) -> None:
    spoken = Words(language)
    for name, english in MESSAGES.items():
        text = spoken.text(name, **dict.fromkeys(fields(english), "x"))
        assert text == text.strip()
        assert not re.search(r"[\x00-\x1f]", text)


def test_the_languages_go_round() -> None:
    assert [language.next for language in Language] == ["nb", "en", "da"]
