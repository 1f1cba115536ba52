"""The colour of each measure and wave, by the convention of bedside monitors.

ECG green, oximetry cyan, CO2 pale, arterial pressure reddish, a cuff's white, nitrous oxide blue
as its cylinder (EN 1089-3). A colour never stands without a word, and none is an alarm's fill.
"""

from __future__ import annotations

from tui.span import Tone
from vitals.measure import Channel, Measure

_PLAIN = dict.fromkeys(Measure, Tone.STRONG)
TINTS = _PLAIN | {
    Measure.SPO2: Tone.CHANNEL,
    Measure.PULSE_RATE: Tone.CHANNEL,
    Measure.PERFUSION_INDEX: Tone.CHANNEL,
    Measure.HEART_RATE: Tone.HEART,
    Measure.ETCO2: Tone.CARBON,
    Measure.FICO2: Tone.CARBON,
    Measure.RESPIRATORY_RATE: Tone.CARBON,
    Measure.ART_SYSTOLIC: Tone.ARTERY,
    Measure.ART_DIASTOLIC: Tone.ARTERY,
    Measure.ART_MEAN: Tone.ARTERY,
    Measure.N2O_INSPIRED: Tone.NITROUS,
    Measure.N2O_EXPIRED: Tone.NITROUS,
    Measure.AGENT_INSPIRED: Tone.AGENT,
    Measure.AGENT_EXPIRED: Tone.AGENT,
    Measure.MAC: Tone.AGENT,
}
"""The tone of a current number."""
WAVES = {
    Channel.PLETH: Tone.WAVE,
    Channel.ECG: Tone.WAVE_ECG,
    Channel.CO2: Tone.WAVE_CO2,
    Channel.RESP: Tone.WAVE_RESP,
    Channel.ART: Tone.WAVE_ART,
}
