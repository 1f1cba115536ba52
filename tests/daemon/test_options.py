"""What a device is told beyond its protocol: register maps and line settings, and their faults."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest
from clinics import VAGT
from modbus_bytes import item
from msgspec.structs import fields
from panels import clinic

from daemon.config import ConfigError, read
from daemon.options import COMMON, LINE, settled
from devices.catalogue import PROTOCOLS
from devices.contract import Options, ProtocolEntry
from devices.modbus import profile

PORT = "/dev/ttyUSB0"


def faults(path: Path) -> list[str]:
    """Return each fault without the file's name; every one is one line that begins with it."""
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert all(line.startswith(f"{path}: ") and "\n" not in line for line in caught.value.errors)
    return [line.removeprefix(f"{path}: ") for line in caught.value.errors]


def changed(folder: Path, before: str, after: str) -> Path:
    """Write a clinic in which one thing is different."""
    path = clinic(folder, PORT).config
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))
    return path


def test_a_map_that_ships_is_named(tmp_path: Path) -> None:
    (device,) = read(clinic(tmp_path, PORT).config).devices
    assert device.options.map == profile.text("simulated-panel")


@pytest.mark.parametrize("absolute", [False, True])
def test_a_map_of_one_s_own_is_a_path_from_where_the_configuration_lies(
    tmp_path: Path, *, absolute: bool
) -> None:
    path = tmp_path / "maps" / "panel.toml"
    path.parent.mkdir()
    path.write_text("\ufeff" + item(), "utf-8")
    named = str(path) if absolute else "maps/panel.toml"
    (device,) = read(clinic(tmp_path, PORT, named).config).devices
    assert device.options.map == item()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff", "gas.toml: is not UTF-8 text: save it as UTF-8"),
        (b"[[item]", "gas.toml: map: Expected ']]'"),
        (b"", "gas.toml: map: no [[item]]: add at least one, with two brackets"),
        (item(addr=70000).encode(), "gas.toml: item 1: addr: Expected `int` <= 65535"),
        (item(unit="furlong").encode(), "gas.toml: item 1 (gas_pressure): unit: is 'furlong'"),
    ],
    ids=["text", "toml", "empty", "row", "unit"],
)
def test_a_map_that_cannot_be_used_is_told_with_what_to_mend(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "gas.toml").write_bytes(content)
    (told,) = faults(clinic(tmp_path, PORT, "gas.toml").config)
    assert told.startswith("[[device]] 1: options.map: ")
    assert says in told


def test_every_fault_of_a_map_is_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "gas.toml").write_text(item(fc=9) + item(site="O2", unit="x") + item(name="wine"))
    told = faults(clinic(tmp_path, PORT, "gas.toml").config)
    assert [line.split(": ")[3] for line in told] == [
        "item 1",
        "item 2 (gas_pressure O2)",
        "item 3 (wine)",
    ]


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("none.toml", "none.toml: no such file or directory: name a file that can be read, or one"),
        (".", "is a directory: name a file that can be read, or one of hardy-hi6200, keller-30x"),
        ("a\\u0000b", "is no path: name a file"),
    ],
)
def test_a_map_that_is_not_there_is_named(tmp_path: Path, named: str, says: str) -> None:
    (told,) = faults(clinic(tmp_path, PORT, named).config)
    assert told.startswith("[[device]] 1: options.map: ")
    assert says in told


def test_modbus_without_a_map_says_which_there_are(tmp_path: Path) -> None:
    (told,) = faults(changed(tmp_path, 'map = "simulated-panel"', ""))
    assert told.startswith("[[device]] 1: options.map: modbus needs a register map: name a file, ")
    assert told.endswith("or one of " + ", ".join(profile.names()))


def test_another_protocol_has_no_map(tmp_path: Path) -> None:
    path = changed(tmp_path, '"modbus"', '"nellcor"')
    assert faults(path) == [
        "[[device]] 1: options.map: nellcor has no register map: remove it",
    ]


SET: dict[str, object] = {
    "pressure_mmhg": 760,
    "gas": "air",
    "oxygen_percent": 21,
    "p1": "art",
    "p2": "art",
    "co2_unit": "kpa",
    "temp_unit": "celsius",
    "keep_alive": True,
}


