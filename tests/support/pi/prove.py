"""Install, upgrade, go back and remove Vagt in a Pi's systems, typing what the documents say.

`make pi-proof` runs it as root; `prove.py bookworm` proves one system. What a step must come to is
held here, by what is on the machine; what is typed stands in the documents and nowhere else.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from checkout import ROOT
from pi.documents import Block, blocks
from pi.machine import USER, FaultyError, Machine, emulated, unpacked
from pi.record import Record
from pi.releases import LATER, NEVER, made

DOCUMENT = ROOT / "deploy/raspberrypi/README.md"
KEPT = ROOT / "build/pi"
LOGS = ROOT / "docs/proof"
SUITES = ("bookworm", "trixie")
EMULATED = ("READY_S=240",)
"""An emulated processor is some thirty times slower; on a Pi it is 30."""
CUT_S = 45
LOOKS, PATIENCE_S, MONITORS = 12, 5.0, 2
REFUSED = (2,)


class Story:
    """What happens to one system."""

    def __init__(self, suite: str, releases: dict[str, Path]) -> None:
        self.suite = suite
        self.releases = releases
        self.own = next(iter(releases))
        self.blocks = blocks(DOCUMENT)
        self.machine = Machine(KEPT / suite)
        self.record = Record(LOGS / f"{suite}.log")

    def told(self) -> None:
        """Tell it from an empty system to one that is empty again, but for what was recorded."""
        unpacked(self.suite, KEPT, self.machine.folder)
        self.machine.furnish()
        self.machine.on()
        try:
            self.installed()
            self.used()
            self.changed()
            self.removed()
        finally:
            self.machine.off()
        self.record.told("Everything above came to what it must come to.")

    def installed(self) -> None:
        """Install, on one system without a network, on the other through a power cut."""
        self.record.told(f"Debian {self.suite}, arm64, emulated; {digest(DOCUMENT)}")
        self.brought(self.own)
        self.types("plan")
        self.held(not (self.machine.folder / "opt/vagt").exists(), "a plan changes nothing")
        if self.suite == "bookworm":
            self.types("packages")
            self.types("wheelhouse")
            self.record.told("The power is cut; it comes back, and there is no network any more")
            self.machine.off()
            self.machine.on(network=False)
            self.types("offline")
        else:
            self.record.told(f"The power is cut {CUT_S} s into the installation")
            self.cut("install")
            self.types("install")
        self.looked()

    def used(self) -> None:
        """Use it as a newcomer does, and cut its power once more."""
        self.types("doctor")
        self.types("demo", '"journal":"clean"')
        self.types("case", "3022")
        self.types("verify", "clean")
        self.record.told("The power is cut; it comes back")
        self.machine.off()
        self.machine.on()
        self.looked()

    def changed(self) -> None:
        """Go over to a later version, not to one that is never ready, and back by hand."""
        self.record.told(f"A later version, {LATER}")
        self.brought(LATER)
        self.types("upgrade", f"Vagt {LATER} is on watch", version=LATER)
        self.looked()
        self.record.told(f"A version whose daemon is never ready, {NEVER}")
        self.brought(NEVER)
        told = f"Vagt {LATER} is on watch again, with everything that was recorded"
        self.types("upgrade", told, version=NEVER, statuses=REFUSED)
        self.looked()
        self.types("verify", "clean")
        self.record.told(f"Back to {self.own} by hand")
        self.types("back", f"Vagt {self.own} is on watch", version=self.own)
        self.looked()
        self.types("verify", "clean")

    def removed(self) -> None:
        """Turn it into a clinic with monitors, and take it off."""
        for name in ("secret", "real", "configured"):
            self.types(name)
        journal = self.machine.folder / "var/lib/vagt/journal.db"
        self.types("uninstall", "taken off")
        units = (self.machine.folder / "etc/systemd/system").glob("vagt*")
        self.held(not (self.machine.folder / "opt/vagt").exists(), "no program stays")
        self.held(not [*units], "no unit stays")
        self.held(journal.stat().st_size > 0, "the journal stays")

    def looked(self) -> None:
        """Look until both monitors are received, as somebody would who waits for them."""
        for _ in range(LOOKS):
            _, answer = self.machine.typed(self.blocks["look"].text, EMULATED)
            if answer.count("receiving") == MONITORS:
                break
            time.sleep(PATIENCE_S)
        self.types("look", "active", "receiving")

    def brought(self, version: str) -> None:
        """Bring an archive to the home folder, as the document says, and unpack it."""
        home = self.machine.folder / "home" / USER
        shutil.copy(self.releases[version], home)
        self.types("unpack", version=version)

    def types(
        self, name: str, *words: str, version: str = "", statuses: tuple[int, ...] = ()
    ) -> None:
        """Type a block of the document, and hold its answer to words that must be in it."""
        block = self.blocks[name]
        text = block.text.replace("VERSION", version or self.own)
        status, answer = self.machine.typed(text, EMULATED)
        ends = Block(name, text, statuses or block.statuses)
        self.record.typed(ends, text, status, answer)
        for word in words:
            self.held(word in answer, f"{name} says {word!r}")

    def cut(self, name: str) -> None:
        """Type a block and cut the power before it has ended."""
        text = self.blocks[name].text.replace("VERSION", self.own)
        status, _ = self.machine.typed(text, (*EMULATED, f"timeout -s KILL {CUT_S}"))
        self.held(status != 0, "it was cut")
        self.machine.off()
        self.machine.on()

    def held(self, true: bool, what: str) -> None:  # noqa: FBT001  # it is the subject
        """Keep what was looked at; FaultyError where it is not so."""
        if not true:
            raise FaultyError(f"{self.suite}: not so: {what}; see {self.record.file}")
        self.record.told(f"Looked at: {what}")


def digest(document: Path) -> str:
    """Return a line that says which text was typed."""
    found = hashlib.sha256(document.read_bytes()).hexdigest()
    return f"typed: {document.relative_to(ROOT)}, sha256 {found[:16]}"


def main(suites: list[str]) -> int:
    """Prove each system in turn, or those that are named."""
    if os.geteuid() != 0:
        sys.stderr.write("pi-proof: only root may make such systems: sudo make pi-proof\n")
        return 2
    releases = made(ROOT, KEPT / "releases")
    LOGS.mkdir(parents=True, exist_ok=True)
    with emulated():
        for suite in suites or SUITES:
            Story(suite, releases).told()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
