"""`vagt backup`: a copy of the journal and what goes with it, sealed for the owner's key."""

from __future__ import annotations

import argparse
import tempfile
from importlib.metadata import version
from pathlib import Path

from daemon import config
from daemon.backup import nightly, seal
from daemon.backup.making import Source, make
from daemon.backup.manifest import BackupError, Manifest
from daemon.backup.opening import opened
from daemon.clock import SystemClock
from daemon.config import Config, ConfigError
from vagt import output
from vagt.main import UsageError

DEEDS = ("make", "key", "verify")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the deed, where it goes, and whose key opens it."""
    parser.add_argument(
        "deed", nargs="?", choices=DEEDS, default="make", help="a backup; a key; look into one"
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="verify: the backup")
    parser.add_argument("-o", type=Path, metavar="FILE", dest="target", help="make, key: where to")
    parser.add_argument("--filed", action="store_true", help="as [backup] says")
    parser.add_argument("--to", action="append", default=[], metavar="KEY", help="a public key")
    parser.add_argument("--plain", action="store_true", help="not sealed: anybody can read it")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="verify: the private key")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Make, or make a key, or verify; 1 where the journal's chain is broken."""
    try:
        if arguments.deed == "key":
            return _keyed(_named(arguments.target))
        if arguments.deed == "verify":
            return _verified(arguments)
        return _filed(arguments) if arguments.filed else _made(arguments)
    except BackupError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{error.filename}: {reason}: make room, or mend its rights") from error


def _keyed(target: Path) -> int:
    output.line(seal.made(target))
    return 0


def _named(path: Path | None) -> Path:
    if path is None:
        raise UsageError("where to? name a file with -o")
    return path


def _made(arguments: argparse.Namespace) -> int:
    target = _named(arguments.target)
    if arguments.plain == bool(arguments.to):
        raise UsageError("name whose key opens it (--to age1...), or say --plain: one of the two")
    if target.exists():
        raise UsageError(f"{target} is there already: name another file")
    settings, data = _place(arguments)
    source = Source(data, settings, version("vagt"), SystemClock().now())
    manifest = make(source, target, arguments.to)
    return _told(arguments, target, manifest)


def _filed(arguments: argparse.Namespace) -> int:
    if arguments.target or arguments.to or arguments.plain or arguments.data:
        raise UsageError("--filed takes everything from the configuration: leave the rest away")
    settings = _settings(arguments.config)
    target, manifest, gone = nightly.filed(settings, version("vagt"), SystemClock().now())
    status = _told(arguments, target, manifest)
    for path in () if arguments.json else gone:
        output.line(f"{path}: the oldest, removed")
    return status


def _verified(arguments: argparse.Namespace) -> int:
    if arguments.file is None:
        raise UsageError("which backup? name its file behind `verify`")
    with tempfile.TemporaryDirectory(prefix="vagt-") as stage:
        manifest = opened(arguments.file, Path(stage), arguments.identity)
    return _told(arguments, arguments.file, manifest)


def _told(arguments: argparse.Namespace, path: Path, manifest: Manifest) -> int:
    if arguments.json:
        output.json_line({"file": str(path), "backup": manifest})
    else:
        files = len(manifest.files) - 1
        output.line(
            f"{path}: {manifest.events} events up to {manifest.made}, head {manifest.head[:12]},"
            f" and {files} other files"
        )
        if not manifest.clean:
            output.line("broken: its journal's chain is; `vagt journal verify` says where")
    return 0 if manifest.clean else 1


def _place(arguments: argparse.Namespace) -> tuple[Config | None, Path]:
    if arguments.data is not None:
        return None, arguments.data
    settings = _settings(arguments.config)
    return settings, settings.data.dir


def _settings(path: Path | None) -> Config:
    try:
        return config.read(path or config.DEFAULT_PATH)
    except ConfigError as error:
        raise UsageError(str(error)) from error