def test_every_option_belongs_to_a_protocol_or_to_every_line() -> None:
    taken = frozenset[str]().union(*(entry.takes for entry in PROTOCOLS.values()))
    names = {field.name for field in fields(Options)}
    assert taken == set(SET)
    assert taken | COMMON == names


@pytest.mark.parametrize("name", sorted(SET))
@pytest.mark.parametrize("entry", PROTOCOLS.values(), ids=lambda entry: entry.name)
def test_an_option_that_a_protocol_does_not_know_is_a_fault(
    entry: ProtocolEntry, name: str, tmp_path: Path
) -> None:
    options = msgspec.convert({name: SET[name]}, Options)
    _, told = settled(options, PORT, entry, tmp_path)
    foreign = [line for line in told if line.startswith(f"{name}: {entry.name} cannot be told it")]
    assert len(foreign) == (name not in entry.takes)


def test_oxygen_without_the_gas_that_it_is_told_with_is_a_fault(tmp_path: Path) -> None:
    entry = PROTOCOLS["capnostat5"]
    _, told = settled(Options(oxygen_percent=40), PORT, entry, tmp_path)
    assert told == ["oxygen_percent: is told together with the balance gas: add gas"]
    assert settled(Options(oxygen_percent=40, gas="air"), PORT, entry, tmp_path)[1] == []


def test_a_foreign_option_is_told_with_where_it_stands_and_what_is_known(tmp_path: Path) -> None:
    path = changed(tmp_path, 'map = "simulated-panel"', "pressure_mmhg = 760")
    path.write_text(path.read_text().replace('"modbus"', '"ivy450c"'))
    (told,) = faults(path)
    assert told == (
        "[[device]] 1: options.pressure_mmhg: ivy450c cannot be told it "
        "(it takes co2_unit, p1, p2, temp_unit): remove it"
    )


def test_the_manual_lists_every_option_with_the_protocols_that_take_it() -> None:
    text = (Path(__file__).parents[2] / "docs" / "monitors.md").read_text("utf-8")
    table = text.partition("## Options")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    told = {row[0].strip("`"): set(row[1].replace("`", "").split(", ")) for row in rows}
    expected: dict[str, set[str]] = {
        name: {entry.name for entry in PROTOCOLS.values() if name in entry.takes} for name in SET
    }
    mapped = {entry.name for entry in PROTOCOLS.values() if entry.mapped is not None}
    expected |= {"map": mapped} | {name: {"all on a serial line"} for name in LINE}
    assert told == expected
    assert all(len(row) == 5 and all(row) for row in rows)


def test_a_line_is_set_to_what_an_adapter_can_have(tmp_path: Path) -> None:
    good = changed(tmp_path, "[device.options]", '[device.options]\nbaud = 19200\nparity = "E"')
    (device,) = read(good).devices
    assert (device.options.baud, device.options.parity) == (19200, "E")
    for key, value in [("baud", "9601"), ("parity", '"X"'), ("data_bits", "9"), ("stop_bits", "3")]:
        bad = changed(tmp_path, "[device.options]", f"[device.options]\n{key} = {value}")
        (told,) = faults(bad)
        assert told.startswith(f"[[device]] 1: options.{key}: Invalid enum value ")


def test_a_network_has_no_line_settings(tmp_path: Path) -> None:
    path = clinic(tmp_path, "tcp://192.168.1.20").config
    path.write_text(path.read_text().replace("map =", "baud = 9600\nstop_bits = 2\nmap ="))
    assert faults(path) == [
        "[[device]] 1: options.baud: a network has no line settings: remove it",
        "[[device]] 1: options.stop_bits: a network has no line settings: remove it",
    ]


@pytest.mark.parametrize("verb", [["run", "--config"], ["check"]], ids=["run", "check"])
def test_the_command_line_lists_the_faults_of_a_map(tmp_path: Path, verb: list[str]) -> None:
    (tmp_path / "gas.toml").write_text(item(fc=9) + item(unit="x", site="a"))
    config = str(clinic(tmp_path, PORT, "gas.toml").config)
    done = subprocess.run([*VAGT, *verb, config], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(f"{config}: [[device]] 1: options.map: gas.toml: item " in line for line in lines)
