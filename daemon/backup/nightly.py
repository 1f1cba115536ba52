"""The copy that is made each night, where the configuration says, and how many stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from daemon.backup.making import PART, Source, make
from daemon.backup.manifest import BackupError, Manifest, stamp
from daemon.config import Config
from vitals.instant import Instant

ENDING = ".age"


def filed(config: Config, version: str, at: Instant) -> tuple[Path, Manifest, list[Path]]:
    """Make tonight's backup; return it, what it holds, and the older ones that went for it.

    None goes for one whose journal is broken. Raises BackupError.
    """
    told = config.outward.backup
    if told is None or not told.to:
        raise BackupError(
            "no backup is made: no key stands in [backup] of the configuration:"
            " make one with `vagt backup key -o FILE`, and write its public part as `to`"
        )
    if not told.folder.is_dir():
        raise BackupError(f"{told.folder} is not there: make that folder, or join its disk")
    target = told.folder / f"vagt-{config.site.code}-{stamp(at)}{ENDING}"
    for left in told.folder.glob(f".vagt-{config.site.code}-*{ENDING}{PART}"):
        left.unlink(missing_ok=True)
    manifest = make(Source(config.data.dir, config, version, at), target, told.to)
    return target, manifest, _pruned(target, config.site.code, told.keep) if manifest.clean else []


def copies(folder: Path, code: str) -> list[Path]:
    """Return the nightly backups of a clinic, the oldest first; their names tell when."""
    moment = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z"
    return sorted(folder.glob(f"vagt-{code}-{moment}{ENDING}"))


def moment(copy: Path) -> datetime:
    """Return when a nightly backup was made, by its name."""
    return datetime.strptime(copy.stem[-16:], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _pruned(made: Path, code: str, keep: int) -> list[Path]:
    """Take the oldest away; never the one just made, whatever the clock said when it was."""
    others = [path for path in copies(made.parent, code) if path != made]
    gone = others[: max(0, len(others) - (keep - 1))]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
