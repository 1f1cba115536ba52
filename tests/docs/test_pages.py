"""What the pages for a clinic must say, and that what they say of files and findings is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkout import ROOT
from clinics import clinic, daemon, ear
from pi.documents import blocks, unsaid

CLINICS = ["firstday", "hardware", "protection", "security", "trouble", "use"]
INSTALL = ROOT / "deploy/raspberrypi/README.md"
SAYS = re.compile(r"(supplements|supplerer) (certified|certificerede|sertifiserte) monitors?\w*")


def pages() -> list[Path]:
    named = [ROOT / f"docs/{name}.md" for name in CLINICS]
    return [*named, *sorted((ROOT / "docs/guide").rglob("*.md")), INSTALL, ROOT / "docs/risks.md"]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_page_for_a_clinic_says_that_it_replaces_no_monitor(page: Path) -> None:
    assert SAYS.search(" ".join(page.read_text("utf-8").split()))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_page_that_is_led_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_hardware_asks_for_isolation_and_a_measurement() -> None:
    text = (ROOT / "docs/hardware.md").read_text("utf-8")
    for word in ("galvanic isolation", "IEC 60601-1, clause 16", "leakage", "ferrite", "diathermy"):
        assert word in text


async def test_every_file_that_a_daemon_makes_is_told_under_data_protection(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.ask("end")
            await hears.home()
    told = (ROOT / "docs/protection.md").read_text("utf-8")
    made = {re.sub(r"-(wal|shm)$", "", one.name) for one in place.data.iterdir()}
    assert {"journal.db", "outbox.sqlite"} <= made
    assert [name for name in made if f"`{name}`" not in told and f"`{name}/`" not in told] == []


def test_each_block_of_the_installation_says_whether_it_is_typed_in_the_proof() -> None:
    assert unsaid(INSTALL) == []
    told = set(blocks(INSTALL))
    assert told >= {"unpack", "plan", "install", "look", "demo", "case", "upgrade", "uninstall"}


@pytest.mark.parametrize("suite", ["bookworm"])
def test_the_log_of_the_proof_is_of_the_commands_that_stand_there(suite: str) -> None:
    log = (ROOT / f"docs/proof/{suite}.log").read_text("utf-8")
    typed = set(re.findall(r"^\[([a-z]+)\]$", log, re.MULTILINE))
    every = blocks(INSTALL)
    others = {"bookworm": {"install"}, "trixie": {"offline", "packages", "wheelhouse"}}[suite]
    assert typed == set(every) - others
    said = {line.removeprefix("$ ") for line in log.splitlines() if line.startswith("$ ")}
    said = {re.sub(r"\b[0-9]+\.[0-9]+\.[0-9]+\b", "VERSION", line) for line in said}
    wanted = {line for name in typed for line in every[name].text.splitlines()}
    assert wanted - said == set()
    assert log.rstrip().endswith("Everything above came to what it must come to.")
