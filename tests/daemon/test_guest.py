"""A connection that only shows is held to it, whatever its program sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from clinics import BED, Clinic, clinic, daemon, ear
from manual import ManualClock
from practices import ask

from daemon.guest import Door, Guest
from daemon.pins import WRONG
from daemon.protocol.commands import Acknowledge, Emergency, Here, Look, Spoken
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.recall import Recall
from daemon.protocol.saying import SetPin
from daemon.protocol.showing import Login, Shown
from daemon.signing import Signing

PIN = "4711"


class Hall:
    """A guest, and what of what it said was let through."""

    def __init__(self, folder: Path) -> None:
        self.signing = Signing(folder, ManualClock(), required=False)
        self.guest = Guest(Door((), self.signing, ManualClock()), self._onward)
        self.through: list[Spoken] = []

    async def _onward(self, request: Spoken) -> Message:
        self.through.append(request)
        return Answer(request.id, Result.RECORDED)

    async def login(self, by: str, pin: str) -> Refusal | None:
        answer = await self.guest.answer(Login("l", by, pin))
        assert isinstance(answer, Answer)
        return answer.reason

    async def emergency(self, by: str) -> Refusal | None:
        answer = await self.guest.answer(Emergency("e", by, BED))
        assert isinstance(answer, Answer)
        return answer.reason


@pytest.fixture
async def hall(tmp_path: Path) -> Hall:
    made = Hall(tmp_path)
    await made.signing.give("MK", PIN, "")
    await made.guest.answer(Shown("s", "bedside"))
    return made


async def test_a_terminal_that_never_said_so_is_held_to_nothing(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    assert await hall.emergency("AS") is None


@pytest.mark.parametrize(
    "request_",
    [
        Emergency("1", "MK", BED),
        Acknowledge("1", "MK", BED, "spo2_low"),
        Here("1", "MK"),
        SetPin("1", "MK", "1234", PIN),
    ],
)
async def test_what_says_anything_is_refused_there(hall: Hall, request_: Spoken) -> None:
    answer = await hall.guest.answer(request_)
    assert isinstance(answer, Answer)
    assert (answer.result, answer.reason) == (Result.REFUSED, Refusal.SHOWN_ONLY)
    assert hall.through == []


async def test_what_is_asked_in_order_to_be_told_is_answered(hall: Hall) -> None:
    asked: list[Spoken] = [Look("1", "bedside"), Recall("2", "bedside", "014")]
    for one in asked:
        await hall.guest.answer(one)
    assert hall.through == asked


async def test_who_logged_in_speaks_there_and_nobody_else(hall: Hall) -> None:
    assert await hall.login("MK", PIN) is None
    assert await hall.emergency("MK") is None
    assert await hall.emergency("AS") is Refusal.SHOWN_ONLY
    await hall.guest.answer(Shown("s", "bedside"))
    assert await hall.emergency("MK") is Refusal.SHOWN_ONLY


async def test_who_has_no_pin_cannot_log_in(hall: Hall) -> None:
    assert await hall.login("AS", PIN) is Refusal.PIN_UNSET
    assert await hall.emergency("AS") is Refusal.SHOWN_ONLY


async def test_wrong_pins_lock_and_a_failed_login_ends_the_one_before(hall: Hall) -> None:
    assert await hall.login("MK", PIN) is None
    wrong = [await hall.login("MK", "0000") for _ in range(WRONG)]
    assert wrong == [*[Refusal.PIN_WRONG] * (WRONG - 1), Refusal.PIN_LOCKED]
    assert await hall.login("MK", PIN) is Refusal.PIN_LOCKED
    assert await hall.emergency("MK") is Refusal.SHOWN_ONLY


async def test_the_real_daemon_holds_one_connection_and_no_other(tmp_path: Path) -> None:
    place: Clinic = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as shown, ear(place) as bedside:
            assert (await ask(shown, "shown"))["result"] == "in_effect"
            assert (await shown.ask("emergency"))["reason"] == "shown_only"
            assert (await bedside.ask("emergency"))["result"] == "recorded"
