from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

from vagt.main import VERBS, UsageError, Verb, main

VAGT = str(Path(sys.executable).with_name("vagt"))


class Fake(ModuleType):
    """A verb that does as it is told."""

    def __init__(self) -> None:
        super().__init__("fake")
        self.heard: list[Namespace] = []
        self.outcome: int | BaseException = 0

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bed")
        parser.add_argument("--minutes", type=int)

    def run(self, arguments: Namespace) -> int:
        self.heard.append(arguments)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Let `show` and `demo` be the fake verb."""
    found = Fake()
    monkeypatch.setitem(sys.modules, "fake", found)
    monkeypatch.setitem(VERBS, "show", Verb("fake", "fake"))
    monkeypatch.setitem(VERBS, "demo", Verb("fake", "fake"))
    return found


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on standard error, standard output being empty."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err.rstrip("\n")


@pytest.mark.parametrize("words", [[], ["show"]])
def test_no_verb_is_the_dashboard(fake: Fake, words: list[str]) -> None:
    assert main(words) == 0
    assert len(fake.heard) == 1


def test_options_without_a_verb_are_the_dashboards(fake: Fake) -> None:
    assert main(["--bed", "Stue 1"]) == 0
    assert fake.heard[0].bed == "Stue 1"


@pytest.mark.parametrize("status", [0, 1])
def test_what_a_verb_answers_is_the_exit_status(fake: Fake, status: int) -> None:
    fake.outcome = status
    assert main(["demo"]) == status


def test_wrong_use_is_one_line_that_names_the_verb(
    fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.outcome = UsageError("no scenario is called 'x';\n  the known are clinic")
    assert main(["demo"]) == 2
    assert said(capsys) == "vagt demo: no scenario is called 'x'; the known are clinic"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["demo", "--bad"], "vagt demo: unrecognized arguments: --bad; see vagt demo --help"),
        (["demo", "--be", "1"], "vagt demo: unrecognized arguments: --be 1; see vagt demo --help"),
        (["demo", "--minutes", "x"], "vagt demo: argument --minutes: invalid int value: 'x'"),
        (["demo", "--minutes", "-1x"], "vagt demo: argument --minutes: invalid int value: '-1x'"),
    ],
)
@pytest.mark.usefixtures("fake")
def test_arguments_that_cannot_be_understood_are_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    assert main(words) == 2
    assert said(capsys).startswith(problem)


def test_an_unknown_verb_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decod"]) == 2
    message = said(capsys)
    assert message.startswith("vagt: there is no verb 'decod'; the verbs are ")
    assert all(verb in message for verb in VERBS)


def test_the_keyboard_ends_a_verb_without_a_trace(
    fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.outcome = KeyboardInterrupt()
    assert main(["demo"]) == 130
    assert capsys.readouterr() == ("", "")


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for verb, (_, purpose) in VERBS.items():
        assert f"  {verb} " in out
        assert purpose in out


def test_the_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vagt {version('vagt')}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"usage: vagt {verb} ")
    assert err == ""


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_can_be_run(verb: str) -> None:
    assert callable(import_module(VERBS[verb].module).run)


def test_the_installed_command_runs() -> None:
    run = subprocess.run([VAGT, "protocols"], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("PROTOCOL")
    assert run.stderr == ""
