"""Daemons beside one another: two that want the same ports, or one that answers nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from daemon import config
from daemon.config import Config, ConfigError
from vagt.doctor.daemon import daemon
from vagt.doctor.files import link, parent, processes
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.scene import Scene

_RESTART = "sudo systemctl restart vagt, when no patient is watched"


class Running(NamedTuple):
    """A daemon as the list of processes shows it."""

    pid: int
    file: Path


def daemons(scene: Scene) -> Result:
    """Say how many daemons run for this clinic: more than one is too many."""
    ours = [one for one in _daemons(scene.root) if _concerns(scene, one)]
    count = f"running for this clinic {len(ours)}"
    if len(ours) > 1:
        pids = " and ".join(f"pid {one.pid} with {one.file}" for one in ours)
        what = f"daemon: two run at once, and take ports from one another ({pids})"
        remedy = "end the one that was started by hand (kill, with its pid)"
        return found("daemons", count, Finding("daemon_twice", what, remedy))
    stopped = any(one.id == "daemon_not_running" for one in daemon(scene).findings)
    if ours and stopped:
        what = f"daemon: pid {ours[0].pid} runs and answers nobody at {scene.config.socket.path}"
        return found("daemons", count, Finding("daemon_stuck", what, _RESTART))
    return found("daemons", count)


def _daemons(root: Path) -> list[Running]:
    """Return the daemons; a child that is about to become another program is none."""
    told = list(_running(root))
    pids = {one.pid for one in told}
    return [one for one in told if parent(root, one.pid) not in pids]


def _running(root: Path) -> Iterator[Running]:
    for pid, words in processes(root):
        if not Path(words[0]).name.startswith(("python", "vagt")):
            continue
        names = [Path(word).name for word in words]
        for place, (name, verb) in enumerate(pairwise(names)):
            if (name, verb) == ("vagt", "run"):
                yield Running(pid, _file(root / "proc" / str(pid), words[place + 2 :]))
                break


def _file(process: Path, words: list[str]) -> Path:
    """Return which configuration a daemon was told; what is relative begins where it stands."""
    told = str(config.DEFAULT_PATH)
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if word == "--config" and behind:
            told = behind
        elif word.startswith("--config="):
            told = word.removeprefix("--config=")
    return Path(link(process / "cwd") or "/") / told


def _concerns(scene: Scene, one: Running) -> bool:
    """Tell whether a daemon runs with this configuration or wants something of it."""
    if os.path.realpath(one.file) == os.path.realpath(scene.file):
        return True
    try:
        other = config.read(one.file)
    except ConfigError:
        return False
    return bool(_wanted(other) & _wanted(scene.config))


def _wanted(told: Config) -> frozenset[str]:
    ports = [row.port for row in told.devices]
    places = [str(told.socket.path), str(told.data.dir), *ports]
    return frozenset(os.path.realpath(place) for place in places)
