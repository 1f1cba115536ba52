"""`vagt checklist` against a daemon that says what the test tells it to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from tellers import CLINIC, MACHINE, Teller, row

from daemon.protocol.daylist import Phrase
from daemon.protocol.saying import Do
from vagt import prompt
from vitals.acts import ChooseClinic, Counter, Mark, Sign
from vitals.practice import Outcome, Readiness
from vitals.vocabulary import Weight


@pytest.fixture
def place(tmp_path: Path) -> Teller:
    return Teller(tmp_path / "vagt.sock")


def at_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: answer)


async def test_readiness_stands_first_and_every_list_has_a_line_for_each_target(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = replace(MACHINE, target="zoll", rows=(row("mc-23", "not_yet"),))
    place.told = (*place.told, waits)
    assert await place.run("checklist", "--lang", "da") == 0
    where, why, heading, *lists = capsys.readouterr().out.splitlines()
    assert where.startswith("2026-11-22  KN Klinik Nord: ")
    assert why.startswith("  holder: dr-01 kit: udløbet ")
    assert "2026-11-22: Adrenaline (da) [" in why
    assert heading.split()[:6] == ["LISTE", "FOR", "BESVARET", "MANGLER", "FEJL", "UNDERSKREVET"]
    assert [line.split()[:5] for line in lists] == [
        ["machine", "kit", "2/4", "2", "1"],
        ["site", "KN", "0/1", "1", "0"],
        ["site", "KS", "0/1", "1", "0"],
    ]
    assert place.asked == []


async def test_no_clinic_yet_says_how_one_is_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Teller(tmp_path / "vagt.sock", (replace(CLINIC, chosen="", reasons=()),))
    assert await place.run("checklist") == 0
    assert "vagt checklist clinic CODE; KN Klinik Nord" in capsys.readouterr().out


async def test_a_gas_is_called_by_its_name_and_of_no_clinic_is_anything_claimed(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    gas = replace(CLINIC.reasons[0], what="gas", id="o2", label=Phrase("oxygen", "ilt", "oksygen"))
    place.told = (replace(CLINIC, reasons=(gas,)),)
    await place.run("checklist", "ready", "--lang", "da")
    assert f"Ilt {gas.target}: " in capsys.readouterr().out
    place.told = (replace(CLINIC, chosen="", readiness=Readiness.UNUSED, reasons=()),)
    await place.run("checklist", "ready", "--lang", "da")
    assert "INGEN DRIFT" not in capsys.readouterr().out


async def test_what_is_only_open_in_a_list_or_a_notice_is_counted_and_told_when_asked_for(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    open_row = replace(CLINIC.reasons[0], what="row", id="mc-01", state="due")
    remark = replace(CLINIC.reasons[0], id="dr-09", weight=Weight.NOTICE, state="short")
    place.told = (replace(CLINIC, reasons=(*CLINIC.reasons, open_row, remark)), MACHINE)
    assert await place.run("checklist") == 0
    shown = capsys.readouterr().out
    assert "2 points missing, 1 remark" in shown
    assert "  hold: mc-01" not in shown
    assert "dr-09" not in shown
    assert await place.run("checklist", "ready") == 1
    _, *reasons = capsys.readouterr().out.splitlines()
    assert [one.split()[1] for one in reasons] == ["dr-01", "mc-01", "dr-09"]
    assert all(one.endswith("(chapter 3)") for one in reasons)


@pytest.mark.parametrize(
    ("state", "status"),
    [("ready", 0), ("notices", 0), ("held", 1), ("unchecked", 1), ("unused", 1)],
)
async def test_a_script_hears_from_the_exit_whether_the_place_is_ready(
    place: Teller, state: str, status: int
) -> None:
    place.told = (replace(CLINIC, readiness=Readiness(state)),)
    assert await place.run("checklist", "ready", "--json") == status


async def test_the_rows_tell_which_of_several_targets_is_meant(place: Teller) -> None:
    other = replace(MACHINE, target="KN", rows=(row("mc-05"),))
    place.told = (CLINIC, MACHINE, other)
    assert await place.run("checklist", "tick", "machine", "mc-05", "--by", "AS") == 0
    assert place.acts == [Mark("machine", ("mc-05",), "KN")]


async def test_one_list_is_shown_row_by_row(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await place.run("checklist", "show", "machine") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "machine kit: machine"
    assert [line.split()[0] for line in shown[2:]] == ["mc-01", "mc-02", "mc-03", "mc-04", "mc-23"]
    assert await place.run("checklist", "show", "machine", "--json") == 0
    assert json.loads(capsys.readouterr().out)["lists"][0]["rows"][0]["id"] == "mc-01"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "trolley"], "no list 'trolley' is here today: there is machine, site"),
        (["sign", "site", "--by", "AS"], "there for several: name one with --target: KN, KS"),
        (["show", "site", "--target", "box"], "site is not about 'box': --target is one of KN, KS"),
        (["tick", "site", "st-02", "--by", "AS"], "name one with --target: KN, KS"),
        (["tick", "machine", "--by", "AS"], "name the rows, or say --all"),
        (["tick", "machine", "mc-01", "--all", "--by", "AS"], "one of both"),
        (["tick", "machine", "mc-01", "--group", "gas", "--by", "AS"], "--group goes with --all"),
        (["tick", "machine", "--all", "--by", "AS"], "say --yes where nobody can answer"),
        (["tick", "machine", "mc-01", "--failed", " ", "--by", "AS"], "failed without a reason"),
        (["tick", "machine", "mc-01", "--na", "", "--by", "AS"], "not applicable without a reason"),
        (["tick", "machine", "mc-01", "--took-s", "-1", "--by", "AS"], "took_s '-1' cannot be"),
        (["tick", "machine", "--all", "--yes", "--group", "x", "--by", "AS"], "no group 'x' in"),
        (["tick", "machine", "mc-01"], "required: --by"),
        (["counter", "0", "slip", "--by", "AS"], "entry '0' cannot be: a whole number from 1"),
        (["counter", "7", "", "--by", "AS"], "reason '' cannot be: 1 to 120 signs"),
        (["sign", "machine", "--by", "A S"], "--by 'A S'"),
        (["clinic", "", "--by", "AS"], "site '' cannot be: a name of 1 to 32 signs"),
    ],
)
async def test_what_cannot_be_asked_is_one_line_and_nothing_is_said(
    place: Teller, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert await place.run("checklist", *words) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n"), place.asked) == ("", 1, [])
    assert says in told.err


async def test_rows_are_ticked_failed_and_left_out_with_their_reasons(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--by", "AS")
    assert await place.run("checklist", "tick", "machine", "mc-01", "mc-03", *by) == 0
    assert capsys.readouterr().out == "tick: entry 12\n"
    failed = ("mc-04", "--failed", "leaks", "--target", "kit", "--took-s", "9,5")
    assert await place.run("checklist", "tick", "machine", *failed, *by) == 0
    left = ("--na", "no N2O here")
    assert await place.run("checklist", "tick", "site", "st-02", "--target", "KS", *left, *by) == 0
    assert place.acts == [
        Mark("machine", ("mc-01", "mc-03"), "kit"),
        Mark("machine", ("mc-04",), "kit", Outcome.FAILED, "leaks", 9.5),
        Mark("site", ("st-02",), "KS", Outcome.NOT_APPLICABLE, "no N2O here"),
    ]


async def test_all_is_said_only_after_it_was_shown_and_agreed_to_with_the_time_that_took(
    place: Teller, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = ("checklist", "tick", "machine", "--all", "--by", "AS")
    at_terminal(monkeypatch, "\n")
    assert await place.run(*every) == 1
    assert capsys.readouterr().out.endswith("nothing was said\n")
    assert place.asked == []
    at_terminal(monkeypatch, "j\n")
    assert await place.run(*every) == 0
    shown = capsys.readouterr()
    assert "2 rows: all looked at? [y/N]" in shown.err
    assert "what mc-01 asks" in shown.out
    assert "mc-02" not in shown.out
    (mark,) = place.acts
    assert isinstance(mark, Mark)
    assert mark.rows == ("mc-01", "mc-03")
    assert mark.took_s is not None


async def test_a_script_says_of_a_group_that_it_was_looked_at(place: Teller) -> None:
    every = ("tick", "machine", "--all", "--group", "gas", "--yes", "--took-s", "4", "--by", "AS")
    assert await place.run("checklist", *every) == 0
    assert place.acts == [Mark("machine", ("mc-03",), "kit", took_s=4)]


async def test_groups_and_lists_are_called_as_people_call_them(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    called = {"power": Phrase("Power", "Strøm", "Strøm"), "gas": Phrase("Gas", "Gasser", "Gasser")}
    titled = replace(MACHINE, titles=tuple(called[name] for name in MACHINE.groups))
    place.told = (CLINIC, titled)
    assert await place.run("checklist", "show", "machine", "--lang", "da") == 0
    _, _, *rows = capsys.readouterr().out.splitlines()
    assert {line.split()[1] for line in rows} == {"Strøm", "Gasser"}
    assert await place.run("checklist", "--lang", "da") == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(MACHINE.label.da)
    every = ("tick", "machine", "--all", "--group", "Gasser", "--yes", "--by", "AS")
    assert await place.run("checklist", *every, "--lang", "da") == 0
    assert place.acts == [Mark("machine", ("mc-03",), "kit")]


async def test_nothing_due_is_nothing_said(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    done = tuple(one for one in MACHINE.rows if one.state == "done")
    place.told = (CLINIC, replace(MACHINE, rows=done))
    words = ("checklist", "tick", "machine", "--all", "--yes", "--by", "AS")
    assert await place.run(*words) == 1
    assert capsys.readouterr().out == "machine kit: nothing is due\n"
    assert await place.run(*words, "--json") == 1
    assert json.loads(capsys.readouterr().out)["result"] == "refused"
    assert place.asked == []


async def test_what_was_due_on_an_earlier_day_is_named_row_by_row(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    late = ("--by", "AS", "--at", "-2880", "--reason", "paper")
    every = ("checklist", "tick", "machine", "--all", "--yes", *late)
    assert await place.run(*every) == 1
    says = "of an earlier day name the rows, as tick machine mc-01 mc-02\n"
    assert capsys.readouterr().out.endswith(says)
    assert await place.run(*every, "--json") == 1
    assert json.loads(capsys.readouterr().out)["result"] == "refused"
    assert place.asked == []
    assert await place.run("checklist", "tick", "machine", "mc-01", *late) == 0


async def test_a_time_of_the_clock_is_told_as_it_was_typed(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    tick = ("checklist", "tick", "machine", "mc-01", "--by", "AS", "--at")
    for _ in range(2):
        assert await place.run(*tick, "00:00") == 0
    first, again = (one for one in place.asked if isinstance(one, Do))
    assert first.at == again.at
    assert first.at is not None
    assert (first.at.minute, first.at.second, first.at.microsecond) == (0, 0, 0)
    assert await place.run(*tick, "2020-01-01T08:00", "--reason", "paper") == 2
    assert "is too long ago: at most 400 days" in capsys.readouterr().err
    assert await place.run(*tick, "-99999999") == 2
    assert "at most 400 days" in capsys.readouterr().err


async def test_initials_are_enough_for_who_has_no_pin(place: Teller) -> None:
    assert await place.run("checklist", "sign", "machine", "--by", "AS") == 0
    assert [(one.act, one.pin) for one in place.asked if isinstance(one, Do)] == [
        (Sign("machine", "kit"), "")
    ]


async def test_who_has_a_pin_is_asked_for_it_at_the_terminal(
    place: Teller, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = ("checklist", "sign", "machine", "--by", "MK")
    assert await place.run(*sign) == 2
    assert "nobody is at a terminal: name --pin-file" in capsys.readouterr().err
    at_terminal(monkeypatch, "")
    monkeypatch.setattr("vagt.secret.getpass", lambda _: "4711")
    assert await place.run(*sign) == 0
    assert [one.pin for one in place.asked if isinstance(one, Do)] == ["4711"]
    assert "4711" not in "".join(capsys.readouterr())


async def test_a_pin_comes_from_a_file_that_nobody_else_may_read(
    place: Teller, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pin"
    sign = ("checklist", "sign", "machine", "--by", "MK", "--pin-file", str(file))
    assert await place.run(*sign) == 2
    assert "no such file" in capsys.readouterr().err
    file.write_text("4711\n")
    file.chmod(0o640)
    assert await place.run(*sign) == 2
    assert f"others may read it: chmod 600 {file}" in capsys.readouterr().err
    file.chmod(0o600)
    assert await place.run(*sign) == 0
    assert [one.pin for one in place.asked if isinstance(one, Do)] == ["4711"]
    file.write_text("hunter2")
    assert await place.run(*sign) == 2
    told = capsys.readouterr().err
    assert "is no PIN: 4 to 12 digits" in told
    assert "hunter2" not in told


async def test_a_clinic_is_chosen_and_an_entry_countered_when_it_was_so(place: Teller) -> None:
    late = ("--at", "-5", "--reason", "hands were busy")
    assert await place.run("checklist", "clinic", "KS", "--by", "AS", *late) == 0
    assert await place.run("checklist", "counter", "7", "wrong list", "--by", "AS") == 0
    assert place.acts == [ChooseClinic("KS"), Counter(7, "wrong list")]
    first = place.asked[0]
    assert isinstance(first, Do)
    assert (first.by, first.ago_s, first.reason) == ("AS", 300, "hands were busy")


async def test_what_the_daemon_refuses_is_said_and_ends_with_1(
    place: Teller, capsys: pytest.CaptureFixture[str]
) -> None:
    place.refuses = "there is no row 'mc-99' in machine: expected mc-01"
    tick = ("checklist", "tick", "machine", "mc-99", "--by", "AS")
    assert await place.run(*tick) == 1
    assert capsys.readouterr().out == f"refused: {place.refuses}\n"
    assert await place.run(*tick, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "result": "refused",
        "reason": "bad_act",
        "detail": place.refuses,
        "entry": None,
        "flags": [],
    }
