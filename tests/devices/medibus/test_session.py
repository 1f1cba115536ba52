from __future__ import annotations

from itertools import product

import pytest
from manual import at

from devices.medibus.conversation import NEXT, Conversation, State, Turn
from devices.medibus.wire import RESUME, SUSPEND, Answer, Code, Command, Octet

CALL, WHO = Command(Code.ICC).to_bytes(), Command(Code.IDENTITY).to_bytes()
CALL_ANSWERED, NOBODY = Answer(Code.ICC), Answer(Code.IDENTITY)
DATA, ALARMS = Command(Code.MEASURED).to_bytes(), Command(Code.ALARMS).to_bytes()
ALARMS_2, TEXTS = Command(Code.ALARMS_2).to_bytes(), Command(Code.TEXTS).to_bytes()
NOP = Command(Code.NOP)


def asking(now_s: float = 0.0) -> Conversation:
    """Return a conversation that has come to asking, its first question not yet sent."""
    conversation = Conversation()
    conversation.due(at(now_s))
    conversation.hear(CALL_ANSWERED, at(now_s))
    conversation.due(at(now_s))
    conversation.hear(NOBODY, at(now_s))
    return conversation


def answered(conversation: Conversation, now_s: float, code: Code) -> bytes:
    conversation.hear(Answer(code), at(now_s))
    return conversation.due(at(now_s))


@pytest.mark.parametrize(("state", "turn"), product(State, Turn))
def test_every_turn_leads_where_the_table_says(state: State, turn: Turn) -> None:
    expected = {
        (State.CALLING, Turn.HEARD): State.NAMING,
        (State.CALLING, Turn.CALLED): State.CALLING,
        (State.NAMING, Turn.NAMED): State.ASKING,
        (State.NAMING, Turn.SILENT): State.CALLING,
        (State.ASKING, Turn.CALLED): State.CALLING,
        (State.ASKING, Turn.SILENT): State.CALLING,
    }
    assert NEXT[state].get(turn) == expected.get((state, turn))


def test_we_call_at_once_and_again_every_three_seconds() -> None:
    conversation = Conversation()
    calls = [tenth for tenth in range(100) if conversation.due(at(tenth / 10)) == CALL]
    assert calls == [0, 30, 60, 90]


def test_the_makers_session_is_spoken_to_the_byte() -> None:
    conversation = Conversation()
    conversation.due(at(0))
    conversation.hear(Command(Code.ICC), at(0.1))
    assert conversation.due(at(0.1)) == bytes.fromhex("01 51 35 32 0d 1b 51 36 43 0d")
    conversation.hear(Command(Code.IDENTITY), at(0.2))
    assert conversation.due(at(0.2)) == bytes.fromhex("01 52 35 33 0d")
    conversation.hear(CALL_ANSWERED, at(0.3))
    assert conversation.due(at(0.3)) == bytes.fromhex("1b 52 36 44 0d")
    conversation.hear(Answer(Code.IDENTITY, b"8210'Primus'04.50:04.03"), at(0.4))
    assert conversation.due(at(0.4)) == bytes.fromhex("1b 24 33 46 0d")
    conversation.hear(Answer(Code.MEASURED), at(0.5))
    assert conversation.due(at(0.5)) == bytes.fromhex("1b 27 34 32 0d")
    conversation.hear(NOP, at(0.6))
    assert conversation.due(at(0.6)) == bytes.fromhex("01 30 33 31 0d")


def test_a_round_of_questions_is_asked_once_a_second_one_at_a_time() -> None:
    conversation = asking()
    assert conversation.due(at(0)) == DATA
    assert conversation.due(at(0.1)) == b""
    assert answered(conversation, 0.2, Code.MEASURED) == ALARMS
    assert answered(conversation, 0.3, Code.ALARMS) == TEXTS
    assert answered(conversation, 0.4, Code.TEXTS) == b""
    assert conversation.due(at(0.9)) == b""
    assert conversation.due(at(1.0)) == DATA
    assert answered(conversation, 1.1, Code.MEASURED) == ALARMS
    assert answered(conversation, 1.2, Code.ALARMS) == ALARMS_2


def test_texts_are_asked_for_in_each_fifth_round() -> None:
    conversation = asking()
    last = []
    for second in range(11):
        assert conversation.due(at(second)) == DATA
        assert answered(conversation, second, Code.MEASURED) == ALARMS
        last.append(answered(conversation, second, Code.ALARMS))
        conversation.hear(Answer(Code.NAK), at(second))
    assert [question == TEXTS for question in last] == [n % 5 == 0 for n in range(11)]
    assert set(last) == {TEXTS, ALARMS_2}


def test_a_question_without_an_answer_is_passed_over_after_a_second() -> None:
    conversation = asking()
    assert conversation.due(at(0)) == DATA
    assert conversation.due(at(0.9)) == b""
    assert conversation.due(at(1.0)) == ALARMS


def test_a_refused_question_is_passed_over_at_once_and_asked_again_in_its_turn() -> None:
    conversation = asking()
    assert conversation.due(at(0)) == DATA
    assert answered(conversation, 0.1, Code.NAK) == ALARMS
    assert answered(conversation, 0.2, Code.NAK) == TEXTS
    assert answered(conversation, 0.3, Code.NAK) == b""
    assert conversation.due(at(1.0)) == DATA


