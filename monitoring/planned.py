"""From what is typed of a patient who is to come to what is planned: checked, and without the age.

Numbers of procedures come from Bilag 2 of Modernisering af anæstesiologisk speciallægepraksis
(FAPS, RLTN); for them the service follows the procedure (chapter 3, Aktuelle opgaver i
speciallægepraksis, p. 12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from monitoring.age import Age, AgeError, age
from monitoring.limits import LimitSet
from monitoring.mapping import Ambiguous, Invalid, Mapped, service
from monitoring.note import LENGTH, names_person, numbered, tidy
from monitoring.procedures import CodeSet, Procedure, Procedures
from monitoring.profiles import Chosen, by_age
from monitoring.services import Kind, ServiceRules
from monitoring.withdrawn import Withdrawn
from vitals.listing import Slip
from vitals.rows import Label
from vitals.vocabulary import CaseKind, Side

OURS, THEIRS = "ana", "ent"
"""Name spaces: some numbers of procedures have the digits of an anaesthesia service."""
_CODE = re.compile(rf"(?:({OURS}|{THEIRS}):)?([0-9]{{4}})")
_KINDS = {Kind.ANAESTHESIA: CaseKind.ANAESTHETIC, Kind.TREATMENT: CaseKind.BLOCK}


class SlipError(Exception):
    """What was typed cannot become a row; the message says what is wrong and how to mend it."""

    def __init__(self, slip: Slip, detail: str) -> None:
        super().__init__(detail)
        self.slip = slip
        self.detail = detail


class Typed(Struct, frozen=True, kw_only=True):
    """What somebody typed of one patient."""

    codes: tuple[str, ...]
    """Numbers of procedures and of an anaesthesia service: `3005`, `ent:3022`, `ana:3022`."""
    age: str
    side: Side | None = None
    site: str = ""
    note: str = ""


class Held(Struct, frozen=True):
    """What holds a plan already now, by the row that says so."""

    rule: str
    source: str
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    label: Label


class Planned(Struct, frozen=True, kw_only=True):
    """One patient who is to come: no name, and of the age the band and the two-year answer."""

    code: str
    kind: CaseKind
    band: str
    two_years: bool
    aged_on: date
    """The day on which the age was said: band and answer are of that day."""
    procedures: tuple[str, ...] = ()
    site: str = ""
    side: Side | None = None
    note: str = ""
    chosen: Chosen | None = None
    """What it will be held to, by the age that was said; None in a list of before."""
    holds: tuple[Held, ...] = ()


class Tables(Struct, frozen=True, kw_only=True):
    """The rows that a plan is held to."""

    services: Mapping[str, ServiceRules]
    withdrawn: Mapping[str, Withdrawn]
    procedures: Procedures
    limits: LimitSet


def planned(tables: Tables, typed: Typed, day: date) -> Planned:
    """Return what is planned by what was typed on a day, or raise SlipError."""
    _check_text(typed)
    patient = _age(typed.age)
    site = _site(tables.procedures, typed.site)
    codes, numbers = _sorted(tables, typed.codes)
    code = _code(tables, codes, numbers, site)
    held = _holds(tables.procedures, numbers, site, two_years=patient.two_years)
    return Planned(
        code=code,
        kind=_kind(tables, code),
        band=tables.limits.band(patient).id,
        two_years=patient.two_years,
        aged_on=day,
        procedures=tuple(numbers),
        site=typed.site,
        side=typed.side,
        note=tidy(typed.note),
        chosen=by_age(tables.limits, patient),
        holds=tuple(held),
    )


def aged(tables: Tables, plan: Planned, text: str, day: date) -> Planned:
    """Return a plan with the age as it is said anew, or raise SlipError."""
    if names_person(text):
        raise _named()
    side, site = plan.side, plan.site
    codes = (f"{OURS}:{plan.code}", *(f"{THEIRS}:{number}" for number in plan.procedures))
    typed = Typed(codes=codes, age=text, side=side, site=site, note=plan.note)
    return planned(tables, typed, day)


def _check_text(typed: Typed) -> None:
    if names_person(" ".join((*typed.codes, typed.age, typed.site))) or names_person(typed.note):
        raise _named()
    if len(tidy(typed.note)) > LENGTH:
        raise SlipError(Slip.NOTE_LONG, f"the note is longer than {LENGTH} characters: shorten it")
    if numbered(typed.note):
        detail = "the note holds a long number: codes stand before it; dates and numbers of persons"
        raise SlipError(Slip.NOTE_NUMBER, f"{detail} do not belong here: take it out")


def _named() -> SlipError:
    return SlipError(Slip.PATIENT_NUMBER, "this looks like a person's number: take it out")


def _age(text: str) -> Age:
    if not text.strip():
        raise SlipError(Slip.NO_AGE, "the age is missing: write 4y, 8m or 20d")
    try:
        return age(text)
    except AgeError as error:
        raise SlipError(Slip.BAD_AGE, str(error)) from error


def _site(table: Procedures, site: str) -> str | None:
    if site and site not in table.sites:
        known = ", ".join(table.sites)
        raise SlipError(Slip.UNKNOWN_SITE, f"there is no site {site!r}: write one of {known}")
    return site or None


def _sorted(tables: Tables, typed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the codes of services and the numbers of procedures."""
    codes: list[str] = []
    numbers: list[str] = []
    for one in typed:
        space, digits = _spaced(tables, one)
        (codes if space == OURS else numbers).append(digits)
    if not codes and not numbers:
        raise SlipError(Slip.NO_CODE, "there is no code: write procedures, or an anaesthesia code")
    if len(codes) > 1:
        listed = " and ".join(codes)
        raise SlipError(Slip.TWO_CODES, f"{listed} are anaesthesia codes: write one of them")
    return codes, numbers


