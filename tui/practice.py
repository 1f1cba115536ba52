"""Clinics, checklists, stock and gases as the daemon last told them: pure, and no only copy."""

from __future__ import annotations

from daemon.protocol.message import Message
from daemon.protocol.messages import Hello, Snapshot
from daemon.protocol.practice import (
    Checklist,
    Clinic,
    Equipment,
    Gases,
    Machine,
    PracticeState,
    Site,
    Stock,
)


class Practice:
    """What there is to look through before the first patient."""

    def __init__(self) -> None:
        self.clinic: Clinic | None = None
        """None: the daemon has not said."""
        self.stock = Stock((), ())
        self.gases = Gases((), ())
        self.machines: tuple[Machine, ...] = ()
        """Every device of the register."""
        self._lists: dict[tuple[str, str], Checklist] = {}

    def apply(self, message: Message) -> None:
        """Take one message."""
        match message:
            case Hello():
                self._forget()
            case Snapshot():
                self._forget()
                for one in message.practice:
                    self._take(one)
            case Clinic() | Checklist() | Stock() | Gases() | Equipment():
                self._take(message)
            case _:
                pass

    def _take(self, message: PracticeState) -> None:
        match message:
            case Clinic():
                self.clinic = message
            case Checklist():
                self._lists[message.id, message.target] = message
            case Stock():
                self.stock = message
            case Gases():
                self.gases = message
            case Equipment():
                self.machines = message.machines

    @property
    def site(self) -> Site | None:
        """Return the clinic of the day; None where nobody has said which it is."""
        clinic = self.clinic
        sites = clinic.sites if clinic else ()
        return next((one for one in sites if clinic and one.code == clinic.chosen), None)

    @property
    def places(self) -> tuple[str, ...]:
        """Return where things lie just now: the clinic's own rooms, then its kits."""
        return (self.site.code, *self.site.kits) if self.site else ()

    @property
    def lists(self) -> tuple[Checklist, ...]:
        """Return the checklists of here and now, as the daemon orders them."""
        return tuple(one for one in self._lists.values() if one.rows)

    def list(self, name: str, target: str) -> Checklist | None:
        """Return one checklist; None where the daemon has told of none."""
        return self._lists.get((name, target))

    def _forget(self) -> None:
        self.clinic = None
        self.stock, self.gases, self.machines = Stock((), ()), Gases((), ()), ()
        self._lists.clear()
