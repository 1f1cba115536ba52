"""Each configured device: why it cannot be read, from its port and from what the daemon says."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from daemon.config import Device as Row
from daemon.protocol.messages import Device
from firmware_bridge.link import LinkRefusedError
from firmware_bridge.ports import BY_PATH
from firmware_bridge.tcp_link import SCHEME
from vagt.doctor import spare
from vagt.doctor.finding import Examined, Finding, Result
from vagt.doctor.holders import holders
from vagt.doctor.person import ROOT_UID, admission, present
from vagt.doctor.scene import Scene
from vitals.reading import Note
from vitals.vocabulary import DeviceState, Fault

PASSING = re.compile(r"/dev/tty(USB|ACM)[0-9]+")
"""Names in the order of plugging in."""
OPEN = frozenset({DeviceState.OPENING, DeviceState.RECEIVING, DeviceState.SILENT})
"""The daemon has the port open."""


def devices(scene: Scene) -> Result:
    """Say of every device how it stands, and of one that cannot be read the first thing to mend."""
    examined, findings = [], list(_shared(scene))
    for row in scene.devices:
        said = None if scene.told is None else scene.told.devices.get(row.name)
        why = _why(scene, row, said)
        state = "not known without the daemon" if said is None else f"{said.state}"
        examined.append(Examined("device", f"{row.name} at {row.bed} on {row.port}: {state}"))
        findings += [*([why] if why else []), *_passing(scene, row)]
    return Result(tuple(examined), tuple(findings))


def _why(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    """Return the first thing that keeps a device from being read; None when nothing does."""
    causes: list[Callable[[Scene, Row, Device | None], Finding | None]] = []
    if not row.port.startswith(f"{SCHEME}://"):
        if said is None or said.state not in OPEN:
            causes += [_ambiguous, _absent, _no_port]
        causes += [_held, _denied]
    causes.append(_said)
    found = (cause(scene, row, said) for cause in causes)
    return next((finding for finding in found if finding is not None), None)


def _ambiguous(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    del said
    try:
        scene.ports.check(row.port)
    except LinkRefusedError as error:
        what, _, remedy = str(error).rpartition(": ")
        return Finding("port_ambiguous", f"{row.name}: {what}", f"{remedy}, or {_assign(row)}")
    return None


def _absent(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    """Return why nothing is at a port; an adapter elsewhere is taken up by a person alone."""
    del said
    if present(Path(row.port)):
        return None
    others = [adapter.name for adapter in spare.adapters(scene)]
    if not others:
        what = f"{row.name}: {row.port} is not there"
        return Finding("port_missing", what, "plug its adapter in and switch the monitor on")
    where = " or ".join(others)
    if row.port.startswith(str(scene.root / BY_PATH)):
        what = f"{row.name}: nothing is plugged in at {row.port}, and an adapter is at {where}"
        remedy = f"put it back, or {_assign(row, others[0])} if that is its adapter"
        return Finding("port_elsewhere", what, remedy)
    what = f"{row.name}: {row.port} is not there, and an adapter that no device uses is at {where}"
    remedy = f"plug the right one in, or {_assign(row, others[0])} if that is its adapter now"
    return Finding("port_missing", what, remedy)


def _no_port(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    del scene, said
    path = Path(row.port)
    if stat.S_ISCHR(path.stat().st_mode):
        return None
    kind = "a folder" if path.is_dir() else "no serial port"
    return Finding("port_none", f"{row.name}: {row.port} is {kind}", "mend `port`")


def _held(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    ours = {os.getpid(), *([scene.told.pid] if scene.told else [])}
    found = [one for one in holders(Path(row.port), scene.root / "proc") if one.pid not in ours]
    if found:
        names = ", ".join(map(str, found))
        what = f"{row.name}: {row.port} is held by {names}"
        return Finding("port_held", what, "stop that program, and keep it from this port")
    if said is None or said.fault is not Fault.IN_USE:
        return None
    what = f"{row.name}: {row.port} is held by another program"
    if scene.me.uid == ROOT_UID:
        return Finding("port_held", what, "stop it; it lets nobody see its name")
    return Finding("port_held", f"{what}, and only root may see whose", "try with sudo")


def _denied(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    """Return whose rights are missing: the daemon's where it runs, or else one's own."""
    if said is not None and said.fault is not Fault.DENIED:
        return None
    status = Path(row.port).stat()
    if said is None and scene.keeper.may(status):
        return None
    what = f"{row.name}: {scene.keeper.name} may not open {row.port}"
    return Finding("port_denied", what, admission(scene.keeper, status))


def _said(scene: Scene, row: Row, said: Device | None) -> Finding | None:
    """Return what the daemon alone can know."""
    if said is None or scene.told is None:
        return None
    if said.fault is Fault.NOISE:
        return _noise(scene, row, said)
    if said.state is DeviceState.SILENT:
        what = f"{row.name}: nothing comes over {row.port}"
        remedy = "see that the monitor is on, that it is set to send, and that the cable is right"
        return Finding("device_silent", what, remedy)
    if said.state in OPEN:
        return _untold(row, said)
    what, _, remedy = said.reason.rpartition(": ")
    name = "device_defective" if said.state is DeviceState.DEFECTIVE else "device_lost"
    return Finding(name, f"{row.name}: {what or said.reason}", remedy if what else _LOG)


_LOG = "look at the daemon's log"


def _untold(row: Row, said: Device) -> Finding | None:
    """Return that a capnograph waits to be told what its numbers depend on."""
    if Note.COMPENSATION_NOT_SET not in said.notes:
        return None
    what = f"{row.name}: its CO2 is questionable, as its compensation is not set"
    remedy = "set pressure_mmhg and gas, with oxygen_percent, in its [device.options]"
    return Finding("device_untold", what, remedy)


def _noise(scene: Scene, row: Row, said: Device) -> Finding:
    """Return what bytes look like that are not valid for their protocol."""
    look = scene.told.looks.get(row.name) if scene.told else None
    guesses = look.protocols if look else ()
    if guesses and row.protocol not in guesses:
        what = f"{row.name}: {said.reason}; they look like {' or '.join(guesses)}"
        remedy = f'write protocol = "{guesses[0]}", or set the monitor to {row.protocol}'
        return Finding("device_noise", what, remedy)
    nothing = "and they look like nothing that can be told by itself"
    like = "and yet they look like it: many are damaged" if guesses else nothing
    remedy = "see that speed and parity are the monitor's, and that the cable is sound"
    return Finding("device_noise", f"{row.name}: {said.reason}, {like}", remedy)


def _passing(scene: Scene, row: Row) -> list[Finding]:
    """Return that a name may be another adapter's at the next start."""
    if not PASSING.fullmatch(row.port.removeprefix(str(scene.root).rstrip("/"))):
        return []
    names = [adapter.name for adapter in scene.adapters if adapter.port == row.port]
    if not names or names == [row.port]:
        return []
    what = f"{row.name}: {row.port} may be another adapter after the next start"
    return [Finding("port_passing", what, f'write port = "{names[0]}"')]


def _shared(scene: Scene) -> Sequence[Finding]:
    """Return which devices are looked for at one adapter under two names."""
    real: dict[str, Row] = {}
    findings = []
    for row in scene.devices:
        other = real.setdefault(os.path.realpath(row.port), row)
        if other is not row:
            what = f"{row.name}: {row.port} leads to the same port as {other.port} of {other.name}"
            findings.append(Finding("port_shared", what, "give each device an adapter of its own"))
    return findings


def _assign(row: Row, port: str = "...") -> str:
    bed = f"'{row.bed}'"
    return f"vagt devices assign {row.name} --bed {bed} --port {port} --by INITIALS"
