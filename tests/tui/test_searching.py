from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import planable

from daemon.protocol.procedures import Procedure
from tui.searching import Hit, folded, hits
from vitals.vocabulary import CaseKind
from words.catalogue import Language

TOLD = planable()
PROCEDURES = st.sampled_from(TOLD.procedures)


def danish(typed: str) -> list[Hit]:
    return hits(TOLD, typed, "da")


def fits(hit: Hit, typed: str) -> bool:
    """Tell whether a word typed begins a word of what people read or say, or a number."""
    called = next((one.called for one in TOLD.procedures if one.name.da == hit.name), None)
    text = f"{hit.name} {called.da if called else ''}"
    for sign in "()/,.-":
        text = text.replace(sign, " ")
    numbers = (*hit.numbers, *hit.beside, *(hit.codes if not hit.numbers else ()))
    return any(folded(word).startswith(folded(typed)) for word in (*text.split(), *numbers))


def test_grommets_are_the_first_hit_of_one_letter() -> None:
    first, *others = danish("d")
    assert (first.numbers, first.beside, first.codes) == (("3009",), ("3109",), ("3021",))
    assert others
    assert "Biopsi" not in [one.name for one in others]


@given(PROCEDURES, st.sampled_from(list(Language)))
def test_every_procedure_is_found_by_its_number_and_by_the_beginnings_of_its_words(
    one: Procedure, language: Language
) -> None:
    name = getattr(one.name, language.value)
    begun = " ".join(word.strip("()/,.")[:3] for word in name.split() if word[0].isalpha())
    for typed in (one.numbers[0], begun, begun.upper(), folded(begun)):
        names = [hit.name for hit in hits(TOLD, typed, language.value)]
        assert name in names


@given(st.text("abdefghiklmnoprstuvæøå0123", min_size=1, max_size=6))
def test_only_what_fits_is_shown(typed: str) -> None:
    assert all(fits(hit, typed) for hit in danish(typed))


@given(PROCEDURES)
def test_another_word_never_finds_more(one: Procedure) -> None:
    first, *others = one.name.da.split()
    fewer = danish(" ".join((first, *others[:1])))
    assert {hit.name for hit in fewer} <= {hit.name for hit in danish(first)}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("aets", "3002"), ("oere", "3051"), ("ØRE", "3051"), ("kaebe", "3028"), ("mand", "3015")],
)
def test_letters_that_a_keyboard_lacks_are_written_with_two(typed: str, first: str) -> None:
    assert first in [hit.numbers[0] for hit in danish(typed) if hit.numbers]


def test_what_is_done_most_often_comes_first_then_what_begins_so_then_numbers() -> None:
    numbers = [hit.numbers[0] for hit in danish("fj") if hit.numbers]
    assert numbers[0] == "3005"
    numbers = [hit.numbers[0] for hit in danish("tr") if hit.numbers]
    assert numbers[:2] == ["3009", "3023"]


def test_the_order_of_frequency_is_that_of_the_estimates() -> None:
    ranked = {one.numbers[0]: one.rank for one in TOLD.procedures if one.rank}
    assert ranked == {"3009": 1, "3005": 2, "3015": 3, "3057": 4}


def test_a_number_of_the_other_side_brings_its_base() -> None:
    (both,) = danish("3009 3109")
    assert both.numbers == ("3009", "3109")
    assert [hit.numbers for hit in danish("3109")] == [("3009", "3109")]
    assert next(hit.numbers for hit in danish("310")) == ("3009",)


def test_numbers_that_may_stand_together_are_one_hit_and_others_none() -> None:
    (hit,) = danish("3057 3009")
    assert (sorted(hit.numbers), hit.codes) == (["3009", "3057"], ("3023",))
    assert hit.name.startswith("Anlæggelse af trommehindedræn")
    assert " + Delvis fjernelse" in hit.name
    assert danish("3009 3024") == []


def test_behind_a_whole_number_more_words_look_for_what_is_done_besides() -> None:
    both = danish("3009 adeno")
    assert [(hit.numbers, hit.codes) for hit in both] == [(("3009", "3005"), ("3022",))]
    assert [sorted(hit.numbers) for hit in danish("3005 3009 mandler")] == [
        ["3005", "3009", "3015"],
        ["3005", "3009", "3057"],
    ]
    assert danish("3024 adeno") == []


def test_a_code_is_found_by_itself_before_the_procedure_of_the_same_digits() -> None:
    first, second = danish("3022")
    assert (first.codes, first.numbers, first.kind) == (("3022",), (), CaseKind.ANAESTHETIC)
    assert second.numbers == ("3022",)
    (block,) = danish("2635")
    assert (block.codes, block.kind) == (("2635",), CaseKind.BLOCK)


def test_what_goes_with_another_code_is_not_offered() -> None:
    assert danish("5000") == []
    assert danish("2265") == []


def test_a_procedure_that_may_be_anywhere_asks_for_its_site_and_one_by_name_does_not() -> None:
    asked, named = (
        next(hit for hit in danish("3053") if hit.name.endswith(end))
        for end in ("fremmedlegeme", "spiserør")
    )
    assert asked.sites == ("ear", "nose", "mouth_throat")
    assert (named.site, named.sites, named.codes) == ("larynx_oesophagus", (), ("3024",))


def test_nothing_is_found_by_nothing() -> None:
    assert danish("") == danish("  ") == []
    assert hits(None, "d", "da") == []
