"""An age is refused as it was typed: no sign of it is lost, which would make another of it."""

from __future__ import annotations

import pytest
import scenes
from dashboards import sight_of
from planning import planable

from daemon.protocol.commands import Aged, Plan
from tui.age import Unclear
from tui.commands import Asker
from tui.newcase import aged, pressed
from tui.prompt import AskAge
from tui.searching import hits
from tui.sight import Sight

ASKER = Asker("AS", 7)
GROMMETS = hits(planable(), "d", "da")[0]
WRONG = ["1,5", "4.5", "3 uger", "6u", "6w", "-1", "2½", "4 y", "1-5", "yy", "18 måneder"]


@pytest.fixture(scope="module")
def sight() -> Sight:
    found = sight_of(*scenes.greeting(*scenes.IDLE))
    found.catalogue.apply(planable())
    return found


def through(sight: Sight, prompt: AskAge, signs: str) -> AskAge | Plan | None:
    """Return what comes of typing and Enter."""
    for sign in signs:
        after = pressed(sight, prompt, sign, ASKER)
        prompt = after if isinstance(after, AskAge) else prompt
    outcome = pressed(sight, prompt, "enter", ASKER)
    assert not isinstance(outcome, Aged)
    return outcome if isinstance(outcome, AskAge | Plan) else None


@pytest.mark.parametrize("typed", WRONG)
def test_an_age_that_cannot_be_read_is_asked_again_and_never_planned(
    sight: Sight, typed: str
) -> None:
    asked = through(sight, AskAge(chosen=GROMMETS), typed)
    assert isinstance(asked, AskAge)
    assert asked.unclear is Unclear.MALFORMED
    for line in (f"{typed} 3022", f"3022 {typed}"):
        assert not isinstance(through(sight, AskAge(), line), Plan)


@pytest.mark.parametrize(
    ("typed", "old"), [("4", "4y"), ("8m", "8m"), ("20d", "20d"), ("4å", "4y")]
)
def test_an_age_that_can_be_read_is_planned(sight: Sight, typed: str, old: str) -> None:
    for prompt, line in ((AskAge(chosen=GROMMETS), typed), (AskAge(), f"{typed} 3022")):
        plan = through(sight, prompt, line)
        assert isinstance(plan, Plan)
        assert plan.age == old


@pytest.mark.parametrize("key", ["a", "K", "!", "f5", "up"])
def test_keys_that_go_through_every_question_are_no_part_of_an_age(sight: Sight, key: str) -> None:
    assert aged(sight, AskAge("4", chosen=GROMMETS), key) is None
