"""What is asked about a block, and what is said of it then."""

from __future__ import annotations

from collections.abc import Mapping

from tui.fields import LINE, YES, Answers, Field, Form, yes_no
from tui.typed import PRESSURE, falling, number
from vitals import deeds
from vitals.deeds import Said
from vitals.duties import Duty
from vitals.series import Choice, History
from vitals.vocabulary import Part, Side

PAIR = rf"(?:100|[0-9]{{1,2}}(?:[.,][0-9])?) +{PRESSURE}"
"""SpO2 in % and blood pressure in mmHg."""
STEROID = r"(?:[^\x00-\x1f\x7f]{1,100} [1-9][0-9]{0,3}(?:[.,][0-9])?)?"
"""A name and its mg, or nothing."""
NUMBER = "[0-9 -]{0,16}"
"""Of the patient, by which a series is known again; or nothing."""
DELEGATE = r"[\w.-]{0,16}"
_DELEGATE = 7
"""Where the delegate stands among the answers."""


def _pair(answers: Answers) -> Said:
    spo2, pressure = answers[0].split()
    high, low = pressure.split("/")
    return deeds.Pair(spo2=number(spo2), systolic=number(high), diastolic=number(low))


def _delegated(answers: Answers) -> bool:
    return bool(answers[_DELEGATE])


def _given(answers: Answers) -> Said:
    drug, site, side, part, steroid, guided, diagnostic, to, duties, series, history = answers
    name, _, amount = steroid.rpartition(" ")
    return deeds.Give(
        drug=drug,
        site=site,
        side=Side(side),
        part=Part(part),
        steroid=name,
        steroid_mg=number(amount) if amount else None,
        guided=guided == YES,
        by_specialist=not to,
        delegated_to=to,
        confirmed=tuple(Duty(duty) for duty in duties.split()),
        diagnostic=diagnostic == YES,
        series=Choice(series),
        history=History(history),
    )


FURTHER = ("transfer", "correct", "abandon", "move", "relieve", "explain", "waive", "limits")

INJECTIONS: Mapping[str, Form] = {
    "pair": Form((Field("pair", pattern=PAIR, possible=falling),), _pair),
    "give": Form(
        (
            Field("drug", pattern=LINE),
            Field("place", pattern=LINE),
            Field("side", tuple(Side)),
            Field("part", tuple(Part)),
            Field("steroid", pattern=STEROID),
            yes_no("guided"),
            yes_no("diagnostic"),
            Field("delegate", pattern=DELEGATE),
            Field("confirmed", tuple(Duty), some=True, when=_delegated),
            Field("series", tuple(Choice)),
            Field("history", tuple(History)),
            Field("patient", pattern=NUMBER, secret=True),
        ),
        _given,
        keyed=True,
    ),
    "observe": Form((Field("observe", ("yes",)),), lambda _: deeds.Observe()),
    "leave": Form((Field("leave", ("yes",)),), lambda _: deeds.Leave()),
    "abandon": Form((Field("abandon", pattern=LINE),), lambda a: deeds.Abandon(reason=a[0])),
    "further_block": Form((Field("further", FURTHER),), leads={name: name for name in FURTHER}),
}
