"""What every simulated device puts on its wire while its own driver speaks with it."""

from __future__ import annotations

from functools import cache
from importlib import resources

from manual import at

from devices.catalogue import PROTOCOLS
from devices.contract import Options
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

ROW = PatientRow(bed="Stue 1", age="4y", spo2=97, pulse_rate=118)
ENOUGH = 4096
MOST_S = 60


@cache
def spoken(protocol: str) -> bytes:
    """Return the last bytes that a device said in its first minute, or in less when it is fast."""
    driver = PROTOCOLS[protocol].driver(_options(protocol))
    simulator = SIMULATORS[protocol](Patient(ROW), 0)
    said = bytearray()
    for tick in range(MOST_S * 10):
        now = at(tick / 10)
        if request := driver.due(now):
            simulator.receive(request)
        data = simulator.emit(now.monotonic)
        driver.receive(data, now)
        said += data
        if len(said) > 2 * ENOUGH:
            break
    return bytes(said[-ENOUGH:])


def _options(protocol: str) -> Options:
    if protocol != "modbus":
        return Options()
    panel = resources.files("devices.modbus").joinpath("profiles", "simulated-panel.toml")
    return Options(map=panel.read_text("utf-8"))
