"""`make bench` measures what it says, and fails when a promise is missed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT

from devices.catalogue import PROTOCOLS


def loaded(name: str) -> Any:
    """Return a module of the bench, which is not installed, beside the installed product."""
    if "bench" not in sys.modules:
        spec = PathFinder.find_spec("bench", [str(ROOT)])
        assert spec is not None
        sys.modules["bench"] = module_from_spec(spec)
    return import_module(f"bench.{name}")


def row(*, measured: float) -> Any:
    return loaded("row").Row(f"at {measured:g}", measured, "s", 2, at_least=False)


def test_a_missed_promise_is_named_and_is_a_failure() -> None:
    found = loaded("row")
    good, bad = row(measured=1), row(measured=3)
    assert (found.verdict([good]), found.status([good])) == ("1 of 1 promises met", 0)
    assert found.verdict([good, bad]) == "1 of 2 promises met; missed: at 3"
    assert found.status([good, bad]) == 1


@pytest.mark.parametrize(("measured", "status"), [(1, 0), (3, 1)])
def test_the_program_exits_with_that(tmp_path: Path, measured: float, status: int) -> None:
    # One row in place of what takes minutes to measure.
    one = f"Row('one', {measured}, 's', 2, at_least=False)"
    script = (
        "import sys, bench.__main__ as m; from bench.row import Row\n"
        f"async def bed(_): return [{one}]\n"
        "async def none(_): return []\n"
        "m.decode, m.report, m.bed = (lambda: []), (lambda: []), bed\n"
        "m.latency = m.outbox = m.streams = m.dashboard = none\n"
        f"sys.argv[1:] = ['-o', {str(tmp_path / 'bench.json')!r}]\n"
        "sys.exit(m.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_protocol_is_measured_with_a_stream_and_beside_the_floor_of_the_same_bytes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decode = loaded("decode")
    taken: list[tuple[bool, bytes]] = []

    def rate(take: Callable[[bytes], object], data: bytes) -> float:
        taken.append((take is decode._nothing, data))
        return float(len(data))

    monkeypatch.setattr(decode, "_rate", rate)
    rows = list(decode.decode([name]))
    assert [one.name for one in rows] == [f"{name}: {what}" for what in WHAT]
    # As many bytes in no time at all: each figure is its own floor.
    assert [one.measured for one in rows] == [one.floor for one in rows]
    idle = {data for nothing, data in taken if nothing}
    assert idle == {data for nothing, data in taken if not nothing}
    assert decode.GARBAGE in idle
    assert b"" not in idle


WHAT = ("own stream", "full line", "garbage")


async def test_the_bed_is_measured_while_a_client_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    bed = loaded("bed")
    cost, clients = bed.cost, list[int]()

    async def counted(process: Any, seconds: float) -> Any:
        found = await cost(process, seconds)
        lines = (line.split() for line in Path("/proc/net/unix").read_text().splitlines())
        served = [
            one for one in lines if one[-1].endswith("/vagt.sock") and "vagt-bench" in one[-1]
        ]
        clients.append(sum(one[5] == "03" for one in served))
        return found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(bed, "cost", counted)
    async with asyncio.timeout(30):
        rows = await bed.bed(1.0)
    assert [one.name.split(": ")[-1] for one in rows] == ["daemon CPU", "memory", rows[-1].name]
    assert clients == [0, 1]


@pytest.mark.slow
@pytest.mark.timeout(60)
async def test_the_alarm_is_timed_from_the_limit_crossed_also_while_the_journal_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    async with asyncio.timeout(50):
        rows = await loaded("latency").latency(7.0)
    begun = "limit crossed to alarm on the socket"
    wanted = [
        f"{begun}{how}: {share}" for how in ("", ", journal held") for share in ("p50", "p99")
    ]
    assert [one.name for one in rows] == wanted
    assert all((one.promise, one.unit, one.at_least) == (20, "ms", False) for one in rows)
    assert all(0 < one.measured < 1000 for one in rows)
