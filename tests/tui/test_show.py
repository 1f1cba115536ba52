from __future__ import annotations

import argparse
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vagt import show
from vagt.main import UsageError

SEEN_S = 8.0
VAGT = [sys.executable, "-c", "import sys; from vagt.main import main; sys.exit(main())", "show"]


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    show.arguments(parser)
    return parser.parse_args(words)


def test_the_dashboard_is_danish_and_looks_at_the_system_socket_unless_told_otherwise() -> None:
    found = parsed()
    assert (found.socket, found.lang, found.bed, found.view, found.by) == (
        Path("/run/vagt/vagt.sock"),
        "da",
        None,
        "bedside",
        "bedside",
    )


def test_without_a_terminal_it_is_wrong_use_in_one_line() -> None:
    done = subprocess.run(
        VAGT,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=15,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "not a terminal" in done.stderr


@pytest.mark.parametrize("by", ["", "A S", "x" * 17, "<b>"])
def test_initials_that_the_daemon_would_not_take_are_refused_at_once(
    by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    with pytest.raises(UsageError, match="--by"):
        show.run(parsed("--by", by))


def test_on_a_real_terminal_it_shows_its_socket_and_leaves_with_its_key(tmp_path: Path) -> None:
    near, far = pty.openpty()
    program = [*VAGT, "--socket", str(tmp_path / "s")]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    running = subprocess.Popen(program, stdin=far, stdout=far, stderr=far, env=environment)
    try:
        assert "Venter på vagt ved" in _read_until(near, "Venter på vagt ved")
        os.write(near, b"q")
        assert _left(running, near) == 0
    finally:
        running.kill()
        running.wait()
        os.close(far)
        os.close(near)


def _left(running: subprocess.Popen[bytes], terminal: int) -> int | None:
    """Return the exit status, reading on meanwhile so that the last frames find room."""
    end = time.monotonic() + SEEN_S
    while running.poll() is None and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 65_536)
    return running.poll()


def _read_until(terminal: int, text: str) -> str:
    """Return what the terminal showed until `text` came or SEEN_S passed."""
    seen = b""
    end = time.monotonic() + SEEN_S
    while text.encode() not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65_536)
    return seen.decode(errors="replace")
