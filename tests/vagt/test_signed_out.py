"""A PIN on the command line where a patient is signed out, and a configuration's own lists."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon

PIN = "471100471100"


def typed(place: Clinic, *words: str) -> subprocess.CompletedProcess[str]:
    line = [*VAGT, *words, "--socket", str(place.socket)]
    while True:  # until the daemon listens; a test has its own limit
        done = subprocess.run(
            line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        if "start the daemon" not in done.stderr:
            return done


@pytest.mark.timeout(60)
def test_a_patient_is_signed_out_with_the_pin_of_a_file_and_not_without(tmp_path: Path) -> None:
    place, secret = clinic(tmp_path), tmp_path / "mine"
    secret.write_text(PIN)
    secret.chmod(0o600)
    who = ("--by", "AS")
    with daemon(place):
        given = typed(place, "people", "pin", *who, "--pin-file", str(secret))
        assert given.returncode == 0, given.stderr
        assert typed(place, "case", "emergency", "--bed", BED, *who).returncode == 0
        say = ("case", "say", "--bed", BED, *who)
        assert typed(place, *say, "explain", "emergency").returncode == 0
        assert typed(place, *say, "end").returncode == 0
        assert typed(place, *say, "recover", "removed", "free", "awake").returncode == 0
        words = ["conclude", "awake", "clear", "relevant", "circulation", "respiration"]
        refused = typed(place, *say, *words)
        assert (refused.returncode, "signs with a PIN" in refused.stdout) == (1, True)
        done = typed(place, *say, *words, "--pin-file", str(secret))
        assert done.returncode == 0, done.stdout + done.stderr
        assert typed(place, *say, "discharge", "--pin-file", str(secret)).returncode == 0
    kept = (path for path in place.root.rglob("*") if path.is_file() and path != secret)
    assert not [path for path in kept if PIN.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        ('dir = "own"', "own/odd.toml"),
        ('signers = { garage = ["owner"] }', "[checklists] signers: there is no list 'garage'"),
    ],
)
def test_a_configuration_whose_lists_cannot_be_used_is_not_in_order(
    tmp_path: Path, extra: str, line: str
) -> None:
    place = clinic(tmp_path, extra=f"[checklists]\n{extra}\n")
    (place.config.parent / "own").mkdir()
    (place.config.parent / "own" / "odd.toml").write_text("schema = 1\n")
    check = [*VAGT, "check", str(place.config)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert line in done.stderr
