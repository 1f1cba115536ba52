"""Alarm limits on the screen: what is in force, what somebody changed, and how to change it; pure.

One form leads to those of a measure, and that to those of a bound. The daemon alone decides what
can be, and what wants to be said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import ValidationError, convert, structs

from daemon.protocol.cases import Limit
from daemon.protocol.limits import ChooseBand, LimitRequest, ResetLimits, SetLimit, Value
from tui.commands import Asker
from tui.fields import INITIALS, LINE, YES, Answers, Field, Form, Option, yes_no
from tui.limitline import altered, bound_text, confirmation, in_force, of, reasons
from tui.prompt import Ask
from tui.sight import Sight
from tui.typed import NUMBER, number
from vitals.limits import Bound
from vitals.measure import Measure

OFF = "-"
"""Typed in the place of a number."""
LIMITED = (
    Measure.SPO2,
    Measure.PULSE_RATE,
    Measure.HEART_RATE,
    Measure.ETCO2,
    Measure.FICO2,
    Measure.RESPIRATORY_RATE,
    Measure.NIBP_SYSTOLIC,
    Measure.NIBP_MEAN,
)
"""What may have limits at all; which of them a case has it says itself."""
BANDS = ("neonate", "infant", "y1_2", "y2_5", "y5_12", "y12_18", "adult")
RESET, BAND = "limits_reset", "limits_band"
_REASON = Field("limit_reason", pattern=LINE)


def _which(sight: Sight) -> list[Option]:
    """Return every measure with its limits in force; taking all back, and another age band."""
    found = [one for one in in_force(sight) if one.measure in LIMITED]
    options = [
        Option(str(key), of(sight, one), f"limit_{one.measure}") for key, one in enumerate(found, 1)
    ]
    if sight.case and sight.case.altered:
        options.append(Option("r", sight.words.text("limit.reset"), RESET))
    band = Option("b", sight.words.text("limit.band"), BAND)
    return [*options, band] if options else []


def _bounds(measure: Measure) -> Callable[[Sight], list[Option]]:
    def offered(sight: Sight) -> list[Option]:
        """Return the limits of the measure, those too that are off; and going back to the age."""
        limit = next((one for one in in_force(sight) if one.measure is measure), None)
        there = [bound for bound in Bound if limit is not None and _there(limit, bound)]
        options = [
            Option(str(key), bound_text(sight, limit, bound), f"limit_{measure}_{bound}")
            for key, bound in enumerate(there, 1)
            if limit is not None
        ]
        if altered(sight, measure):
            options.append(Option("r", sight.words.text("limit.reset"), f"limit_{measure}_reset"))
        return options

    return offered


def _there(limit: Limit, bound: Bound) -> bool:
    return getattr(limit, bound) is not None or bound in limit.changed


def _asked(measure: Measure) -> Callable[[Sight, Ask], str]:
    """Return the question for a limit, with why the ones that stand were changed."""

    def titled(sight: Sight, _: Ask) -> str:
        which = sight.words.text("ask.limit_which", measure=_name(sight, measure))
        return " ".join((which, *reasons(sight, measure)))

    return titled


def _number(measure: Measure, bound: Bound) -> Field:
    def titled(sight: Sight, _: Ask) -> str:
        limit = next((one for one in in_force(sight) if one.measure is measure), None)
        now = bound_text(sight, limit, bound) if limit else ""
        return sight.words.text("ask.limit_to", measure=_name(sight, measure), now=now)

    pattern = rf"{NUMBER}|{OFF}"
    return Field("limit_to", pattern=pattern, possible=_sendable, titled=titled)


def _sendable(typed: str) -> bool:
    """Tell whether the daemon would take it for a number at all."""
    try:
        return typed == OFF or bool(convert(number(typed), Value))
    except ValidationError:
        return False


def _who() -> Field:
    """Return who sets it: this terminal may be somebody else's."""

    def titled(sight: Sight, _: Ask) -> str:
        return sight.words.text("ask.limit_by", by=sight.place.by)

    return Field("limit_by", pattern=f"(?:{INITIALS})?", titled=titled)


def _set(measure: Measure, bound: Bound) -> Callable[[Sight, Answers, Asker], LimitRequest]:
    def sent(sight: Sight, answers: Answers, asker: Asker) -> LimitRequest:
        typed, reason, by = answers
        bed = sight.bed_name or ""
        command = SetLimit(asker.id, by or asker.by, bed, measure=measure, reason=reason)
        if typed == OFF:
            return structs.replace(command, off=(bound,))
        return structs.replace(command, **{bound.value: number(typed)})

    return sent


def _reset(measure: Measure | None) -> Callable[[Sight, Answers, Asker], LimitRequest]:
    def sent(sight: Sight, _: Answers, asker: Asker) -> LimitRequest:
        bed = sight.bed_name or ""
        return ResetLimits(id=asker.id, by=asker.by, bed=bed, measure=measure)

    return sent


def _banded(sight: Sight, answers: Answers, asker: Asker) -> LimitRequest:
    band, reason, by = answers
    bed = sight.bed_name or ""
    return ChooseBand(id=asker.id, by=by or asker.by, bed=bed, band=band, reason=reason)


def _bands(sight: Sight) -> list[Option]:
    named = ((band, sight.words.named("band_short", band)) for band in BANDS)
    return [Option(str(key), name, band) for key, (band, name) in enumerate(named, 1)]


def _name(sight: Sight, measure: Measure) -> str:
    return sight.words.named("measure", measure.value)


def _of(measure: Measure) -> dict[str, Form]:
    """Return the forms of one measure."""
    name = f"limit_{measure}"
    bounds = {f"{name}_{bound}": bound for bound in Bound}
    back = Field("limit_reset", (YES,), titled=_back(measure))
    names = (*bounds, f"{name}_reset")
    which = Field("limit_which", offers=_bounds(measure), titled=_asked(measure))
    return {
        name: Form((which,), leads={one: one for one in names}),
        f"{name}_reset": Form((back,), sends=_reset(measure)),
        **{
            one: Form((_number(measure, bound), _REASON, _who()), sends=_set(measure, bound))
            for one, bound in bounds.items()
        },
    }


def _back(measure: Measure) -> Callable[[Sight, Ask], str]:
    def titled(sight: Sight, _: Ask) -> str:
        return sight.words.text("ask.limit_reset", measure=_name(sight, measure))

    return titled


_MEASURES = tuple(f"limit_{one}" for one in LIMITED)
CONFIRM = "limit_confirm"
LIMITS: Mapping[str, Form] = {
    "limits": Form(
        (Field("limits", offers=_which),),
        leads={one: one for one in (*_MEASURES, RESET, BAND)},
    ),
    RESET: Form((Field(RESET, (YES,)),), sends=_reset(None)),
    BAND: Form((Field(BAND, offers=_bands), _REASON, _who()), sends=_banded),
    CONFIRM: Form((Field(CONFIRM, yes_no(CONFIRM).picks, titled=confirmation),)),
    **{name: form for measure in LIMITED for name, form in _of(measure).items()},
}
"""By name, among `tui.forms.FORMS`; `limit_confirm` says what was refused a second time."""