def test_a_machine_that_does_not_say_who_it_is_is_asked_all_the_same() -> None:
    conversation = Conversation()
    conversation.due(at(0))
    assert answered(conversation, 0.1, Code.ICC) == WHO
    assert conversation.due(at(1.0)) == b""
    assert conversation.due(at(1.1)) == WHO
    assert answered(conversation, 1.2, Code.NAK) == DATA


def test_a_refused_call_is_no_answer_to_it() -> None:
    conversation = Conversation()
    conversation.due(at(0))
    assert answered(conversation, 0.1, Code.NAK) == b""
    assert conversation.state is State.CALLING


def test_an_answer_to_another_question_ends_no_waiting() -> None:
    conversation = asking()
    assert conversation.due(at(0)) == DATA
    assert answered(conversation, 0.1, Code.ALARMS) == b""


@pytest.mark.parametrize("code", [0x30, 0x49, 0x51, 0x52, 0x55, 0x56])
def test_a_command_that_is_understood_is_answered_with_its_code(code: int) -> None:
    conversation = asking()
    conversation.due(at(0))
    conversation.hear(Command(code), at(0.1))
    assert conversation.due(at(0.1)).startswith(Answer(code).to_bytes())


@pytest.mark.parametrize("code", [0x24, 0x27, 0x28, 0x2A, 0x4A, 0x53, 0x54, 0x6C, 0x7F])
def test_every_other_command_is_refused(code: int) -> None:
    conversation = asking()
    conversation.due(at(0))
    conversation.hear(Command(code), at(0.1))
    assert conversation.due(at(0.1)) == bytes.fromhex("01 15 31 36 0d")


def test_answers_come_in_the_order_of_the_commands_and_once() -> None:
    conversation = asking()
    conversation.due(at(0))
    for code in (0x30, 0x7F, 0x52):
        conversation.hear(Command(code), at(0.1))
    answers = [Answer(code).to_bytes() for code in (0x30, 0x15, 0x52)]
    assert conversation.due(at(0.1)) == b"".join(answers)
    assert conversation.due(at(0.2)) == b""


def test_a_machine_that_calls_again_is_called_back_at_once() -> None:
    conversation = asking()
    conversation.due(at(0))
    conversation.hear(Command(Code.ICC), at(5))
    assert conversation.state is State.CALLING
    assert conversation.due(at(5)) == CALL_ANSWERED.to_bytes() + CALL


def test_two_who_call_whenever_they_are_called_come_to_an_end() -> None:
    conversation = Conversation()
    said = conversation.due(at(0))
    for tenth in range(1, 5):
        if CALL in said:
            conversation.hear(Command(Code.ICC), at(tenth / 10))
            conversation.hear(CALL_ANSWERED, at(tenth / 10))
            conversation.hear(Command(Code.ICC), at(tenth / 10))
        if WHO in said:
            conversation.hear(NOBODY, at(tenth / 10))
        said = conversation.due(at(tenth / 10))
    assert conversation.state is State.ASKING


def test_three_seconds_of_silence_lose_the_link() -> None:
    conversation = asking()
    conversation.due(at(0))
    conversation.due(at(3.0))
    before = conversation.state
    assert conversation.due(at(3.1)) == CALL
    assert (before, conversation.state) == (State.ASKING, State.CALLING)


def test_a_sign_of_life_keeps_the_link() -> None:
    conversation = asking()
    for second in range(0, 60, 2):
        conversation.hear(NOP, at(second))
        conversation.due(at(second))
    assert conversation.state is State.ASKING


def test_nothing_is_said_while_the_machine_has_us_wait() -> None:
    conversation = asking()
    conversation.hear(Octet(SUSPEND), at(0))
    conversation.hear(NOP, at(0.5))
    assert conversation.due(at(0.6)) == b""
    conversation.hear(Octet(RESUME), at(0.7))
    assert conversation.due(at(0.7)) == Answer(Code.NOP).to_bytes() + DATA


def test_whoever_was_suspended_goes_on_after_three_seconds() -> None:
    conversation = asking()
    conversation.hear(Octet(SUSPEND), at(0))
    assert conversation.due(at(2.9)) == b""
    assert conversation.due(at(3.0)) == DATA


def test_a_call_ends_a_suspension() -> None:
    conversation = asking()
    conversation.hear(Octet(SUSPEND), at(0))
    conversation.hear(Command(Code.ICC), at(0.5))
    assert conversation.due(at(0.5)) == CALL_ANSWERED.to_bytes() + CALL


def test_realtime_data_and_an_abort_change_nothing() -> None:
    conversation = asking()
    for value in (0x80, 0xC6, 0xFF, 0x18):
        conversation.hear(Octet(value), at(0))
    assert conversation.due(at(0)) == DATA


def test_unread_answers_do_not_pile_up() -> None:
    conversation = asking()
    conversation.due(at(0))
    for _ in range(10_000):
        conversation.hear(NOP, at(0.1))
    assert len(conversation.due(at(0.1))) == 8 * 5


def test_nothing_but_questions_and_answers_is_ever_said() -> None:
    asked = {Code.ICC, Code.IDENTITY, Code.MEASURED, Code.ALARMS, Code.ALARMS_2, Code.TEXTS}
    conversation = Conversation()
    for tenth in range(600):
        said = conversation.due(at(tenth / 10))
        assert said in {b"", *(Command(code).to_bytes() for code in asked)}
        conversation.hear(Answer(said[1] if said else Code.NOP), at(tenth / 10))
    assert conversation.state is State.ASKING
