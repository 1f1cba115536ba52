"""What `vagt doctor` finds out first: a clinic, a machine, and what a daemon said."""

from __future__ import annotations

import os

from clinics import BED, clinic
from manual import at
from sockets import Machine

from daemon import config
from daemon.protocol.messages import PROTOCOL, Device, Hello
from vagt.doctor.finding import Finding, Result
from vagt.doctor.person import Person
from vagt.doctor.scene import Scene
from vagt.doctor.told import Told
from vitals.reading import Origin
from vitals.vocabulary import DeviceState, Fault

STRANGER = Person("somebody", 54_321, frozenset({54_321}))


def scene(machine: Machine, port: str = "", *, extra: str = "") -> Scene:
    """Return a clinic of one oximeter at a port of the machine, and no daemon."""
    place = clinic(machine.root.parent, extra=extra)
    if port:
        place.config.write_text(place.config.read_text().replace(str(place.port), port))
    made = config.read(place.config)
    return Scene(
        place.config,
        made,
        at(0),
        "1.0",
        machine.root,
        STRANGER,
        refused=True,
        run=lambda *_: "",
    )


def only(result: Result) -> Finding:
    (finding,) = result.findings
    return finding


def ids(result: Result) -> list[str]:
    return [finding.id for finding in result.findings]


def said(
    state: DeviceState, fault: Fault | None = None, reason: str = "", *, port: str = ""
) -> Told:
    """Return a daemon that says this of the oximeter."""
    told = Told(os.getpid(), os.geteuid())
    told.hear(Hello(PROTOCOL, "1.0", "Klinik Nord", (BED,), "t"))
    told.hear(
        Device(
            at="t",
            age_s=None,
            bed=BED,
            name="nonin",
            protocol="nonin-df2",
            origin=Origin.MEASURED,
            state=state,
            reason=reason,
            notes=(),
            checked=True,
            frames=0,
            bad_frames=0,
            discarded_bytes=0,
            port=port,
            fault=fault,
        )
    )
    return told
