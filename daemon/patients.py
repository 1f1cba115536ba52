"""Patients by an opaque key: one number, one key; without the clinic's secret none leads back.

The only file that looks into a civil registration number. Danish: day, month, year and four digits
(CPR-kontoret, Personnummeret i CPR; numbers without a valid check digit are given out since 2007,
so it is not asked for). Norwegian: day, month, year and five digits, in a D-number the day raised
by 40 (Skatteetaten, Fødselsnummer and D-nummer).
"""

from __future__ import annotations

import hmac
import logging
import re
from datetime import date
from pathlib import Path
from stat import S_IMODE

from daemon.protocol.messages import Refusal
from daemon.refused import RefusedError
from vitals.practice import Country

LEAST_BYTES = 32
"""As long as the digest: a shorter secret would be the weaker of the two."""
FORBIDDEN = 0o037
"""Writing by the group and anything by others. systemd lets its service read a credential by an
access list, whose mask shows as reading by the group."""
_FORMS = {
    Country.DENMARK: re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})[- ]?[0-9]{4}"),
    Country.NORWAY: re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})[- ]?[0-9]{5}"),
}
_DIGITS = {Country.DENMARK: 10, Country.NORWAY: 11}
_RAISED = 40
"""By so much the day of a D-number is higher."""
_CENTURIES = (1900, 2000)

_LOG = logging.getLogger(__name__)


class KeyFileError(Exception):
    """The secret cannot be used; the message says how to mend it. Until then nobody has a key."""


class Patients:
    """Makes the keys of one clinic's patients; none where there is no secret."""

    def __init__(self, secret: bytes | None, country: Country) -> None:
        self._secret = secret
        self._country = country

    def key(self, typed: str) -> str:
        """Return the key of a number, or nothing without a secret; RefusedError for no number.

        HMAC-SHA-256 in 64 hexadecimal digits. What was typed is in no answer.
        """
        number = typed.strip()
        if not _dated(number, self._country):
            digits = _DIGITS[self._country]
            detail = f"the patient's number is not {digits} digits that begin with a date: mend it"
            raise RefusedError(Refusal.BAD_NUMBER, detail)
        if self._secret is None:
            return ""
        digits_only = re.sub("[^0-9]", "", number)
        return hmac.digest(self._secret, digits_only.encode(), "sha256").hex()


def loaded(file: Path | None, country: Country) -> Patients:
    """Return what makes keys with the secret of a file; a fault of it is logged, not fatal."""
    if file is None:
        return Patients(None, country)
    try:
        return Patients(secret(file), country)
    except KeyFileError as error:
        _LOG.error("%s; until then no patient has a key, and steroid is held", error)
        return Patients(None, country)


def secret(file: Path) -> bytes:
    """Return the secret of a file that only its owner can alter or read, or raise KeyFileError."""
    try:
        mode, found = S_IMODE(file.stat().st_mode), file.read_bytes().strip()
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise KeyFileError(f"{file}: {reason}: mend `key_file` of [patients]") from error
    if mode & FORBIDDEN:
        raise KeyFileError(f"{file}: others may use it (mode {mode:o}): chmod 400")
    if len(found) < LEAST_BYTES:
        raise KeyFileError(f"{file}: shorter than {LEAST_BYTES} bytes: openssl rand -hex 32")
    return found


def _dated(number: str, country: Country) -> bool:
    """Tell whether a number has the form of its country and begins with a day of some century."""
    found = _FORMS[country].fullmatch(number)
    if found is None:
        return False
    day, month, year = (int(part) for part in found.groups())
    if country is Country.NORWAY and day > _RAISED:
        day -= _RAISED
    return any(_exists(century + year, month, day) for century in _CENTURIES)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
