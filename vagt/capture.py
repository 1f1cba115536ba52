"""`vagt capture`: what comes over a port, written as a capture file until told to stop."""

from __future__ import annotations

import argparse
import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from daemon.clock import SystemClock
from daemon.links import link
from devices.catalogue import PROTOCOLS
from devices.contract import Options, ProtocolEntry
from firmware_bridge.capture import Record, header_lines, record_line
from firmware_bridge.link import Link, LinkError
from vagt import maps, output
from vagt.main import UsageError
from vagt.stopping import until_told
from vitals.clock import Clock

SCRUBBED = "whatever may say who the patient is, and what is damaged, are zeros"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the port, the protocol and the file."""
    parser.add_argument("port", metavar="PORT", help="a serial port, or tcp://host:number")
    parser.add_argument("--protocol", required=True, help="see `vagt protocols`")
    parser.add_argument("--map", metavar="F", help="the register map that modbus is asked by")
    parser.add_argument("-o", dest="file", type=Path, required=True, help="the capture to write")


def run(arguments: argparse.Namespace) -> int:
    """Record until SIGTERM or SIGINT, or until the port is gone; 1 when nothing came."""
    entry = PROTOCOLS.get(arguments.protocol)
    if entry is None:
        known = ", ".join(PROTOCOLS)
        raise UsageError(f"no protocol is called {arguments.protocol!r}; the known are {known}")
    options, clock = maps.options(entry, arguments.map), SystemClock()
    if entry.mapped is not None and options.map is None:
        raise UsageError(f"{entry.name} says nothing unless it is asked; give --map F")
    recorder = Recorder(link(arguments.port, entry.fitted(options), clock), entry, options, clock)
    try:
        with arguments.file.open("x", encoding="utf-8") as file:
            asyncio.run(until_told(recorder.record(file)))
    except LinkError as error:
        raise UsageError(str(error)) from error
    except FileExistsError as error:
        raise UsageError(f"{arguments.file} exists: choose another name") from error
    except OSError as error:
        raise UsageError(f"{arguments.file}: {error.strerror}; choose another place") from error
    output.line(f"{recorder.bytes} bytes in {arguments.file}")
    return 0 if recorder.bytes else 1


class Recorder:
    """Writes each read as it came, and sends what the protocol needs to talk at all."""

    def __init__(self, wire: Link, entry: ProtocolEntry, options: Options, clock: Clock) -> None:
        self.bytes = 0
        self._wire = wire
        self._entry = entry
        self._clock = clock
        self._driver = entry.driver(options)
        self._scrubber = entry.scrubber() if entry.scrubber else None

    async def record(self, file: TextIO) -> None:
        """Record until cancelled; raises LinkError when the port is gone or refused."""
        await self._wire.open()
        begun = self._clock.now()
        header = {
            "protocol": self._entry.name,
            "line": str(self._entry.line),
            "date": begun.rfc3339(),
            "origin": f"recorded by vagt {version('vagt')}",
            **({"scrubbed": SCRUBBED} if self._scrubber else {}),
        }
        file.writelines(f"{line}\n" for line in header_lines(header))
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._ask(), name="ask")
                while True:
                    received = await self._wire.read()
                    self._driver.receive(received.data, received.at)
                    data = self._scrubber.scrub(received.data) if self._scrubber else received.data
                    self._keep(file, data, received.at.seconds_since(begun))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from group
        finally:
            self._wire.close()
            tail = self._scrubber.finish() if self._scrubber else b""
            self._keep(file, tail, self._clock.now().seconds_since(begun))

    def _keep(self, file: TextIO, data: bytes, seconds: float) -> None:
        if data:
            file.write(f"{record_line(Record(round(seconds * 1000), data))}\n")
            self.bytes += len(data)

    async def _ask(self) -> None:
        while True:
            if data := self._driver.due(self._clock.now()):
                self._wire.write(data)
            await self._clock.sleep(0.1)
