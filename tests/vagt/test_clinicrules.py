"""`--config`: verbs without a daemon judge by the clinic's own rules, or say why they do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from clinics import Clinic, clinic

from daemon import config, rulebook, shelf
from daemon.library import library, load, shipped
from vagt import rules
from vagt.main import main

VERBS = {
    "requirements": "requirements 3022",
    "duration-code": "duration-code --minutes 60 --technique ga --airway lma",
    "service-code": "service-code 3027 3033",
}
OLD = "service_3022.toml"


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    """Return a clinic that has signed what it was asked to, and renamed 3022."""
    made = clinic(tmp_path, extra='[rules]\ndir = "own"\n')
    own = tmp_path / "own"
    own.mkdir()
    for name in ("durations.toml", "procedures.toml"):
        text = shipped()[name].text.replace('approved_by = ""', 'approved_by = "AS"')
        (own / name).write_text(text)
    (own / OLD).write_text(shipped()[OLD].text.replace('en = "', 'en = "OUR OWN ', 1))
    return made


def keep(place: Clinic) -> str:
    """Make the rules of the clinic the last good ones, and return their hash."""
    good = rulebook.wanted(config.read(place.config), rules.today())
    place.data.mkdir()
    shelf.keep(good.files, good.hash, place.data)
    return good.hash


def spoil(place: Clinic) -> None:
    (place.root / "own" / "limits.toml").write_text("schema = 2\n")
    (place.root / "own" / "limit.toml").write_text("schema = 1\n")


def ran(line: str, place: Clinic, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main([*line.split(), "--config", str(place.config)])
    return (status, *capsys.readouterr())


def asked(line: str, place: Clinic, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any, str]:
    status, out, err = ran(f"{line} --json", place, capsys)
    assert out.count("\n") == 1
    return status, json.loads(out), err


@pytest.mark.parametrize("line", VERBS.values(), ids=VERBS)
def test_the_rules_that_were_judged_by_are_named_whole_and_for_people_in_short(
    line: str, place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    _, document, err = asked(line, place, capsys)
    ours = rulebook.wanted(config.read(place.config), rules.today()).hash
    assert (document["rules"], document["rules_state"], err) == (ours, "in_order", "")
    assert ran(line, place, capsys)[1].splitlines()[-1] == f"rules {ours[:12]}"
    main([*line.split(), "--json"])
    assert json.loads(capsys.readouterr().out)["rules"] == load().hash != ours


def test_each_verb_judges_by_the_rules_of_the_clinic(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(VERBS["requirements"], place, capsys)[1]["name"].startswith("OUR OWN ")
    assert "decided here (approved by AS)" in ran(VERBS["duration-code"], place, capsys)[1]
    assert "decided here (approved by AS)" in ran(VERBS["service-code"], place, capsys)[1]


@pytest.mark.parametrize("line", VERBS.values(), ids=VERBS)
def test_broken_rules_give_way_to_the_last_good_ones_and_standard_error_says_so(
    line: str, place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    good = keep(place)
    spoil(place)
    status, document, err = asked(line, place, capsys)
    assert (status, document["rules"], document["rules_state"]) == (0, good, "kept")
    assert err.count("\n") == 1
    assert err.startswith(f"vagt {line.split(maxsplit=1)[0]}: {place.root}/own/limit")
    assert err.endswith(" more: see vagt check); the last good rules are used instead\n")


def test_without_a_good_set_the_rules_that_ship_are_used_and_that_is_said(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(place)
    _, document, err = asked(VERBS["requirements"], place, capsys)
    assert (document["rules"], document["rules_state"]) == (load().hash, "shipped")
    assert err.endswith("; the rules that ship are used instead\n")


@pytest.mark.parametrize("line", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("json_too", ["", " --json"])
def test_bad_input_is_one_line_also_where_the_rules_are_broken(
    line: str, json_too: str, place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(place)
    bad = {"requirements": " --age 0y", "duration-code": " --airway ''", "service-code": " ana:1"}
    status, out, err = ran(line + bad[line.split(maxsplit=1)[0]] + json_too, place, capsys)
    assert (status, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("line", VERBS.values(), ids=VERBS)
def test_a_configuration_that_cannot_be_used_is_one_line(
    line: str, place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    place.config.write_text('[site]\nname = "x"\n[bet]\n')
    status, out, err = ran(line, place, capsys)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "'bet' is unknown: remove it" in err
    place.config.unlink()
    status, out, err = ran(line, place, capsys)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "no such file" in err


def test_a_code_that_the_clinic_added_is_known_with_its_rules_and_unknown_without(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shipped()["service_2638.toml"].text.replace("2638", "2699")
    (place.root / "own" / "service_2699.toml").write_text(text)
    assert asked("requirements 2699", place, capsys)[0] == 0
    assert main(["requirements", "2699"]) == 2
    assert library({**shipped()}).book(rules.today()).services.keys().isdisjoint({"2699"})
