"""What is said of limits that people change for one case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIMITING: Mapping[str, str] = MappingProxyType(
    {
        "limits.changed": "LIMITS CHANGED",
        "limits.extreme": "LIMITS EXTREME OR OFF",
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
        "refusal.bad_limit": "that limit cannot be",
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
