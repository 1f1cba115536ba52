"""Treatments of one patient, and what the shipped rules say of the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from beds import text

from monitoring.findings import Finding
from monitoring.judgement import Judgement, judged
from monitoring.steroids import SteroidRules, steroid_rules
from monitoring.treatmentrules import TreatmentRules, treatment_rules
from monitoring.treatments import Apparatus, Dose, Setting, Treatment
from vitals.series import History
from vitals.vocabulary import Part, Side

DAY = date(2026, 3, 2)
MEDROL = Dose("methylprednisolone_acetate", 20)
FIVE = ("2620", "2622", "2626", "2635", "2637")
"""The services that may be given with steroid."""
SITES: dict[str, dict[str, Any]] = {
    "2635": {"part": Part.LUMBAR},
    "2637": {"part": Part.LUMBAR, "side": Side.LEFT},
    "5000": {"part": Part.ARM},
}
KNOWN = Setting(history=History.KNOWN, ready=frozenset(Apparatus))


@cache
def shipped() -> TreatmentRules:
    return treatment_rules(text("treatments.toml"), "treatments.toml")


@cache
def steroids() -> SteroidRules:
    return steroid_rules(text("steroids.toml"), "steroids.toml")


def given(
    code: str, days: int = 0, *, steroid: bool = False, dose: Dose | None = None, **fields: Any
) -> Treatment:
    """Return a treatment so many days after the first day; its fee is not asked for."""
    told: dict[str, Any] = {
        "patient": "a1",
        "day": DAY + timedelta(days=days),
        "site": "here",
        "steroid": MEDROL if steroid else dose,
        "fee": False,
        **SITES.get(code, {}),
    }
    return Treatment(code=code, **{**told, **fields})


def judge(
    past: Sequence[Treatment], new: Treatment, setting: Setting = KNOWN, **rules: Any
) -> Judgement:
    found = rules.get("rules", shipped()), rules.get("steroids", steroids())
    return judged(*found, past, new, setting)


def found(past: Sequence[Treatment], new: Treatment, setting: Setting = KNOWN) -> list[str]:
    """Return what was found as `weight rule`, holds first."""
    return [f"{one.weight} {one.rule}" for one in judge(past, new, setting).findings]


def only(past: Sequence[Treatment], new: Treatment, setting: Setting = KNOWN) -> Finding:
    """Return the one thing that was found."""
    (one,) = judge(past, new, setting).findings
    return one
