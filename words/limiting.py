"""What is said of limits that people change for one case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIMITING: Mapping[str, str] = MappingProxyType(
    {
        "limits.changed": "LIMITS CHANGED",
        "limits.extreme": "LIMITS EXTREME OR OFF",
        "pick.limits": "s alarm limits",
        "ask.limits": "Alarm limits in force (* changed): which to change?",
        "ask.limit_which": "{measure} alarms where? Change which?",
        "ask.limit_to": "{measure} {now}. New number (- turns it off)",
        "ask.limit_reason": "Reason (it holds until the case ends)",
        "ask.limit_by": "Who sets it (initials; empty: {by})",
        "ask.limit_reset": "{measure}: as chosen by age again?",
        "ask.limits_reset": "Every limit as chosen by age again?",
        "ask.limits_band": "Held to which age band?",
        "ask.limit_confirm": "That limit, all the same?",
        "ask.limit_deep": (
            "{measure} only {limits}: that is far from what is usual at this age, and holds until "
            "the case ends. Set it all the same?"
        ),
        "ask.limit_off": (
            "{measure} {limits} OFF: nothing alarms there any more, until the case ends. Turn it "
            "off all the same?"
        ),
        "limit.reset": "as chosen by age again",
        "limit.band": "another age band",
        "limit.off": "OFF",
        "limit.was": "(by age {preset})",
        "bound.lo": "below",
        "bound.hi": "above",
        "bound.ext_lo": "HIGH at or below",
        "bound.ext_hi": "HIGH at or above",
        "limits.band": "age band chosen: {reason}",
        "event.limit_changed": "limit changed: {detail}",
        "event.limit_changed.spo2": "SpO2 limit changed",
        "event.limit_changed.pulse_rate": "pulse limit changed",
        "event.limit_changed.heart_rate": "pulse limit changed",
        "event.limit_changed.etco2": "etCO2 limit changed",
        "event.limit_changed.fico2": "fiCO2 limit changed",
        "event.limit_changed.respiratory_rate": "respiration limit changed",
        "event.limit_changed.nibp_systolic": "systolic limit changed",
        "event.limit_changed.nibp_mean": "mean pressure limit changed",
        "event.limits_reset": "limits as chosen by age again",
        "event.limits_restored": "limits restored",
        "event.band_chosen": "age band chosen: {detail}",
        "refusal.bad_limit": "that limit cannot be; the one for HIGH lies outside, set it first",
        "refusal.unconfirmed": "that wants a second confirmation",
        "refusal.bad_band": "there is no such age band",
        "event.band_chosen.neonate": "age band chosen: Newborn",
        "event.band_chosen.infant": "age band chosen: Infant",
        "event.band_chosen.y1_2": "age band chosen: 1 year",
        "event.band_chosen.y2_5": "age band chosen: 2-4 years",
        "event.band_chosen.y5_12": "age band chosen: 5-11 years",
        "event.band_chosen.y12_18": "age band chosen: 12-17 years",
        "event.band_chosen.adult": "age band chosen: Adult",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
