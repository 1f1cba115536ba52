"""Limits that people change for one case: what is asked, and how they are told."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from daemon.protocol.request import Name, Request
from vitals.deed import Line
from vitals.limits import Bound, Profile
from vitals.measure import Measure

Value = Annotated[float, Meta(gt=0, le=500)]
"""In the unit of the measure; bounded, because a limit of `nan` or `inf` never alarms."""


class LimitRequest(Request, frozen=True):
    """What changes what the open case of a bed is held to, until that case ends."""

    bed: Name


class SetLimit(LimitRequest, frozen=True, kw_only=True, tag="set_limit"):
    """Set limits of one measure; those that are not named stay. Pulse and heart rate are one."""

    measure: Measure
    reason: Line
    lo: Value | None = None
    hi: Value | None = None
    ext_lo: Value | None = None
    ext_hi: Value | None = None
    off: tuple[Bound, ...] = ()
    """Turned off; never of what is required of the case, nor of SpO2."""
    profile: Profile | None = None
    """Null: the one in force just now."""
    confirmed: bool = False
    """Said a second time: far wider than by age, SpO2 below the floor, or a limit turned off."""


class ResetLimits(LimitRequest, frozen=True, kw_only=True, tag="reset_limits"):
    """Go back to what was chosen by age: every limit of the case, or those of one measure."""

    measure: Measure | None = None


class ChooseBand(LimitRequest, frozen=True, kw_only=True, tag="choose_band"):
    """Hold the case to another age band, as a lower one for who was born early or weighs little."""

    band: Name
    reason: Line


LimitOrder = SetLimit | ResetLimits | ChooseBand


class Altered(Struct, frozen=True):
    """One limit that somebody set for a case."""

    profile: Profile
    measure: Measure
    bound: Bound
    value: float | int | None
    """Null: turned off."""
    preset: float | int | None
    """As chosen by age."""
    by: str
    reason: str
    at: str
    extreme: bool = False
    """Off, far wider than chosen by age, or beyond what is extreme at that age: it stands out."""
