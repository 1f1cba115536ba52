"""`vagt backup`: a whole copy while the daemon writes, which only the owner's key opens."""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import stat
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from checkout import plain_environment
from clinics import VAGT, Clinic, clinic, daemon, ear
from copies import head, key, refused, vagt

from daemon.backup.manifest import NAME


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    """Return a clinic with one case on record."""
    made = clinic(tmp_path)
    asyncio.run(recorded(made))
    return made


async def recorded(place: Clinic) -> None:
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.ask("end")
            await hears.home()


def nightly(place: Clinic, public: str, keep: int = 3) -> Path:
    folder = place.root / "backups"
    folder.mkdir(exist_ok=True)
    text = place.config.read_text().partition("\n[backup]")[0]
    told = f'\n[backup]\nfolder = "{folder}"\nto = ["{public}"]\nkeep = {keep}\n'
    place.config.write_text(text + told)
    return folder


def test_a_key_is_for_its_owner_alone_and_is_never_written_over(tmp_path: Path) -> None:
    file, public = key(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert public.startswith("age1")
    text = file.read_text()
    assert "AGE-SECRET-KEY-" in text
    assert "is there already: name another file" in refused("backup", "key", "-o", file)
    assert file.read_text() == text


def test_a_copy_says_what_it_holds_and_nobody_else_reads_it(place: Clinic) -> None:
    file, public = key(place.root)
    target = place.root / "copy.age"
    done = vagt("backup", "-o", target, "--to", public, "--config", place.config, "--json")
    assert done.returncode == 0, done
    told = json.loads(done.stdout)["backup"]
    assert (told["events"], told["head"]) == head(place.data)
    assert told["clean"] is True
    names = {one["name"] for one in told["files"]}
    assert {one for one in names if not one.startswith("rules/")} == {
        "journal.db",
        "settings/config.toml",
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    raw = target.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert b"SQLite" not in raw
    assert b"Klinik" not in raw
    seen = vagt("backup", "verify", target, "--identity", file, "--json")
    assert json.loads(seen.stdout)["backup"] == told


def test_any_one_of_several_keys_opens_it_and_no_other_does(place: Clinic) -> None:
    keys = [key(place.root, f"{n}.key") for n in range(3)]
    target = place.root / "copy.age"
    (_, first), (_, second), _ = keys
    done = vagt("backup", "-o", target, "--to", first, "--to", second, "--data", place.data)
    assert done.returncode == 0, done
    for file, _ in keys[:2]:
        assert vagt("backup", "verify", target, "--identity", file).returncode == 0
    stranger, _ = keys[2]
    line = refused("backup", "verify", target, "--identity", stranger)
    assert line.endswith("this key does not open it: take the owner's other key")


async def test_a_copy_is_whole_while_the_daemon_goes_on_writing(place: Clinic) -> None:
    file, public = key(place.root)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            for number in range(3):
                line = [*VAGT, "backup", "-o", f"{number}.age", "--to", public]
                copying = await asyncio.create_subprocess_exec(
                    *line, "--data", str(place.data), cwd=place.root, stdout=subprocess.DEVNULL
                )
                while copying.returncode is None:
                    await hears.ask("enter", word="airway", airway=["lma", "tube"][number % 2])
                    await asyncio.sleep(0)
                assert copying.returncode == 0
    counts = []
    for number in range(3):
        copy = place.root / f"{number}.age"
        done = vagt("backup", "verify", copy, "--identity", file, "--json")
        counts.append(json.loads(done.stdout)["backup"]["events"])
    assert counts == sorted(counts)
    events, _ = head(place.data)
    assert counts[-1] <= events


def test_a_broken_chain_is_copied_as_it_is_and_told(place: Clinic) -> None:
    with closing(sqlite3.connect(place.data / "journal.db")) as db:
        db.execute("UPDATE event SET body = replace(body, '3021', '3022')")
        db.commit()
    done = vagt("backup", "-o", place.root / "copy.tgz", "--plain", "--data", place.data)
    assert done.returncode == 1
    assert "broken: its journal's chain is" in done.stdout


def test_what_goes_along_is_what_the_clinic_wrote_and_no_secret(place: Clinic) -> None:
    for name in ("patients.key", "token", "broker.pem"):
        (place.config.parent / name).write_text("secret " * 9)
    (place.config.parent / "map.toml").write_text("# a register map\n")
    (place.data / "pins").write_text('{"form":1,"hashes":{}}')
    target = place.root / "copy.tgz"
    assert vagt("backup", "-o", target, "--plain", "--config", place.config).returncode == 0
    with tarfile.open(target) as archive:
        names = archive.getnames()
        assert all(one.uid == one.gid == 0 and one.mode == 0o600 for one in archive)
    ours = {one for one in names if not one.startswith("rules/")}
    assert ours == {NAME, "journal.db", "settings/config.toml", "settings/etc/map.toml"}
    kept = {path.name for path in (place.data / "rules").iterdir() if path.is_dir()}
    assert {one.split("/")[1] for one in names if one not in ours} == kept


def test_each_night_has_its_file_and_the_oldest_go(place: Clinic) -> None:
    file, public = key(place.root)
    folder = nightly(place, public)
    older = [folder / f"vagt-KN-202611{day:02}T031000Z.age" for day in range(1, 6)]
    strange = [folder / "vagt-KN-notes.age", folder / "vagt-KS-20261101T031000Z.age"]
    for path in (*older, *strange):
        path.write_text("older")
    done = vagt("backup", "--filed", "--config", place.config)
    assert done.returncode == 0, done
    (new,) = {*folder.iterdir()} - {*older, *strange}
    assert {*folder.iterdir()} == {*older[-2:], *strange, new}
    assert vagt("backup", "verify", new, "--identity", file).returncode == 0


def test_without_a_key_no_copy_is_made_by_itself(place: Clinic) -> None:
    line = refused("backup", "--filed", "--config", place.config)
    assert "make one with `vagt backup key -o FILE`" in line


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('to = ["age1nonsense"]', "a public key (`vagt backup key` makes one)"),
        ("keep = 0", "keep"),
        ("days = 3", "days"),
        ("folder = 7", "folder"),
    ],
)
def test_a_wrong_row_of_the_configuration_is_named(place: Clinic, row: str, said: str) -> None:
    place.config.write_text(place.config.read_text() + f"\n[backup]\n{row}\n")
    line = refused("check", place.config)
    assert "[backup]" in line
    assert said in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "x"], "name whose key opens it (--to age1...), or say --plain"),
        (["-o", "x", "--plain", "--to", "age1"], "one of the two"),
        (["-o", "x", "--to", "age1no"], "no public key"),
        (["--plain"], "where to? name a file with -o"),
        (["-o", "config.toml", "--plain"], "is there already: name another file"),
        (["-o", "none/x", "--plain"], "no such file or directory"),
        (["verify"], "which backup? name its file behind `verify`"),
        (["verify", "config.toml"], "is no backup, or is not whole"),
        (["verify", "none"], "no such file or directory"),
        (["--filed", "--plain"], "--filed takes everything from the configuration"),
    ],
)
def test_wrong_use_is_one_line(
    place: Clinic, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place.config.parent)
    there = sorted(place.root.rglob("*"))
    config = [] if "verify" in words else ["--config", "config.toml"]
    assert said in refused("backup", *words, *config)
    assert sorted(place.root.rglob("*")) == there


def test_a_card_without_room_leaves_nothing_half(place: Clinic) -> None:
    before = sorted(place.root.rglob("*"))

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    line = [*VAGT, "backup", "-o", str(place.root / "x"), "--plain", "--data", str(place.data)]
    done = subprocess.run(
        line,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=narrow,
        env=plain_environment(),  # what coverage writes would not fit either, and is said
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (2, "")
    (told,) = done.stderr.splitlines()
    assert told.startswith("vagt backup: ")
    assert sorted(place.root.rglob("*")) == before
