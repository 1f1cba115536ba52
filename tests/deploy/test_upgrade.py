"""Going over to another version: what is refused before, and how it goes back by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from berth import Berth


@pytest.fixture
def berth(tmp_path: Path) -> Berth:
    """Return a machine on which 1.0 is on watch."""
    made = Berth(tmp_path)
    assert made.types(made.release("1.0") / "install.sh").status == 0
    (made.root / "var/lib/vagt/journal.db").write_text("events")
    made.forget()
    return made


def test_it_backs_up_changes_over_and_waits_until_the_new_one_is_ready(berth: Berth) -> None:
    answer = berth.types(berth.release("1.1") / "upgrade.sh")
    assert (answer.status, answer.faults) == (0, ""), answer
    assert (berth.current, berth.running) == ("1.1", True)
    (backup,) = berth.said("vagt 1.0 backup")
    assert backup.startswith("vagt 1.0 backup --plain -o")
    order = [n for n, line in enumerate(berth.said("")) if "stop vagt" in line or line == backup]
    assert len(order) == 2
    assert order == sorted(order)
    assert answer.said.splitlines()[-1] == "Vagt 1.1 is on watch (before: 1.0)"


def test_a_version_that_is_never_ready_is_taken_back_with_everything_recorded(berth: Berth) -> None:
    answer = berth.types(berth.release("1.1") / "upgrade.sh", NEVER="1.1")
    assert answer.status == 2
    assert (berth.current, berth.running) == ("1.0", True)
    assert "Vagt 1.0 is on watch again, with everything that was recorded" in answer.faults
    assert berth.said("restore") == []


def test_the_copy_is_put_back_only_where_the_old_version_cannot_go_on_without(berth: Berth) -> None:
    answer = berth.types(berth.release("1.1") / "upgrade.sh", NEVER="1.0 1.1")
    assert answer.status == 2
    (restored,) = berth.said("vagt 1.0 restore")
    assert "before-1.1-" in restored
    assert "neither 1.1 nor 1.0 is ready: watch the patients by the monitors alone" in answer.faults


def test_a_journal_that_has_grown_is_never_written_over(berth: Berth) -> None:
    (berth.root / "grown").touch()
    answer = berth.types(berth.release("1.1") / "upgrade.sh", NEVER="1.0 1.1")
    assert answer.status == 2
    assert "it has grown since" in answer.faults
    assert (berth.root / "var/lib/vagt/journal.db").read_text() == "events"


def test_nothing_is_touched_while_a_patient_is_watched(berth: Berth) -> None:
    (berth.root / "cases").write_text('{"cases":[{"case":"KN-1","state":"recovery"}]}')
    for script in ("upgrade.sh", "uninstall.sh"):
        release = berth.root.parent / "vagt-1.1-raspberrypi"
        answer = berth.types((release if release.exists() else berth.release("1.1")) / script)
        assert answer.status == 2
        assert "a patient is being watched: wait until the case is over" in answer.faults
    assert (berth.current, berth.running) == ("1.0", True)
    assert berth.said("stop") == berth.said("disable") == []


def test_a_configuration_that_the_new_version_refuses_is_named_before_anything_stops(
    berth: Berth,
) -> None:
    (berth.root / "etc/vagt/config.toml").write_text("broken")
    answer = berth.types(berth.release("1.1") / "upgrade.sh")
    assert answer.status == 2
    assert "has the errors above: mend them" in answer.faults
    assert (berth.current, berth.running) == ("1.0", True)


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("1.0", "Vagt 1.0 is installed already: nothing was changed"),
        ("", "no Vagt is installed here"),
    ],
)
def test_there_must_be_another_version_to_go_over_from(
    tmp_path: Path, version: str, told: str
) -> None:
    there = Berth(tmp_path)
    release = there.release("1.0")
    if version:
        assert there.types(release / "install.sh").status == 0
    answer = there.types(release / "upgrade.sh")
    assert answer.status == 2
    assert told in answer.faults


def test_the_version_before_stays_and_is_gone_back_to_by_its_own_script(berth: Berth) -> None:
    for version in ("1.1", "1.2"):
        assert berth.types(berth.release(version) / "upgrade.sh").status == 0
    releases = berth.root / "opt/vagt/releases"
    assert sorted(one.name for one in releases.iterdir()) == ["1.1", "1.2"]
    answer = berth.types(releases / "1.1/release/upgrade.sh")
    assert (answer.status, berth.current) == (0, "1.1"), answer


def test_installing_over_another_version_says_how_to_go_over(berth: Berth) -> None:
    answer = berth.types(berth.release("1.1") / "install.sh")
    assert answer.status == 2
    assert "Vagt 1.0 is installed: go over to 1.1 with upgrade.sh" in answer.faults


def test_what_was_recorded_outlives_the_programs(berth: Berth) -> None:
    answer = berth.types(berth.root.parent / "vagt-1.0-raspberrypi/uninstall.sh")
    assert (answer.status, answer.faults) == (0, ""), answer
    left = [one for one in berth.tree() if not one.startswith("etc/os-release")]
    assert left == ["etc/vagt/config.toml", "var/lib/vagt/journal.db"]


def test_a_unit_that_only_the_other_version_has_is_not_left_behind(berth: Berth) -> None:
    release = berth.release("1.1")
    units = berth.root / "etc/systemd/system"
    (units / "vagt-older.timer").write_text("of 1.0")
    assert berth.types(release / "upgrade.sh").status == 0
    assert not (units / "vagt-older.timer").exists()
    assert berth.said("disable --now vagt-older.timer")


def test_where_no_copy_can_be_made_the_old_version_goes_on(berth: Berth) -> None:
    release = berth.release("1.1")
    (berth.root / "opt/vagt/releases/1.0/bin/vagt").write_text(
        "#!/bin/bash\ncase $1 in backup) exit 2 ;; case) echo '{}' ;; esac\n"
    )
    answer = berth.types(release / "upgrade.sh")
    assert answer.status == 2
    assert "no backup could be made, so nothing was changed: Vagt 1.0 is on watch" in answer.faults
    assert (berth.current, berth.running) == ("1.0", True)
