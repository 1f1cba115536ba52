"""`vagt devices [assign]`: the monitors of a daemon and where they stand; one is put elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from daemon.protocol.commands import Assign, Port
from daemon.protocol.messages import Device, Result
from daemon.protocol.request import Name
from vagt import output
from vagt.main import UsageError
from vagt.show import SOCKET, initials
from vagt.visit import visit

HEADINGS = ("DEVICE", "BED", "PROTOCOL", "PORT", "STATE", "CHECK", "REMARKS")
NOTHING = "-"
ID = "devices"
"""Of the one command of a visit."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the list and the one deed."""
    _shared(parser, SOCKET)
    deeds = parser.add_subparsers(dest="deed", metavar="assign")
    # What stands before the deed is not overwritten by a default of the deed's own.
    assign = deeds.add_parser("assign", help="let a device stand at a bed from now on")
    _shared(assign, argparse.SUPPRESS)
    assign.add_argument("device", metavar="DEVICE", help="its name in the configuration")
    assign.add_argument("--bed", required=True, help="where it stands from now on")
    assign.add_argument("--port", help="where it is plugged in from now on (default: as before)")
    assign.add_argument("--by", metavar="INITIALS", required=True, help="who says so")


def run(arguments: argparse.Namespace) -> int:
    """List the devices, or assign one: 1 when the daemon refuses."""
    return _assigned(arguments) if arguments.deed else _listed(arguments)


def _shared(parser: argparse.ArgumentParser, socket: Path | str) -> None:
    json = argparse.SUPPRESS if socket == argparse.SUPPRESS else False
    parser.add_argument("--socket", type=Path, default=socket, help="the daemon's socket")
    parser.add_argument("--json", action="store_true", default=json, help="one JSON document")


def _listed(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        devices = daemon.snapshot.devices
    if arguments.json:
        output.json_line({"devices": [msgspec.structs.asdict(device) for device in devices]})
    else:
        output.table([HEADINGS, *map(_row, devices)])
    return 0


def _row(device: Device) -> tuple[str, ...]:
    remarks = [device.reason, *(note.replace("_", " ") for note in device.notes)]
    return (
        device.name,
        device.bed,
        device.protocol,
        device.port,
        device.state,
        "checked" if device.checked else "no checksum",
        "; ".join(filter(None, remarks)) or NOTHING,
    )


def _assigned(arguments: argparse.Namespace) -> int:
    command = _command(arguments)
    with visit(arguments.socket) as daemon:
        answer = daemon.ask(command)
    if arguments.json:
        place = {"device": arguments.device, "bed": arguments.bed, "port": arguments.port}
        told = {"result": answer.result, "reason": answer.reason, "detail": answer.detail}
        output.json_line({**place, **told})
    elif answer.result is Result.REFUSED:
        output.line(f"refused: {answer.detail}")
    else:
        late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
        output.line(f"{arguments.device} stands at {arguments.bed}{late}")
    return 1 if answer.result is Result.REFUSED else 0


def _command(arguments: argparse.Namespace) -> Assign:
    """Return the command if the daemon can read it."""
    device, bed = _text("DEVICE", arguments.device, Name), _text("--bed", arguments.bed, Name)
    port = None if arguments.port is None else _text("--port", arguments.port, Port)
    return Assign(id=ID, by=initials(arguments.by), bed=bed, device=device, port=port)


def _text(name: str, given: str, kind: object) -> str:
    try:
        return str(msgspec.convert(given, kind))
    except msgspec.ValidationError as error:
        raise UsageError(f"{name} {given!r}: is empty, too long or not printable") from error
