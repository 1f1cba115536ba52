"""Keys of the morning view."""

from __future__ import annotations

from datetime import date

import mornings
import patients
import pytest
import scenes
from dashboards import sight_of
from mornings import KIT
from msgspec import structs
from patients import asked, keyed

from daemon.protocol.commands import Acknowledge
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.practice import Scanning
from daemon.protocol.saying import Do, Scan
from tui.asking import asked as field_of
from tui.commands import Asker
from tui.keys import keyrow
from tui.pressing import Pressed, pasted, pressed
from tui.prompt import ANSWER_S, IDLE, Ask, Awaiting, Morning, Note, Opened, Part, Prompt, Stay
from tui.replied import replied
from tui.routine import greeted
from tui.sight import Sight
from tui.storing import heard
from tui.ticking import looked
from vitals import acts
from vitals.practice import Gas, Outcome, Use, Ware

OPEN = mornings.bed()
STOCK = mornings.bed(prompt=Morning(Part.STOCK, greeted=True))
GAS = mornings.bed(prompt=Morning(Part.GAS, greeted=True))
READ = Scanning("c7", "05712345678906", "1A23", date(2027, 11, 30), "0123456789abcdef")
KNOWN = structs.replace(READ, item="dr-05", atc="M03AB01", ware=Ware.DRUG)


def done(outcome: Pressed) -> acts.Done:
    """Return what is said of the practice, or fail."""
    assert isinstance(outcome, Stay), outcome
    assert isinstance(outcome.command, Do), outcome
    return outcome.command.act


def open_at(prompt: Pressed) -> Sight:
    assert isinstance(prompt, Prompt), prompt
    return asked(OPEN, prompt)


def seen(sight: Sight, *, width: int = 80, height: int = 15) -> Sight:
    """Return the sight once it was drawn."""
    return asked(sight, looked(sight, width, height))


def view(prompt: Pressed) -> Morning:
    assert isinstance(prompt, Morning), prompt
    return prompt


def test_the_clinic_of_the_day_is_asked_for_once_and_enter_takes_the_last_one() -> None:
    sight = mornings.bed(practice=(mornings.UNCHOSEN,), prompt=Morning())
    question = greeted(sight)
    assert isinstance(question, Ask)
    assert field_of(question).word == "clinic"
    at = asked(sight, question)
    assert done(keyed(at, "enter")) == acts.ChooseClinic(site="NORD")
    assert done(keyed(at, "2")) == acts.ChooseClinic(site="SYD")
    left = keyed(at, "escape")
    assert greeted(open_at(left)) is left


def test_nothing_is_asked_where_the_clinic_is_known_and_it_may_change_at_noon() -> None:
    assert greeted(mornings.bed(prompt=Morning())) == Morning(greeted=True)
    assert done(keyed(OPEN, "c", "2")) == acts.ChooseClinic(site="SYD")


def test_a_list_opens_at_its_first_group_with_something_to_look_at() -> None:
    supply = [row.id for row in mornings.MACHINE.rows if row.group == "supply"]
    listed = mornings.marked(mornings.MACHINE, supply)
    sight = mornings.bed(practice=(mornings.CHOSEN, listed))
    opened = view(keyed(sight, "enter")).opened
    assert opened == Opened("machine", KIT, "breathing")


def test_a_group_is_in_order_with_one_key_only_after_all_of_it_was_shown() -> None:
    at = open_at(keyed(OPEN, "enter"))
    assert isinstance(view(keyed(at, "f")).line, Note)
    small = seen(at, height=6)
    assert isinstance(view(keyed(small, "f")).line, Note)
    act = done(keyed(seen(at), "f"))
    assert isinstance(act, acts.Mark)
    assert act.rows == tuple(f"mc-{number:02d}" for number in range(1, 11))
    assert (act.list, act.target, act.outcome) == ("machine", KIT, Outcome.DONE)


def test_a_group_that_was_scrolled_through_was_shown() -> None:
    at = seen(open_at(keyed(OPEN, "enter")), height=6)
    for _ in range(9):
        at = seen(open_at(keyed(at, "down")), height=6)
    assert isinstance(done(keyed(at, "f")), acts.Mark)


def test_what_was_looked_at_already_is_not_said_again_by_the_key_for_all() -> None:
    listed = mornings.marked(mornings.MACHINE, ["mc-02"], "failed", reason="fejl 12")
    at = seen(open_at(keyed(OPEN, "enter")))
    sight = asked(mornings.bed(practice=(mornings.CHOSEN, listed)), at.prompt)
    act = done(keyed(sight, "f"))
    assert isinstance(act, acts.Mark)
    assert "mc-02" not in act.rows
    assert len(act.rows) == 9


