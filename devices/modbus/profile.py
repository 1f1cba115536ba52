"""The maps that come with the product: starting points, to be compared with a display."""

from __future__ import annotations

from importlib.resources import files

PACKAGE = "devices.modbus.profiles"
SUFFIX = ".toml"


def names() -> tuple[str, ...]:
    """Return the names of the maps."""
    found = (entry.name for entry in files(PACKAGE).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def text(name: str) -> str:
    """Return the text of a map; KeyError when there is none of that name."""
    if name not in names():
        raise KeyError(name)
    return files(PACKAGE).joinpath(name + SUFFIX).read_text("utf-8")
