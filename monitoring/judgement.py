"""One new treatment, held to every rule about treatments at once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from monitoring.doses import dose_findings
from monitoring.fees import fee_findings
from monitoring.findings import Finding, heaviest
from monitoring.series import series_findings
from monitoring.steroids import SteroidRules
from monitoring.terms import term_findings
from monitoring.treatmentrules import TreatmentRules
from monitoring.treatments import Setting, Treatment
from vitals.series import History


class Judgement(Struct, frozen=True):
    """What the rules say of a treatment, holds first, and what they could not know."""

    findings: tuple[Finding, ...]
    history: History
    """What is known of treatments elsewhere, as it was told."""


def judged(
    rules: TreatmentRules,
    steroids: SteroidRules,
    past: Sequence[Treatment],
    new: Treatment,
    setting: Setting,
) -> Judgement:
    """Return what the rules say of a new treatment in the light of those before it.

    `past` may hold other patients and later days; neither has a say. Where a treatment is entered
    after a later one, the later one is to be judged again.
    """
    found = (
        *dose_findings(rules, steroids, past, new),
        *series_findings(rules, past, new, setting),
        *term_findings(rules, past, new, setting),
        *fee_findings(rules, past, new),
    )
    return Judgement(heaviest(found), setting.history)
