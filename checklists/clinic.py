"""Where the practice works, and what it brings along: clinics, kits, and which clinic it is today.

Who answers for what: Modernisering af anæstesiologisk speciallægepraksis (FAPS, RLTN), chapter 3,
Patientsikkerhed, Krav til anæstesi and Fysiske forhold. The anaesthesiologist often has no clinic
of her own: what travels with her is a kit, and is looked after wherever it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from checklists.entry import Entry, standing
from vitals.acts import ChooseClinic
from vitals.against import Line
from vitals.practice import Country, Gas, Responsible

Name = Annotated[
    str,
    Meta(
        pattern=r"\A(?=.*\S)[^\x00-\x1f\x7f]{1,32}\Z",
        description="1 to 32 letters, digits, signs or blanks, not blanks alone",
    ),
]
"""Not blank, and nothing in it that moves a cursor."""
Code = Annotated[
    str,
    Meta(pattern=r"\A[A-ZÆØÅ0-9]{1,6}\Z", description="1 to 6 capital letters or digits"),
]
Phone = Annotated[
    str,
    Meta(
        pattern=r"\A(?:\+?[0-9][0-9 ]{0,23})?\Z",
        description="digits and blanks, with + before a country",
    ),
]


class Orders(Struct, frozen=True, forbid_unknown_fields=True):
    """Who orders each gas; absent: by agreement, as the document has it."""

    o2: Responsible | None = None
    air: Responsible | None = None
    n2o: Responsible | None = None

    def said(self) -> dict[Gas, Responsible]:
        """Return who orders each gas of which it is said."""
        given = {Gas.OXYGEN: self.o2, Gas.AIR: self.air, Gas.NITROUS_OXIDE: self.n2o}
        return {gas: who for gas, who in given.items() if who is not None}


class Clinic(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place where anaesthetics or injections are given."""

    name: Name
    code: Code
    """By which it is chosen; what belongs to its rooms lies at the place of this name."""
    beds: Annotated[tuple[Name, ...], Meta(min_length=1)] = ()
    """Absent: every bed of the configuration."""
    gases: tuple[Gas, ...] = (Gas.OXYGEN,)
    """Those that are used there; absent: oxygen alone."""
    orders: Orders = Orders()
    room: Responsible = Responsible.CLINIC
    """Who answers for the room, its suction, scavenging and recovery beds."""
    country: Country = Country.DENMARK
    """Whose rules on delegated injections hold; absent: that of the site."""
    phone: Phone = ""
    """Whom to ring when nobody answers a call there; absent: the number of the site."""

    def orderer(self, gas: Gas) -> Responsible:
        """Return who orders a gas there."""
        return self.orders.said().get(gas, Responsible.AGREEMENT)


class Kit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Equipment, drugs and disposables that are packed, moved and looked through together."""

    name: Name
    travels: bool = False
    """It is at every clinic, on the day on which the anaesthesiologist is."""
    clinics: tuple[Code, ...] = ()
    """Of one that does not travel: where it is."""

    def comes(self, clinic: str) -> bool:
        """Tell whether it is at hand at the clinic of a code on a day in use."""
        return self.travels or clinic in self.clinics


def choice(entries: Iterable[Entry], day: date, at: datetime) -> str | None:
    """Return the code of the clinic that was chosen last on a day, up to a moment.

    None: nobody has said yet where the work is that day. A choice of yesterday is none of today.
    """
    said = [
        one.act.site
        for one in standing(entries)
        if isinstance(one.act, ChooseClinic) and one.day == day and one.at <= at
    ]
    return said[-1] if said else None


def chosen(
    entries: Iterable[Entry], clinics: Sequence[Clinic], day: date, at: datetime
) -> Clinic | None:
    """Return the clinic of a moment; None also where it is no clinic of the configuration now."""
    code = choice(entries, day, at)
    return next((one for one in clinics if one.code == code), None)


def offered(entries: Iterable[Entry], clinics: Sequence[Clinic]) -> Clinic:
    """Return the clinic to offer when it is asked for: the last used, or the first listed.

    `clinics` has at least one.
    """
    listed = {one.code: one for one in clinics}
    said = [one.act.site for one in standing(entries) if isinstance(one.act, ChooseClinic)]
    return next((listed[code] for code in reversed(said) if code in listed), clinics[0])


def used(
    entries: Iterable[Entry], cases: Mapping[str, Collection[date]] | None = None
) -> dict[str, frozenset[date]]:
    """Return the days in use of each clinic by its code: it was chosen, or a case began there.

    `cases` has the days of cases, by code.
    """
    found: dict[str, set[date]] = {code: set(days) for code, days in (cases or {}).items()}
    for one in standing(entries):
        if isinstance(one.act, ChooseClinic):
            found.setdefault(one.act.site, set()).add(one.day)
    return {code: frozenset(days) for code, days in sorted(found.items())}


def places(clinic: Clinic, kits: Iterable[Kit]) -> tuple[str, ...]:
    """Return the places whose rows, packs and cylinders count at a clinic: its own, then kits."""
    return (clinic.code, *(kit.name for kit in kits if kit.comes(clinic.code)))


def refusal(clinics: Sequence[Clinic], act: ChooseClinic) -> Line | None:
    """Return why a clinic cannot be chosen and which can; None where it can."""
    codes = [one.code for one in clinics]
    if act.site in codes:
        return None
    line = f"no clinic {act.site!r}: choose one of {', '.join(codes)}"
    return Line.of(line, "no_clinic", what=act.site, expected=codes)


def faults(
    clinics: Mapping[int, Clinic], kits: Mapping[int, Kit], codes: Sequence[str]
) -> Iterator[str]:
    """Yield a line for each thing that the rows of clinics and kits, by number, do not fit in.

    `codes`: of every clinic, also of one whose row does not fit; none where they are not known.
    """
    for number, clinic in clinics.items():
        for gas in clinic.orders.said():
            if gas not in clinic.gases:
                where = f"[[clinic]] {number}: orders.{gas}"
                yield f"{where}: {gas} is not among its gases: add it there, or remove this"
    for number, kit in kits.items():
        yield from (f"[[kit]] {number}: {fault}" for fault in _astray(kit, codes))


def bare(clinics: Iterable[Clinic], kits: Iterable[Kit]) -> Iterator[str]:
    """Yield a line for each clinic at which no kit would ever be looked through."""
    there = tuple(kits)
    for clinic in clinics:
        if not any(kit.comes(clinic.code) for kit in there):
            remedy = "name it in `clinics` of one, or let one travel"
            yield f"[[clinic]] {clinic.code}: no [[kit]] is there: {remedy}"


def _astray(kit: Kit, codes: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong of where a kit is."""
    if kit.travels and kit.clinics:
        yield "clinics: it travels to all of them: remove this, or `travels`"
    if not kit.travels and not kit.clinics:
        yield "clinics: is missing: name where it is, or write travels = true"
    if kit.name in codes:
        yield f"name: {kit.name!r} is the code of a clinic too: give the kit another name"
    for code in kit.clinics if codes else ():
        if code not in codes:
            yield f"clinics: {code!r} is no code of a clinic: use one of {', '.join(codes)}"
