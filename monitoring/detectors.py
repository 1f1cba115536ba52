"""One pure function a condition: what is seen of it at a bed, just now.

Each yields findings by device (None for a condition of the patient). Every row of the alarm rules
has exactly one detector here, under the same id.
"""

from __future__ import annotations

from monitoring import breathing, circulation, equipment, gases, pressures
from monitoring.attachment import never_seen, off, stale
from monitoring.sighting import PROVES, Detector, Finding
from vitals.vocabulary import Modality

__all__ = ["DETECTORS", "PROVES", "Detector", "Finding"]

DETECTORS: dict[str, Detector] = {
    "spo2_low": circulation.spo2_low,
    "no_pulse": circulation.no_pulse,
    "apnoea": breathing.apnoea,
    "co2_lost": breathing.co2_lost,
    "hr_low": circulation.hr_low,
    "hr_high": circulation.hr_high,
    "nibp_low": pressures.nibp_low,
    "map_low": pressures.map_low,
    "nibp_high": pressures.nibp_high,
    "etco2_high": breathing.etco2_high,
    "etco2_low": breathing.etco2_low,
    "fico2_high": breathing.fico2_high,
    "rr_low": breathing.rr_low,
    "probe_off": off(Modality.PULSE_OXIMETRY),
    "lead_off": off(Modality.ECG),
    "co2_off": off(Modality.CAPNOGRAPHY),
    "stale": stale(Modality.PULSE_OXIMETRY),
    "stale_co2": stale(Modality.CAPNOGRAPHY),
    "stale_ecg": stale(Modality.ECG),
    "never_seen": never_seen(Modality.PULSE_OXIMETRY),
    "never_seen_co2": never_seen(Modality.CAPNOGRAPHY),
    "never_seen_ecg": never_seen(Modality.ECG),
    "never_seen_nibp": never_seen(Modality.NIBP),
    "nibp_overdue": pressures.nibp_overdue,
    "link_lost": equipment.link_lost,
    "driver_defect": equipment.driver_defect,
    "recorder_failure": equipment.recorder_failure,
    "rules_unusable": equipment.rules_unusable,
    "clock_jump": equipment.clock_jump,
    "sound_unusable": equipment.sound_unusable,
    "gas_low": gases.gas_low,
    "outbox_full": equipment.outbox_full,
}
"""The order is the one in which what begins at the same moment is recorded."""
