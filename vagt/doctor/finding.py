"""What an examination comes to: what was seen, and what is to be mended."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One thing that is wrong; ids are for programs and stay."""

    id: str
    what: str
    """Who or what it is about, and what is wrong: no full stop."""
    remedy: str
    """What a person can do about it."""

    def __str__(self) -> str:
        return f"{self.what}: {self.remedy}"


class Examined(Struct, frozen=True):
    """What one check looked at and saw; what cannot be known is said here."""

    id: str
    what: str


class Result(Struct, frozen=True):
    """One check, made."""

    checked: tuple[Examined, ...] = ()
    findings: tuple[Finding, ...] = ()


def seen(check: str, what: str) -> Result:
    """Return a result without a finding."""
    return Result((Examined(check, what),))


def found(check: str, what: str, *findings: Finding) -> Result:
    """Return a result with what was seen and what is to be mended."""
    return Result((Examined(check, what),), findings)
