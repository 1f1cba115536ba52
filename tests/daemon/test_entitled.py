"""Who signs which list, who answers which row, and at which terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from clinics import clinic as place
from clinics import daemon, ear
from manual import at
from practices import BED, TWO, ask, room

from checklists.people import Person
from daemon import checkbook, config, library
from daemon.bounded import Bounded
from daemon.entitled import Entitled
from daemon.peers import Peer, Terminal
from daemon.protocol.commands import Acknowledge, Emergency, End, Enter, Spoken, Start
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.saying import Do, SetPin
from daemon.refused import RefusedError
from vitals import acts, deeds
from vitals.acts import Done
from vitals.role import Role
from vitals.vocabulary import Airway

AS, MK, TK = "AS", "MK", "TK"
PEOPLE = (
    Person(AS, (Role.ANAESTHESIOLOGIST, Role.OWNER)),
    Person(MK, (Role.RECOVERY,)),
    Person(TK, (Role.TECHNICIAN,)),
)
LISTED = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist"]
[[person]]
initials = "MK"
roles = ["recovery"]
"""
BOOK, RULES = checkbook.load(), library.load()
ENTITLED = Entitled(PEOPLE, BOOK.lists, {})
RECOVERY = Terminal(group="opvaagning", roles=(Role.RECOVERY,))
THERE = Peer(4711, 1000, frozenset({"opvaagning"}))
BOUNDED = Bounded((RECOVERY,), PEOPLE, RULES.roles, ENTITLED)
HEAD = ("1", AS, BED)


def refused(act: Done, by: str, entitled: Entitled = ENTITLED) -> RefusedError | None:
    try:
        entitled.check(act, by, at(0))
    except RefusedError as error:
        return error
    return None


@pytest.mark.parametrize("name", ["machine", "airway", "emergency", "anaphylaxis", "pain"])
def test_the_specialist_signs_what_she_answers_for_and_nobody_else_does(name: str) -> None:
    sign = acts.Sign(name, "kit")
    assert refused(sign, AS) is None
    for by in (MK, TK):
        error = refused(sign, by)
        assert error is not None
        assert (error.reason, error.detail) == (
            Refusal.NO_SIGNER,
            f"{by} may not sign {name}: let AS sign",
        )


def test_rows_that_documents_give_to_the_doctor_are_answered_by_nobody_else() -> None:
    error = refused(acts.Mark("anaphylaxis", ("an-01", "an-10"), "kit"), MK)
    assert error is not None
    assert error.reason is Refusal.WRONG_ROLE
    assert error.detail == "MK may not answer an-10: that is for AS"
    assert refused(acts.Mark("anaphylaxis", ("an-01", "an-10"), "kit"), AS) is None
    assert refused(acts.Mark("anaphylaxis", ("an-01",), "kit"), TK) is None
    assert refused(acts.Mark("machine", ("mc-01",), "kit"), MK) is None


def test_a_clinic_says_who_signs_instead_and_without_people_anybody_does() -> None:
    own = Entitled(PEOPLE, BOOK.lists, {"machine": (Role.TECHNICIAN,)})
    assert refused(acts.Sign("machine", "kit"), TK, own) is None
    assert refused(acts.Sign("machine", "kit"), AS, own) is not None
    assert refused(acts.Sign("airway", "kit"), TK, own) is not None
    assert refused(acts.Sign("machine", "kit"), "XX", Entitled((), BOOK.lists, {})) is None


def test_a_configuration_names_who_signs_a_list() -> None:
    site = '[site]\nname = "K"\ncode = "K"\n[[bed]]\nname = "S"\n'
    read = config.parsed(f'{site}[checklists]\nsigners = {{ pain = ["recovery"] }}\n', "c.toml")
    assert read.practice.checklists.signers == {"pain": (Role.RECOVERY,)}
    with pytest.raises(config.ConfigError, match="signers"):
        config.parsed(f'{site}[checklists]\nsigners = {{ pain = ["anybody"] }}\n', "c.toml")


