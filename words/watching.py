"""What is said of alarm conditions, and of what is worth knowing and no alarm."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WATCHING: Mapping[str, str] = MappingProxyType(
    {
        "alarm.apnoea": "No breath",
        "alarm.co2_lost": "CO2 lost",
        "alarm.nibp_low": "Systolic pressure low",
        "alarm.map_low": "Mean pressure low",
        "alarm.nibp_high": "Systolic pressure high",
        "alarm.etco2_high": "etCO2 high",
        "alarm.etco2_low": "etCO2 low",
        "alarm.fico2_high": "fiCO2 high",
        "alarm.rr_low": "Respirations low",
        "alarm.lead_off": "Electrode off",
        "alarm.co2_off": "CO2 line not fit",
        "alarm.stale_co2": "No new CO2 data",
        "alarm.stale_ecg": "No new ECG data",
        "alarm.never_seen_co2": "No CO2 data since anaesthesia start",
        "alarm.never_seen_ecg": "No ECG data since anaesthesia start",
        "alarm.never_seen_nibp": "No blood pressure since anaesthesia start",
        "alarm.nibp_overdue": "Blood pressure not measured",
        "overdue.for": "Blood pressure not measured for {age}",
        "overdue.interval": "(interval {minutes} min)",
        "alarm.clock_jump": "The clock has jumped",
        "alarm.sound_unusable": "Alarms cannot be heard",
        "alarm.gas_low": "Gas soon used up",
        "alarm.outbox_full": "Outbox nearly full",
        "notice.unusual_patient": "outside the usual patients",
        "notice.infant_rate": "an infant's pulse slower than usual",
        "notice.no_breath_yet": "no breath on CO2 yet: [L] airway?",
        "notice.airway_placed": "no breath on CO2: [L] airway?",
        "notice.airway_removed": "no breath on CO2: [L] airway removed?",
        "event.entry_upset": "crying or restless",
        "event.entry_oxygen": "oxygen: {detail}",
        "event.entry_oxygen.yes": "oxygen given",
        "event.entry_oxygen.no": "no oxygen",
        "event.entry_repeat": "interval of blood pressure",
    }
)
"""A translation is as short: it stands in the alarm bar."""
