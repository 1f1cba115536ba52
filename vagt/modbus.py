"""`vagt modbus probe`: what a device's registers hold, beside what a map makes of it.

For commissioning: whoever stands before the panel compares with its display. It only reads.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from daemon.clock import SystemClock
from devices.catalogue import PROTOCOLS
from devices.modbus.item import MapItem
from devices.modbus.map import parsed
from devices.modbus.plan import Block, blocks
from devices.modbus.value import asserted, guarded, ordered, raw, registers, value
from devices.modbus.wire import REFUSED, Refusal, Reply
from firmware_bridge.link import LinkError
from firmware_bridge.modbus_link import ModbusLink
from vagt import maps, output
from vagt.main import UsageError
from vitals.reading import Quality

ORDERS: dict[str, tuple[Literal["big", "little"], bool]] = {
    "ABCD": ("big", False),
    "CDAB": ("little", False),
    "BADC": ("big", True),
    "DCBA": ("little", True),
}
"""How makers call the orders of the four bytes of two words, A the highest."""

Answer = Reply | Refusal | None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to ask, and where."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="probe")
    probe = verbs.add_parser("probe", help="read every register of a map once and show it")
    where = probe.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", metavar="P", help="a serial port")
    where.add_argument("--tcp", metavar="H:P", help="a host, and a port where it is not 502")
    probe.add_argument("--map", metavar="F", required=True, help=maps.HELP)
    probe.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Read and show; 1 when an item has no value."""
    whole = parsed(maps.text(arguments.map))
    port = arguments.port or f"tcp://{arguments.tcp}"
    line = whole.line or PROTOCOLS["modbus"].line
    try:
        answers = asyncio.run(_asked(ModbusLink(port, line, SystemClock()), blocks(whole)))
    except LinkError as error:
        raise UsageError(str(error)) from error
    rows = [row for block, answer in answers for row in _rows(block, answer)]
    if arguments.json:
        output.json_line({"map": whole.name, "items": rows})
    else:
        for row in rows:
            _print(row)
    return 0 if all(row["quality"] == Quality.VALID for row in rows) else 1


async def _asked(link: ModbusLink, plan: Sequence[Block]) -> list[tuple[Block, Answer]]:
    """Ask for each block once."""
    await link.open()
    try:
        return [(block, _parsed(await link.ask(block.request.to_bytes()))) for block in plan]
    finally:
        link.close()


def _parsed(frame: bytes) -> Answer:
    if len(frame) > 1 and frame[1] & REFUSED:
        return Refusal.parse(frame)
    return Reply.parse(frame)


def _rows(block: Block, answer: Answer) -> Iterator[dict[str, Any]]:
    for item in block.items:
        row = {
            "item": item.label,
            "device": block.unit,
            "fc": int(item.fc),
            "addr": item.addr,
            "number": f"{item.number:05}",
            "type": item.type,
        }
        yield {**row, **_read(item, block, answer)}


def _read(item: MapItem, block: Block, answer: Answer) -> dict[str, Any]:
    if answer is None:
        return {"quality": "no answer"}
    if isinstance(answer, Refusal):
        return {"quality": f"exception {answer.code:02X} {answer.code.name.lower()}"}
    if item.measure is None:
        alarm = asserted(item, block, answer)
        quality = Quality.VALID if guarded(item, block, answer) else Quality.INVALID
        return {"value": "alarm" if alarm else "no alarm", "quality": quality}
    number, quality = value(item, item.measure, block, answer)
    return {
        "orders": _orders(registers(item, block, answer), item),
        "value": item.measure.rounded(number),
        "unit": item.measure.form.unit,
        "quality": quality,
    }


def _orders(data: bytes, item: MapItem) -> dict[str, dict[str, Any]]:
    """Return the bytes, and the number before `scale`, in every order that there is."""
    found: dict[str, dict[str, Any]] = {}
    for name, (words, swap) in ORDERS.items():
        tried = MapItem(item.name, item.fc, item.addr, item.type, word_order=words, byte_swap=swap)
        if item.type.words > 1 or words == "big":
            found[name if item.type.words > 1 else name[:2]] = {
                "bytes": ordered(data, words, byte_swap=swap).hex(" "),
                "raw": raw(tried, data),
            }
    return found


def _print(row: dict[str, Any]) -> None:
    """Print an item as a paragraph."""
    where = f"device {row['device']}  fc {row['fc']:02}  address {row['addr']}"
    output.line(f"{row['item']}")
    output.line(f"  {where} (0x{row['addr']:04X})  number {row['number']}  {row['type']}")
    for name, order in row.get("orders", {}).items():
        output.line(f"  {name:4}  {order['bytes']:11}  {order['raw']:g}")
    shown = row.get("value")
    said = "" if shown is None else f"{shown} {row.get('unit', '')}".rstrip() + "  "
    output.line(f"  = {said}{row['quality']}")