def test_the_time_that_a_group_took_goes_with_the_act() -> None:
    at = seen(open_at(keyed(OPEN, "enter")))
    later = sight_of(
        *scenes.greeting(*scenes.IDLE), *mornings.PRACTICE, later_s=1.5, prompt=at.prompt, by="AS"
    )
    act = done(keyed(later, "f"))
    assert isinstance(act, acts.Mark)
    assert act.took_s == 1.5


@pytest.mark.parametrize(("key", "outcome"), [("x", Outcome.FAILED), ("i", Outcome.NOT_APPLICABLE)])
def test_an_exception_wants_a_reason(key: str, outcome: Outcome) -> None:
    at = open_at(keyed(OPEN, "enter", "down"))
    assert isinstance(keyed(at, key, "enter"), Ask)
    act = done(keyed(at, key, "fejl 12", "enter"))
    assert act == acts.Mark("machine", ("mc-02",), KIT, outcome, "fejl 12")


def test_a_single_row_is_ticked_with_the_space_bar() -> None:
    act = done(keyed(open_at(keyed(OPEN, "enter", "down", "down")), " "))
    assert isinstance(act, acts.Mark)
    assert (act.rows, act.took_s) == (("mc-03",), None)


def test_a_list_is_signed_once_every_row_was_looked_at() -> None:
    assert isinstance(view(keyed(OPEN, "enter", "u")).line, Note)
    act = done(keyed(OPEN, "down", "enter", "u"))
    assert act == acts.Sign("emergency", KIT)


def test_who_has_a_pin_signs_with_it_and_it_stands_nowhere_on_the_screen() -> None:
    clinic = structs.replace(mornings.CHOSEN, pins=("AS",))
    sight = mornings.bed(practice=(clinic, *mornings.PRACTICE[1:]))
    question = keyed(sight, "down", "enter", "u")
    assert isinstance(question, Ask)
    assert field_of(question).secret
    signed = keyed(asked(sight, question), "4711", "enter")
    assert isinstance(signed, Stay)
    assert isinstance(signed.command, Do)
    assert (signed.command.pin, signed.command.by) == ("4711", "AS")
    assert "4711" not in repr(signed.command)
    assert signed.form is None


def test_a_terminal_of_nobody_asks_who_it_is_and_remembers() -> None:
    nobody = Asker("bedside", 7)
    sight = mornings.bed(prompt=Morning(greeted=True))
    at = asked(sight, pressed(sight, "enter", nobody))  # type: ignore[arg-type]
    question = pressed(at, " ", nobody)
    assert isinstance(question, Ask)
    outcome: Pressed = question
    for sign in ("M", "K", "enter"):
        assert isinstance(outcome, Ask)
        outcome = pressed(asked(sight, outcome), sign, nobody)
    assert isinstance(outcome, Stay)
    assert outcome.command.by == "MK"
    assert isinstance(outcome.prompt, Morning)
    again = pressed(asked(sight, outcome.prompt), " ", nobody)
    assert isinstance(again, Stay)
    assert again.command.by == "MK"


def test_a_time_typed_before_a_key_says_when_it_was() -> None:
    at = open_at(keyed(OPEN, "enter"))
    outcome = keyed(at, "-20", " ")
    assert isinstance(outcome, Stay)
    assert isinstance(outcome.command, Do)
    assert outcome.command.ago_s == pytest.approx(1200.0)
    assert view(keyed(at, "-", " ")).unclear


def test_the_act_that_was_late_is_said_again_with_its_reason() -> None:
    outcome = keyed(open_at(keyed(OPEN, "enter")), "-40", " ")
    assert isinstance(outcome, Stay)
    line = Awaiting("c7", OPEN.now.monotonic + ANSWER_S, outcome.command)
    prompt = Morning(greeted=True, line=line)
    question = replied(Answer("c7", Result.REFUSED, Refusal.REASON_MISSING), prompt, OPEN)
    again = keyed(open_at(question), "telefonen", "enter")
    assert isinstance(again, Stay)
    assert isinstance(again.command, Do)
    assert again.command.reason == "telefonen"
    assert again.command.ago_s == pytest.approx(2400.0)


def test_what_was_typed_and_refused_is_there_to_be_mended() -> None:
    outcome = keyed(GAS, "down", "down", "down", "enter", "290", "enter")
    assert isinstance(outcome, Stay)
    line = Awaiting("c7", OPEN.now.monotonic + ANSWER_S, outcome.command, outcome.form)
    prompt = Morning(Part.GAS, greeted=True, line=line)
    back = replied(Answer("c7", Result.REFUSED, Refusal.BAD_NUMBER), prompt, GAS)
    assert isinstance(back, Ask)
    assert (back.typed, back.told is not None) == ("290", True)


