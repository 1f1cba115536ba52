"""`vagt people`: what is on paper by the configuration, and PINs by the daemon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clinics import Clinic, clinic
from tellers import Teller

from daemon.protocol.saying import SetPin
from vagt import prompt
from vagt.main import main

PEOPLE = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist"]
insured_to = 2027-06-30

[[person.certificate]]
competence = "resuscitation"
course_on = 2026-03-01
valid_to = 2026-12-01

[[person]]
initials = "OLD"
roles = ["recovery"]
valid_to = 2020-01-01

[[plan]]
about = "own_development"
person = "AS"
dated = 2026-01-01
"""


@pytest.fixture
def here(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=PEOPLE)


@pytest.fixture
def place(tmp_path: Path) -> Teller:
    return Teller(tmp_path / "vagt.sock")


def people(here: Clinic, *words: str) -> int:
    return main(["people", "--config", str(here.config), *words])


def test_people_certificates_and_plans_stand_with_their_dates_and_what_lacks_below(
    here: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert people(here, "--day", "2026-11-22") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].split() == ["AS", "anaesthesiologist", "2027-06-30", "-"]
    assert shown[2].split()[-1] == "LEFT"
    assert shown[4].split() == ["AS", "resuscitation", "2026-03-01", "-", "-", "2026-12-01"]
    assert shown[6].split()[-3:] == ["AS", "2026-01-01", "-"]
    (course,) = (line for line in shown if "advanced resuscitation" in line)
    assert course.startswith("notice: AS: ")
    assert ", 2026-12-01: " in course
    assert "(NOT APPROVED)" in course
    assert not any("OLD" in line for line in shown[7:])


def test_the_same_is_one_document_for_any_day(
    here: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert people(here, "--json", "--day", "2026-12-02") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["day"], told["people"][0]["initials"]) == ("2026-12-02", "AS")
    states = {one["id"]: one["state"] for one in told["papers"] if one["target"] == "AS"}
    assert states["co-04"] == "expired"


def test_a_practice_without_people_says_how_to_list_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert people(clinic(tmp_path)) == 0
    assert "nobody is listed: add [[person]]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--day", "monday"], "--day 'monday': is no day"),
        (["--config", "/nowhere/config.toml"], "/nowhere/config.toml"),
        (["pin"], "--by"),
        (["pin", "--by", "A S"], "--by 'A S'"),
        (["hire"], "invalid choice: 'hire'"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    here: Clinic, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert people(here, *words) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert says in told.err


def typed(monkeypatch: pytest.MonkeyPatch, *pins: str) -> list[str]:
    """Let these be typed one after the other, and return what is asked."""
    left, asked = list(pins), list[str]()

    def getpass(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr("vagt.secret.getpass", getpass)
    return asked


async def test_a_first_pin_is_asked_twice(
    place: Teller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = typed(monkeypatch, "4711", "4711")
    assert await place.run("people", "pin", "--by", "AS") == 0
    assert asked == ["new PIN: ", "the same again: "]
    assert place.asked == [SetPin("practice", "AS", "4711")]
    assert "4711" not in "".join(capsys.readouterr())


async def test_who_has_one_is_asked_for_the_old_one_first(
    place: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = typed(monkeypatch, "0000", "4711", "4711")
    assert await place.run("people", "pin", "--by", "MK") == 0
    assert asked[0] == "old PIN of MK: "
    assert place.asked == [SetPin("practice", "MK", "4711", "0000")]


@pytest.mark.parametrize(
    ("pins", "says"),
    [
        (("4711", "4712"), "the two were not the same: nothing was changed"),
        (("47", "47"), "is no PIN: 4 to 12 digits"),
        (("1234567890123",), "is no PIN: 4 to 12 digits"),
    ],
)
async def test_two_that_differ_or_are_none_change_nothing(
    place: Teller,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pins: tuple[str, ...],
    says: str,
) -> None:
    typed(monkeypatch, *pins)
    assert await place.run("people", "pin", "--by", "AS") == 2
    told = capsys.readouterr().err
    assert says in told
    assert not any(pin in told for pin in pins)
    assert place.asked == []
