from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import words
from daemon.protocol.account import Asked
from daemon.protocol.messages import JournalState, Refusal, Result
from daemon.protocol.rules import RulesState
from monitoring.steps import NEXT
from monitoring.verdict import Why
from tui.fields import Field
from tui.forms import FORMS
from tui.keymap import GENERAL, KEYS
from vitals import deeds
from vitals.listing import RowState, Slip
from vitals.measure import Agent, Channel, Measure
from vitals.reading import Note, Origin, Quality
from vitals.vocabulary import (
    Airway,
    Cancellation,
    CaseKind,
    Check,
    DeviceState,
    Fault,
    Flag,
    GapCause,
    Modality,
    Obligation,
    Phase,
    Priority,
    Technique,
    Ventilation,
    Verdict,
)
from words.catalogue import Language, UnknownWordError, Words
from words.messages import MESSAGES

LOCALES = Path(words.__file__).parent / "locales"
TRANSLATED = (Language.DANISH, Language.NORWEGIAN)
ATTESTED = (Modality.CLINICAL_OBSERVATION,)
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
    "row": RowState,
    "slip": Slip,
    "cancellation": Cancellation,
    "answer": Result,
    "measure": Measure,
    "title": [Measure.SPO2, Measure.PULSE_RATE, *Channel],
    "agent": Agent,
    "origin": [origin for origin in Origin if origin is not Origin.MEASURED],
    "case": list(NEXT[CaseKind.ANAESTHETIC]),
    "block": list(NEXT[CaseKind.BLOCK]),
    "gate": Check,
    "gate.live": [modality for modality in Modality if modality not in ATTESTED],
    "flag": Flag,
    "verdict": Verdict,
    "advice": Verdict,
    "ground": Why,
    "asks": Asked,
    "phase": Phase,
    "event.entry_airway": Airway,
    "event.entry_technique": Technique,
    "event.entry_ventilation": Ventilation,
    "quality": [quality for quality in Quality if quality is not Quality.VALID],
}
ALARMS = (
    "spo2_low hr_low hr_high no_pulse probe_off stale never_seen link_lost driver_defect "
    "recorder_failure rules_unusable outbox_full"
)
EVENTS = (
    "case_started case_ended alarm_onset alarm_escalated alarm_ended alarm_acknowledged "
    "device_state device_assigned device_replugged assignment_ended daemon_started "
    "emergency duration case_quiet callable_lost alarm_lapsed audio_paused audio_resumed "
    "call_escalated call_answered"
)
BANDS = "neonate infant y1_2 y2_5 y5_12 y12_18 adult unknown"
GATE = "asa asa.1 asa.2 asa.3 asa.4 asa.5 kit live planned text recovery running"
FIELDS = [(name, field) for name, form in FORMS.items() for field in form.fields]


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
    written = {} if language is Language.ENGLISH else entries(language)
    for name, english in MESSAGES.items():
        expected = written[name].string if written else english
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
    [
        ("alarm", ALARMS),
        ("event", EVENTS),
        ("band", BANDS),
        ("band_short", BANDS),
        ("gate", GATE),
    ],
)
def test_every_name_that_the_daemon_uses_has_its_words(room: str, names: str) -> None:
    assert [name for name in names.split() if f"{room}.{name}" not in MESSAGES] == []


def test_every_key_has_a_word_and_a_line_of_help() -> None:
    words_of_keys = [word for _, word in (*GENERAL, *KEYS)]
    assert [word for word in words_of_keys if f"key.{word}" not in MESSAGES] == []
    assert [word for word in words_of_keys if f"help.{word}" not in MESSAGES] == []


def test_everything_that_can_be_said_of_a_case_has_its_words() -> None:
    steps = {"begin": "case_started", "end": "case_ended"}
    said = [steps.get(deed.name(), f"entry_{deed.name()}") for deed in get_args(deeds.Said)]
    assert [name for name in said if f"event.{name}" not in MESSAGES] == []


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[f"{n}-{f.word}" for n, f in FIELDS])
def test_every_question_has_words_and_a_key_of_its_own_for_each_answer(
    form: str, field: Field
) -> None:
    assert f"ask.{field.word}" in MESSAGES, form
    for language in Language:
        texts = [Words(language).text(f"pick.{name}") for name in field.picks]
        assert all(re.fullmatch(r"[a-z1-9] \S.*", text) for text in texts)
        assert len({text[0] for text in texts}) == len(texts), f"{form} {language}"


def test_a_name_of_a_newer_daemon_is_shown_as_it_came() -> None:
    assert Words(Language.DANISH).named("alarm", "not_yet_known") == "not_yet_known"


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


def test_no_id_has_words_in_two_tables() -> None:
    told = [path.read_text() for path in Path(words.__file__).parent.glob("*.py")]
    names = re.compile(r'^ +"([a-z_]+\.[^"]+)":', re.MULTILINE)
    found = [name for text in told for name in names.findall(text)]
    assert [name for name in set(found) if found.count(name) > 1] == []
