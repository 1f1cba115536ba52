"""Files a month's reports by `vagt report` as a child: the watch goes on meanwhile.

One at a time. What was told less than a minute ago is told again; what still is being made is asked
for again.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryFile
from typing import IO

from msgspec import structs

from daemon.config import Config
from daemon.protocol.export import Export, Exported
from vitals.clock import Clock
from vitals.instant import Instant

FRESH_S = 60.0
PATIENCE_S = 1_800.0
"""What takes longer is killed."""
AT_LAST = ("nice", "-n", "15")
"""Whatever else wants the processor goes before it."""
_VERB = (sys.executable, "-P", "-m", "vagt", "report", "--filed")


@dataclass(frozen=True, slots=True)
class _Making:
    """A month that is being filed."""

    month: str
    begun: Instant
    child: Popen[bytes]
    said: IO[bytes]
    wrong: IO[bytes]


@dataclass(frozen=True, slots=True)
class _Made:
    """A month that was filed, and what came of it."""

    month: str
    seen: Instant
    """When that was told first."""
    told: Exported


class Exporting:
    """Answers requests to file a month."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._file = config.file
        self._folder = config.outward.report.folder
        self._clock = clock
        self._now: _Making | None = None
        self._made: _Made | None = None

    def answer(self, request: Export) -> Exported:
        """Return where the reports are, why there are none, or that they are being made."""
        if self._folder is None or self._file is None:
            return Exported(request.id)
        now, folder = self._clock.now(), str(self._folder)
        self._look(now, folder)
        made = self._made
        if made is not None and made.month == request.month and _fresh(made, now):
            return structs.replace(made.told, id=request.id)
        try:
            self._now = self._now or _begun(self._file, request.month, now)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            return Exported(request.id, folder=folder, detail=reason)
        return Exported(request.id, pending=True, folder=folder)

    def _look(self, now: Instant, folder: str) -> None:
        """Take what has come to an end; end what takes too long."""
        making = self._now
        if making is None:
            return
        if making.child.poll() is not None:
            self._now, self._made = None, _Made(making.month, now, _told(making, folder))
        elif now.seconds_since(making.begun) > PATIENCE_S:
            making.child.kill()


def _fresh(made: _Made, now: Instant) -> bool:
    return now.seconds_since(made.seen) <= FRESH_S


def _begun(file: Path, month: str, now: Instant) -> _Making:
    said, wrong = TemporaryFile(), TemporaryFile()  # noqa: SIM115 - they live as long as the child
    command = (*AT_LAST, *_VERB, "--month", month, "--config", str(file))
    child = Popen(command, stdin=DEVNULL, stdout=said, stderr=wrong)  # noqa: S603 - our own verb
    return _Making(month, now, child, said, wrong)


def _told(making: _Making, folder: str) -> Exported:
    """Return what came of it."""
    files, errors = (_lines(one) for one in (making.said, making.wrong))
    if making.child.returncode:
        last = (errors or [f"it ended with {making.child.returncode}"])[-1]
        return Exported("", folder=folder, detail=last.removeprefix("vagt report: "))
    return Exported("", folder=folder, files=tuple(Path(one).name for one in files))


def _lines(file: IO[bytes]) -> list[str]:
    with file:
        file.seek(0)
        return file.read().decode(errors="replace").splitlines()
