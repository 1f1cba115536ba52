"""A simulated clinic on disk: a temporary folder with ports, data, a socket and a configuration."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from devices.simulated.rows import DeviceRow
from devices.simulated.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where everything of one demo lies."""

    root: Path
    story: Scenario

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

    def port(self, device: DeviceRow) -> Path:
        """Return where a device's port appears while its cable is in."""
        return self.root / f"tty-{device.name}"

    def write(self) -> None:
        """Write the configuration that a technician would."""
        beds = sorted({device.bed for device in self.story.devices})
        lines = ['[site]\nname = "Klinik Nord"\ncode = "KN"']
        lines += [f'[[bed]]\nname = "{bed}"' for bed in beds]
        lines += [self._device(device) for device in self.story.devices]
        lines += [f'[data]\ndir = "{self.data}"', f'[socket]\npath = "{self.socket}"']
        if (grace_s := self.story.induction_grace_s) is not None:
            lines += [f"[monitoring]\ninduction_grace_s = {grace_s}"]
        self.config.write_text("\n\n".join(lines) + "\n", "utf-8")

    def _device(self, device: DeviceRow) -> str:
        lines = [
            f'[[device]]\nname = "{device.name}"\nprotocol = "{device.protocol}"',
            f'port = "{self.port(device)}"\nbed = "{device.bed}"',
        ]
        if device.pressure_mmhg is not None:
            lines += [f"options.pressure_mmhg = {device.pressure_mmhg}"]
        if device.profile is not None:
            text = resources.files("devices.modbus.profiles").joinpath(f"{device.profile}.toml")
            lines += [f"options.map = '''\n{text.read_text('utf-8')}'''"]
        return "\n".join(lines)
