"""A refusal over the real socket carries its parts, for a screen of any language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from clinics import Ear, clinic, daemon, ear

PEOPLE = "".join(
    f'[[person]]\ninitials = "{initials}"\nroles = ["{role}"]\n'
    for initials, role in (("AS", "anaesthesiologist"), ("MK", "recovery"), ("TE", "technician"))
)


@pytest.fixture
async def hears(tmp_path: Path) -> AsyncIterator[Ear]:
    place = clinic(tmp_path, extra=PEOPLE)
    with daemon(place):
        async with ear(place) as found:
            await found.ask("start", code="3021", age="4y", by="AS")
            yield found


async def why(hears: Ear, do: str, by: str = "AS", ago_s: float = 0.0, **deed: Any) -> Any:
    answer = await hears.ask("enter", by=by, ago_s=ago_s, deed={"do": do, **deed})
    assert answer["result"] == "refused", answer
    return answer["because"]


async def test_each_refusal_of_the_day_says_what_could_be_instead(hears: Ear) -> None:
    number = await why(hears, "reading", measure="spo2", value=120)
    assert (number["why"], number["measure"]) == ("range", "spo2")
    assert (number["value"], number["lowest"], number["highest"]) == (120, 0, 100)
    moment = await why(hears, "discharge")
    assert (moment["why"], moment["deed"]) == ("moment", "discharge")
    assert "end" in moment["expected"]
    role = await why(hears, "relaxant", by="TE")
    assert role == {"why": "role", "about": "TE", "deed": "relaxant", "expected": ["AS"]}
    sign = await why(hears, "conclude", by="TE", words=[])
    assert sign == {"why": "sign", "about": "TE", "expected": ["AS"]}
    unknown = await why(hears, "relaxant", by="ZZ")
    assert unknown == {"why": "initials", "about": "ZZ", "expected": ["AS", "MK", "TE"]}
    words = await why(hears, "conclude", words=["awake"])
    assert words["expected"] == ["clear", "relevant", "circulation", "respiration"]


async def test_a_bed_that_is_taken_and_an_age_that_cannot_be_are_named(hears: Ear) -> None:
    taken = await hears.ask("plan", by="AS", age="4y", code="3021")
    assert taken["because"]["why"] == "running"
    assert taken["because"]["about"].startswith("KN-")
    aged = await hears.ask("aged", by="AS", age="121y")
    assert aged["because"] == {"why": "age", "about": "121y"}
