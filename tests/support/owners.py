"""A month as the daemon tells it: one like any, one without anything, and one at its longest."""

from __future__ import annotations

from datetime import date, timedelta

import mornings
from msgspec import structs

from daemon.protocol.account import Waived
from daemon.protocol.cases import Ground
from daemon.protocol.month import (
    Alarms,
    Cancelled,
    CaseLine,
    CodeCount,
    Condition,
    DayLine,
    Hole,
    ListRun,
    Month,
    MonthTold,
    PlaceDay,
    Standing,
    Totals,
)
from vitals.practice import Readiness
from vitals.vocabulary import Cancellation, CaseKind, Modality, Phase, Priority, Verdict

FIRST = date(2026, 11, 1)
SHORT_OF = Ground(Modality.PULSE_OXIMETRY, "3021.oximetry", 420.0, 600.0, "gaps", Phase.DURING)
NEVER = structs.replace(SHORT_OF, covered_s=0.0, why="never_seen")
EXPLAINED = Waived("waive", Modality.ECG, "barnet ville ikke", "AS", "2026-11-12T09:20:00.000Z")
STARTED = Waived("begin", None, "", "AS", "2026-11-13T09:20:00.000Z", ("kit børneelektroder",))


def case(serial: int, result: Verdict | None = Verdict.PASS, **fields: object) -> CaseLine:
    bare = CaseLine(
        f"KN-2611{1 + serial % 19:02d}-{serial:03d}",
        "2026-11-12T09:10:00.000Z",
        "3021",
        CaseKind.ANAESTHETIC,
        result,
        advised=None if result is None else Verdict.PASS,
    )
    return structs.replace(bare, **fields)


CASES = (
    case(1, Verdict.FAIL, reasons=(NEVER, SHORT_OF), waived=(STARTED,)),
    case(2, Verdict.FAIL, reasons=(NEVER,)),
    *(case(3 + n, Verdict.REVIEW, reasons=(SHORT_OF,)) for n in range(5)),
    case(8, None, open=True),
    case(9, None),
    case(10, waived=(EXPLAINED,), fits="3022"),
    *(case(11 + n) for n in range(180)),
)
RUN = ListRun(
    "machine",
    mornings.phrase("Anæstesiapparat"),
    mornings.KIT,
    date(2026, 11, 2),
    "2026-11-02T06:46:00.000Z",
    40.0,
    23,
    1,
    ("AS", "MK"),
    "AS",
)
STATES = {1: Readiness.UNCHECKED, 5: Readiness.NOTICES, 11: Readiness.HELD}


def day(number: int) -> DayLine:
    """Return a day: weekends are closed, and three of the others stand out."""
    then = FIRST + timedelta(days=number)
    if then > mornings.TODAY:
        return DayLine(then, None)
    if then.weekday() > 4:
        return DayLine(then, Readiness.UNUSED)
    state = STATES.get(number, Readiness.READY)
    reasons = () if state is Readiness.READY else mornings.REASONS
    at = f"{then}T07:10:00.000Z"
    place = PlaceDay("NORD", "Klinik Nord", state, at, begun=number != 1, reasons=reasons)
    return DayLine(then, state, 11, (place,), (RUN,))


STANDING = Standing(
    packs=mornings.PACKS,
    machines=tuple(one for one in mornings.MACHINES if one.state != "in_use"),
    supplies=mornings.SUPPLIES,
    cylinders=mornings.CYLINDERS,
    papers=(
        structs.replace(
            mornings.REASONS[0], what="person", id="resuscitation", target="AS", state="ending"
        ),
    ),
    overdue=(structs.replace(mornings.REASONS[2], id="st-02"),),
    ending=2,
    expired=1,
    ahead_days=30,
)
MONTH = Month(
    month="2026-11",
    at="2026-11-21T09:40:00.000Z",
    over=False,
    since="2026-11-02T06:00:00.000Z",
    anaesthetics=190,
    codes=(CodeCount("3021", 112), CodeCount("3022", 42), CodeCount("3023", 29), CodeCount("", 7)),
    contract=Totals(181, 5, 2, 1, 1),
    waived=4,
    unexplained=1,
    outside=9,
    cases=CASES,
    cancelled=(
        Cancelled(date(2026, 11, 3), Cancellation.FASTING, "KN-261103-002"),
        Cancelled(date(2026, 11, 4), Cancellation.NO_SHOW),
        Cancelled(date(2026, 11, 5), None, "KN-261105-009"),
    ),
    alarms=Alarms(
        60.5,
        188,
        3.1,
        (
            Condition("spo2_low", Priority.HIGH, 109, 1.8),
            Condition("probe_off", Priority.LOW, 79, 1.3),
        ),
    ),
    days=tuple(day(number) for number in range(30)),
    standing=STANDING,
    holes=(Hole("2026-11-10T09:00:00.000Z", "2026-11-10T09:04:00.000Z", 2),),
    lost=3,
)
EMPTY = Month("2026-11", "2026-11-21T09:40:00.000Z", over=False, since="2026-11-21T06:00:00.000Z")
LONG = "Speciallægeklinikken for øre-næse-halssygdomme ved Søerne "


def longest() -> Month:
    """Return a month in which everything is as long as it may be."""
    place = structs.replace(MONTH.days[1].places[0], name=LONG * 2, more=99)
    run = structs.replace(RUN, label=mornings.phrase(LONG * 2), target="K" * 32, by=("AS",) * 9)
    wide = structs.replace(MONTH.days[1], cases=99, places=(place,) * 3, lists=(run,) * 12)
    told = structs.replace(EXPLAINED, reason=LONG * 3)
    first = case(1, Verdict.FAIL, reasons=(NEVER, SHORT_OF) * 4, advice=(NEVER,) * 8)
    first = structs.replace(first, case="K" * 6 + "-261121-9999", waived=(told,) * 4)
    return structs.replace(
        MONTH,
        anaesthetics=9999,
        codes=tuple(CodeCount(f"30{n}", 9999) for n in range(10, 40)),
        contract=Totals(9999, 999, 999, 99, 99),
        cases=(first, *MONTH.cases[1:]),
        days=(MONTH.days[0], wide, *MONTH.days[2:]),
        waived=999,
        unexplained=999,
        outside=9999,
        more=dict.fromkeys(("cases", "packs", "papers", "machines"), 999),
    )


def told(request: str, month: Month = MONTH) -> MonthTold:
    """Return the answer to a request."""
    return MonthTold(request, month)
