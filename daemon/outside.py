"""What a daemon reaches outside of itself: adapters, wires, the journal's disk, a speaker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from daemon.aplay import Aplay
from daemon.journal.writer import Journal
from daemon.links import link
from daemon.speaker import Speaker
from devices.contract import ProtocolEntry
from firmware_bridge.link import Link
from firmware_bridge.ports import ROOT
from vitals.clock import Clock


@dataclass(frozen=True, slots=True)
class Outside:
    """How it is reached; a simulation counts what goes over each way."""

    root: Path = ROOT
    """Below it lie the folders in which the system tells of serial adapters."""
    link: Callable[[str, ProtocolEntry, Clock], Link] = link
    journal: Callable[[Path, str], Journal] = Journal
    speaker: Callable[[str, Clock], Speaker] = Aplay


MACHINE = Outside()
"""As it is on a machine that watches patients."""
