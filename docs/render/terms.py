"""What the names in rule files are called in a sentence; the Danish is the document's own word."""

from __future__ import annotations

from collections.abc import Mapping

from taken import RenderError

MODALITIES = {
    "clinical_observation": "Clinical observation (klinisk observation)",
    "pulse_oximetry": "Pulse and SpO2 (pulsoxymetri)",
    "capnography": "CO2 in expired air (kapnografi)",
    "ecg": "ECG (EKG)",
    "nibp": "Blood pressure by cuff (blodtryksmåling)",
    "neuromuscular": "Neuromuscular monitoring (nervestimulator, TOF)",
}
MANNERS = {
    "mask_ga": "anaesthesia with gas by mask (maskeanæstesi)",
    "ga_airway": "general anaesthesia with a tube or laryngeal mask",
    "ga_no_device": "intravenous anaesthesia with nothing in the airway",
    "sedation": "sedation",
    "block": "block",
}
AIRWAYS = {
    "mask": "a face mask",
    "lma": "a laryngeal mask",
    "tube": "a tube",
    "none": "nothing in the airway",
}
PHASES = {
    "before": "before",
    "during": "during",
    "after": "after",
    "recovery": "in recovery",
}
OBLIGATIONS = {
    "required": "required",
    "conditional": "required",
    "optional": "optional (evt.)",
}
STATES = {
    "anaesthesia": "anaesthetised",
    "ended": "at the end of the anaesthetic",
    "recovery": "in early recovery",
}
LATERALITIES = {
    "uni": "one side",
    "bilat": "both sides",
    "uni_or_bilat": "one side or both",
    "na": "",
}
PARTS = {
    "head": "the head",
    "cervical": "the neck",
    "thoracic": "the thorax",
    "lumbar": "the lumbar back",
    "sacral": "the sacrum",
    "arm": "an arm",
    "leg": "a leg",
}
SIDES = {
    "any": "",
    "left": "left",
    "right": "right",
    "both": "both sides",
    "middle": "in the middle",
}
APPARATUS = {
    "couch": "a couch",
    "ultrasound": "an ultrasound scanner",
    "oximeter": "a pulse oximeter",
    "pressure": "a blood pressure apparatus",
    "complications": "what is needed for complications",
}
AMOUNTS = {"points": "points", "patches": "patches"}
WEIGHTS = {"hold": "hold", "notice": "notice", "advice": "advice"}
READINGS = {
    "long_gap": "longer between two treatments than a series has: a person says whether it goes on",
    "local_counts": "more treatments in a series than it may have, the last without steroid",
    "mixed_gap": "too soon after one another where one of two treatments had steroid",
    "history_unknown": "nobody has said what was given elsewhere",
    "no_equivalent": "a steroid, or a dose, that nobody can add up: the ceiling cannot be judged",
}
UNSAID = {
    "key": "the patient's key, where steroid is given: series, months and other doses of the day",
    "equipment": "whether what must stand ready stands ready",
    "competence": "whether who injects has the documents",
}
SIDES_OF = {"before": "before the first injection", "after": "after the last injection"}
COUNTRIES = {"dk": "Denmark", "no": "Norway"}
GROUNDS = {"recommendation": "PFF recommends it", "law": "the law on assistants"}
COMPETENCES = {
    "us_blocks": "nerve blocks guided by ultrasound",
    "musculoskeletal": "ultrasound of muscles and joints: the course of three days or its like",
    "manipulation": "manipulation",
    "acupuncture": "acupuncture",
    "resuscitation": "advanced resuscitation",
    "difficult_airway": "the unexpected difficult airway",
    "tracheotomy": "emergency tracheotomy",
    "intraosseous": "intraosseous needle",
}
DATES = {
    "course": "the course",
    "approved": "approval by DAO",
    "sent": "dispatch to the region",
}


def term(words: Mapping[str, str], name: str) -> str:
    """Return the word for a name; RenderError for one that nobody has put into words."""
    try:
        return words[name]
    except KeyError as error:
        raise RenderError(f"{name}: has no words: add them to terms.py") from error
