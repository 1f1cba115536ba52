"""What speaks against something is a whole sentence in each language, with no id of a row in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from practices import room

from daemon.protocol.messages import Answer, Result
from tui.against import against
from vagt.doing import lines
from vitals import acts
from vitals.against import Against
from vitals.practice import Ware
from words.catalogue import Language, Words

DANISH = Words(Language.DANISH)


@pytest.mark.parametrize("language", Language)
async def test_a_place_that_is_none_is_told_whole(tmp_path: Path, language: Language) -> None:
    async with room(tmp_path) as one:
        said = await one.say(acts.ChooseClinic("K9"))
    assert said.against is not None
    line = against(Words(language), said.against)
    assert "K9" in line
    assert "KN" in line
    assert (line == said.detail.partition(":")[0]) is False
    read = msgspec.json.decode(msgspec.json.encode(said), type=Answer)
    (told,) = lines(read, "clinic", Words(language))
    assert language is Language.ENGLISH or told.endswith(line)


async def test_a_row_is_named_by_its_label_and_not_by_its_id(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        said = await one.say(acts.Mark("machine", ("mc-01",), "K9"))
    assert said.against is not None
    assert "mc-01" in said.detail
    line = against(DANISH, said.against)
    assert "mc-01" not in line
    assert "K9" in line


@pytest.mark.parametrize(
    ("atc", "word"), [("CO1CA24", "C01CA24"), ("Z99ZZ99", "er ikke i tabellen")]
)
async def test_a_letter_in_the_place_of_a_digit_is_told_with_what_was_meant(
    tmp_path: Path, atc: str, word: str
) -> None:
    pack = acts.Receive("dr-01", Ware.DRUG, "A1", date(2027, 6, 30), 5, "kit", atc=atc)
    async with room(tmp_path) as one:
        said = await one.say(pack)
    assert said.against is not None
    line = against(DANISH, said.against)
    assert atc in line
    assert word in line


def test_what_a_newer_daemon_says_has_no_words_here() -> None:
    assert against(DANISH, Against("newer")) == ""


def test_what_was_taken_is_echoed_in_the_language() -> None:
    (told,) = lines(Answer("p", Result.RECORDED, rows=(13,)), "cylinder", DANISH)
    assert told.startswith("flaske indtastet: ")
