"""Why a number is missing, or how far it can be trusted: what its device says comes first."""

from __future__ import annotations

from tui.aging import Shown, Standing
from tui.sight import Reach, Sight
from vitals.measure import Channel, Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState

_OXIMETRY = frozenset({Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX})
_AIRWAY = frozenset(
    {
        Measure.ETCO2,
        Measure.FICO2,
        Measure.RESPIRATORY_RATE,
        Measure.FIO2,
        Measure.ETO2,
        Measure.N2O_INSPIRED,
        Measure.N2O_EXPIRED,
        Measure.AGENT_INSPIRED,
        Measure.AGENT_EXPIRED,
        Measure.MAC,
    }
)
_CUFF = frozenset(
    {
        Measure.NIBP_SYSTOLIC,
        Measure.NIBP_DIASTOLIC,
        Measure.NIBP_MEAN,
        Measure.NIBP_PULSE_RATE,
    }
)
_HEART = frozenset({Measure.HEART_RATE})
_ALL = frozenset(Measure)
TELLS = {
    Note.FROM_MEMORY: _ALL,
    Note.SPOT_CHECK: _OXIMETRY,
    Note.WARMING_UP: _AIRWAY,
    Note.ZEROING: _AIRWAY,
    Note.ZERO_REQUIRED: _AIRWAY,
    Note.CHECK_SAMPLING_LINE: _AIRWAY,
    Note.CHECK_ADAPTER: _AIRWAY,
    Note.NO_BREATH: _AIRWAY,
    Note.PROBE_OFF: _OXIMETRY,
    Note.NO_PULSE: _OXIMETRY,
    Note.LOW_PERFUSION: _OXIMETRY,
    Note.LEADS_OFF: _HEART,
    Note.CUFF_INFLATING: _CUFF,
    Note.SENSOR_FAULT: _ALL,
    Note.OUT_OF_RANGE: _ALL,
    Note.SLEEPING: _ALL,
    Note.REBOOTED: _ALL,
    Note.COMPENSATION_NOT_SET: _AIRWAY,
}
"""Which numbers a note explains, the plainest explanation first."""
LED = _AIRWAY | _OXIMETRY | _HEART | {Measure.NIBP_PULSE_RATE}
"""The numbers whose reason stands beside another one: etCO2, SpO2, heart rate, pressure."""
CARRIES = {
    Channel.PLETH: Measure.SPO2,
    Channel.ECG: Measure.HEART_RATE,
    Channel.CO2: Measure.ETCO2,
    Channel.RESP: Measure.RESPIRATORY_RATE,
    Channel.ART: Measure.ART_SYSTOLIC,
}
"""The number that is read beside a wave."""


def why(sight: Sight, shown: Shown | None) -> str:
    """Return why there is no number, or how old or uncertain it is; empty for a current one."""
    if shown is None:
        live = sight.reach is Reach.LIVE and sight.mirror.complete
        return sight.words.named("quality", Quality.UNAVAILABLE.value) if live else ""
    if shown.standing is Standing.GONE:
        return _gone(sight, shown)
    if shown.standing is Standing.OLD and shown.value is not None:
        return sight.words.text("why.age", age=sight.forms.age(shown.age_s))
    quality = shown.reading.quality
    if quality is Quality.VALID:
        return ""
    return told(sight, shown) or _quality(sight, shown.reading.measure, quality)


def told(sight: Sight, shown: Shown | None) -> str:
    """Return what the device of a number says that bears on it; empty for nothing."""
    if shown is None or shown.device.state is not DeviceState.RECEIVING:
        return ""
    said = shown.device.notes
    return _note(sight, _of_now(said) if shown.reading.live else said, shown.reading.measure)


def beside(sight: Sight, channel: Channel, device: str | None) -> str:
    """Return what the device of a wave says that bears on the wave; empty for nothing."""
    held = sight.bed.devices.get(device or "")
    if held is None or held.message.state is not DeviceState.RECEIVING:
        return ""
    return _note(sight, _of_now(held.message.notes), CARRIES[channel])


def _of_now(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return what bears on something live: what else a monitor remembers does not."""
    return tuple(note for note in notes if note is not Note.FROM_MEMORY)


def _note(sight: Sight, notes: tuple[Note, ...], measure: Measure) -> str:
    bearing = (note for note, measures in TELLS.items() if note in notes and measure in measures)
    note = next(bearing, None)
    return "" if note is None else sight.words.named("note", note.value)


def _quality(sight: Sight, measure: Measure, quality: Quality) -> str:
    """Return the words of a quality; that a sensor is off is said of oximeters alone."""
    if quality is Quality.INVALID and measure not in _OXIMETRY:
        return sight.words.text("quality.fault")
    return sight.words.named("quality", quality.value)


def _gone(sight: Sight, shown: Shown) -> str:
    if shown.device.state in (DeviceState.LOST, DeviceState.DEFECTIVE):
        return sight.words.named("device", shown.device.state.value)
    return sight.words.text("why.stale", age=sight.forms.age(shown.age_s))