@pytest.mark.parametrize(
    ("keys", "act"),
    [
        (["enter", "backspace", "8", "enter"], acts.Recount(7, 8)),
        (["down", "b", "enter"], acts.Take(3, 1)),
        (["x", "enter", "udløbet", "enter"], acts.Discard(7, 1, "udløbet")),
        (["down", "down", "o", "enter"], acts.Unseal(9, 1)),
        (["down", "down", "v", "enter"], acts.Warm(9, 10)),
        (["f1"], acts.Shift(7, "NORD")),
        (["t", "fra firmaet", "enter"], acts.Recall("1A23", "fra firmaet")),
        (["r", "tastefejl", "enter"], acts.Counter(7, "tastefejl")),
    ],
)
def test_everything_that_is_said_of_a_pack_has_keys(keys: list[str], act: acts.Done) -> None:
    assert done(keyed(STOCK, *keys)) == act


@pytest.mark.parametrize(
    ("keys", "act"),
    [
        (["down", "down", "down", "enter", "137", "enter"], acts.Gauge("O2-12", 137.0)),
        (["pagedown", "enter", "14,2", "enter"], acts.Weigh("N2O-1", 14.2)),
        (["pagedown", "ut"], acts.Connect("N2O-1", Use.EMPTY)),
        (["o", "6", "enter"], acts.Flow(Gas.OXYGEN, KIT, 6.0)),
        (["down", "bj"], acts.OrderGas(Gas.AIR, "NORD")),
    ],
)
def test_everything_that_is_said_of_a_gas_has_keys(keys: list[str], act: acts.Done) -> None:
    assert done(keyed(GAS, *keys)) == act


def test_nitrous_oxide_is_weighed_and_its_pressure_is_never_asked_for() -> None:
    question = keyed(GAS, "pagedown", "enter")
    assert isinstance(question, Ask)
    assert field_of(question).word == "kg"


def test_a_cylinder_is_taken_in_by_its_label_and_only_nitrous_oxide_asks_for_a_tare() -> None:
    oxygen = ["n", "O2-14", "enter", "i", "10", "enter", "200", "enter", "r", "2"]
    act = done(keyed(GAS, *oxygen))
    assert act == acts.Cylinder("O2-14", Gas.OXYGEN, 10.0, 200.0, KIT, Use.RESERVE)
    other = ["n", "N2O-2", "enter", "n", "10", "enter", "44", "enter", "14,5", "enter", "jb1"]
    act = done(keyed(GAS, *other))
    assert act == acts.Cylinder(
        "N2O-2", Gas.NITROUS_OXIDE, 10.0, 44.0, "NORD", Use.IN_USE, 14.5, full=True
    )


@pytest.mark.parametrize("pressure", ["301", "900", "x", ""])
def test_a_pressure_that_no_cylinder_has_is_not_taken(pressure: str) -> None:
    question = keyed(GAS, "down", "down", "down", "enter", *pressure, "enter")
    assert isinstance(question, Ask)
    assert question.unclear


CODE = "010571234567890617271130101A23"


@pytest.mark.parametrize(
    "keys",
    [
        ["s", *CODE],
        [*CODE],
        ["]", *"d2", *CODE],
        ["s", *CODE, "ctrl+right_square_bracket", *"21XYZ"],
    ],
)
def test_a_scanner_may_type_at_once_or_after_a_key(keys: list[str]) -> None:
    outcome: Pressed = OPEN.prompt
    for sign in (*keys, "enter"):
        assert isinstance(outcome, Morning)
        outcome = pressed(asked(OPEN, outcome), sign, Asker("AS", 7))
    assert isinstance(outcome, Stay)
    assert isinstance(outcome.command, Scan)
    typed = "".join("\x1d" if len(sign) > 1 else sign for sign in keys)
    assert outcome.command.text == typed.removeprefix("s")
    assert outcome.command.separator == "\x1d"


def test_a_scanner_that_pastes_is_read_too() -> None:
    prompt = pasted(OPEN, f"{CODE}\n", Asker("AS", 7))
    assert view(prompt).scan == CODE


def awaiting() -> Sight:
    return asked(OPEN, Morning(greeted=True, scan="", line=Awaiting("c7", 2000.0)))


