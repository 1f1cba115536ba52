"""What a rule found, in few words: by its id, or by what follows the code of a service in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "rule.pairs.before": "SpO2 and BP not read before",
        "rule.pairs.after": "SpO2 and BP not read after",
        "rule.pairs.pace": "SpO2 and BP read too seldom after",
        "rule.during": "SpO2 not read while it is given",
        "rule.guided": "not guided by ultrasound",
        "rule.steroid": "too much steroid in one consultation",
        "rule.series": "too many treatments in the series",
        "rule.interval": "too soon or too late after the last treatment",
        "rule.renewal": "too soon for a new series after steroid",
        "rule.repeats": "too many treatments by others than a specialist",
        "rule.daily": "too soon for the next patch",
        "rule.spacing": "too soon after the last treatment",
        "rule.course": "too many treatments in the course",
        "rule.without_effect": "too many treatments without effect",
        "rule.points": "too many points of injection",
        "rule.patches": "too many patches",
        "rule.place": "not given there by its text",
        "rule.fee": "no further fee",
        "rule.company": "only together with an anaesthetic",
        "rule.without": "no fee together with 2161",
        "rule.combination": "together with what its text does not name",
        "rule.region": "not activated by the region",
        "rule.equipment": "equipment not ready",
        "rule.first": "the first is a specialist's",
        "rule.thorax": "on the chest a specialist's alone",
        "rule.competence": "training not documented",
        "rule.age": "tube or laryngeal mask before the second birthday",
        "rule.intravenous": "intravenous anaesthetic",
        "rule.nitrous_oxide": "sedation with nitrous oxide",
        "rule.sedation": "sedation",
        "rule.injection.key": "steroid without the patient's number",
        "rule.injection.equipment": "nobody can say whether the equipment is ready",
        "rule.injection.competence": "nobody can say whether the training is documented",
        "rule.series.long_gap": "long since the last of the series",
        "rule.series.local_counts": (
            "without steroid: whether it counts in the series is the doctor's to say"
        ),
        "rule.series.mixed_gap": "with and without steroid: the interval is the doctor's to judge",
        "rule.series.history": "treatments elsewhere are not known",
        "rule.steroid.unknown": "a steroid without an equivalent dose",
        "rule.steroid.bound": "the equivalent dose of a steroid is out of bounds",
        "rule.dk.delegation": (
            "the injection is delegated, and the service description does not provide for it"
        ),
        "rule.no.assessment": "not confirmed: the doctor has assessed the patient",
        "rule.no.information": "not confirmed: the doctor has informed the patient",
        "rule.no.consent": "not confirmed: the doctor has obtained consent",
        "rule.no.order": "not confirmed: the medicine is ordered for this patient",
        "rule.no.delegation": "not confirmed: delegated to a person who is named",
        "rule.no.ultrasound": "not confirmed: who injects is trained in musculoskeletal ultrasound",
        "rule.no.training": "not confirmed: who injects is trained in injecting",
        "rule.no.presence": "not confirmed: the doctor is present",
        "rule.no.insured_doctor": "not confirmed: the doctor's insurance (NPE)",
        "rule.no.insured_delegate": "not confirmed: the insurance of who injects (NPE)",
        "rule.no.kit": "not confirmed: kit and defibrillator checked today",
        "rule.no.journal_doctor": "not confirmed: the doctor keeps a record",
        "rule.no.journal_delegate": "not confirmed: who injects keeps a record",
        "rule.no.informed_gp": "not confirmed: the GP is informed",
        "rule.no.private": "not said: private, outside the agreed hours",
        "rule.course.resuscitation": "course in advanced resuscitation is not of late",
        "rule.course.difficult_airway": "course in the difficult airway is not of late",
        "rule.course.tracheotomy": "course in acute tracheotomy is not of late",
        "rule.course.intraosseous": "course in intraosseous access is not of late",
        "rule.ent.in_airway.age": "procedure in the airway before the second birthday",
        "rule.ent.in_airway.unsaid": "site not said, before the second birthday",
    }
)
"""`{name}` marks a field; a translation has exactly the same fields."""
