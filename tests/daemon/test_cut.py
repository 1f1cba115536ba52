"""A restore that ends at any one of its steps: the journal before or the one after, and the other
kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from manual import at

from daemon.backup.making import Source, make, staged
from daemon.backup.opening import opened
from daemon.backup.putting import put
from daemon.journal.events import DaemonStarted
from daemon.journal.store import FILE, JournalError, Verdict, verify
from daemon.journal.writer import Journal

STEPS = ((os, "link"), (os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "chmod"))
"""Whatever alters a file, and what settles it."""
MOST = 40
NOTHING = b"no database " * 900


async def write(data: Path, *versions: str) -> Path:
    data.mkdir(exist_ok=True)
    journal = Journal(data / FILE, "boot")
    await journal.open(at(0))
    for version in versions:
        await journal.append(DaemonStarted(version, "rows"), at(1))
    await journal.close()
    return data


def ended(work: Callable[[], object], count: int) -> bool:
    """Do something in a process that ends, as by a power cut, before its step so-and-so.

    Return whether it came to its own end.
    """
    child = os.fork()
    if child == 0:
        left = [count]
        for home, name in STEPS:
            setattr(home, name, _counted(getattr(home, name), left))
        with suppress(Exception):
            work()
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, 9}
    return code == 0


def _counted(step: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def counted(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return step(*words, **named)

    return counted


def found(data: Path) -> Verdict | None:
    """Return what the journal is; None where it is damaged."""
    try:
        return verify(data / FILE)
    except JournalError:
        assert (data / FILE).read_bytes() == NOTHING
        return None


@pytest.mark.parametrize("there", ["nothing", "beginning", "fork", "damaged"])
async def test_wherever_it_ends_one_of_both_is_there_and_the_same_again_completes_it(
    tmp_path: Path, there: str
) -> None:
    source = await write(tmp_path / "source", "one", "two", "three")
    wanted = verify(source / FILE)
    make(Source(source, None, "1.0", at(0)), tmp_path / "copy", ())
    whole, count = False, 0
    for count in range(MOST):
        data = tmp_path / f"{there}-{count}"
        data.mkdir()
        before = await prepared(data, there)

        def restored(data: Path = data, second: float = float(count)) -> None:
            with staged(data) as stage:
                back = opened(tmp_path / "copy", stage, None)
                put(stage, back, data, "1.0", at(second), aside=there == "fork")

        whole = ended(restored, count)
        now = found(data) if (data / FILE).exists() else before
        assert now in (before, wanted)
        if now == wanted != before and there not in {"nothing", "damaged"}:
            assert before in [verify(path) for path in data.glob("journal-before-*.db")]
        if whole:
            break
        restored(second=100.0 + count)
        assert verify(data / FILE) == wanted
    assert whole
    assert count > 5


async def prepared(data: Path, there: str) -> Verdict | None:
    if there == "nothing":
        return None
    if there == "damaged":
        (data / FILE).write_bytes(NOTHING)
        return None
    await write(data, "one" if there == "beginning" else "other")
    return verify(data / FILE)
