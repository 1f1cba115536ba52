"""`vagt restore`: a backup put back, or laid beside; never over what it does not hold."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from daemon.backup.making import staged
from daemon.backup.manifest import BackupError, Manifest
from daemon.backup.opening import opened
from daemon.backup.putting import put
from daemon.clock import SystemClock
from vagt import output
from vagt.journal import folder
from vagt.main import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the backup, the key and where it goes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="that `vagt backup` made")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the owner's private key")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that will keep the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that will hold it")
    place.add_argument("--beside", type=Path, metavar="DIR", help="a new folder, to look into it")
    parser.add_argument(
        "--aside", action="store_true", help="keep a journal that is there under another name"
    )


def run(arguments: argparse.Namespace) -> int:
    """Open and prove it all, then put it in its place."""
    try:
        return _beside(arguments) if arguments.beside is not None else _restored(arguments)
    except BackupError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{error.filename}: {reason}: make room, or mend its rights") from error


def _restored(arguments: argparse.Namespace) -> int:
    data = folder(arguments)
    if not data.is_dir():
        raise UsageError(f"{data} is not there: make that folder, for the daemon's user")
    with staged(data) as stage:
        manifest = opened(arguments.file, stage, arguments.identity)
        now = SystemClock().now()
        laid = put(stage, manifest, data, version("vagt"), now, aside=arguments.aside)
    for path in laid:
        output.line(str(path))
    return _told(manifest)


def _beside(arguments: argparse.Namespace) -> int:
    target: Path = arguments.beside
    if target.exists():
        raise UsageError(f"{target} is there already: name a new folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        manifest = opened(arguments.file, stage, arguments.identity)
        stage.rename(target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return _told(manifest)


def _told(manifest: Manifest) -> int:
    output.line(f"{manifest.events} events up to {manifest.made}, head {manifest.head[:12]}")
    if not manifest.clean:
        output.line("broken: its journal's chain was so when it was copied")
    return 0 if manifest.clean else 1
