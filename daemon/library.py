"""The rule rows that ship with the product: files are read here and handed on as text."""

from __future__ import annotations

import hashlib
from importlib import resources

from msgspec import Struct

from monitoring.alarmrules import AlarmRules, alarm_rules
from monitoring.limits import LimitSet, limit_set
from monitoring.services import ServiceRules, service_rules


class Library(Struct, frozen=True):
    """Every rule in force, and the hash that names this set of rows."""

    services: dict[str, ServiceRules]
    limits: LimitSet
    alarms: AlarmRules
    hash: str


def load() -> Library:
    """Return the rows of `monitoring/rules`, or raise RowsError with every fault found."""
    texts = {
        entry.name: entry.read_text("utf-8")
        for entry in resources.files("monitoring").joinpath("rules").iterdir()
        if entry.name.endswith(".toml")
    }
    services = [
        service_rules(text, name)
        for name, text in sorted(texts.items())
        if name.startswith("service_")
    ]
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return Library(
        {rules.service.code: rules for rules in services},
        limit_set(texts["limits.toml"], "limits.toml"),
        alarm_rules(texts["alarms.toml"], "alarms.toml"),
        digest.hexdigest(),
    )
