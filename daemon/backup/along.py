"""What goes along with the journal: what the clinic wrote, and the rules that cases were held to.

No secret does: neither the credentials, nor the key by which patients are known, nor the hashes of
PINs, which everybody sets anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from daemon import checkbook, shelf
from daemon.config import Config
from devices.modbus import profile

SETTINGS = "settings"
"""The configuration, and below it `etc`, `rules`, `lists` and `maps`: files for people to lay."""
SHELVES = (shelf.FOLDER, checkbook.FOLDER)
"""Folders of the data folder whose sets, named by their hashes, are put back as they were."""


def along(data: Path, config: Config | None) -> Iterator[tuple[Path, str]]:
    """Yield each file and its name in a backup; without a configuration, only the shelves."""
    for kind in SHELVES:
        for folder in sorted((data / kind).glob("*")):
            if shelf.NAME.fullmatch(folder.name):
                yield from _rows(folder, f"{kind}/{folder.name}")
    if config is not None and config.file is not None:
        yield from _written(config, config.file)


def _written(config: Config, file: Path) -> Iterator[tuple[Path, str]]:
    yield file, f"{SETTINGS}/{file.name}"
    seen = {file.resolve()}
    home = file.parent
    lists = config.practice.checklists.dir
    folders = {"etc": home, "rules": config.rules.dir, "lists": lists}
    for name, folder in folders.items():
        for path, told in _rows(home / folder, f"{SETTINGS}/{name}") if folder else ():
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path, told
    yield from _maps(home, file, seen)


def _rows(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.toml")):
        if path.is_file():
            yield path, f"{name}/{path.name}"


def _maps(home: Path, file: Path, seen: set[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the register maps of the clinic's own that devices name."""
    told = tomllib.loads(file.read_text("utf-8-sig"))
    for device in told.get("device", []):
        name = device.get("options", {}).get("map")
        path = home / name if name and name not in profile.names() else None
        if path is not None and path.resolve() not in seen:
            seen.add(path.resolve())
            yield path, f"{SETTINGS}/maps/{path.name}"