async def test_a_list_is_not_signed_by_whoever_asks_and_nothing_is_kept(tmp_path: Path) -> None:
    async with room(tmp_path, LISTED) as one:
        await one.say(acts.ChooseClinic("KN"))
        await one.say(acts.Register("us", "ultrasound", "Make", "1", "kit"))
        await one.say(acts.Mark("anaphylaxis", ("an-01",), "kit"), by="MK")
        answer = await one.say(acts.Sign("anaphylaxis", "kit"), by="MK")
        assert (answer.reason, one.desk.ward.state.said) == (Refusal.NO_SIGNER, 3)


@pytest.mark.parametrize(
    "request_",
    [
        Emergency(*HEAD),
        End(*HEAD),
        Acknowledge(*HEAD, "spo2_low"),
        Enter(*HEAD, deeds.Call()),
        Enter(*HEAD, deeds.SetAirway(Airway.LMA)),
        Enter(*HEAD, deeds.Finish()),
        Do("1", AS, acts.Mark("machine", ("mc-01",), "kit")),
    ],
)
def test_no_terminal_keeps_anybody_from_what_asks_for_no_role(request_: Spoken) -> None:
    nothing = Bounded((Terminal(uid=1000, roles=()),), PEOPLE, RULES.roles, ENTITLED)
    assert nothing.refusal(THERE, request_) == ""


@pytest.mark.parametrize(
    "request_",
    [
        Start(*HEAD, "3021", "4y"),
        Enter(*HEAD, deeds.Begin()),
        Do("1", AS, acts.Sign("machine", "kit")),
        Do("1", AS, acts.Sign("recovery", "KN-1")),
    ],
)
def test_nobody_speaks_as_more_than_a_terminal_allows(request_: Spoken) -> None:
    line = BOUNDED.refusal(THERE, request_)
    assert "at this terminal people speak as recovery: say it at another" in line
    assert BOUNDED.refusal(Peer(1, 1000, frozenset()), request_) == ""
    nobody = Bounded((RECOVERY,), (), RULES.roles, Entitled((), BOOK.lists, {}))
    assert nobody.refusal(THERE, request_)


def test_whom_a_patient_was_handed_to_signs_at_a_terminal_of_recovery() -> None:
    told = Enter("1", MK, BED, deeds.Conclude(words=()))
    assert BOUNDED.refusal(THERE, told) == ""


async def test_the_socket_refuses_what_its_terminal_does_not_allow(tmp_path: Path) -> None:
    found = place(tmp_path, extra=f"{TWO}[[terminal]]\nuid = {os.getuid()}\nroles = []\n")
    with daemon(found):
        async with ear(found) as hears:
            chosen = await ask(hears, "act", act={"do": "clinic", "site": "KN"})
            assert chosen["result"] == "recorded"
            asked: dict[str, Any] = {"code": "3021", "age": "4y", "bed": BED}
            refusal = await ask(hears, "start", **asked)
            assert (refusal["result"], refusal["reason"]) == ("refused", "wrong_role")
            assert (await ask(hears, "emergency", bed=BED))["result"] == "recorded"


async def test_a_pin_is_asked_for_where_a_patient_is_signed_out_and_of_nothing_else(
    tmp_path: Path,
) -> None:
    asked: list[object] = []

    async def other(request: object) -> Answer:
        asked.append(request)
        return Answer("1", Result.RECORDED)

    async with room(tmp_path) as one:
        one.saying._other = other
        await one.saying.answer(SetPin("1", AS, "1234"))
        for deed in (deeds.Conclude(words=()), deeds.Discharge()):
            said = Enter(*HEAD, deed)
            for pin, reason in (("", Refusal.PIN_ASKED), ("9999", Refusal.PIN_WRONG)):
                answer = await one.saying.answer(msgspec.structs.replace(said, pin=pin))
                assert isinstance(answer, Answer)
                assert (answer.reason, asked) == (reason, [])
            await one.saying.answer(msgspec.structs.replace(said, pin="1234"))
            assert len(asked) == 1
            asked.clear()
        for _ in range(5):
            await one.saying.answer(Enter(*HEAD, deeds.Discharge(), pin="0000"))
        for free in (Emergency(*HEAD), End(*HEAD), Enter(*HEAD, deeds.Call())):
            await one.saying.answer(free)
        assert len(asked) == 3
