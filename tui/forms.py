"""Everything that is asked about an anaesthetic, and what is said of it then."""

from __future__ import annotations

from collections.abc import Mapping

from tui import showing
from tui.acting import PRACTICE
from tui.airway import AIRWAY
from tui.entry import correctable, entry_text
from tui.fields import INITIALS, LINE, REMARK, YES, Answers, Field, Form, Option, yes_no
from tui.injection import INJECTIONS
from tui.limiting import LIMITS
from tui.sight import Sight
from tui.typed import NUMBERS
from vitals import deeds
from vitals.deeds import Said
from vitals.vocabulary import Cancellation, Modality, Technique, Ventilation, Word

CODE = "[0-9]{4}"
NUMBERED = "[øe]"
"""What stands before numbers of procedures: øre-næse-hals, ENT."""
REBOOKED = rf"{CODE}|(?:{CODE} +)?{NUMBERED}{CODE}(?: +{NUMBERED}?{CODE}){{0,8}}"
"""A code, numbers that map to one, or both."""
MINUTES = "[0-5]?[0-9]|60"
"""Between two measurements of blood pressure; 0: by the clock no longer."""
WAIVABLE = tuple(one for one in Modality if one is not Modality.CLINICAL_OBSERVATION)
"""What a monitor watches; observation is attested, and nobody does without it."""
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


_MEDICINES: Mapping[str, Said] = {
    "relaxant": deeds.Relax(),
    "combined": deeds.Combine(bp_lowering=True),
    "uncombined": deeds.Combine(bp_lowering=False),
}


def _technique(answers: Answers) -> Said:
    (word,) = answers
    if word in ("contact", "no_contact"):
        return deeds.Contact(contact=word == "contact")
    return deeds.Sleep(technique=Technique(word))


def _words(answers: Answers) -> Said:
    return deeds.Conclude(words=tuple(Word(word) for word in answers[0].split()))


def _rebooked(answers: Answers) -> Said:
    """Return another procedure: a code stands before numbers, or is what they map to."""
    words = answers[0].split()
    code = words[0] if words[0].isdigit() else ""
    numbers = tuple(word.lstrip("øe") for word in words[bool(code) :])
    return deeds.Rebook(code=code, procedures=numbers, reason=answers[1])


def _beds(sight: Sight) -> list[Option]:
    hello = sight.mirror.hello
    others = [bed for bed in (hello.beds if hello else ()) if bed != sight.bed_name]
    return [Option("", bed, bed) for bed in others]


def _entries(sight: Sight) -> list[Option]:
    case = sight.case
    found = correctable(case) if case else []
    return [Option("", entry_text(sight, one), str(one.number)) for one in found]


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
    "waive",
    "callable",
    "oxygen",
    "limits",
    "prepare",
)
FORMS: Mapping[str, Form] = {
    **INJECTIONS,
    **NUMBERS,
    **PRACTICE,
    **LIMITS,
    showing.NAME: showing.FORM,
    "airway": AIRWAY,
    "ventilation": Form(
        (Field("ventilation", tuple(Ventilation)),),
        lambda a: deeds.Ventilate(ventilation=Ventilation(a[0])),
    ),
    "technique": Form(
        (Field("technique", ("mask_ga", "ga", "sedation", "contact", "no_contact")),), _technique
    ),
    "medicines": Form(
        (Field("medicines", ("relaxant", "combined", "uncombined")),),
        lambda a: _MEDICINES[a[0]],
    ),
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
        (Field("code", pattern=REBOOKED), REASON),
        _rebooked,
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
    "explain": Form((Field("explain", pattern=LINE),), lambda a: deeds.Explain(reason=a[0])),
    "cancel": Form(
        (Field("cancel", tuple(Cancellation)), OPTIONAL),
        lambda a: deeds.Cancel(why=Cancellation(a[0]), reason=a[1]),
    ),
    "prepare": Form((Field("prepare", ("yes",)),), lambda _: deeds.Prepare()),
    "callable": Form((yes_no("callable"),), lambda a: deeds.Reach(callable=a[0] == YES)),
    "oxygen": Form((yes_no("oxygen"),), lambda a: deeds.Oxygen(given=a[0] == YES)),
    "waive": Form(
        (Field("waive", WAIVABLE), REASON),
        lambda a: deeds.Waive(modality=Modality(a[0]), reason=a[1]),
    ),
    "repeat": Form((Field("repeat", pattern=MINUTES),), lambda a: deeds.Repeat(minutes=int(a[0]))),
    "answer": Form((Field("answer", pattern=INITIALS),)),
    "late": Form((Field("late", pattern=LINE),)),
    "site": Form((Field("site", SITES),)),
    "despite": Form((yes_no("despite"),)),
}
"""By name; `late`, `site` and `despite` complete a command that was refused for want of them, and
`answer` one that lacks who says it."""
