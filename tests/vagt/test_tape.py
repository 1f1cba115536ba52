"""`capture` and `replay` as real processes over a real pseudo-terminal."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest
from clinics import VAGT

from devices.capnostream.envelope import sealed
from devices.capnostream.simulator import PATIENT_ID
from firmware_bridge.capture import parse
from vagt.capture import SCRUBBED

GOOD = Path(__file__).parents[1] / "captures" / "nonin" / "good-packet-df2.vagt"


def vagt(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VAGT, *words], capture_output=True, text=True, check=False, timeout=15)


def test_what_was_recorded_is_played_recorded_and_decoded_the_same(tmp_path: Path) -> None:
    link, copy = tmp_path / "tty", tmp_path / "copy.vagt"
    simulator = subprocess.Popen(
        [*VAGT, "simulate", "nonin-df2", "--link", str(link)], stdout=subprocess.PIPE, text=True
    )
    assert simulator.stdout is not None
    simulator.stdout.readline()
    recorder = subprocess.Popen(
        [*VAGT, "capture", str(link), "--protocol", "nonin-df2", "-o", str(copy)],
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(2.5)
    recorder.send_signal(signal.SIGINT)
    said, _ = recorder.communicate(timeout=10)
    simulator.terminate()
    simulator.communicate(timeout=10)
    assert recorder.returncode == 0
    assert said.endswith(f"bytes in {copy}\n")
    capture = parse(copy.read_text())
    assert (capture.header["protocol"], capture.header["line"]) == ("nonin-df2", "9600 8N1")
    decoded = vagt("decode", "nonin-df2", str(copy))
    assert decoded.returncode == 0
    assert '"bad_frames":0' in decoded.stdout
    player = subprocess.Popen(
        [*VAGT, "replay", str(copy), "--link", str(link), "--speed", "5"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert player.stdout is not None
    assert player.stdout.readline() == f"{copy} on {link}\n"
    assert link.is_symlink()
    player.terminate()
    player.communicate(timeout=10)
    assert player.returncode == 0


def test_a_capture_holds_no_patients_identity(tmp_path: Path) -> None:
    link, file = tmp_path / "tty", tmp_path / "kept.vagt"
    with subprocess.Popen(
        [*VAGT, "simulate", "capnostream", "--link", str(link)], stdout=subprocess.PIPE, text=True
    ) as simulator:
        assert simulator.stdout is not None
        simulator.stdout.readline()
        recorder = subprocess.Popen(
            [*VAGT, "capture", str(link), "--protocol", "capnostream", "-o", str(file)],
            stdout=subprocess.PIPE,
        )
        time.sleep(5)
        recorder.send_signal(signal.SIGINT)
        recorder.communicate(timeout=10)
        simulator.terminate()
    assert recorder.returncode == 0
    capture = parse(file.read_text())
    assert capture.header["scrubbed"] == SCRUBBED
    data = b"".join(record.data for record in capture.records)
    assert sealed(PATIENT_ID, bytes(28)) in data
    assert b"SIMULATED" not in data
    decoded = vagt("decode", "capnostream", str(file))
    assert decoded.returncode == 0
    assert '"measure":"etco2"' in decoded.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["capture", "/dev/none", "--protocol", "nonin-df2", "-o", "x"], "is not there"),
        (["capture", "/dev/none", "--protocol", "morse", "-o", "x"], "no protocol is called"),
        (["capture", "/dev/none", "--protocol", "nonin-df2", "-o", "/none/x"], "another place"),
        (["replay", "none.vagt", "--link", "x"], "none.vagt: "),
        (["replay", str(GOOD), "--link", "x", "--speed", "0"], "give a number above 0"),
        (["replay", str(GOOD), "--link", "/dev/null"], "exists and is no link"),
    ],
)
def test_wrong_use_is_one_line(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = vagt(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_capture_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "old.vagt").write_text("precious")
    done = vagt("capture", "/dev/none", "--protocol", "nonin-df2", "-o", str(tmp_path / "old.vagt"))
    assert done.returncode == 2
    assert (tmp_path / "old.vagt").read_text() == "precious"
