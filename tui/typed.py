"""Numbers that a person reads off a monitor or a thermometer, and what is said of them then."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.fields import Answers, Field, Form
from vitals import deeds
from vitals.deeds import Said
from vitals.measure import Measure

NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?"
"""What it can be at all is for the daemon to say."""
PRESSURE = r"[1-9][0-9]{1,2}/[1-9][0-9]{1,2}"
"""Systolic over diastolic, in mmHg."""
READ = {
    "spo2": Measure.SPO2,
    "etco2": Measure.ETCO2,
    "heart_rate": Measure.HEART_RATE,
    "pulse_rate": Measure.PULSE_RATE,
    "respiratory_rate": Measure.RESPIRATORY_RATE,
    "temperature": Measure.TEMPERATURE,
}
"""What is typed as one number."""
NIBP = "nibp"


def number(typed: str) -> float:
    """Return a number that was typed with a comma or a point."""
    return float(typed.replace(",", "."))


def falling(typed: str) -> bool:
    """Tell whether a pressure that ends what is typed has its higher number first."""
    high, _, low = typed.rsplit(maxsplit=1)[-1].partition("/")
    return int(high) > int(low)


def _one(measure: Measure) -> Callable[[Answers], Said]:
    return lambda answers: deeds.Measured(measure=measure, value=number(answers[0]))


def _both(answers: Answers) -> tuple[Said, ...]:
    high, low = (number(one) for one in answers[0].split("/"))
    return (
        deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=high),
        deeds.Measured(measure=Measure.NIBP_DIASTOLIC, value=low),
    )


def _form(name: str) -> str:
    return f"read_{name}"


NUMBERS: Mapping[str, Form] = {
    "reading": Form(
        (Field("reading", (NIBP, *READ)),), leads={name: _form(name) for name in (NIBP, *READ)}
    ),
    _form(NIBP): Form((Field("read_nibp", pattern=PRESSURE, possible=falling),), _both),
    **{
        _form(name): Form((Field(f"read_{name}", pattern=NUMBER),), _one(measure))
        for name, measure in READ.items()
    },
}
"""By name, among `tui.forms.FORMS`."""
