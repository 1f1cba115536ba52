"""A month of 200 cases as files: by the real verb, its time and the memory of all its processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.row import Row

MIB = 2**20
PAGE = 4096
GLANCE_S = 0.02
PLAIN = (
    "import sys; from weasyprint import HTML\n"
    "page = '<p style=\"break-after: page\">x</p>' * int(sys.argv[1])\n"
    "HTML(string=page).write_pdf(sys.argv[2])"
)
"""The floor of a printed page: as many of them, with a letter on each."""
WRITE = (
    "import sys; sys.path[:0] = ['tests/support']\n"
    "import reports; from pathlib import Path; from filed import place_of\n"
    "place_of(Path(sys.argv[1]), reports.busy())"
)


class Cost(NamedTuple):
    """What a command took."""

    seconds: float
    peak: float
    """MiB of it and of all that it started, together."""


def report() -> Iterator[Row]:
    """Yield the rows of reports."""
    with tempfile.TemporaryDirectory(prefix="vagt-bench-") as folder:
        subprocess.run([sys.executable, "-c", WRITE, folder], check=True)
        yield from _period(Path(folder))
        yield from _cases(Path(folder))


def _period(folder: Path) -> Iterator[Row]:
    floor, page, printed = (_made(folder, f"m.{end}") for end in ("json", "html", "pdf"))
    pages = _pages(folder / "m.pdf")
    yield _at_most("month of 200 cases: HTML", page.seconds, "s", 3, floor.seconds)
    yield _at_most("month of 200 cases: PDF", printed.seconds, "s", 10, page.seconds)
    yield _at_most("month of 200 cases: PDF, memory", printed.peak, "MiB", 200, page.peak)
    yield _at_most("month of 200 cases: printed", pages, "pages", 12)


def _cases(folder: Path) -> Iterator[Row]:
    whole = (_made(folder, f"c.{end}", "--cases") for end in ("json", "html", "pdf"))
    floor, page, printed = whole
    pages = _pages(folder / "c.pdf")
    plain = _cost(sys.executable, "-c", PLAIN, str(pages), str(folder / "plain.pdf")).seconds
    yield _at_most("200 sheets: HTML", page.seconds, "s", 10, floor.seconds)
    yield _at_most("200 sheets: HTML, memory", page.peak, "MiB", 150, floor.peak)
    each = printed.seconds / pages
    yield _at_most("200 sheets: PDF, a page", each, "s", 0.3, plain / pages)
    yield _at_most("200 sheets: PDF, memory", printed.peak, "MiB", 200, page.peak)


def _at_most(
    name: str, measured: float, unit: str, promise: float, floor: float | None = None
) -> Row:
    return Row(f"report: {name}", measured, unit, promise, at_least=False, floor=floor)


def _made(folder: Path, name: str, *words: str) -> Cost:
    """Return what the verb takes for a month; the floor is what its figures alone take, as JSON."""
    verb = (sys.executable, "-P", "-m", "vagt", "report", "--month", "2026-11")
    place = ("--config", str(folder / "c.toml"), "-o", str(folder / name))
    return _cost(*verb, *place, *words)


def _cost(*command: str) -> Cost:
    began, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(_resident(one) for one in _family(process.pid)))
        time.sleep(GLANCE_S)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(command)} failed")
    return Cost(time.perf_counter() - began, peak / MIB)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    for child in children.split():
        yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _pages(file: Path) -> int:
    told = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    (line,) = (one for one in told.splitlines() if one.startswith("Pages:"))
    return int(line.split()[1])


if __name__ == "__main__":
    for row in report():
        print(row.line())
