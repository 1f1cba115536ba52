"""A backup opened: every file held to the manifest, and the journal to its own chain."""

from __future__ import annotations

import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from daemon.backup import seal
from daemon.backup.manifest import JOURNAL, NAME, BackupError, Manifest, decoded, entry
from daemon.journal.store import CLEAN, JournalError, verify

_MANIFEST_BYTES = 1 << 20


def opened(file: Path, stage: Path, identity: Path | None) -> Manifest:
    """Lay what a backup holds into a folder and return its manifest, once all of it is proven.

    Raises BackupError: of another key, cut short, altered, of a later form, or no backup at all.
    """
    packed = _opened(file, stage, identity)
    try:
        with tarfile.open(packed, "r:gz") as archive:
            manifest = _manifest(archive, file)
            for one in manifest.files:
                _laid(archive, one.name, stage)
    except (tarfile.TarError, zlib.error, EOFError, OSError, LookupError, ValueError) as error:
        raise _faulty(file, error) from error
    finally:
        packed.unlink(missing_ok=True)
    if any(entry(stage / one.name, one.name) != one for one in manifest.files):
        raise BackupError(f"{file}: a file in it is not as it was packed: take another copy")
    _proven(file, stage / JOURNAL, manifest)
    return manifest


def _opened(file: Path, stage: Path, identity: Path | None) -> Path:
    packed = stage / "packed"
    if not seal.is_sealed(file):
        try:
            shutil.copyfile(file, packed)
        except OSError as error:
            raise _faulty(file, error) from error
    elif identity is None:
        raise BackupError(f"{file} is sealed: name the owner's key file with --identity")
    else:
        seal.unsealed(file, packed, identity)
    return packed


def _manifest(archive: tarfile.TarFile, file: Path) -> Manifest:
    first = archive.next()
    if first is None or first.name != NAME or first.size > _MANIFEST_BYTES:
        raise BackupError(f"{file} is no backup of Vagt: name a file that `vagt backup` made")
    found = archive.extractfile(first)
    try:
        return decoded(b"" if found is None else found.read())
    except BackupError as error:
        raise BackupError(f"{file}: {error}") from error


def _laid(archive: tarfile.TarFile, name: str, stage: Path) -> None:
    """Lay one file where its name says, below the folder and nowhere else."""
    path = PurePosixPath(name)
    found = archive.extractfile(archive.getmember(name))
    if found is None or path.is_absolute() or ".." in path.parts or str(path) != name:
        raise BackupError(f"{name!r} of the backup leads elsewhere: take another copy")
    target = stage / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as laid:
        shutil.copyfileobj(found, laid)
    target.chmod(0o600)


def _proven(file: Path, journal: Path, manifest: Manifest) -> None:
    """Hold the journal to its chain; one that was broken when it was copied is told as such."""
    try:
        found = verify(journal)
    except JournalError as error:
        text = str(error).replace(str(journal), "its journal")
        raise BackupError(f"{file}: {text}") from error
    told = (manifest.events, manifest.head, manifest.clean)
    if (found.events, found.head, found.journal == CLEAN) != told:
        raise BackupError(f"{file}: its journal is not the one that was packed: take another copy")


def _faulty(file: Path, error: Exception) -> BackupError:
    if isinstance(error, OSError) and error.errno:
        reason = (error.strerror or str(error)).lower()
        return BackupError(f"{file}: {reason}: make room where it is opened, or take another copy")
    return BackupError(f"{file}: it is no backup, or is not whole: take another copy")
