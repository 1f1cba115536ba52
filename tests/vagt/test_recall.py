"""`vagt case show`: one case by the end of its number, of the daemon and of its journal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from clinics import BED, Clinic, clinic, daemon, ear
from days import opening
from injections import CPR, MEDROL, PAIR, TRAINED, earlier, practice, room
from manual import at
from msgspec.structs import replace

from daemon.journal.store import FILE
from daemon.journal.writer import Journal
from daemon.library import shipped
from vagt.main import main

RULES = '[rules]\ndir = "own"\n'
LIMITS = "limits.toml"


class Done(NamedTuple):
    """What a verb said, and how it ended."""

    code: int
    out: str
    err: str


class Person:
    """Types `vagt case show` in this very process."""

    def __init__(self, screen: pytest.CaptureFixture[str]) -> None:
        self._screen = screen

    def shows(self, text: str, *more: str) -> Done:
        self._screen.readouterr()
        code = main(["case", "show", text, *more])
        return Done(code, *self._screen.readouterr())

    def told(self, text: str, *more: str) -> dict[str, Any]:
        done = self.shows(text, *more, "--json")
        assert (done.code, done.err) == (0, "")
        found: dict[str, Any] = json.loads(done.out)
        return found


@pytest.fixture
def person(capsys: pytest.CaptureFixture[str]) -> Person:
    return Person(capsys)


def gist(case: dict[str, Any]) -> list[Any]:
    """Return what was said and what it came to, without moments: the journal rounds them."""
    said = [(one["number"], one["deed"], one["by"], one["struck"]) for one in case["entries"]]
    judged = [
        (one["basis"], one["result"], [(why["rule"], why["why"]) for why in one["reasons"]])
        for one in case["verdicts"]
    ]
    account = case["account"] or {"watched": []}
    watched = [(one["basis"], one["modality"], len(one["gaps"])) for one in account["watched"]]
    return [case["case"], case["state"], case["rules"], said, judged, watched]


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Hold two tellings of a case that was judged to each other."""
    assert one["verdicts"]
    assert gist(one) == gist(other)


async def lived(place: Clinic, person: Person) -> dict[str, Any]:
    """Let two cases come and a third begin; return the first as the daemon tells it."""
    with daemon(place):
        async with ear(place) as hears:
            for code in ("3022", "3021"):
                await hears.ask("start", code=code, age="4y")
                await hears.ask("end")
                await hears.home()
            await hears.ask("start", code="3021", age="8m")
            return person.told("-001", "--socket", str(place.socket))


async def test_a_case_whose_bed_two_others_have_had_is_shown_and_the_journal_judges_it_alike(
    tmp_path: Path, person: Person
) -> None:
    place = clinic(tmp_path, extra="[monitoring]\ninduction_grace_s = 0\n")
    before = await lived(place, person)
    assert (before["earlier"], before["remark"]) == (True, "")
    after = person.told("001", "--config", str(place.config))
    same(before, after)
    assert after["remark"] == ""
    # The clinic's own grace is not known: it is said, and the verdict may differ.
    assert person.told("001", "--data", str(place.data))["remark"] == "unsettled"
    text = person.shows("001", "--data", str(place.data), "--lang", "en").out.splitlines()
    assert text[-1] == "Judged without the settings of the clinic (--config)"


async def test_a_case_is_judged_by_the_rules_that_it_was_opened_under_or_not_at_all(
    tmp_path: Path, person: Person
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / LIMITS).write_text(shipped()[LIMITS].text + "\n# looked through\n")
    place = clinic(tmp_path, extra=RULES)
    before = await lived(place, person)
    # The set is kept beside the journal, so that its hash leads to it without a configuration.
    same(before, person.told("001", "--data", str(place.data)))
    shutil.rmtree(place.data / "rules")
    same(before, person.told("001", "--config", str(place.config)))
    unjudged = person.told("001", "--data", str(place.data))
    assert (unjudged["remark"], unjudged["verdicts"]) == ("unjudged", [])
    assert len(unjudged["entries"]) == len(before["entries"])
    (own / LIMITS).write_text(shipped()[LIMITS].text + "\n# and again\n")
    text = person.shows("001", "--config", str(place.config), "--lang", "en").out.splitlines()
    rules = before["rules"]
    assert text[-1] == f"NOT JUDGED: its rules ({rules}) are not at hand (--config)"


async def test_what_a_patient_was_given_in_other_cases_is_in_the_verdict_of_the_journal_too(
    tmp_path: Path, person: Person
) -> None:
    place = practice(tmp_path, TRAINED)
    await earlier(place, [110, 90, 70])
    async with room(place) as at_bed:
        await at_bed.planned("2635")
        await at_bed.said("pair", **PAIR)
        await at_bed.given(patient=CPR, anyway=True, history="denied", **MEDROL)
        await at_bed.said("pair", **PAIR)
        contract = await at_bed.gone()
        number = at_bed.hears.of("case")[-1]["case"]
        before = person.told(number, "--socket", str(place.socket))
    assert "2635.series" in {one["rule"] for one in contract["reasons"]}
    place.root.joinpath("patients.key").chmod(0o777)
    done = person.shows(number, "--config", str(place.config), "--json")
    assert done.err == ""
    same(before, json.loads(done.out))


@pytest.fixture
async def kept(tmp_path: Path) -> Clinic:
    """Return a clinic with a journal of two cases whose numbers end alike."""
    place = clinic(tmp_path)
    place.data.mkdir()
    journal = Journal(place.data / FILE, "boot")
    await journal.open(at(0))
    for day, seconds in (("261122", 0.0), ("261123", 86_400.0)):
        event = replace(opening(14, BED), case=f"KN-{day}-014", day=day, rules="f" * 64)
        await journal.append(event, at(seconds))
    await journal.close()
    return place


def test_where_several_numbers_end_so_they_are_listed_and_where_none_does_find_is_named(
    kept: Clinic, person: Person
) -> None:
    with daemon(kept):
        while (listed := person.shows("014", "--socket", str(kept.socket))).code == 2:
            pass  # until the daemon listens; a test has its own limit
        lines = [
            "2 cases at hand end in '014': write more of it",
            "KN-261122-014",
            "KN-261123-014",
        ]
        assert (listed.code, sorted(listed.out.splitlines())) == (1, sorted(lines))
        none = person.shows("015", "--socket", str(kept.socket))
        said = "no case at hand ends in '015': `vagt case find 015` looks in all of the journal\n"
        assert (none.code, none.out, none.err) == (1, said, "")
        assert person.told("23-014", "--socket", str(kept.socket))["case"] == "KN-261123-014"
    listed = person.shows("-014", "--data", str(kept.data))
    lines[0] = "2 cases in the journal end in '-014': write more of it"
    assert (listed.code, listed.out.splitlines()) == (1, lines)
    assert person.shows("015", "--data", str(kept.data)).out.startswith("no case in the journal")
    assert person.told("22-014", "--data", str(kept.data))["case"] == "KN-261122-014"
    document = json.loads(person.shows("014", "--data", str(kept.data), "--json").out)
    assert document == {"case": None, "numbers": ["KN-261122-014", "KN-261123-014"]}
    assert person.shows("", "--data", str(kept.data)).code == 2
