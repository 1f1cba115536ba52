"""A simulated clinic on disk: a temporary folder with ports, data, a socket and a configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.simulated.rows import DeviceRow, Join, PatientRow
from devices.simulated.scenario import Scenario
from firmware_bridge.gateway import held


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where everything of one demo lies."""

    root: Path
    story: Scenario
    ports: Mapping[str, str]
    """Where a device's port appears while its cable is in, by its name: a path or an address."""

    @property
    def socket(self) -> Path:
        """Return where the daemon listens."""
        return self.root / "vagt.sock"

    @property
    def data(self) -> Path:
        """Return where the journal is kept."""
        return self.root / "data"

    @property
    def config(self) -> Path:
        """Return the daemon's configuration."""
        return self.root / "config.toml"

    @property
    def log(self) -> Path:
        """Return where the daemon's log goes when it is a process of its own."""
        return self.root / "daemon.log"

    def last_words(self) -> str:
        """Return the last line of that log, if there is one."""
        text = self.log.read_text("utf-8") if self.log.exists() else ""
        return text.strip().rpartition("\n")[2]

    def write(self) -> None:
        """Write the configuration that a technician would."""
        lines = ['[site]\nname = "Klinik Nord"\ncode = "KN"']
        lines += [_bed(row) for row in sorted(self.story.patients, key=lambda row: row.bed)]
        lines += [self._device(device) for device in self.story.devices]
        lines += [f'[data]\ndir = "{self.data}"', f'[socket]\npath = "{self.socket}"']
        lines += ["[sound]\noff = true"]  # what sounds in a clinic is a patient's
        if (grace_s := self.story.induction_grace_s) is not None:
            lines += [f"[monitoring]\ninduction_grace_s = {grace_s}"]
        self.config.write_text("\n\n".join(lines) + "\n", "utf-8")

    def _device(self, device: DeviceRow) -> str:
        lines = [
            f'[[device]]\nname = "{device.name}"\nprotocol = "{device.protocol}"',
            f'port = "{self.ports[device.name]}"\nbed = "{device.bed}"',
        ]
        if device.pressure_mmhg is not None:
            lines += [f"options.pressure_mmhg = {device.pressure_mmhg}"]
        if device.profile is not None:
            lines += [f'options.map = "{device.profile}"']
        return "\n".join(lines)


def _bed(row: PatientRow) -> str:
    limb = str(row.same_limb).lower()
    return f'[[bed]]\nname = "{row.bed}"\nsame_limb = {limb}\nprofile = "{row.profile}"'


@contextmanager
def clinic(root: Path, story: Scenario) -> Iterator[Clinic]:
    """Yield the clinic of a scenario, with a port for each of its devices, held for it."""
    with ExitStack() as stack:
        ports = {
            device.name: stack.enter_context(held())
            if device.join is Join.TCP
            else str(root / f"tty-{device.name}")
            for device in story.devices
        }
        yield Clinic(root, story, ports)