def _spaced(tables: Tables, typed: str) -> tuple[str, str]:
    """Return the name space and the digits of one code as typed."""
    match = _CODE.fullmatch(typed)
    if match is None:
        raise SlipError(Slip.UNKNOWN_CODE, f"{typed!r} is no code: write four digits, as 3005")
    space, digits = match[1], match[2]
    ours, theirs = digits in tables.services, digits in tables.procedures.printed
    if space is None and ours and theirs:
        detail = f"{digits} is an anaesthesia code and a procedure: write {OURS}:{digits} or"
        raise SlipError(Slip.EITHER_CODE, f"{detail} {THEIRS}:{digits}")
    if space == THEIRS or (space is None and theirs):
        return THEIRS, digits
    if not ours:
        raise _unknown(tables, digits)
    return OURS, digits


def _unknown(tables: Tables, digits: str) -> SlipError:
    if (gone := tables.withdrawn.get(digits)) is not None:
        now = f", now part of {gone.contained_in}" if gone.contained_in else ""
        detail = f"{digits} ({gone.label.en}) is withdrawn{now}: write another code"
        return SlipError(Slip.WITHDRAWN_CODE, detail)
    known = ", ".join(sorted(code for code in tables.services if _taken(tables, code)))
    detail = f"{digits} is neither a procedure of the table nor one of {known}"
    return SlipError(Slip.UNKNOWN_CODE, f"{detail}: mend it, or write {THEIRS}:{digits}")


def _taken(tables: Tables, code: str) -> bool:
    return tables.services[code].service.kind in _KINDS


def _kind(tables: Tables, code: str) -> CaseKind:
    found = tables.services[code].service
    if found.kind not in _KINDS:
        detail = f"{code} ({found.label.en}) goes with an anaesthetic: write that one's code"
        raise SlipError(Slip.CODE_NOT_ALONE, detail)
    return _KINDS[found.kind]


def _code(tables: Tables, codes: list[str], numbers: list[str], site: str | None) -> str:
    """Return the service: that of the procedures, or the one beside them where they have none."""
    beside = codes[0] if codes else ""
    if not numbers:
        return beside
    listed = " ".join(numbers)
    match service(tables.procedures, numbers, site):
        case Mapped(row=row):
            if beside not in ("", row.code):
                detail = f"{listed} belongs to {row.code}: leave {beside} out"
                raise SlipError(Slip.OTHER_CODE, detail)
            return row.code
        case Ambiguous(rows=rows):
            sites = ", ".join(sorted({row.site for row in rows}))
            raise SlipError(Slip.NO_SITE, f"{listed}: the site decides: add one of {sites}")
        case Invalid(reason=reason):
            raise SlipError(Slip.IMPOSSIBLE, f"{reason}: mend the procedures")
        case _ if not beside:
            detail = f"{listed}: Bilag 2 does not print this: add the anaesthesia code, as"
            raise SlipError(Slip.UNMAPPED, f"{detail} {OURS}:3023")
        case _:
            return beside


def _holds(
    table: Procedures, numbers: Sequence[str], site: str | None, *, two_years: bool
) -> Iterator[Held]:
    """Yield what holds the procedures, each rule once.

    Where the table does not print them together, each is asked for alone.
    """
    labels = {rule.id: rule.label for rule in (table.hold, table.unsaid)}
    together = table.sets.get(CodeSet(numbers), ())
    alone = [row for number in numbers for row in table.sets.get(CodeSet({number}), ())]
    rows: Sequence[Procedure] = [row for row in together if row.fits(site)] or alone
    said = [one for row in rows for one in table.planned(row, site, two_years=two_years)]
    for one in {one.rule: one for one in said}.values():
        yield Held(one.rule, one.source, one.approved, labels[one.rule])
