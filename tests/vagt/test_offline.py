"""`run`, `check`, `simulate` and `journal` with good, bad and no input, as real processes."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from clinics import VAGT, Clinic, clinic, daemon, ear
from talkers import table

BAD = """
[site]
name = "Klinik Nord"
code = "k n"
[[bed]]
name = "Stue 1"
[[device]]
name = "nonin"
protocol = "nonin-df2"
bed = "Stue 1"
"""


def vagt(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VAGT, *words], capture_output=True, text=True, check=False, timeout=15)


async def recorded(place: Clinic) -> None:
    """Leave a journal with one case in it."""
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.ask("end")
            await hears.home()


@pytest.mark.parametrize("verb", [["run", "--config"], ["check"]], ids=["run", "check"])
def test_a_bad_configuration_is_told_line_by_line(verb: list[str], tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(BAD)
    done = vagt(*verb, str(tmp_path / "c.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "[site]: code: " in lines[0]
    assert "[[device]] 1: port: is missing: add it" in lines[1]


@pytest.mark.parametrize("verb", [["run", "--config"], ["check"]], ids=["run", "check"])
def test_an_activation_of_what_no_region_activates_is_refused_by_name(
    verb: list[str], tmp_path: Path
) -> None:
    rows = [
        f'[[activation]]\ncode = "{code}"\nregion = "N"\nsince = 2026-01-01\nreference = "7"\n'
        for code in ("3020", "ent:3022")
    ]
    place = clinic(tmp_path, extra="".join(rows))
    done = vagt(*verb, str(place.config))
    assert (done.returncode, done.stdout) == (2, "")
    gone, procedure = done.stderr.splitlines()
    assert gone.startswith(f"vagt {verb[0]}: {place.config}: [[activation]] 1: code: 3020 (")
    assert "ent:3022 is " in procedure
    assert "its anaesthesia is 30" in procedure
    assert not place.data.exists()


async def test_an_activation_that_goes_with_rules_that_are_broken_does_not_stop_the_watch(
    tmp_path: Path,
) -> None:
    wrong = '[[activation]]\ncode = "5099"\nregion = "N"\nsince = 2026-01-01\nreference = "7"\n'
    place = clinic(tmp_path, extra=f'[rules]\ndir = "own"\n{wrong}')
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "treatments.toml").write_text("schema =\n")
    with daemon(place):
        async with ear(place) as hears:
            assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"
    log = (tmp_path / "daemon.log").read_text()
    assert "treatments.toml: line 1" in log
    assert "[[activation]] 1: code: no code '5099'" in log


def test_check_lists_faults_of_the_rules_and_of_the_activations_at_once(tmp_path: Path) -> None:
    wrong = '[[activation]]\ncode = "9999"\nregion = "N"\nsince = 2026-01-01\nreference = "7"\n'
    place = clinic(tmp_path, extra=f'[rules]\ndir = "own"\n{wrong}')
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "limits.toml").write_text("schema = 2019-13-01\n")
    done = vagt("check", str(place.config))
    assert (done.returncode, done.stdout) == (2, "")
    rules, activation = done.stderr.splitlines()
    assert "limits.toml: line 1, column 14: 2019-13-01 does not exist" in rules
    assert "[[activation]] 1: code: no code '9999'" in activation


@pytest.mark.parametrize("verb", [["run", "--config"], ["check"]], ids=["run", "check"])
def test_a_configuration_that_is_not_there_is_named(verb: list[str], tmp_path: Path) -> None:
    done = vagt(*verb, str(tmp_path / "none.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "none.toml: no such file or directory: name a file that can be read\n"
    )
    assert done.stderr.count("\n") == 1


def test_a_good_configuration_is_in_order(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    done = vagt("check", str(place.config))
    assert (done.returncode, done.stderr) == (0, "")
    order, rules = done.stdout.splitlines()
    assert order == f"{place.config}: in order; beds 1, devices 1"
    assert rules.startswith("rules ")
    document = json.loads(vagt("check", str(place.config), "--json").stdout)
    assert document["beds"] == 1
    assert {"3021", "3025", "5000", "recovery"} <= set(document["services"])


def test_one_port_by_two_names_is_found(tmp_path: Path) -> None:
    alias = tmp_path / "by-path"
    place = clinic(tmp_path, extra=table("other", "nonin-df2", alias))
    assert vagt("check", str(place.config)).returncode == 0
    alias.symlink_to(place.port)
    done = vagt("check", str(place.config))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"vagt check: {place.config}: [[device]] 2: port: {alias} is the port of 'nonin' too: "
        "give each its own\n"
    )


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    done = vagt("run", "--config", str(clinic(tmp_path).config))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"vagt run: {tmp_path / 'data'}: file exists: mend its rights or `dir`\n"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x" * 120, "[socket]: path is longer than 107 bytes: choose a shorter one"),
        ("folder", "folder exists and is no socket: mend `path` of [socket]"),
        ("file", "file exists and is no socket: mend `path` of [socket]"),
    ],
    ids=["long", "folder", "file"],
)
def test_a_socket_that_cannot_be_made_is_one_line(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("precious")
    place = clinic(tmp_path)
    text = place.config.read_text().replace(str(place.socket), str(tmp_path / name))
    place.config.write_text(text)
    done = vagt("run", "--config", str(place.config))
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "file").read_text() == "precious"


async def test_a_port_that_is_missing_or_no_port_is_a_device_state_and_one_log_line(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    place.port.write_text("a file, no port")
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("device", state="lost") and hears.of("beat"))
            told = hears.of("device")[-1]
            assert told["reason"] == f"{place.port} is no serial port: mend `port`"
            assert told["fault"] == "no_port"
    log = (tmp_path / "daemon.log").read_text()
    assert log.count("is no serial port") == 1
    assert "Traceback" not in log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_daemon_that_is_told_to_stop_stops_well(
    tmp_path: Path, number: signal.Signals
) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            running.signal(number)
            assert await asyncio.to_thread(running.process.wait, 10) == 0
    assert not place.socket.exists()
    assert vagt("journal", "verify", "--data", str(place.data)).returncode == 0


async def test_a_journal_is_verified_and_exported_while_the_daemon_is_dead_or_alive(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    await recorded(place)
    clean = vagt("journal", "verify", "--config", str(place.config))
    assert (clean.returncode, clean.stdout[:7]) == (0, "clean: ")
    exported = vagt("journal", "export", "--data", str(place.data))
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    kinds = [row["kind"] for row in rows]
    assert kinds[:1] == ["daemon_started"]
    assert {"case_opened", "case_entry", "coverage", "daemon_stopped"} <= set(kinds)
    document = json.loads(vagt("journal", "verify", "--data", str(place.data), "--json").stdout)
    assert document["head"] == rows[-1]["hash"]
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            assert vagt("journal", "verify", "--data", str(place.data)).returncode == 0


async def test_a_broken_chain_is_a_negative_answer(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    await recorded(place)
    with closing(sqlite3.connect(place.data / "journal.db")) as connection, connection:
        connection.execute("UPDATE event SET body = replace(body, 'AS', 'XX')")
    done = vagt("journal", "verify", "--data", str(place.data), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["journal"] == "broken"
    assert "broken: event " in vagt("journal", "verify", "--data", str(place.data)).stdout


@pytest.mark.parametrize("deed", ["verify", "export"])
def test_a_journal_that_is_not_there_is_one_line(deed: str, tmp_path: Path) -> None:
    done = vagt("journal", deed, "--data", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "journal.db is not there" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["simulate", "nonin-df9", "--link", "x"], "'nonin-df9' cannot be simulated; these can: "),
        (["simulate", "nonin-df2"], "--link"),
        (["simulate", "nonin-df2", "--link", "x", "--scenario", "war"], "no scenario 'war'"),
        (["simulate", "nonin-df2", "--link", "/dev/null"], "exists and is no link"),
        (["journal"], "deed"),
        (["check"], "CONFIG"),
        (["fly"], "there is no verb 'fly'"),
    ],
)
def test_wrong_use_is_one_line_and_nothing_on_stdout(words: list[str], says: str) -> None:
    done = vagt(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_simulator_makes_its_port_and_takes_it_away(tmp_path: Path) -> None:
    link = tmp_path / "tty"
    process = subprocess.Popen(
        [*VAGT, "simulate", "nonin-df7", "--link", str(link)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"nonin-df7 on {link}\n"
    assert link.is_symlink()
    process.terminate()
    assert process.wait(10) == 0
    process.stdout.close()
    assert not link.is_symlink()


def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*VAGT, "protocols"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "vagt protocols: no space left on device: nothing more was written\n"
