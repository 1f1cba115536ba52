"""What `vagt doctor` finds of the rules that the daemon falls back on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from doctors import STRANGER, only, scene
from sockets import Machine

from daemon import shelf
from daemon.library import load
from vagt.doctor.kept import kept
from vagt.doctor.person import myself
from vagt.doctor.rules import rules
from vagt.doctor.scene import Scene

GOOD = load()


@pytest.fixture
def here(tmp_path: Path) -> Scene:
    """Return a clinic whose last good rules are those that ship."""
    found = replace(scene(Machine(tmp_path / "root")), me=myself())
    found.config.data.dir.mkdir()
    shelf.keep(GOOD.files, GOOD.hash, found.config.data.dir)
    return found


def folder(here: Scene) -> Path:
    return here.config.data.dir / shelf.FOLDER


def said(here: Scene) -> str:
    """Return what was seen where nothing is to be mended."""
    found = kept(here)
    assert found.findings == ()
    (examined,) = found.checked
    return examined.what


def test_a_set_that_is_whole_is_named_and_nothing_is_to_be_mended(here: Scene) -> None:
    assert said(here) == f"rules {GOOD.hash[:12]}, whole"


def test_where_nothing_was_kept_yet_nothing_is_to_be_mended(here: Scene) -> None:
    (folder(here) / shelf.CURRENT).unlink()
    assert said(here) == "no rules yet"
    folder(here).rename(folder(here).with_name("elsewhere"))
    assert said(here) == f"{folder(here)} is not made yet"


def test_a_damaged_set_is_one_finding_with_how_to_mend_it(here: Scene) -> None:
    home = folder(here) / GOOD.hash
    (home / "limits.toml").write_text("schema = 1\n")
    (home / "alarms.toml").unlink()
    found = only(kept(here))
    assert found.id == "rules_not_kept"
    assert found.what == f"rules: {home}: the last good set is damaged or unreadable"
    assert found.remedy == "start the daemon once with rules in order, and it is written anew"


def test_a_name_that_leads_nowhere_is_one_finding_and_no_matter_of_rights(here: Scene) -> None:
    (folder(here) / GOOD.hash).rename(folder(here) / "moved")
    found = only(kept(here))
    pointer = folder(here) / shelf.CURRENT
    assert found.what == f"rules: {pointer}: names a set of rules that is not there"
    assert found.remedy.startswith("start the daemon once with rules in order")


def test_a_file_in_the_place_of_the_folder_is_a_finding(here: Scene) -> None:
    folder(here).rename(folder(here).with_name("elsewhere"))
    folder(here).write_text("in the way")
    assert only(kept(here)).what == f"rules: {folder(here)}: is no folder"


def test_who_may_not_look_is_told_so_and_not_that_anything_is_wrong(here: Scene) -> None:
    folder(here).chmod(0o700)
    told = said(replace(here, me=STRANGER))
    assert told == f"{folder(here)} may not be read by somebody: try with sudo"


def test_an_activation_of_what_no_region_activates_is_found_before_the_next_start(
    tmp_path: Path,
) -> None:
    wrong = '[[activation]]\ncode = "3020"\nregion = "N"\nsince = 2026-01-01\nreference = "7"\n'
    machine = Machine(tmp_path / "root")
    finding = only(rules(scene(machine, extra=wrong)))
    assert finding.id == "activation_unusable"
    assert finding.what.startswith("[[activation]] 1: code: 3020 (")
    assert finding.remedy == "mend the configuration: with it the daemon does not start again"
    assert rules(scene(machine, extra=wrong.replace("3020", "5000"))).findings == ()
