"""What can be, of what is said: codes, numbers, times and words, over the real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from clinics import BED, Clinic, Ear, clinic, daemon, ear
from lists import CPR

from daemon.protocol.commands import Enter
from daemon.wording import NAMED
from vitals import deeds

EMPTY = "Seng 9"
TEN_HOURS_S = 36_000.0


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=f'[[bed]]\nname = "{EMPTY}"\n')


@pytest.fixture
async def hears(place: Clinic) -> AsyncIterator[Ear]:
    with daemon(place):
        async with ear(place) as found:
            yield found


async def said(hears: Ear, do: str, ago_s: float = 0.0, **fields: Any) -> dict[str, Any]:
    answer = await hears.say(do, ago_s=ago_s, **fields)
    assert answer["result"] == "recorded", answer
    return hears.of("case", case=answer["case"])[-1]


async def refused(hears: Ear, do: str, **fields: Any) -> str:
    answer = await hears.say(do, **fields)
    assert answer["result"] == "refused", answer
    return f"{answer['reason']}: {answer['detail']}"


async def test_another_procedure_maps_to_its_code_and_both_are_kept(hears: Ear) -> None:
    await hears.ask("plan", code="3021", age="4y")
    told = await said(hears, "procedure", procedures=["3005"], reason="også polypper")
    assert (told["code"], told["planned"], told["procedures"]) == ("3022", "3021", ["3005"])
    assert told["entries"][-1]["deed"]["code"] == "3022"
    number = told["entries"][-1]["number"]
    undone = await said(hears, "correct", entry=number, reason="alligevel ikke")
    assert (undone["code"], undone["procedures"]) == ("3021", [])
    named = await said(hears, "procedure", procedures=["3005"], code="3023", reason="lang")
    assert (named["code"], named["procedures"]) == ("3023", ["3005"])


async def test_a_procedure_that_maps_to_nothing_is_asked_about_and_never_guessed(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="3021", age="4y")
    assert await refused(hears, "procedure", reason="x") == (
        "unknown_code: name a code, or procedures that map to one"
    )
    both = await refused(hears, "procedure", procedures=["3005", "3158"], reason="x")
    assert both.startswith("unknown_code: ")
    biopsy: dict[str, Any] = {"procedures": ["3053"], "reason": "x"}
    nowhere = await refused(hears, "procedure", **biopsy, site="knee")
    assert nowhere.startswith("ambiguous: there is no site 'knee': write one of ")
    assert (await refused(hears, "procedure", **biopsy)).startswith(
        "ambiguous: 3053: the site decides; name one of "
    )
    told = await said(hears, "procedure", **biopsy, site="larynx_oesophagus")
    assert (told["code"], told["procedures"]) == ("3024", ["3053"])


async def test_a_block_is_changed_to_another_treatment_and_not_to_an_anaesthetic(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="2620", age="40y", case_kind="block")
    assert (await said(hears, "procedure", code="2626", reason="x"))["code"] == "2626"
    assert (await refused(hears, "procedure", code="3021", reason="x")).startswith("unknown_code")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"measure": "pulse_rate", "value": 400}, "pulse_rate 400 /min: expected 0 to 350"),
        ({"measure": "temperature", "value": 3}, "temperature 3 °C: expected 13 to 46"),
        ({"measure": "spo2", "value": 101}, "spo2 101 %: expected 0 to 100"),
    ],
)
async def test_a_number_that_cannot_be_is_refused_with_its_range(
    hears: Ear, fields: dict[str, Any], says: str
) -> None:
    await hears.ask("start", code="3021", age="4y")
    assert (await refused(hears, "reading", **fields)).startswith(f"bad_number: {says}")


async def test_an_airway_long_before_the_case_is_taken_flagged_and_lengthens_nothing(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y")
    for do, fields in (("airway", {"airway": "lma"}), ("call", {})):
        answer = await hears.say(do, ago_s=TEN_HOURS_S, **fields)
        assert (answer["result"], answer["flags"]) == ("recorded", ["out_of_order", "late"])
    flagged = hears.of("case")[-1]
    assert flagged["age_s"] < 60
    early = await hears.say("observation", ago_s=TEN_HOURS_S)
    assert early["reason"] == "reason_missing"
    why = await hears.ask("enter", deed={"do": "observation"}, ago_s=TEN_HOURS_S, reason="glemt")
    assert why["reason"] == "bad_time"


async def test_a_call_reaches_people_from_a_bed_without_a_patient(
    place: Clinic, hears: Ear
) -> None:
    async with ear(place) as other:
        answer = await hears.ask("enter", bed=EMPTY, deed={"do": "call"}, by="whoever")
        assert (answer["result"], answer["case"]) == ("recorded", None)
        await other.hear(lambda: other.of("event", event="bed_called", bed=EMPTY, by="whoever"))
        await other.hear(lambda: ringing(other) == [("", "whoever")])
        answered = await hears.ask("answer_call", bed=EMPTY)
        assert (answered["result"], answered["case"]) == ("recorded", None)
        await other.hear(lambda: ringing(other) == [])
    tube = await hears.ask("enter", bed=EMPTY, deed={"do": "airway", "airway": "tube"})
    assert tube["reason"] == "no_case"
    assert "vagt case emergency" in tube["detail"]


async def test_a_call_to_a_bed_without_a_patient_that_is_told_later_rings_nowhere(
    hears: Ear,
) -> None:
    answer = await hears.ask("enter", bed=EMPTY, deed={"do": "call"}, ago_s=60.0)
    assert answer["result"] == "recorded"
    assert (await hears.ask("answer_call", bed=EMPTY))["reason"] == "no_call"


def ringing(hears: Ear) -> list[tuple[str, str]]:
    """Return the calls that are open at the bed without a patient: of which case, and by whom."""
    told = hears.of("sounding", bed=EMPTY)
    return [(call["case"], call["by"]) for call in told[-1]["calls"]] if told else []


async def test_words_that_look_like_a_name_are_taken_flagged_and_asked_about(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y")
    answer = await hears.say("explain", reason="Liv Holm kastede op")
    assert (answer["flags"], answer["detail"]) == (["named"], NAMED)
    assert hears.of("case")[-1]["entries"][-1]["flags"] == ["named"]
    assert (await hears.say("explain", reason="barnet kastede op"))["flags"] == []


async def test_a_note_of_a_list_that_looks_like_a_name_is_taken_and_asked_about(
    hears: Ear,
) -> None:
    child: dict[str, Any] = {"codes": ["3005"], "age": "4y"}
    answer = await order(hears, "list_add", **child, note="Liv Holm")
    assert (answer["result"], answer["flags"], answer["detail"]) == ("recorded", ["named"], NAMED)
    assert (await order(hears, "list_add", **child, note="Mor med"))["flags"] == []
    assert (await order(hears, "list_add", **child, note="Peter"))["flags"] == ["named"]
    pasted = await order(hears, "list_paste", text="3005 4y\n3006 4y v Holm, Liv\n")
    assert pasted["flags"] == ["named"]


async def order(hears: Ear, kind: str, **fields: Any) -> dict[str, Any]:
    number = f"order-{len(hears.heard)}"
    line = {"kind": kind, "id": number, "by": "AS", **fields}
    hears.writer.write(msgspec.json.encode(line) + b"\n")
    await hears.hear(lambda: hears.of("answer", id=number))
    return hears.of("answer", id=number)[0]


async def test_a_number_of_a_person_is_kept_nowhere_and_keeps_nobody_from_an_end(
    place: Clinic, hears: Ear
) -> None:
    await hears.ask("start", code="3021", age="4y")
    told = await refused(hears, "explain", reason=f"{CPR} kastede op")
    assert told.startswith("bad_number: a patient's number stands among the words")
    ended = await hears.say("end", performed=False, reason=f"{CPR} kastede op")
    assert (ended["result"], ended["flags"]) == ("recorded", ["cleared"])
    assert hears.of("case")[-1]["state"] == "ended"
    gone = await hears.say("transfer", to=f"Rigshospitalet {CPR}", reason="x")
    assert gone["reason"] == "bad_number"
    kept = b"".join(one.read_bytes() for one in place.data.rglob("*") if one.is_file())
    assert CPR.encode() not in kept


async def test_nothing_that_people_write_is_in_the_log(place: Clinic) -> None:
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await said(hears, "explain", reason="UNHEARDOF")
            await refused(hears, "procedure", code="9999", reason="UNHEARDOF")
    assert "UNHEARDOF" not in (place.root / "daemon.log").read_text()
    command = Enter("1", "AS", BED, deeds.Explain(reason="UNHEARDOF"))
    assert "UNHEARDOF" not in repr(command)
    assert "Explain" in repr(command)
