from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from daemon import shelf
from daemon.library import Files, RuleFile, digest
from vitals.rows import RowsError

ONE: Files = {"a.toml": RuleFile("a = 1\n", "a.toml"), "b.toml": RuleFile("b = 'æ'\n", "b.toml")}
TWO: Files = {**ONE, "a.toml": RuleFile("a = 2\n", "a.toml")}
KEEPS_FOR_EVER = """
import sys
from pathlib import Path
from daemon import shelf
from daemon.library import RuleFile, digest
data, number = Path(sys.argv[1]), 0
while True:
    number += 1
    files = {f"{n}.toml": RuleFile(f"a = {number}" * 200, "x") for n in range(8)}
    shelf.keep(files, digest(files), data)
    print(number, flush=True)
"""


def texts(files: Files | None) -> dict[str, str] | None:
    return None if files is None else {name: file.text for name, file in files.items()}


def keep(files: Files, data: Path) -> Path:
    """Keep a set and return its folder."""
    shelf.keep(files, digest(files), data)
    return data / shelf.FOLDER / digest(files)


def test_where_nothing_was_kept_there_is_no_set(tmp_path: Path) -> None:
    assert shelf.kept(tmp_path) is None


def test_the_set_that_was_kept_last_is_read_back(tmp_path: Path) -> None:
    for files in (ONE, TWO, ONE):
        keep(files, tmp_path)
        assert texts(shelf.kept(tmp_path)) == texts(files)


def test_an_earlier_set_stays_to_be_found_by_its_hash(tmp_path: Path) -> None:
    earlier = keep(ONE, tmp_path)
    keep(TWO, tmp_path)
    assert texts(shelf.gathered(earlier)[0]) == texts(ONE)


def test_a_set_that_is_kept_already_is_not_written_again(tmp_path: Path) -> None:
    home = keep(ONE, tmp_path)
    before = [path.stat().st_ino for path in sorted(home.iterdir())]
    keep(ONE, tmp_path)
    assert [path.stat().st_ino for path in sorted(home.iterdir())] == before


@pytest.mark.parametrize("harm", ["altered", "missing", "added"])
def test_a_set_that_was_altered_is_not_taken_and_is_put_right_by_the_next_good_start(
    tmp_path: Path, harm: str
) -> None:
    home = keep(ONE, tmp_path)
    file = home / ("c.toml" if harm == "added" else "a.toml")
    file.unlink() if harm == "missing" else file.write_text("a = 3\n")
    with pytest.raises(RowsError, match="the last good set is damaged or unreadable: start "):
        shelf.kept(tmp_path)
    keep(ONE, tmp_path)
    assert texts(shelf.kept(tmp_path)) == texts(ONE)


@pytest.mark.parametrize("names", [digest(TWO), "", "../elsewhere", "?"])
def test_a_name_that_leads_nowhere_is_told_as_what_it_is(tmp_path: Path, names: str) -> None:
    pointer = keep(ONE, tmp_path).parent / shelf.CURRENT
    pointer.write_text(names)
    with pytest.raises(RowsError) as caught:
        shelf.kept(tmp_path)
    (line,) = caught.value.errors
    assert line.startswith(f"{pointer}: names a set of rules that is not there: start the daemon")
    keep(ONE, tmp_path)
    assert texts(shelf.kept(tmp_path)) == texts(ONE)


def test_a_name_that_cannot_be_read_is_told_as_such(tmp_path: Path) -> None:
    pointer = keep(ONE, tmp_path).parent / shelf.CURRENT
    pointer.unlink()
    pointer.mkdir()
    with pytest.raises(RowsError, match="current: is a directory: let the daemon read it, or take"):
        shelf.kept(tmp_path)


def test_what_a_power_cut_left_half_written_is_in_nobodys_way(tmp_path: Path) -> None:
    keep(ONE, tmp_path)
    half = tmp_path / shelf.FOLDER / f".{digest(TWO)}"
    half.mkdir()
    (half / "a.toml").write_text("a =")
    assert texts(shelf.kept(tmp_path)) == texts(ONE)
    keep(TWO, tmp_path)
    assert texts(shelf.kept(tmp_path)) == texts(TWO)
    assert not half.exists()


def test_a_kill_at_any_moment_leaves_a_whole_set(tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(8):
        command = [sys.executable, "-c", KEEPS_FOR_EVER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
        files = shelf.kept(tmp_path)
        assert files is not None
        assert len({file.text for file in files.values()}) == 1
        assert len(files) == 8


def test_other_files_in_a_folder_are_no_rule_files(tmp_path: Path) -> None:
    for name in ("limits.toml~", ".#limits.toml", "README", "limits.toml"):
        (tmp_path / name).write_text("a = 1\n")
    files, errors = shelf.gathered(tmp_path)
    assert (list(files), errors) == (["limits.toml"], [])


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    (tmp_path / "b.toml").mkdir()
    (tmp_path / "c.toml").write_text("c = 1\n")
    files, errors = shelf.gathered(tmp_path)
    assert list(files) == ["c.toml"]
    assert [line.split(": ")[:2] for line in errors] == [
        [f"{tmp_path}/a.toml", "is not UTF-8 text"],
        [f"{tmp_path}/b.toml", "is a directory"],
    ]
    assert shelf.gathered(tmp_path / "none")[1][0].startswith(f"{tmp_path}/none: no such file")
