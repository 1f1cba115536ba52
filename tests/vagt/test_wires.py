"""A scenario's cable, pulled and put back on the network while the clinic plays."""

from __future__ import annotations

import asyncio
from pathlib import Path

from daemon.protocol.messages import Device, Outgoing
from devices.simulated.scenario import Scenario, read_scenario
from vagt.demo.clinic import clinic
from vagt.demo.fast import Fast
from vagt.demo.play import played
from vagt.demo.staff import Staff
from vagt.demo.wires import OneLoop
from vitals.instant import Instant
from vitals.vocabulary import DeviceState

SECONDS = 16
PULLED = """
name = "pulled"
label = "A panel whose cable is pulled for a while"
duration_s = 60
device = [
    { name = "gas", protocol = "modbus", profile = "simulated-panel", join = "tcp", bed = "Stue 1" }
]
patient = [{ bed = "Stue 1", age = "4y", spo2 = 98, pulse_rate = 110 }]
event = [
    { at_s = 5, device = "gas", cable = "out" },
    { at_s = 10, device = "gas", cable = "in" },
]
"""


def test_a_cable_is_pulled_on_the_network_too(tmp_path: Path) -> None:
    story = read_scenario(PULLED, "pulled.toml")
    assert isinstance(story, Scenario), story
    fast = Fast(60)
    states: list[DeviceState] = []

    def hear(message: Outgoing) -> None:
        if isinstance(message, Device) and states[-1:] != [message.state]:
            states.append(message.state)

    async def watch(_: Instant) -> None:
        await fast.clock.sleep(SECONDS)

    with clinic(tmp_path, story) as place:
        place.write()
        with asyncio.Runner(loop_factory=fast.loop) as runner:
            wire, staff = OneLoop(place, fast, byte_by_byte=False), Staff(story, fast.clock)
            runner.run(played(wire, staff, hear, watch))
    up = [DeviceState.OPENING, DeviceState.RECEIVING]
    assert states[states.index(DeviceState.OPENING) :] == [*up, DeviceState.LOST, *up]
