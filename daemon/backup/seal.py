"""Sealing for the owner's key, in the age format (age-encryption.org/v1), which others read too."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pyrage import (  # type: ignore[import-untyped]  # it comes without types
    DecryptError,
    EncryptError,
    IdentityError,
    RecipientError,
    decrypt_file,
    encrypt_file,
    x25519,
)

from daemon.backup.manifest import BackupError

BEGINS = b"age-encryption.org/"
STRANGE = "No matching keys found"
SPOILT = "decryption error"
"""What the library says, with nothing else to tell one failure from another."""
NOT_WHOLE = "it is not whole, or was altered: take another copy"


def made(path: Path) -> str:
    """Write a new private key to a file of its owner's alone; return the public one.

    Raises BackupError where the file is there already: a key that is lost opens nothing any more.
    """
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# Vagt: whoever has this file can read the backups. public key: {public}\n{identity}\n"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise BackupError(f"{path} is there already: name another file") from error
    except OSError as error:
        raise BackupError(f"{path}: {_reason(error)}: name another place") from error
    return public


def sealed(plain: Path, target: Path, keys: Sequence[str]) -> None:
    """Seal a file for any one of some public keys; raises BackupError."""
    try:
        recipients = [x25519.Recipient.from_str(key) for key in keys]
    except RecipientError as error:
        raise BackupError("no public key: `vagt backup key` makes one (age1...)") from error
    try:
        encrypt_file(str(plain), str(target), recipients)
    except (EncryptError, OSError) as error:
        text = f"{target} cannot be written ({error}): make room, or name another"
        raise BackupError(text) from error


def is_sealed(file: Path) -> bool:
    """Tell whether a file is sealed; raises BackupError where it cannot be read."""
    try:
        with file.open("rb") as found:
            return found.read(len(BEGINS)) == BEGINS
    except OSError as error:
        raise BackupError(f"{file}: {_reason(error)}: name a file that can be read") from error


def unsealed(file: Path, plain: Path, identity: Path) -> None:
    """Open a sealed file with a private key; raises BackupError."""
    try:
        lines = identity.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        text = f"{identity} cannot be read as a key: name the owner's key file"
        raise BackupError(text) from error
    said = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        keys = [x25519.Identity.from_str(line) for line in said]
    except IdentityError as error:
        raise BackupError(f"{identity} holds no private key: name the owner's key file") from error
    try:
        decrypt_file(str(file), str(plain), keys)
    except DecryptError as error:
        if str(error) == STRANGE:
            text = f"{file}: this key does not open it: take the owner's other key"
            raise BackupError(text) from error
        raise BackupError(f"{file}: {NOT_WHOLE}") from error
    except OSError as error:
        why = NOT_WHOLE if str(error) == SPOILT else f"cannot be opened: {error}: make room"
        raise BackupError(f"{file}: {why}") from error


def _reason(error: OSError) -> str:
    return (error.strerror or "unusable").lower()