def test_what_was_read_is_shown_and_enter_stores_it() -> None:
    question = heard(KNOWN, awaiting().prompt, awaiting())
    act = done(keyed(open_at(question), "enter", "enter"))
    assert act == acts.Receive(
        "dr-05", Ware.DRUG, "1A23", date(2027, 11, 30), 1, KIT, "M03AB01", READ.gtin, READ.once
    )
    five = done(keyed(open_at(question), "backspace", "5", "enter", "1"))
    assert isinstance(five, acts.Receive)
    assert (five.quantity, five.place) == (5, "NORD")
    assert view(keyed(open_at(question), "escape")).scan == ""


def test_a_pack_that_nobody_has_named_yet_is_named() -> None:
    question = heard(READ, awaiting().prompt, awaiting())
    act = done(keyed(open_at(question), "Propofol", "enter", "l", "enter", "enter"))
    assert isinstance(act, acts.Receive)
    assert (act.item, act.ware, act.lot, act.place) == ("Propofol", Ware.DRUG, "1A23", KIT)


@pytest.mark.parametrize(
    "said",
    [
        Scanning("c7", refused="swallowed"),
        structs.replace(KNOWN, pack=7),
    ],
)
def test_what_cannot_be_stored_asks_for_nothing_and_the_next_may_be_scanned(
    said: Scanning,
) -> None:
    after = view(heard(said, awaiting().prompt, awaiting()))
    assert (after.scan, after.read, after.line) == ("", said, IDLE)


def test_the_answer_to_another_scan_changes_nothing() -> None:
    other = structs.replace(KNOWN, id="c6")
    assert heard(other, awaiting().prompt, awaiting()) == awaiting().prompt


@pytest.mark.parametrize("typed", ["30.11.2027", "2027-11-30", "11/2027", "2027-11", "00.11.2027"])
def test_a_label_may_be_typed_by_hand(typed: str) -> None:
    keys = ["n", "Atropin", "enter", "l", "1A23", "enter", typed, "enter", "enter", "enter"]
    act = done(keyed(STOCK, *keys))
    assert act == acts.Receive("Atropin", Ware.DRUG, "1A23", date(2027, 11, 30), 1, KIT)


@pytest.mark.parametrize("typed", ["31.02.2027", "13/2027", "2027", "00/2027", "301127"])
def test_a_day_that_does_not_exist_is_not_taken(typed: str) -> None:
    keys = ["n", "Atropin", "enter", "l", "1A23", "enter", *typed, "enter"]
    question = keyed(STOCK, *keys)
    assert isinstance(question, Ask)
    assert question.unclear


def test_enter_on_what_is_missing_goes_where_it_can_be_mended() -> None:
    missing = mornings.bed(prompt=Morning(Part.MISSING, greeted=True))
    assert view(keyed(missing, "enter")).part is Part.STOCK
    assert view(keyed(missing, "down", "enter")).part is Part.GAS
    row = view(keyed(missing, "pagedown", "enter"))
    assert row.opened == Opened("site", "NORD", "rooms")


def test_acknowledging_goes_through_and_the_morning_stays() -> None:
    sight = mornings.bed(scenes.CASE, scenes.DESATURATION)
    outcome = keyed(sight, "a")
    assert isinstance(outcome, Stay)
    assert isinstance(outcome.command, Acknowledge)
    assert outcome.prompt == sight.prompt


@pytest.mark.parametrize("sign", ["k", "l", "m", "q", "?", "é"])
def test_a_key_that_the_morning_has_not_says_nothing_of_the_patient_below(sign: str) -> None:
    for sight in (OPEN, mornings.bed(patients.RUNNING)):
        line = view(keyed(sight, sign)).line
        assert isinstance(line, Note)
        assert line.word == "morning.no_key"


def test_the_foot_names_no_key_that_the_morning_has_taken() -> None:
    told = "".join(span.text for span in keyrow(mornings.bed(patients.RUNNING), 120, 1)[0])
    assert all(word in told for word in ("A kvittér", "!! nødstart", "F9 morgen", "F1 hjælp"))
    gone = ("S slut", "X mere", "M medicin", "N ny", "K tilkald", "L luftvej", "Q luk")
    assert not any(word in told for word in gone)


def test_a_list_that_is_not_of_here_any_more_is_not_shown() -> None:
    gone = structs.replace(mornings.SITE, rows=(), groups=(), titles=())
    assert "site" not in [one.id for one in mornings.bed(gone).practice.lists]


def test_what_was_said_of_a_row_is_countered_with_a_reason() -> None:
    listed = mornings.marked(mornings.MACHINE, ["mc-02"], entry=31)
    sight = mornings.bed(listed)
    at = asked(sight, Morning(opened=Opened("machine", KIT, "supply"), at=1, greeted=True))
    assert done(keyed(at, "r", "forkert apparat", "enter")) == acts.Counter(31, "forkert apparat")
    assert isinstance(view(keyed(at, "down", "r")).line, Note)
