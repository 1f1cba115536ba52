"""Rule files with one row taken out, and what the tests that name the row say of each.

Run as a program it reads a plan and answers with a JSON line for each mutant. It imports pytest
and what hangs on it once and forks for every mutant: a fresh process each would take ten times as
long. A mutant's process finds a copy of `monitoring` first on its path, the programs that it
starts as well, so whoever reads the rules reads the mutated ones, in whatever way.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import pytest
from checkout import ROOT, plain_environment

LIMIT_S = 120
"""A mutant whose tests hang is no dead mutant."""
PLUGINS = ("pytest_asyncio.plugin", "pytest_timeout", "_hypothesis_pytestplugin")
HEADER = re.compile(r"^\[\[?([^\[\]]+)\]\]?", re.MULTILINE)
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule file without one of its rows, or gone, and the tests that must notice."""

    name: str
    file: str
    text: str | None
    tests: list[str]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant."""

    name: str
    noticed: list[str]
    """The tests that failed, and the files whose tests could not even be read."""
    tail: str

    def missed_by(self, tests: Sequence[str]) -> bool:
        """Tell whether none of the tests noticed anything."""
        return not any(_same(test, node) for test in tests for node in self.noticed)


class Record:
    """A plugin of pytest that keeps what failed, and files it when the last test is over.

    Not later: where a mutant broke off a daemon's start, what that left open may be reported as an
    error when pytest itself ends, and what was noticed would be lost with it.
    """

    def __init__(self, home: Path) -> None:
        self.nodes: list[str] = []
        self.home = home

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a test that failed."""
        if report.failed:
            self.nodes.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a file that cannot be read."""
        if report.failed:
            self.nodes.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """File what was kept."""
        (self.home / FAILED).write_text(json.dumps(self.nodes), "utf-8")


def without(text: str, table: str, number: int) -> str:
    """Return the TOML text without its n-th `[[table]]`, or without its `[table]` for 0."""
    headers = list(HEADER.finditer(text))
    sought = f"[[{table}]]" if number else f"[{table}]"
    start = [n for n, found in enumerate(headers) if found[0] == sought][max(number, 1) - 1]
    end = next((f for f in headers[start + 1 :] if not f[1].startswith(f"{table}.")), None)
    cut = text[: headers[start].start()] + (text[end.start() :] if end else "")
    _assert_cut(text, cut, table, number)
    return cut


def fates(mutants: Sequence[Mutant], jobs: int = 2) -> list[Fate]:
    """Run each mutant's tests on it and return what became of each, in order."""
    plan = {"jobs": jobs, "mutants": [asdict(mutant) for mutant in mutants]}
    run = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(plan),
        cwd=ROOT,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = {line["name"]: Fate(**line) for line in map(json.loads, run.stdout.splitlines())}
    return [found[mutant.name] for mutant in mutants]


def _same(test: str, node: str) -> bool:
    """Tell whether a failed node is the test, one of its parameters, or the file that it is in."""
    return node == test or node.startswith(f"{test}[") or test.startswith(f"{node}::")


def _assert_cut(text: str, cut: str, table: str, number: int) -> None:
    wanted = tomllib.loads(text)
    if number:
        del wanted[table][number - 1]
    if not number or not wanted[table]:
        del wanted[table]
    assert tomllib.loads(cut) == wanted


def _main() -> None:
    """Answer the plan on standard input."""
    for module in ("hypothesis", "msgspec", *PLUGINS):
        import_module(module)
    plan = json.load(sys.stdin)
    waiting = iter([Mutant(**one) for one in plan["mutants"]])
    with tempfile.TemporaryDirectory(prefix="vagt-mutants-") as folder:
        for fate in _lived(waiting, Path(folder), plan["jobs"]):
            sys.stdout.write(json.dumps(asdict(fate)) + "\n")
            sys.stdout.flush()


def _lived(waiting: Iterator[Mutant], folder: Path, jobs: int) -> Iterator[Fate]:
    """Yield each mutant's fate as it comes, so many at a time."""
    running: dict[int, tuple[Mutant, Path]] = {}
    while True:
        while len(running) < jobs and (mutant := next(waiting, None)) is not None:
            home = Path(tempfile.mkdtemp(dir=folder))
            running[_born(mutant, home)] = (mutant, home)
        if not running:
            return
        pid, status = os.wait()
        mutant, home = running.pop(pid)
        yield _fate(mutant, home, status)
        shutil.rmtree(home)


def _born(mutant: Mutant, home: Path) -> int:
    """Return the process that runs the mutant's tests."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _life(mutant, home)
        finally:
            os._exit(code)
    return pid


def _life(mutant: Mutant, home: Path) -> int:
    """Return pytest's exit status on the mutant; all output goes to a file."""
    signal.alarm(LIMIT_S)
    log = os.open(home / "log", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    shutil.copytree(ROOT / "monitoring", home / "monitoring")
    file = home / "monitoring" / "rules" / mutant.file
    if mutant.text is None:
        file.unlink()
    else:
        file.write_text(mutant.text, "utf-8")
    sys.path.insert(0, str(home))
    os.environ |= {
        "PYTHONPATH": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(home / "hypothesis"),
    }
    options = ["-q", "-p", "no:cacheprovider", "--tb=line", f"--basetemp={home / 'tmp'}"]
    plugins = [*(import_module(plugin) for plugin in PLUGINS), Record(home)]
    return int(pytest.main([*options, *mutant.tests], plugins))


def _fate(mutant: Mutant, home: Path, status: int) -> Fate:
    log, failed = home / "log", home / FAILED
    told = log.read_text("utf-8", "replace") if log.exists() else ""
    noticed = json.loads(failed.read_text("utf-8")) if failed.exists() else []
    return Fate(mutant.name, noticed, f"status {status}: {told[-800:]}")


if __name__ == "__main__":
    _main()
