"""Keys into commands and prompts: pure; the daemon alone decides what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daemon.protocol.commands import (
    Acknowledge,
    Aged,
    AnswerCall,
    Emergency,
    End,
    Enter,
    Pause,
    Plan,
    Unpause,
)
from daemon.protocol.request import Request
from tui.age import LONGEST, Unclear, age, planned, typeable
from tui.bell import lost
from tui.order import acknowledgeable
from tui.prompt import (
    ARMED_S,
    Ask,
    AskAge,
    EndArmed,
    Gate,
    Listing,
    Note,
    Page,
    Prompt,
    Stay,
    note,
)
from tui.settings import UNNAMED
from tui.sight import Reach, Sight
from tui.sounding import calls, pause_s
from tui.view import View
from tui.ward import elsewhere, foremost
from vitals.deeds import Finish, Said
from vitals.vocabulary import CaseKind, CaseState

CODE = "3021"
"""The service that is planned where nothing is typed after the age."""
STARTABLE = (CaseState.PLANNED, CaseState.PREOP)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who presses the keys, and the number of the command that is being made."""

    by: str
    number: int

    @property
    def id(self) -> str:
        """Return an id that this dashboard has not used before."""
        return f"c{self.number}"


Several = tuple[Enter, ...]
"""What is said together: a pressure is two numbers."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Somebody has taken note that the daemon is silent: this terminal rings no longer."""


@dataclass(frozen=True, slots=True)
class Look:
    """Another bed is chosen: nothing is said of one that nobody looks at."""

    bed: str


Outcome = Prompt | Request | Several | Hush | Look | Stay
"""What a key leads to: something in the prompt row, or something to send."""


def acknowledged(sight: Sight, asker: Asker) -> Outcome:
    """Return the acknowledgement of the uppermost alarm that waits for a person.

    Where that is at a bed that is not chosen, the bed is, and the next press acknowledges.
    """
    if lost(sight) and not sight.noted:
        return Hush()
    if (bed := elsewhere(sight)) is not None:
        return Look(bed)
    every = sight.view is View.RECOVERY
    alarm = foremost(sight) if every else acknowledgeable(sight.bed.alarms.values())
    if alarm is None:
        return note("note.quiet", sight.now)
    return Acknowledge(id=asker.id, by=asker.by, bed=alarm.bed, alarm=alarm.id, device=alarm.device)


def paused(sight: Sight, asker: Asker) -> Outcome:
    """Return the pause of the sound of the bed, or while it is paused its end."""
    bed = sight.bed_name
    if bed is None:
        return absent(sight)
    kind = Pause if pause_s(sight) is None else Unpause
    return kind(id=asker.id, by=asker.by, bed=bed)


def answering(sight: Sight, asker: Asker, last: str) -> Outcome:
    """Return the answer to the first call on the screen; who answers is asked of a bed's terminal.

    `last` is who answered there before: it is typed already.
    """
    if not (calling := calls(sight)):
        return note("note.uncalled" if sight.reach is Reach.LIVE else "note.unsent", sight.now)
    answer = AnswerCall(id=asker.id, by=asker.by, bed=calling[0].bed)
    if asker.by != UNNAMED:
        return answer
    opened = sight.prompt
    if isinstance(opened, Ask) and opened.form == "answer":
        return opened
    stays = Ask | AskAge | Gate | Listing | Page
    origin = opened if isinstance(opened, stays) else None
    return Ask("answer", typed=last, again=answer, origin=origin)


def begun(sight: Sight) -> Prompt:
    """Return the question for the next patient; the start check where one is planned already."""
    case = sight.open
    if case is None:
        return AskAge()
    gated = case.case_kind is CaseKind.ANAESTHETIC and case.state in STARTABLE
    return Gate() if gated else note("note.open", sight.now)


def aged(sight: Sight) -> Prompt:
    """Return the question for the age of the patient who is there."""
    return AskAge(of_case=True) if sight.open else absent(sight)


def typed(prompt: AskAge, sign: str) -> Prompt:
    """Return the prompt after one more sign; one that no age has stays, so that it is refused."""
    sign = sign.lower()
    if not typeable(sign) or len(prompt.typed) >= LONGEST:
        return prompt
    return replace(prompt, typed=prompt.typed + sign, unclear=None)


def erased(prompt: AskAge) -> Prompt:
    """Return the prompt without its last sign."""
    return replace(prompt, typed=prompt.typed[:-1], unclear=None)


def entered(sight: Sight, prompt: AskAge, asker: Asker) -> Outcome:
    """Return the plan for a patient or the age of one, or the question again where unclear."""
    bed = sight.bed_name or ""
    if prompt.of_case:
        found = age(prompt.typed.strip())
        if isinstance(found, Unclear):
            return replace(prompt, unclear=found)
        return Aged(id=asker.id, by=asker.by, bed=bed, age=found)
    patient = planned(prompt.typed, CODE)
    if isinstance(patient, Unclear):
        return replace(prompt, unclear=patient)
    return Plan(
        id=asker.id,
        by=asker.by,
        bed=bed,
        age=patient.age,
        code=patient.code,
        procedures=patient.procedures,
        case_kind=patient.kind,
    )


def ended(sight: Sight, prompt: Prompt, asker: Asker, at: float | None = None) -> Outcome:
    """Return the end of the anaesthetic on the second press within ARMED_S; the first asks."""
    if sight.open is None:
        return absent(sight)
    if not isinstance(prompt, EndArmed) or sight.now.monotonic > prompt.until:
        return EndArmed(sight.now.monotonic + ARMED_S, at)
    if prompt.at is not None:
        return said(sight, Finish(), asker, prompt.at)
    return End(id=asker.id, by=asker.by, bed=sight.bed_name or "")


def emergency(sight: Sight, asker: Asker) -> Outcome:
    """Return nødstart: nothing is asked, whatever is on the screen."""
    return Emergency(id=asker.id, by=asker.by, bed=sight.bed_name or "")


def said(
    sight: Sight, told: Said | tuple[Said, ...], asker: Asker, at: float | None = None
) -> Enter | Several | Note:
    """Return an entry of the case that is on the screen, which happened at `at` (monotonic s)."""
    case = sight.case
    if case is None:
        return absent(sight)
    ago_s = 0.0 if at is None else max(0.0, sight.now.monotonic - at)
    bed = sight.bed_name or ""
    if not isinstance(told, tuple):
        return Enter(asker.id, asker.by, bed, told, ago_s, case.case)
    named = ((f"{asker.id}.{number}", deed) for number, deed in enumerate(told, 1))
    return tuple(Enter(name, asker.by, bed, deed, ago_s, case.case) for name, deed in named)


def absent(sight: Sight) -> Note:
    """Return that there is no patient, or that nothing can be sent just now."""
    live = sight.reach is Reach.LIVE
    return note("note.idle" if live else "note.unsent", sight.now)
