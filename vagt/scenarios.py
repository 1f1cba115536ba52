"""The scenarios that ship with the product, by name."""

from __future__ import annotations

from importlib import resources

from devices.simulated.scenario import Scenario, read_scenario
from vagt.main import UsageError


def scenario(name: str) -> Scenario:
    """Return the scenario of a name; UsageError when there is none."""
    folder = resources.files("devices.simulated").joinpath("scenarios")
    files = {file.name.removesuffix(".toml"): file for file in folder.iterdir()}
    if name not in files:
        raise UsageError(f"no scenario {name!r}; the scenarios are {', '.join(sorted(files))}")
    found = read_scenario(files[name].read_text("utf-8"), files[name].name)
    if isinstance(found, list):
        raise UsageError("; ".join(found))
    return found
