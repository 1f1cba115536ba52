"""A clinic's own rule files: a real daemon with good ones, broken ones, and mended ones."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear
from manual import until
from mutants import without

from daemon import config, rulebook, shelf
from daemon.approval import signed
from daemon.clock import SystemClock, local_date
from daemon.library import RuleFile, digest, load, shipped
from daemon.protocol.rules import RulesState
from vitals.rows import RowsError

BROKEN = "onset_s = -1"
WITHIN_S = 15.0


def verb(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VAGT, *words], capture_output=True, text=True, check=False, timeout=WITHIN_S
    )


def doctor(place: Clinic) -> list[dict[str, str]]:
    """Return what doctor finds of the rules."""
    done = verb("doctor", "--config", str(place.config), "--json")
    found: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return [one for one in found if one["id"].startswith("rules_")]


def exported(place: Clinic, kind: str) -> list[dict[str, Any]]:
    done = verb("journal", "export", "--data", str(place.data))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row["body"] for row in rows if row["kind"] == kind]


class Own:
    """A clinic's folder of rule files, as the clinic edits it."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "own"
        self.folder.mkdir()
        self.place = clinic(root, extra='[rules]\ndir = "own"\n')

    def sign(self, by: str) -> None:
        """Put the shipped limits there, signed."""
        text = shipped()["limits.toml"].text
        self.write("limits.toml", signed(text, "limits.toml", by, "2026-11-22"))

    def spoil(self) -> None:
        """Put alarm rows there with two faults in them, and a file with a name that is none."""
        text = shipped()["alarms.toml"].text.replace("onset_s = 5.0", BROKEN)
        self.write("alarms.toml", text)
        self.write("limit.toml", "schema = 1\n")

    def mend(self) -> None:
        for name in ("alarms.toml", "limit.toml"):
            (self.folder / name).unlink()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    @contextmanager
    def running(self) -> Iterator[None]:
        with daemon(self.place) as process:
            yield
            process.kill()


@pytest.fixture
def own(tmp_path: Path) -> Own:
    return Own(tmp_path)


async def greeted(hears: Ear) -> tuple[str, str]:
    """Return which rules the daemon says are in force."""
    await hears.hear(lambda: hears.of("hello"))
    (hello,) = hears.of("hello")
    return hello["rules_state"], hello["rules"]


async def started(hears: Ear) -> dict[str, Any]:
    """Start an anaesthetic and return its case as it was told first."""
    answer = await hears.ask("start", code="3021", age="4y")
    assert answer["result"] == "recorded"
    await hears.hear(lambda: hears.of("case", case=answer["case"]))
    return hears.of("case", case=answer["case"])[0]


async def test_a_clinics_file_stands_in_the_place_of_the_shipped_one(own: Own) -> None:
    own.sign("AS")
    with own.running():
        async with ear(own.place) as hears:
            state, digits = await greeted(hears)
            case = await started(hears)
    assert (state, case["limits_approved_by"], case["rules"]) == ("in_order", "AS", digits)
    assert digits != load().hash[:12]
    (begun,) = exported(own.place, "daemon_started")
    assert begun["rules"].startswith(digits)
    assert exported(own.place, "rules_unusable") == []


async def test_at_a_first_start_with_faults_the_daemon_runs_with_what_ships_and_says_so(
    own: Own,
) -> None:
    own.sign("AS")
    own.spoil()
    with own.running():
        async with ear(own.place) as hears:
            assert await greeted(hears) == ("shipped", load().hash[:12])
            assert (await started(hears))["limits_approved_by"] == ""
            await hears.hear(lambda: hears.of("alarm", id="rules_unusable"))
            alarm = hears.of("alarm", id="rules_unusable")[0]
            assert (alarm["state"], alarm["priority"], alarm["device"]) == ("active", "low", None)
    (event,) = exported(own.place, "rules_unusable")
    assert (event["in_force"], event["rules"]) == ("shipped", load().hash)
    assert any("limit.toml: no rule file has this name" in line for line in event["errors"])
    assert sum("onset_s: " in line for line in event["errors"]) > 1
    assert shelf.kept(own.place.data) is None
    log = (own.place.root / "daemon.log").read_text()
    assert all(line in log for line in event["errors"])


async def visited(own: Own) -> tuple[str, str]:
    """Start the daemon, ask which rules are in force, and kill it."""
    with own.running():
        async with ear(own.place) as hears:
            return await greeted(hears)


async def test_the_last_good_set_stays_in_force_over_starts_and_power_cuts(own: Own) -> None:
    own.sign("AS")
    _, good = await visited(own)
    own.spoil()
    own.sign("KL")
    assert [await visited(own) for _ in range(2)] == [("kept", good)] * 2
    with own.running():
        async with ear(own.place) as hears:
            case = await started(hears)
            assert (case["limits_approved_by"], case["rules"]) == ("AS", good)
            await hears.hear(lambda: hears.of("alarm", id="rules_unusable", state="active"))
    assert [one["in_force"] for one in exported(own.place, "rules_unusable")] == ["kept"] * 3
    begun = exported(own.place, "daemon_started")
    assert [one["rules"][:12] for one in begun] == [good] * 4


