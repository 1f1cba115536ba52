from __future__ import annotations

import pytest

from monitoring.note import like_name


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
