"""Everything that is asked about an anaesthetic, and what is said of it then."""

from __future__ import annotations

from collections.abc import Mapping

from tui.entry import correctable, entry_text
from tui.fields import INITIALS, LINE, REMARK, YES, Answers, Field, Form, Option, yes_no
from tui.injection import INJECTIONS
from tui.sight import Sight
from vitals import deeds
from vitals.deeds import Said
from vitals.vocabulary import Airway, Cancellation, Technique, Ventilation, Word

CODE = "[0-9]{4}"
CHOICES = 8
"""So many options are offered, each with a digit for a key."""
SITES = (
    "ear",
    "nose",
    "nasopharynx",
    "mouth_throat",
    "larynx_pharynx",
    "larynx_oesophagus",
    "face_neck",
)
"""Where procedures may be, as the daemon takes it where they alone do not decide the code."""


def _technique(answers: Answers) -> Said:
    (word,) = answers
    if word in ("contact", "no_contact"):
        return deeds.Contact(contact=word == "contact")
    return deeds.Sleep(technique=Technique(word))


def _words(answers: Answers) -> Said:
    return deeds.Conclude(words=tuple(Word(word) for word in answers[0].split()))


def _beds(sight: Sight) -> list[Option]:
    hello = sight.mirror.hello
    others = [bed for bed in (hello.beds if hello else ()) if bed != sight.bed_name]
    return [Option(str(n), bed, bed) for n, bed in enumerate(others[:CHOICES], 1)]


def _entries(sight: Sight) -> list[Option]:
    case = sight.case
    found = correctable(case)[:CHOICES] if case else []
    return [Option(str(n), entry_text(sight, e), str(e.number)) for n, e in enumerate(found, 1)]


def _companions(sight: Sight) -> list[Option]:
    """Return whether the monitors go with the patient: all of the bed's, or none."""
    names = "\n".join(sorted(sight.bed.devices))
    yes, no = yes_no("devices").options(sight)
    return [Option(yes.key, yes.label, names), Option(no.key, no.label, "")]


REASON, OPTIONAL = Field("reason", pattern=LINE), Field("remark", pattern=REMARK)
FURTHER = (
    "transfer",
    "again",
    "procedure",
    "undone",
    "relieve",
    "correct",
    "move",
    "explain",
)
FORMS: Mapping[str, Form] = {
    **INJECTIONS,
    "airway": Form(
        (Field("airway", tuple(Airway)),), lambda a: deeds.SetAirway(airway=Airway(a[0]))
    ),
    "ventilation": Form(
        (Field("ventilation", tuple(Ventilation)),),
        lambda a: deeds.Ventilate(ventilation=Ventilation(a[0])),
    ),
    "technique": Form(
        (Field("technique", ("mask_ga", "ga", "sedation", "contact", "no_contact")),), _technique
    ),
    "medicines": Form(
        (Field("medicines", ("relaxant", "combination")),),
        lambda _: deeds.Relax(),
        {"combination": "combination"},
    ),
    "combination": Form((yes_no("combination"),), lambda a: deeds.Combine(bp_lowering=a[0] == YES)),
    "recover": Form(
        (Field("recover", ("safe", "in_place")),),
        lambda _: deeds.Recover(),
        {"in_place": "in_place"},
    ),
    "in_place": Form(
        (Field("in_place", pattern=LINE),),
        lambda a: deeds.Recover(device_in_place=True, reason=a[0]),
    ),
    "hand_over": Form(
        (
            Field("to", pattern=INITIALS),
            Field("instruction", pattern=LINE),
            yes_no("combination"),
        ),
        lambda a: deeds.HandOver(to=a[0], instruction=a[1], bp_lowering=a[2] == YES),
    ),
    "conclude": Form((Field("words", tuple(Word), every=True),), _words),
    "home": Form((Field("home", ("yes",)),), lambda _: deeds.Discharge()),
    "further": Form((Field("further", FURTHER),), leads={name: name for name in FURTHER}),
    "transfer": Form(
        (Field("hospital", pattern=LINE), REASON),
        lambda a: deeds.Transfer(to=a[0], reason=a[1]),
    ),
    "again": Form(
        (Field("again", pattern=f"(?:{CODE})?"), OPTIONAL),
        lambda a: deeds.Resume(code=a[0], reason=a[1]),
    ),
    "procedure": Form(
        (Field("code", pattern=CODE), REASON),
        lambda a: deeds.Rebook(code=a[0], reason=a[1]),
    ),
    "undone": Form(
        (Field("undone", pattern=LINE),),
        lambda a: deeds.Finish(performed=False, reason=a[0]),
    ),
    "relieve": Form((Field("relieve", pattern=INITIALS),), lambda a: deeds.Relieve(to=a[0])),
    "correct": Form(
        (Field("correct", offers=_entries), Field("wrong", pattern=LINE)),
        lambda a: deeds.Correct(entry=int(a[0]), reason=a[1]),
    ),
    "move": Form(
        (Field("bed", offers=_beds), Field("devices", offers=_companions)),
        lambda a: deeds.Move(bed=a[0], devices=tuple(a[1].split("\n")) if a[1] else ()),
    ),
    "explain": Form((REASON,), lambda a: deeds.Explain(reason=a[0])),
    "cancel": Form(
        (Field("cancel", tuple(Cancellation)), OPTIONAL),
        lambda a: deeds.Cancel(why=Cancellation(a[0]), reason=a[1]),
    ),
    "anyway": Form(
        (Field("anyway", pattern=REMARK),), lambda a: deeds.Begin(anyway=True, reason=a[0])
    ),
    "anyway_unattached": Form(
        (Field("anyway", pattern=REMARK),),
        lambda a: deeds.Begin(anyway=True, unattached=True, reason=a[0]),
    ),
    "late": Form((Field("late", pattern=LINE),)),
    "site": Form((Field("site", SITES),)),
    "despite": Form((yes_no("despite"),)),
}
"""By name; `late`, `site` and `despite` complete a command that was refused for want of them."""
