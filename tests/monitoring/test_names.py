from __future__ import annotations

import pytest

from monitoring.note import like_name, names_child


@pytest.mark.parametrize(
    "words",
    ["Liv Holm", "mor er Liv Holm", "Holm, Liv", "Liv K. Holm", "Åse-Lise Ødegård", "Liv  Holm"],
)
def test_two_words_as_names_are_written_look_like_one(words: str) -> None:
    assert like_name(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Mor med",
        "mor er med",
        "ASA III",
        "BT SpO2",
        "Rigshospitalet",
        "allergi: Penicillin",
        "liv holm",
    ],
)
def test_what_people_write_otherwise_does_not(words: str) -> None:
    assert not like_name(words)


@pytest.mark.parametrize(
    "note", ["Peter", "mor hedder Åse", "Liv", "obs Sten", "Mor: Gry", "Jürgen"]
)
def test_a_first_name_alone_in_a_note_may_be_one(note: str) -> None:
    assert names_child(note)
    assert not like_name(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Tolk",
        "Mor med",
        "Allergi penicillin",
        "obs Astma",
        "Adenotomi",
        "ASA II",
        "BT før",
        "Kommer sent",
        "Tvilling 1",
        "Interpreter",
    ],
)
def test_the_words_that_notes_begin_with_are_no_names(note: str) -> None:
    assert not names_child(note)
