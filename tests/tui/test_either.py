"""A bare 0 or 1 of the day list is asked back, as it is of a new case."""

from __future__ import annotations

import pytest
from desks import desk

from daemon.protocol.daylist import BadLine, PasteRows
from daemon.protocol.messages import Refusal
from tui.writing import either
from vitals.listing import Slip
from words.catalogue import Language


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.DANISH, "måneder eller år? skriv 1m eller 1å"),
        (Language.NORWEGIAN, "måneder eller år? skriv 1m eller 1å"),
        (Language.ENGLISH, "months or years? write 1m or 1y"),
    ],
)
async def test_it_is_asked_back_with_the_line_as_it_was_typed(
    language: Language, says: str
) -> None:
    async with desk(language=language) as at:
        await at.press("f5", "n", *"3009 1", "enter")
        await at.answer(Refusal.BAD_LINES, BadLine(1, Slip.EITHER_AGE, "age '1'"))
        assert at.shows(says, "3009 1▏")
        _, again = await at.press("m", "enter")
        assert isinstance(again, PasteRows)
        assert again.text == "3009 1m"


@pytest.mark.parametrize(
    ("line", "age"),
    [("3009 1", "1"), ("0 3009 mor", "0"), ("3009;1;h", "1"), ("3009 11", ""), ("1m 3009", "")],
)
def test_the_number_that_is_asked_about_is_found_in_the_line(line: str, age: str) -> None:
    assert either(line) == age
