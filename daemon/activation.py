"""Whether a region can have activated what the configuration says: what the rules know of it."""

from __future__ import annotations

from datetime import date

from daemon.codes import codes
from daemon.config import Config
from daemon.library import Library
from monitoring.codes import CodeError, Codes


def unusable(config: Config, library: Library, day: date) -> list[str]:
    """Return an error line for each [[activation]] of anything but a framework service."""
    known = codes(library, day)
    wanted = sorted({row.code for row in library.treatments.frameworks} & set(known.book.services))
    asked = f"write a framework service, which a region activates: {', '.join(wanted) or 'none'}"
    found = [_wrong(known, one.code, wanted) for one in config.activations]
    return [f"[[activation]] {n}: code: {what}: {asked}" for n, what in enumerate(found, 1) if what]


def _wrong(known: Codes, code: str, wanted: list[str]) -> str:
    """Return what a code is instead; empty for the bare code of a framework service."""
    if code in wanted:
        return ""
    try:
        service = known.meant(code)
    except CodeError as error:
        return str(error)
    if service.code in wanted:
        return f"{code!r} is {service.code}, which stands here bare"
    return f"{service.code} ({service.label.en}) is no framework service"
