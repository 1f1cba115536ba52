"""A loudspeaker of ALSA's own making: what is played through it is written to files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/usr/share/alsa/alsa.conf")
DEVICE = "captured"


@dataclass(frozen=True)
class Loudspeaker:
    """ALSA's `file` plugin over its null device, which takes everything at once."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return what makes ALSA know the device."""
        return {"ALSA_CONFIG_PATH": f"{SYSTEM}:{self.root / 'asound.conf'}"}

    @property
    def played(self) -> list[bytes]:
        """Return the bursts that were played whole and in order; trying the device is none."""
        files = sorted(self.root.glob("played.raw*"), key=lambda file: file.stat().st_mtime_ns)
        return [raw for file in files if any(raw := file.read_bytes())]

    def plug(self) -> None:
        """Let the device be there."""
        slave = f'slave.pcm {{ type null }} file "{self.root / "played.raw"}" format raw'
        text = f"pcm.{DEVICE} {{ type file {slave} truncate false }}\n"
        (self.root / "asound.conf").write_text(text)

    def unplug(self) -> None:
        """Let it be gone."""
        (self.root / "asound.conf").write_text("")


def loudspeaker(root: Path) -> Loudspeaker:
    """Return a loudspeaker that is plugged in."""
    made = Loudspeaker(root)
    made.plug()
    return made
