from __future__ import annotations

from itertools import product

import pytest
from capnostream_bytes import BREATHING
from manual import at

from devices.capnostream.driver import CapnostreamDriver
from devices.capnostream.handshake import NEXT, Handshake, State, Turn
from devices.capnostream.wire import Command, Identity, Message, Wave, Withheld
from devices.catalogue import PROTOCOLS
from devices.contract import Options

ENABLE, START = Command.ENABLE.to_bytes(), Command.START.to_bytes()
ALIVE = Command.LINK_ACTIVE.to_bytes()
IDENTITY, WAVE = Identity("V45.67"), Wave(1, 0, 0)


def running(*, keep_alive: bool = False) -> Handshake:
    handshake = Handshake(keep_alive=keep_alive)
    handshake.hear(IDENTITY, at(0))
    handshake.due(at(0))
    handshake.hear(WAVE, at(0))
    return handshake


def said(handshake: Handshake, seconds: float, *, heard: Message | None = None) -> dict[int, bytes]:
    """Return what is said in each tenth of a second, where it is anything."""
    told = {}
    for tenth in range(round(seconds * 10)):
        if heard is not None:
            handshake.hear(heard, at(tenth / 10))
        if data := handshake.due(at(tenth / 10)):
            told[tenth] = data
    return told


@pytest.mark.parametrize(("state", "turn"), product(State, Turn))
def test_every_turn_leads_where_the_table_says(state: State, turn: Turn) -> None:
    expected = {
        (State.CALLING, Turn.SPOKE): State.STARTING,
        (State.CALLING, Turn.STREAMED): State.STARTING,
        (State.CALLING, Turn.ENABLED): State.STARTING,
        (State.STARTING, Turn.STREAMED): State.RUNNING,
        (State.STARTING, Turn.SILENT): State.CALLING,
        (State.RUNNING, Turn.ENABLED): State.STARTING,
        (State.RUNNING, Turn.SILENT): State.CALLING,
    }
    assert NEXT[state].get(turn) == expected.get((state, turn))


def test_the_monitor_is_enabled_every_second_until_it_speaks() -> None:
    assert said(Handshake(), 3.5) == {0: ENABLE, 10: ENABLE, 20: ENABLE, 30: ENABLE}


@pytest.mark.parametrize("first", [IDENTITY, WAVE, BREATHING, Withheld(2)], ids=repr)
def test_any_message_at_all_leads_to_the_start(first: Message) -> None:
    handshake = Handshake()
    assert handshake.due(at(0)) == ENABLE
    handshake.hear(first, at(0.1))
    assert handshake.due(at(0.1)) == START


def test_a_monitor_that_streams_already_is_started_all_the_same() -> None:
    handshake = Handshake()
    for _ in range(10):
        handshake.hear(WAVE, at(0))
    assert handshake.due(at(0)) == START
    handshake.hear(WAVE, at(0.05))
    assert handshake.state is State.RUNNING


def test_the_start_is_repeated_every_second_until_it_streams() -> None:
    handshake = Handshake()
    handshake.hear(IDENTITY, at(0))
    assert said(handshake, 2.5) == {0: START, 10: START, 20: START}
    handshake.hear(BREATHING, at(2.5))
    assert said(handshake, 2.5) == {}


def test_nothing_is_said_while_it_streams() -> None:
    assert said(running(), 60, heard=WAVE) == {}


def test_the_link_is_kept_alive_every_five_seconds_only_where_it_must_be() -> None:
    handshake = running(keep_alive=True)
    assert said(handshake, 16, heard=WAVE) == {0: ALIVE, 50: ALIVE, 100: ALIVE, 150: ALIVE}


def test_three_seconds_of_silence_begin_anew() -> None:
    handshake = running()
    handshake.due(at(0))
    assert handshake.due(at(3.0)) == b""
    assert handshake.due(at(3.1)) == ENABLE
    assert handshake.state is State.CALLING


def test_a_monitor_that_was_enabled_anew_is_started_anew() -> None:
    handshake = running()
    handshake.hear(IDENTITY, at(1))
    assert handshake.due(at(1)) == START


@pytest.mark.parametrize("keep_alive", [False, True])
def test_the_option_reaches_the_driver(keep_alive: bool) -> None:  # noqa: FBT001 - a parameter
    driver = PROTOCOLS["capnostream"].driver(Options(keep_alive=keep_alive))
    assert isinstance(driver, CapnostreamDriver)
    driver.receive(IDENTITY.to_bytes(), at(0))
    driver.due(at(0))
    driver.receive(WAVE.to_bytes(), at(0))
    assert driver.due(at(0)) == (ALIVE if keep_alive else b"")


def test_nothing_but_three_commands_is_ever_said() -> None:
    driver = CapnostreamDriver(keep_alive=True)
    told = set()
    for tenth in range(600):
        told.add(driver.due(at(tenth / 10)))
        if tenth % 100 > 50:
            driver.receive(WAVE.to_bytes(), at(tenth / 10))
    assert told == {b"", ENABLE, START, ALIVE}