async def test_files_that_are_mended_are_in_force_from_the_next_start(own: Own) -> None:
    own.sign("AS")
    _, good = await visited(own)
    own.spoil()
    own.sign("KL")
    with own.running():
        async with ear(own.place) as hears:
            case = await started(hears)
            await hears.hear(lambda: hears.of("alarm", id="rules_unusable", state="active"))
    own.mend()
    with own.running():
        async with ear(own.place) as hears:
            state, digits = await greeted(hears)
            assert (state, digits == good) == ("in_order", False)
            await hears.hear(lambda: len(hears.of("beat")) > 1)
            assert hears.of("alarm", id="rules_unusable", state="active") == []
            # The running anaesthetic keeps the limits and the hash that it began with.
            again = hears.of("case", case=case["case"])[0]
            assert (again["limits_approved_by"], again["rules"]) == ("AS", good)
    alarms = [one for one in exported(own.place, "alarm") if one["alarm"] == "rules_unusable"]
    assert [one["cue"] for one in alarms] == ["onset", "ended"]


def test_doctor_tells_every_fault_and_check_refuses(own: Own) -> None:
    own.spoil()
    found = doctor(own.place)
    assert {one["id"] for one in found} == {"rules_unusable"}
    assert any(f"{own.folder}/limit.toml: no rule file" in one["what"] for one in found)
    assert any(f"{own.folder}/alarms.toml: [[condition]] 1" in one["what"] for one in found)
    done = verb("check", str(own.place.config))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == len(found)


async def test_doctor_tells_what_runs_instead_and_what_is_not_in_force_yet(own: Own) -> None:
    await visited(own)
    own.spoil()
    with own.running():
        async with ear(own.place) as hears:
            assert (await greeted(hears))[0] == "kept"
        assert all("runs with the last good set" in one["remedy"] for one in doctor(own.place))
        own.mend()
        assert doctor(own.place) == []
        own.sign("AS")
        (late,) = doctor(own.place)
    assert (late["id"], late["remedy"].split(",")[0]) == ("rules_not_in_force", "restart it")


def test_check_tells_the_rules_and_what_nobody_has_approved(own: Own) -> None:
    own.sign("AS")
    done = verb("check", str(own.place.config), "--json")
    said = json.loads(done.stdout)
    today = local_date(SystemClock().now())
    assert said["rules"] == rulebook.wanted(config.read(own.place.config), today).hash
    assert "alarms.toml" in said["not_approved"]
    assert "limits.toml" not in said["not_approved"]
    assert "3022" in said["services"]
    shown = verb("check", str(own.place.config)).stdout
    assert f"rules {said['rules'][:12]}; NOT APPROVED: alarms.toml, " in shown


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (shutil.rmtree, "own: no such file or directory: let the daemon"),
        (lambda folder: (folder / "limits.toml").write_bytes(b"\xff"), "is not UTF-8 text"),
        (lambda folder: (folder / "limits.toml").write_text("[["), "limits.toml: "),
    ],
    ids=["no folder", "no text", "no TOML"],
)
def test_a_folder_that_cannot_be_used_is_no_obstacle(own: Own, harm: Any, says: str) -> None:
    harm(own.folder)
    settings, today = config.read(own.place.config), local_date(SystemClock().now())
    with pytest.raises(RowsError, match=says):
        rulebook.wanted(settings, today)
    found = rulebook.chosen(settings, today)
    assert (found.state, found.hash) == (RulesState.SHIPPED, load().hash)
    assert any(says in line for line in found.errors)


def test_a_last_good_set_that_was_altered_is_named_and_what_ships_is_used(own: Own) -> None:
    good = load()
    own.place.data.mkdir()
    shelf.keep(good.files, good.hash, own.place.data)
    (own.place.data / shelf.FOLDER / good.hash / "limits.toml").write_text("schema = 1\n")
    own.spoil()
    found = rulebook.chosen(config.read(own.place.config), local_date(SystemClock().now()))
    assert found.state is RulesState.SHIPPED
    assert any("the last good set is damaged" in line for line in found.errors)


def test_a_last_good_set_that_says_less_than_the_contract_is_not_used(own: Own) -> None:
    files = shipped()
    text = files["service_3021.toml"].text.replace('basis = "contract"', 'basis = "advisory"', 1)
    weak = {**files, "service_3021.toml": RuleFile(text, "service_3021.toml")}
    own.place.data.mkdir()
    shelf.keep(weak, digest(weak), own.place.data)
    own.spoil()
    found = rulebook.chosen(config.read(own.place.config), local_date(SystemClock().now()))
    assert (found.state, found.hash) == (RulesState.SHIPPED, load().hash)
    assert "the last good set is no longer in order (" in found.errors[-1]
    (told,) = [one for one in doctor(own.place) if one["id"] == "rules_not_kept"]
    assert "3021.observation" in told["what"]


async def test_a_clinics_file_that_says_less_than_the_contract_never_watches_anybody(
    own: Own,
) -> None:
    text = shipped()["service_3021.toml"].text
    own.write("service_3021.toml", without(text, "requirement", 2))
    with own.running():
        async with ear(own.place) as hears:
            assert await greeted(hears) == ("shipped", load().hash[:12])
    (line,) = (one["what"] for one in doctor(own.place))
    assert f"{own.folder}/service_3021.toml: service 3021: [[requirement]]: no contract" in line


async def test_a_data_folder_that_takes_no_rules_stops_nothing(own: Own) -> None:
    own.place.data.mkdir()
    (own.place.data / shelf.FOLDER).write_text("in the way")
    with own.running():
        async with ear(own.place) as hears:
            assert (await greeted(hears))[0] == "in_order"
        log = own.place.root / "daemon.log"
        await until(lambda: "cannot be kept as the last good ones" in log.read_text())


def test_the_bed_of_a_clinic_is_the_one_that_is_asked_for(own: Own) -> None:
    assert config.read(own.place.config).rules.dir == own.folder
    assert [bed.name for bed in config.read(own.place.config).beds] == [BED]
