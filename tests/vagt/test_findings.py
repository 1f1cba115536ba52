"""What `vagt doctor` finds of devices, adapters and the daemon, on a machine that was made up."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from doctors import STRANGER, ids, only, said, scene
from manual import until
from sockets import Machine
from talkers import table, talking

from daemon.clock import SystemClock
from daemon.protocol.looks import Likeness, Looks
from daemon.protocol.messages import Beat, JournalState
from devices.catalogue import PROTOCOLS
from vagt.doctor.daemon import daemon
from vagt.doctor.devices import devices
from vagt.doctor.listening import heard, settings
from vagt.doctor.person import Person, admission
from vagt.doctor.spare import spare
from vagt.doctor.told import Told
from vitals.reading import Note
from vitals.vocabulary import DeviceState, Fault


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "root")


def test_a_name_that_two_share_is_found_with_both_sockets_and_who_can_settle_it(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB0", "1.1", serial="0001")
    machine.plug("ttyUSB1", "1.2", serial="0001")
    one = scene(machine, machine.id("0001"))
    finding = only(devices(one))
    assert finding.id == "port_ambiguous"
    assert finding.what == f"nonin: two adapters call themselves {machine.id('0001')}"
    assert finding.remedy.startswith(f"name it by {machine.path('1.1')} or {machine.path('1.2')}")
    assert "vagt devices assign nonin --bed 'Stue 1' --port" in finding.remedy
    assert ids(spare(one)) == ["adapter_unused", "adapter_unused"]


def test_an_empty_socket_and_an_adapter_elsewhere_are_found_together(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.4")
    finding = only(devices(scene(machine, machine.path("1.1"))))
    assert finding.id == "port_elsewhere"
    assert finding.what.endswith(f"and an adapter is at {machine.path('1.4')}")
    assert f"--port {machine.path('1.4')} --by INITIALS" in finding.remedy


def test_an_adapter_that_another_device_uses_is_not_offered(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.4")
    other = table("other", "nonin-df2", Path(machine.path("1.4")))
    assert ids(devices(scene(machine, machine.path("1.1"), extra=other))) == ["port_missing"]


def test_a_missing_adapter_with_a_number_of_its_own_may_have_been_replaced(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB0", "1.4", serial="A2")
    finding = only(devices(scene(machine, machine.id("A1"))))
    assert finding.id == "port_missing"
    assert f"at {machine.id('A2')}" in finding.what


def test_a_name_in_the_order_of_plugging_in_is_found_with_a_lasting_one(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1", to="/dev/tty")
    one = scene(machine, f"{machine.root}/dev/ttyUSB0")
    finding = next(found for found in devices(one).findings if found.id == "port_passing")
    assert finding.remedy == f'write port = "{machine.id("A1")}"'


def test_two_names_of_one_adapter_are_found(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1")
    other = table("other", "nonin-df2", Path(machine.path("1.1")))
    found = devices(scene(machine, machine.id("A1"), extra=other)).findings
    assert [one.what for one in found if one.id == "port_shared"] == [
        f"other: {machine.path('1.1')} leads to the same port as {machine.id('A1')} of nonin"
    ]


def test_a_device_that_was_assigned_is_looked_for_where_the_daemon_looks(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.4")
    one = scene(machine, machine.path("1.1"))
    told = said(DeviceState.RECEIVING, port=machine.path("1.4"))
    assert devices(replace(one, told=told)).findings == ()
    assert spare(replace(one, told=told)).findings == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (said(DeviceState.RECEIVING), []),
        (said(DeviceState.SILENT), ["device_silent"]),
        (said(DeviceState.DEFECTIVE, Fault.DEFECT, "driver defect: X"), ["device_defective"]),
        (said(DeviceState.LOST, Fault.UNREACHABLE, "a: b: see it"), ["device_lost"]),
        (said(DeviceState.LOST, Fault.IN_USE, "x: y"), ["port_held"]),
    ],
)
def test_what_the_daemon_alone_can_know_is_asked_of_it(
    machine: Machine, told: Told, expected: list[str]
) -> None:
    one = scene(machine, "/dev/tty")
    assert ids(devices(replace(one, told=told))) == expected


def test_a_capnograph_that_was_not_told_its_compensation_names_the_options(
    machine: Machine,
) -> None:
    told = said(DeviceState.RECEIVING)
    told.devices["nonin"] = msgspec.structs.replace(
        told.devices["nonin"], notes=(Note.COMPENSATION_NOT_SET,)
    )
    finding = only(devices(replace(scene(machine, "/dev/tty"), told=told)))
    assert finding.id == "device_untold"
    for option in ("pressure_mmhg", "gas", "oxygen_percent"):
        assert option in finding.remedy
        assert option in PROTOCOLS["capnostat5"].takes


def test_the_twin_that_is_left_is_offered_although_only_the_daemon_saw_the_other(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB1", "1.2", serial="0001", to="/dev/tty")
    one = scene(machine, machine.id("0001"))
    assert spare(one).findings == ()
    reason = f"two adapters call themselves {machine.id('0001')}: name it by the socket"
    one = replace(one, told=said(DeviceState.LOST, Fault.AMBIGUOUS, reason))
    assert ids(devices(one)) == ["device_lost"]
    assert only(devices(one)).remedy == "name it by the socket"
    assert ids(spare(one)) == ["adapter_unused"]


def test_a_serial_server_is_the_daemon_s_to_judge(machine: Machine) -> None:
    one = scene(machine, "tcp://127.0.0.1:9")
    assert devices(one).findings == ()
    lost = said(DeviceState.LOST, Fault.UNREACHABLE, "tcp://127.0.0.1:9: refused: see the server")
    finding = only(devices(replace(one, told=lost)))
    assert (finding.what, finding.remedy) == ("nonin: tcp://127.0.0.1:9: refused", "see the server")


@pytest.mark.parametrize(
    ("guesses", "says"),
    [
        (("nonin-df7", "masimo-ascii1"), "they look like nonin-df7 or masimo-ascii1"),
        ((), "they look like nothing"),
        (("nonin-df2",), "many are damaged"),
    ],
)
def test_bytes_that_are_not_valid_are_said_to_look_like_something(
    machine: Machine, guesses: tuple[str, ...], says: str
) -> None:
    told = said(DeviceState.SILENT, Fault.NOISE, "bytes arrive but none are valid for nonin-df2")
    told.hear(Looks("1", (Likeness("nonin", 4096, guesses),)))
    finding = only(devices(replace(scene(machine, "/dev/tty"), told=told)))
    assert finding.id == "device_noise"
    assert says in finding.what


def test_a_port_that_its_mode_keeps_from_one_is_found_with_the_group_to_join(
    machine: Machine,
) -> None:
    near, far = os.openpty()
    try:
        port = os.ttyname(far)
        finding = only(devices(scene(machine, port)))
        assert finding.id == "port_denied"
        assert f"somebody may not open {port}" in finding.what
        assert finding.remedy == admission(STRANGER, Path(port).stat())
    finally:
        os.close(near)
        os.close(far)


async def test_a_port_that_no_device_uses_is_listened_at_and_guessed(machine: Machine) -> None:
    monitor = machine.root / "monitor"
    async with talking([(monitor, "capnostat5")]):
        await until(monitor.exists)
        machine.plug("ttyUSB0", "1.1", to=os.path.realpath(monitor))

        def listen(port: str) -> str:
            return heard(port, SystemClock())

        result = await asyncio.to_thread(spare, scene(machine), listen)
    finding = only(result)
    assert "no device uses it, capnostat5 is heard at 9600 8N1" in finding.what


def test_a_port_that_cannot_be_opened_is_said_to_be_none() -> None:
    assert heard("/dev/null-and-void", SystemClock()).endswith("or mend `port`")


def test_the_usual_settings_begin_with_the_commonest() -> None:
    assert str(settings()[0]) == "9600 8N1"
    assert len(set(settings())) == len(settings())


def test_a_daemon_of_another_version_or_that_does_not_record_is_found(machine: Machine) -> None:
    one = replace(scene(machine), told=said(DeviceState.RECEIVING))
    assert ids(daemon(one)) == []
    assert ids(daemon(replace(one, version="1.1"))) == ["daemon_other_version"]
    assert one.told is not None
    one.told.hear(Beat("t", JournalState.FAILING, 0))
    assert ids(daemon(one)) == ["journal_not_written"]


def test_a_socket_that_keeps_one_out_is_told_from_one_where_nobody_listens(
    machine: Machine,
) -> None:
    one = scene(machine)
    one.config.socket.path.touch(0o660)
    assert ids(daemon(one)) == ["daemon_denied"]
    root = replace(one, me=Person("root", 0, frozenset()))
    assert ids(daemon(root)) == ["daemon_not_running"]
    assert ids(daemon(replace(root, refused=False, unheard="hung up"))) == ["daemon_mute"]
