"""A month's reports asked for at a dashboard: a real daemon has its own verb make them, beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, Ear, clinic, daemon, ear
from msgspec import structs
from practices import ask

from daemon.clock import SystemClock, local_date
from daemon.config import parsed
from daemon.exporting import PATIENCE_S, Exporting
from daemon.protocol.export import Export, Exported
from vitals.instant import Instant

pytestmark = pytest.mark.timeout(60)
MONTH = f"{local_date(SystemClock().now()):%Y-%m}"


async def asked(hears: Ear, month: str = MONTH, **said: str) -> dict[str, Any]:
    """Ask until the reports are made, as a dashboard does."""
    while True:
        count = len(hears.of("exported")) + len(hears.of("answer")) + 1
        request = {"kind": "export", "id": "x", "by": "AS", "month": month, **said}
        hears.writer.write(f"{json.dumps(request)}\n".encode())
        await hears.hear(
            lambda least=count: len(hears.of("exported")) + len(hears.of("answer")) >= least  # type: ignore[misc]
        )
        told = (*hears.of("answer"), *hears.of("exported"))[-1]
        if not told.get("pending"):
            return told


async def test_a_daemon_files_a_month_and_watches_on_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    place = clinic(tmp_path, extra=f'[report]\nfolder = "{folder}"\n')
    with daemon(place):
        async with ear(place) as hears:
            answer = await hears.ask("start", code="3021", age="4y")
            await hears.ask("end", bed=BED)
            told = await asked(hears)
            today = local_date(SystemClock().now())
            assert told["files"][0] == f"vagt-{today.replace(day=1)}--{today}.html"
            assert told["folder"] == str(folder)
            beats = len(hears.of("beat"))
            await hears.hear(lambda: len(hears.of("beat")) > beats)
    assert answer["case"] in (folder / told["files"][0]).read_text("utf-8")
    assert {one.name for one in folder.iterdir()} == set(told["files"])


async def test_what_cannot_be_filed_says_why(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=f'[report]\nfolder = "{tmp_path / "gone"}"\n')
    with daemon(place):
        async with ear(place) as hears:
            told = await asked(hears)
            assert told["files"] == []
            assert "gone is not there" in told["detail"]


async def test_without_a_folder_or_where_is_only_shown_nothing_is_filed(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            told = await asked(hears)
            assert (told["folder"], told["files"]) == ("", [])
        async with ear(place) as shown:
            await ask(shown, "shown")
            assert (await asked(shown))["reason"] == "shown_only"


class _Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.at = Instant(0.0, 0.0)

    def now(self) -> Instant:
        return self.at

    async def sleep(self, _seconds: float) -> None:
        raise AssertionError


def test_what_never_comes_to_an_end_is_killed_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daemon.exporting._VERB", ("sleep", "600", "#"))
    monkeypatch.setattr("daemon.exporting.AT_LAST", ("sh", "-c", "exec sleep 600"))
    text = '[site]\nname = "K"\ncode = "KN"\n[[bed]]\nname = "1"\n[report]\nfolder = "out"\n'
    clock = _Clock()
    exporting = Exporting(parsed(text, str(tmp_path / "c.toml")), clock)
    assert exporting.answer(Export("1", "AS", MONTH)).pending
    other = exporting.answer(Export("2", "AS", "2020-01"))
    assert (other.id, other.pending) == ("2", True)
    clock.at = Instant(PATIENCE_S + 1, PATIENCE_S + 1)
    exporting.answer(Export("3", "AS", MONTH))
    making = exporting._now
    assert making is not None
    making.child.wait(10)
    told = exporting.answer(Export("4", "AS", MONTH))
    assert told == Exported("4", folder=str(tmp_path / "out"), detail="it ended with -9")
    assert exporting.answer(Export("5", "AS", MONTH)) == structs.replace(told, id="5")
