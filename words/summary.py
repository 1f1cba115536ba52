"""What stands in the summary of a case beside what the screen says of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SUMMARY: Mapping[str, str] = MappingProxyType(
    {
        "phase.before": "before",
        "phase.during": "anaesthetic",
        "phase.treatment": "treatment",
        "phase.after": "after",
        "phase.recovery": "recovery",
        "summary.uncoded": "code not named",
        "summary.procedures": "Procedures: {numbers}",
        "summary.entered": "entered {at}",
        "summary.struck": "STRUCK {at} by {by}: {reason}",
        "summary.anyway": "in spite of: {held}",
        "summary.held": "held; see to it, or go on with anyway=yes (--anyway):",
        "summary.unattached": "probes put on during induction",
        "summary.undone": "procedure not performed",
        "summary.in_place": "moved with the airway device in place",
        "summary.cleared": "airway device out, airway free, not deep",
        "summary.guided": "by ultrasound",
        "summary.diagnostic": "diagnostic",
        "summary.delegated": "given by {by}",
        "summary.watched": "{modality}, {phase} {at}: {covered} of {required}",
        "summary.nth": "{phase} {nth}",
        "summary.ground": "{ground}, {phase}",
        "summary.undocumented": "not documented in all: {time}",
        "summary.gap": "{at} {time} {cause}",
        "summary.excused": "{at} {time} {cause}, counts as measured",
        "summary.more": "and {count} more",
        "summary.waived": "Done without: {what}",
        "summary.unreasoned": "no reason given",
        "summary.observed": "observation, {phase}: {by}",
        "summary.advice": "Recommended",
        "summary.asks": "Still to be said: {what}",
        "summary.unjudged": "NOT JUDGED: its rules ({rules}) are not at hand (--config)",
        "summary.unsettled": "Judged without the settings of the clinic (--config)",
        "asks.explain": "reason for the start",
        "asks.explain.block": "reason for the injection",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
