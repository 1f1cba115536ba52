"""Room names are common words, listed by hand in several places: keep them ours and agreed."""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT, contracts, modules, rooms, setting

TUI = "The TUI knows the daemon's protocol and nothing else of it"
LEAF = "The protocol is a leaf: vitals and msgspec only"


@pytest.mark.parametrize("room", rooms())
def test_the_installed_distribution_knows_the_room_and_nobody_else_claims_it(room: str) -> None:
    # An editable install names no room, it only points at the checkout.
    owners = {*packages_distributions().get(room, []), *(["vagt"] if editable() else [])}
    assert owners == {"vagt"}


@pytest.mark.parametrize("room", rooms())
def test_the_room_is_read_from_where_it_is_installed(room: str) -> None:
    spec = find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    assert (Path(spec.origin).parent == ROOT / room) == editable()


def editable() -> bool:
    """Tell whether this environment reads the rooms from the checkout (`make setup` does)."""
    return any(file.suffix == ".pth" for file in distribution("vagt").files or [])


@pytest.mark.parametrize(
    "path",
    [
        ("hatch", "build", "targets", "wheel", "packages"),
        ("coverage", "run", "source_pkgs"),
        ("importlinter", "root_packages"),
        ("mypy", "files"),
        ("ruff", "lint", "isort", "known-first-party"),
    ],
    ids=lambda path: path[0],
)
def test_every_list_of_rooms_names_each_room_once(path: tuple[str, ...]) -> None:
    listed = Counter(setting("tool", *path))
    del listed["tests"]
    assert listed == Counter(rooms())


def test_the_stack_places_each_room_once() -> None:
    layers = " | ".join(contract("Rooms are stacked")["layers"])
    assert Counter(layers.split(" | ")) == Counter(rooms())


@pytest.mark.parametrize("name", [TUI, LEAF])
def test_every_daemon_module_but_the_protocol_is_closed(name: str) -> None:
    closed = [expression(text) for text in contract(name)["forbidden_modules"]]
    below = {parts[1] for parts in (module.split(".") for module in modules("daemon")) if parts[1:]}
    open_modules = {
        module
        for module in (f"daemon.{child}" for child in below - {"protocol"})
        if not any(pattern.fullmatch(module) for pattern in closed)
    }
    assert open_modules == set()


def test_every_protocol_module_is_open_to_the_tui() -> None:
    allowed = [text.split(" -> ") for text in contract(TUI)["ignore_imports"]]
    patterns = [expression(imported) for importer, imported in allowed if importer == "tui.**"]
    protocol = [name for name in modules("daemon") if name.startswith("daemon.protocol")]
    assert len(protocol) > 1
    assert [name for name in protocol if not any(p.fullmatch(name) for p in patterns)] == []


def test_nothing_else_is_excepted_for_the_tui() -> None:
    excepted = {text.split(" -> ")[1] for text in contract(TUI)["ignore_imports"]}
    assert excepted == {"daemon.protocol", "daemon.protocol.**"}


def contract(name: str) -> dict[str, Any]:
    """Return the one import contract of that name."""
    (found,) = (one for one in contracts() if one["name"] == name)
    return found


def expression(text: str) -> re.Pattern[str]:
    """Return import-linter's module expression as a pattern: `*` one name, `**` any depth."""
    names = {"*": r"[^.]+", "**": r".+"}
    return re.compile(r"\.".join(names.get(part, re.escape(part)) for part in text.split(".")))
