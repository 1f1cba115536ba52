"""`vagt limits show`: the limits by age without a daemon, or those of the case at a bed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from daemon.approval import lapsed
from daemon.library import Library
from daemon.protocol.cases import Case, Limit
from daemon.protocol.limits import Altered
from monitoring.age import AgeError, age
from monitoring.limits import Range
from monitoring.profiles import Chosen, by_age, by_band
from monitoring.settings import chosen, together
from vagt import output, rules
from vagt.main import UsageError
from vagt.visit import visit
from vitals.limits import Profile
from vitals.measure import Measure
from vitals.rows import parsed

HEADINGS = ("BAND", "PROFILE", "MEASURE", "LO", "HI", "EXT_LO", "EXT_HI", "UNIT")
IN_FORCE = ("MEASURE", "LO", "HI", "EXT_LO", "EXT_HI", "UNIT", "SET")
SET = ("PROFILE", "MEASURE", "LIMIT", "VALUE", "BY AGE", "BY", "REASON", "")
YEARS = ("YEAR", "SYSTOLIC LO", "MEAN LO", "SYSTOLIC LO IN RECOVERY")
NOTHING = "-"


class Preset(Struct, frozen=True):
    """The limits of one measure in one band and profile."""

    band: str
    profile: Profile
    measure: Measure
    lo: float | None
    hi: float | None
    ext_lo: float | None
    ext_hi: float | None


def show(arguments: argparse.Namespace) -> int:
    """Print the limits that were asked for; 1 where the bed has no open case."""
    if arguments.bed is not None:
        return _case(arguments)
    found = rules.chosen(arguments)
    rules.warn("limits", found)
    rows = tuple(presets(found, arguments.age))
    apnoeas = {band: told.profiles.apnoea_s for band, told in _told(found, arguments.age).items()}
    if arguments.json:
        limits = found.limits
        signed = {"approved_by": limits.approved_by, "approved_on": limits.approved_on}
        limited = {"limits": rows, "apnoea_s": apnoeas}
        output.json_line({**limited, **signed, **rules.document(found)})
        return 0
    table(rows)
    output.line(_apnoeas(apnoeas))
    output.line(f"{standing(found)}; {rules.line(found)}")
    return 0


def presets(found: Library, text: str | None = None) -> Iterator[Preset]:
    """Yield the limits at an age, or those of every band; UsageError for what is no age."""
    for band, told in _told(found, text).items():
        for profile in Profile:
            there = chosen(told.limits, told.profiles, profile)
            for measure, limits in there.items():
                yield Preset(band, profile, measure, *_bounds(limits))


def table(rows: Iterable[Preset]) -> None:
    """Print limits in columns."""
    told = (
        (one.band, one.profile, one.measure, *_cells(one), one.measure.form.unit) for one in rows
    )
    output.table([HEADINGS, *told])


def beside(found: Library) -> None:
    """Print what stands beside the bands: pressures by year of age, apnoea, no age, oxygen."""
    limits = found.limits
    rows = [(one.age, one.sbp_lo, one.map_lo, one.recovery_sbp_lo) for one in limits.pressures]
    output.table([YEARS, *(tuple(f"{number:g}" for number in row) for row in rows)])
    output.line(_apnoeas({one.id: one.apnoea_s for one in limits.bands}))
    none = limits.unknown
    rate = f"{none.hr.lo:g}-{none.hr.hi:g}, {none.hr.ext_lo:g}-{none.hr.ext_hi:g}"
    bare = f"spo2 {none.spo2.lo:g}, {none.spo2.desat:g}; heart {rate}"
    low = f"systolic {none.sbp_lo:g}; mean {none.map_lo:g}"
    output.line(f"age unknown: {bare}; {low}; apnoea {none.apnoea_s:g} s")
    output.line(f"oxygen given in recovery: spo2 {limits.oxygen.spo2_lo:g}")


def in_force(socket: Path, number: str | None, measure: Measure | None) -> None:
    """Print what a case is held to just now: every limit, or those of the heart or one measure."""
    with visit(socket) as daemon:
        cases = daemon.snapshot.cases
    case = next((one for one in cases if one.case == number), None)
    if case is not None:
        limits = {one.measure: Range() for one in case.limits}
        wanted = limits if measure is None else together(measure, limits)
        output.table([IN_FORCE, *((*_row(one),) for one in case.limits if one.measure in wanted)])


def standing(found: Library) -> str:
    """Return who approved the limits, and when; or that nobody has, or not these rows."""
    limits, name = found.limits, "limits.toml"
    head = parsed(found.files[name].text, name)
    if lapsed(head):
        return f"NOT APPROVED: rows were altered after {head['approved_by']} approved them"
    on = f" on {limits.approved_on}" if limits.approved_on else ""
    return f"approved by {limits.approved_by}{on}" if limits.approved_by else "NOT APPROVED"


def _told(found: Library, text: str | None) -> dict[str, Chosen]:
    limits = found.limits
    if text is None:
        return {band.id: by_band(limits, band) for band in limits.bands}
    try:
        patient = age(text)
    except AgeError as error:
        raise UsageError(str(error)) from error
    return {limits.band(patient).id: by_age(limits, patient)}


def _bounds(limits: Range) -> tuple[float | None, float | None, float | None, float | None]:
    return limits.lo, limits.hi, limits.ext_lo, limits.ext_hi


def _cells(one: Preset | Limit) -> tuple[str, ...]:
    return tuple(_number(value) for value in (one.lo, one.hi, one.ext_lo, one.ext_hi))


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"


def _apnoeas(seconds: Mapping[str, float | None]) -> str:
    """Return how long without a breath is an apnoea, by band or at a bed."""
    told = (f"{band} {_number(one)} s" for band, one in seconds.items() if one is not None)
    return f"apnoea: {', '.join(told) or NOTHING}"


def _case(arguments: argparse.Namespace) -> int:
    with visit(arguments.socket) as daemon:
        cases = daemon.snapshot.cases
    found = next((c for c in cases if c.bed == arguments.bed and not c.state.over), None)
    if found is None:
        output.line(f"no case is open at {arguments.bed}")
        return 1
    if arguments.json:
        output.json_line(_document(found))
    else:
        _print(found)
    return 0


def _document(case: Case) -> dict[str, object]:
    told = {"case": case.case, "bed": case.bed, "band": case.band, "band_reason": case.band_reason}
    limits = {"limits": case.limits, "altered": case.altered, "apnoea_s": case.apnoea_s}
    return {**told, **limits, "approved_by": case.limits_approved_by, "rules": case.rules}


def _print(case: Case) -> None:
    why = f" ({case.band_reason})" if case.band_reason else ""
    signed = case.limits_approved_by
    standing = f"approved by {signed}" if signed else "NOT APPROVED"
    output.line(f"{case.case}  {case.bed}  {case.band}{why}  {standing}")
    output.table([IN_FORCE, *((*_row(one),) for one in case.limits)])
    output.line(_apnoeas({case.band: case.apnoea_s}))
    if case.altered:
        output.table([SET, *(_altered(one) for one in case.altered)])


def _row(one: Limit) -> Iterator[str]:
    yield from (one.measure, *_cells(one), one.measure.form.unit)
    yield ", ".join(f"{b} EXTREME" if b in one.extreme else b for b in one.changed)


def _altered(one: Altered) -> tuple[str, ...]:
    value = "off" if one.value is None else _number(one.value)
    what = one.profile, one.measure, one.bound, value, _number(one.preset)
    return (*what, one.by, one.reason, "EXTREME" if one.extreme else "")
