"""The installer: what it does, what it leaves as it is, and what it refuses in one line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from berth import BUILT, SCRIPTS, Berth

CONFIG = "etc/vagt/config.toml"


@pytest.fixture
def berth(tmp_path: Path) -> Berth:
    return Berth(tmp_path)


def test_shells_own_critic_finds_nothing() -> None:
    scripts = sorted([*SCRIPTS.glob("*.sh"), *(SCRIPTS / "files").glob("*.sh")])
    names = [str(one) for one in scripts]
    run = subprocess.run(
        ["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("", 0)
    assert len(scripts) >= 6


def test_a_plan_names_every_step_and_takes_none(berth: Berth) -> None:
    before = berth.tree()
    answer = berth.types(berth.release("1.0") / "install.sh", "--dry-run", ASKED_BY="1000")
    assert (answer.status, answer.faults) == (0, "")
    steps = [line.removeprefix("would run: ") for line in answer.said.splitlines()]
    wanted = ["useradd", "usermod", "install -d", "python3 -m venv", "ln -sfn", "systemctl daemon-"]
    wanted += [
        "systemctl enable vagt.service",
        "enable --now vagt-report.timer",
        "systemctl restart vagt",
    ]
    places = [next((n for n, step in enumerate(steps) if one in step), -1) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert steps[-1] == "nothing was changed"
    assert berth.tree() == before
    assert berth.said("systemctl") == berth.said("useradd") == []


def test_it_installs_and_the_second_time_changes_nothing(berth: Berth) -> None:
    script = berth.release("1.0") / "install.sh"
    answer = berth.types(script)
    assert (answer.status, answer.faults) == (0, ""), answer
    assert (berth.current, berth.running) == ("1.0", True)
    assert (berth.root / CONFIG).read_text() == (SCRIPTS / "files/config.toml").read_text()
    assert os.access(berth.root / "usr/local/bin/vagt", os.X_OK)
    there, config = berth.tree(), berth.root / CONFIG
    config.write_text("[site]\n# the clinic's own\n")
    accounts = berth.said("useradd")
    berth.forget()
    assert berth.types(script).status == 0
    assert berth.tree() == there
    assert "the clinic's own" in config.read_text()
    assert berth.said("restart vagt.service") == []
    assert berth.said("useradd") == accounts


def test_what_a_power_cut_left_half_made_is_made_anew(berth: Berth) -> None:
    half = berth.root / "opt/vagt/releases/1.0/bin"
    half.mkdir(parents=True)
    (half / "vagt").write_text("half")
    assert berth.types(berth.release("1.0") / "install.sh").status == 0
    assert (berth.root / "opt/vagt/releases/1.0/whole").is_file()
    assert (half / "vagt").read_text() != "half"


def test_a_configuration_with_errors_is_named_and_nothing_is_started(berth: Berth) -> None:
    (berth.root / CONFIG).parent.mkdir(parents=True)
    (berth.root / CONFIG).write_text("broken")
    answer = berth.types(berth.release("1.0") / "install.sh")
    assert answer.status == 2
    assert "config.toml: broken" in answer.faults
    assert "has the errors above: mend them" in answer.faults
    assert not berth.running


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"MACHINE": "x86_64", "USERLAND": "amd64"}, "this machine is x86_64 (amd64)"),
        ({"USERLAND": "armhf"}, "this is a 32-bit system (armhf): write Raspberry Pi OS (64-bit)"),
        ({"MACHINE": "armv7l", "USERLAND": "armhf"}, "this is a 32-bit system (armhf)"),
        ({"ASKED_BY": "1000"}, "only root may install: begin the command with sudo"),
        ({"FREE_MB": "300"}, "300 MB are free below"),
        ({"MISSING": "alsa-utils", "OFFLINE": "yes"}, "join the network, or install these by hand"),
    ],
)
def test_a_machine_that_does_not_fit_is_refused_in_one_line(
    berth: Berth, environment: dict[str, str], told: str
) -> None:
    script = berth.release("1.0") / "install.sh"
    before = berth.tree()
    answer = berth.types(script, **environment)
    assert (answer.status, answer.said, berth.tree()) == (2, "", before)
    (line,) = answer.faults.splitlines()
    assert told in line


def test_a_system_that_was_never_tried_is_refused(tmp_path: Path) -> None:
    berth = Berth(tmp_path, codename="bullseye")
    answer = berth.types(berth.release("1.0") / "install.sh")
    assert answer.status == 2
    assert "this system is 'bullseye'" in answer.faults


def test_a_clock_that_nobody_has_set_is_refused(berth: Berth) -> None:
    release = berth.release("1.0")
    (release.parent / "shims/date").write_text(
        f'#!/bin/sh\ncase "$*" in +%s) echo {BUILT - 86400} ;; *) exec /bin/date "$@" ;; esac\n'
    )
    (release.parent / "shims/date").chmod(0o755)
    answer = berth.types(release / "install.sh")
    assert answer.status == 2
    assert "before this release was made (2026-09-21): wait for the time server" in answer.faults


@pytest.mark.parametrize("spoilt", ["steps.sh", "units/vagt.service", "requirements.lock"])
def test_a_release_that_was_altered_is_refused(berth: Berth, spoilt: str) -> None:
    release = berth.release("1.0")
    with (release / spoilt).open("a") as file:
        file.write("# another line\n")
    answer = berth.types(release / "install.sh")
    assert answer.status == 2
    assert "is missing or was altered: unpack vagt-VERSION-raspberrypi.tar.gz" in answer.faults


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--fast"], "--fast is unknown: see ./install.sh --help"),
        (["--wheelhouse"], "--wheelhouse needs a word behind it"),
        (["--wheelhouse", "nowhere"], "nowhere is no folder"),
        (["--sound-card", "hifiberry-dac"], "an overlay (hifiberry-dac) needs a Raspberry Pi"),
    ],
)
def test_wrong_use_is_one_line(berth: Berth, words: list[str], told: str) -> None:
    answer = berth.types(berth.release("1.0") / "install.sh", *words)
    assert answer.status == 2
    assert told in answer.faults


def test_overlays_are_written_once(berth: Berth) -> None:
    boot = berth.root / "boot/firmware/config.txt"
    boot.parent.mkdir(parents=True)
    boot.write_text("[all]\nenable_uart=1\n")
    script = berth.release("1.0") / "install.sh"
    for _ in range(2):
        words = ("--sound-card", "hifiberry-dac", "--ups-pin", "17")
        assert berth.types(script, *words).status == 0
    lines = boot.read_text().splitlines()
    assert lines[:2] == ["[all]", "enable_uart=1"]
    power = "dtoverlay=gpio-shutdown,gpio_pin=17,active_low=1,gpio_pull=up"
    assert [one for one in lines if "=" in one][1:] == ["dtoverlay=hifiberry-dac", power]


def test_the_simulated_clinic_never_takes_the_place_of_a_real_one(berth: Berth) -> None:
    script = berth.release("1.0") / "install.sh"
    assert berth.types(script).status == 0
    answer = berth.types(script, "--simulated")
    assert answer.status == 2
    assert "is not the simulated clinic: put it aside first" in answer.faults
    assert berth.said("systemctl enable vagt-simulated") == []


def test_the_dashboard_takes_the_place_of_the_login(berth: Berth) -> None:
    script = berth.release("1.0") / "install.sh"
    assert berth.types(script, "--dashboard", '--lang da --bed "Stue 1"').status == 0
    told = (berth.root / "etc/vagt/dashboard.env").read_text()
    assert told == 'VAGT_SHOW=--lang da --bed "Stue 1"\n'
    assert berth.said("disable --now getty@tty1.service")
    assert berth.said("restart vagt-dashboard.service")


def test_an_environment_that_lost_its_python_is_made_anew(berth: Berth) -> None:
    script = berth.release("1.0") / "install.sh"
    assert berth.types(script).status == 0
    program = berth.root / "opt/vagt/releases/1.0/bin/vagt"
    program.write_text("#!/nowhere/python3\n")
    assert berth.types(script).status == 0
    assert "nowhere" not in program.read_text()


def test_a_clinic_that_becomes_real_is_no_longer_open_to_simulated_monitors(berth: Berth) -> None:
    script = berth.release("1.0") / "install.sh"
    allowed = berth.root / "etc/systemd/system/vagt.service.d/simulated.conf"
    assert berth.types(script, "--simulated").status == 0
    assert berth.types(script).status == 0
    assert allowed.is_file()
    (berth.root / CONFIG).unlink()
    assert berth.types(script).status == 0
    assert not allowed.exists()
