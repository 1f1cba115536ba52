"""What stands around the alarm conditions, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets import Shelf, sourced
from taken import Taken

AROUND: Mapping[str, tuple[str, ...]] = {
    "arrival": ("For {grace_s:g} s after a patient came from another bed probes may be off.",),
    "pulse": ("A heart rate by ECG up to {ecg_s:g} s old says that the heart beats.",),
    "cuff": (
        "A cuff that fills on the limb of the probe explains up to {hold_s:g} s without pulse.",
    ),
    "breathing": (
        "A breath is a CO2 wave that rises by {rise_kpa:g} kPa after it fell.",
        "It fell when it is at {fall_kpa:g} kPa, or at {fall_share:g} of its height.",
        "{breaths:g} breaths show that the patient breathes into the line.",
        "With a tube or laryngeal mask CO2 is lost {lost_s:g} s after the last breath.",
        "When a capnograph stops after {suspect_s:g} s without a breath, that goes on counting.",
        "Low EtCO2 is shown and no alarm for {settle_s:g} s after an airway event.",
    ),
    "pressure": (
        "A systolic pressure below {deep:g} of its limit is high at once.",
        "Overdue {late_s:g} s after the interval, medium after {missed:g} intervals.",
    ),
    "waking": (
        "In recovery a fast heart is an alarm after {hr_high_s:g} s.",
        "Marked as crying, it is none for {upset_s:g} s.",
    ),
    "typed": (
        "A number that is typed stands {within_s:g} s for a monitor that the bed has none of.",
    ),
    "clock": (
        "A wall clock that moves {jump_s:g} s against the monotonic one has jumped.",
        "That is told for {shown_s:g} s.",
    ),
    "gas": (
        "A gas that flows is low when it is enough for less than {low_min:g} min.",
        "It is medium when it is enough for less than {near_min:g} min.",
    ),
    "outbox": ("The outbox is nearly full when servers are owed {full:.0%} of its quota.",),
}
KEYS = {
    "arrival": ("grace_s",),
    "pulse": ("ecg_s",),
    "cuff": ("hold_s",),
    "breathing": (
        *("rise_kpa", "fall_kpa", "fall_share", "breaths"),
        *("lost_s", "suspect_s", "settle_s"),
    ),
    "pressure": ("deep", "late_s", "missed"),
    "waking": ("hr_high_s", "upset_s"),
    "typed": ("within_s",),
    "clock": ("jump_s", "shown_s"),
    "gas": ("low_min", "near_min"),
    "outbox": ("full",),
}


def around(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield what each condition is given beside its own row."""
    rows = []
    for name, said in AROUND.items():
        row = tables.table(name)
        numbers, source = {key: row.take(key) for key in KEYS[name]}, shelf.cited(row)
        rows += [[name.capitalize(), text.format(**numbers), source] for text in said]
        row.done()
    yield from ("", "Around the conditions:")
    yield from sourced(("Of", "What holds"), rows)
