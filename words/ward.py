"""What is said of the beds of a recovery room."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WARD: Mapping[str, str] = MappingProxyType(
    {
        "ward.count": "{count} in recovery",
        "ward.alarm": "{count} bed with an alarm",
        "ward.alarms": "{count} beds with alarms",
        "ward.free": "free: {beds}",
        "ward.more": "▼ {count} more",
        "ward.choose": "choose bed",
        "ward.callable": "anaesthetist {who} can be called ✓",
        "ward.uncallable": "anaesthetist {who} cannot be called ✗",
        "ward.again": "touch once more: call the anaesthetist",
        "ward.awake": "awake",
        "ward.clear": "clear",
        "ward.relevant": "relevant",
        "ward.circulation": "circulation stable",
        "ward.respiration": "breathing stable",
        "ward.as_usual": "for the age, and as usual",
        "ward.keys": "arrows: choose · Enter: who it is, for 10 s · A K Y H E U: at that bed",
        "card.planned": "planned",
        "card.preop": "before anaesthesia",
        "card.anaesthesia": "in anaesthesia",
        "card.ended": "anaesthesia ended",
        "card.recovery": "early recovery",
        "card.late_recovery": "late recovery",
        "card.monitoring_ended": "monitoring ended",
        "card.readings_before": "block: readings before",
        "card.given": "block: given",
        "card.readings_after": "block: readings after",
        "card.observed": "block: observed",
        "card.short.planned": "planned",
        "card.short.preop": "before",
        "card.short.anaesthesia": "asleep",
        "card.short.ended": "ended",
        "card.short.recovery": "early",
        "card.short.late_recovery": "late",
        "card.short.monitoring_ended": "done",
        "card.short.readings_before": "block",
        "card.short.given": "block given",
        "card.short.readings_after": "block after",
        "card.short.observed": "block seen",
    }
)
