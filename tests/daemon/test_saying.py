"""A morning against the real daemon: what is said of the practice, refused, and survives."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from clinics import Clinic, Ear, clinic, daemon, ear
from practices import TWO, act, ask, room

from daemon.journal.store import FILE, verify
from daemon.protocol.because import Because, Why
from daemon.protocol.messages import Answer, Refusal, Result
from daemon.protocol.practice import Scanning
from daemon.protocol.saying import Scan, SetPin
from vitals import acts
from vitals.practice import Ware

PEOPLE = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist", "owner"]
[[person]]
initials = "MK"
roles = ["recovery"]
[[person]]
initials = "JB"
roles = ["anaesthesiologist"]
valid_to = 2020-01-01
"""
MARK: dict[str, Any] = {
    "do": "mark",
    "list": "machine",
    "rows": ["mc-01", "mc-02"],
    "target": "Taske",
}
PACK: dict[str, Any] = {
    "do": "receive",
    "item": "dr-01",
    "ware": "drug",
    "lot": "A1",
    "expires": "2027-06-30",
    "quantity": 5,
    "place": "Taske",
}
OXYGEN: dict[str, Any] = {
    "do": "cylinder",
    "cylinder": "ilt",
    "gas": "o2",
    "capacity_l": 10,
    "fill_bar": 200,
    "place": "KN",
    "use": "in_use",
}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "another clinic": ({"do": "clinic", "site": "XX"}, "no clinic 'XX': choose one of KN, KS"),
    "no list": ({**MARK, "list": "nothing"}, "there is no list 'nothing'"),
    "no row": ({**MARK, "rows": ["mc-99"]}, "there is no row 'mc-99' in machine"),
    "no such kit": ({**MARK, "target": "K9"}, "'K9' is unknown here: expected Taske"),
    "no reason": ({**MARK, "outcome": "failed"}, "failed without a reason: write why"),
    "nothing to sign": ({"do": "sign", "list": "airway", "target": "Taske"}, "mark its rows first"),
    "letter O": ({**PACK, "atc": "CO1CA24"}, "C01CA24 was meant"),
    "far expiry": ({**PACK, "expires": "2087-01-31"}, "read the label again"),
    "check digit": ({**PACK, "gtin": "05709999123458"}, "fails its check digit: scan the pack"),
    "no place": ({**PACK, "place": "loft"}, "no place is called 'loft'"),
    "no pack": ({"do": "take", "pack": 99, "quantity": 1}, "there is no pack 99"),
    "no device": ({"do": "tested", "device": "x"}, "there is no device x"),
    "device nowhere": (
        {"do": "register", "device": "d", "what": "w", "make": "m", "serial": "1", "place": "loft"},
        "no place is called 'loft'",
    ),
    "no cylinder": ({"do": "gauge", "cylinder": "x", "bar": 100}, "there is no cylinder x"),
    "gas nowhere": (
        {"do": "flow", "gas": "n2o", "place": "KN", "l_min": 4},
        "no cylinder of nitrous oxide",
    ),
    "no entry": ({"do": "counter", "entry": 99, "reason": "x"}, "there is no entry 99"),
}
BEYOND: dict[str, dict[str, Any]] = {
    "900 bar": {"do": "gauge", "cylinder": "ilt", "bar": 900},
    "a negative quantity": {**PACK, "quantity": -1},
    "an item of blanks": {**PACK, "item": " "},
    "a lot of blanks": {**PACK, "lot": " "},
    "an absurd quantity": {**PACK, "quantity": 1_000_000},
    "no such day": {**PACK, "expires": "2027-02-30"},
    "a stray field": {**MARK, "colour": "red"},
    "no such act": {"do": "dance"},
}


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=TWO + PEOPLE)


@pytest.fixture
def running(place: Clinic) -> Iterator[None]:
    with daemon(place):
        yield


def rows(hears: Ear, name: str = "machine", target: str = "Taske") -> dict[str, Any]:
    """Return what was told last of the rows of a list."""
    found = [part for one in hears.heard for part in (one, *one.get("practice", ()))]
    told = [
        one
        for one in found
        if one["kind"] == "checklist" and (one["id"], one["target"]) == (name, target)
    ]
    return {row["id"]: row for row in told[-1]["rows"]}


async def greeted(hears: Ear) -> list[dict[str, Any]]:
    await hears.hear(lambda: hears.of("snapshot"))
    practice: list[dict[str, Any]] = hears.of("snapshot")[-1]["practice"]
    return practice


@pytest.mark.usefixtures("running")
async def test_what_cannot_be_is_refused_with_the_way_on_and_nothing_of_it_is_kept(
    place: Clinic,
) -> None:
    async with ear(place) as hears:
        before = await greeted(hears)
        for name, (said, line) in BAD.items():
            answer = await ask(hears, "act", act=said)
            assert (answer["result"], answer["reason"]) == ("refused", "bad_act"), name
            assert line in answer["detail"], (name, answer["detail"])
            assert "\n" not in answer["detail"]
        for name, said in BEYOND.items():
            answer = await ask(hears, "act", act=said)
            assert (answer["result"], answer["reason"]) == ("refused", "not_understood"), name
        for by, line in (("JB", "initials: AS, MK"), ("XX", "initials: AS, MK")):
            answer = await ask(hears, "act", act=MARK, by=by)
            assert answer["reason"] == "unknown_initials"
            assert line in answer["detail"]
        number = {**MARK, "outcome": "failed", "reason": "010170-1234 was here"}
        assert (await ask(hears, "act", act=number))["reason"] == "bad_number"
    async with ear(place) as hears:
        assert await greeted(hears) == before
        assert await act(hears, "clinic", site="KN") == 1


@pytest.mark.usefixtures("running")
async def test_a_list_begun_at_one_terminal_is_finished_and_signed_at_another(
    place: Clinic,
) -> None:
    async with ear(place) as first, ear(place) as second:
        await greeted(first)
        await greeted(second)
        await act(first, "clinic", site="KN")
        done = {"list": "anaphylaxis", "target": "Taske"}
        await second.hear(lambda: second.of("clinic", chosen="KN"))
        names = [name for name, one in rows(first, "anaphylaxis").items() if one["state"] == "due"]
        await act(first, "mark", rows=names[:2], took_s=4.0, **done)
        open_rows = await ask(second, "act", act={"do": "sign", **done})
        assert f"not answered yet: {', '.join(names[2:])}" in open_rows["detail"]
        rest = {"do": "mark", "rows": names[2:], "took_s": 5.5, **done}
        refusal = await ask(second, "act", act=rest, by="MK")
        assert "MK may not answer an-10: that is for AS" in refusal["detail"]
        await act(first, "mark", rows=["an-10"], took_s=1.0, **done)
        rest["rows"] = [name for name in names[2:] if name != "an-10"]
        answer = await ask(second, "act", act=rest, by="MK")
        assert answer["result"] == "recorded"
        await act(second, "sign", **done)
        await first.hear(lambda: first.of("checklist", id="anaphylaxis", signed_by="AS"))
        assert first.of("checklist", id="anaphylaxis")[-1]["took_s"] == pytest.approx(10.5)
        assert {one["by"] for one in rows(first, "anaphylaxis").values() if one["by"]} == {
            "AS",
            "MK",
        }


async def test_a_power_cut_in_the_middle_of_a_morning_takes_nothing_that_was_recorded(
    place: Clinic,
) -> None:
    with daemon(place) as process:
        async with ear(place) as hears:
            await greeted(hears)
            await act(hears, "clinic", site="KN")
            await act(hears, "mark", **{k: v for k, v in MARK.items() if k != "do"})
            await act(hears, **PACK)
            await act(hears, **OXYGEN)
            await act(hears, "gauge", cylinder="ilt", bar=137)
            await act(hears, "counter", entry=2, reason="wrong bag")
            process.kill()
    with daemon(place):
        async with ear(place) as hears:
            told = {one["kind"]: one for one in await greeted(hears)}
            assert told["clinic"]["chosen"] == "KN"
            assert [one["lot"] for one in told["stock"]["packs"]] == ["A1"]
            assert [one["bar"] for one in told["gases"]["cylinders"]] == [137.0]
            assert rows(hears)["mc-01"]["state"] == "due"
            assert await act(hears, "counter", entry=6, reason="it was right") == 7
            await hears.hear(lambda: rows(hears)["mc-01"]["state"] == "done")
    assert verify(place.data / FILE).journal == "clean"


@pytest.mark.usefixtures("running")
async def test_a_pack_that_is_scanned_is_shown_and_only_stored_when_somebody_says_so(
    place: Clinic,
) -> None:
    code = "010761318000011017280630102A55\x1d2112345678"
    async with ear(place) as hears:
        await greeted(hears)
        wrong = await ask(hears, "scan", text=code[:15] + "3" + code[16:])
        assert wrong["refused"] == "check_digit"
        odd = await ask(hears, "scan", text=code, separator="A")
        assert odd["refused"] == "separator"
        codes = [f"{code[:15]}{digit}{code[16:]}" for digit in range(10)]
        answers = [await ask(hears, "scan", text=one) for one in codes]
        ((right, read),) = [
            pair for pair in zip(codes, answers, strict=True) if not pair[1]["refused"]
        ]
        assert (read["lot"], read["expires"], read["pack"]) == ("2A55", "2028-06-30", None)
        label = {name: read[name] for name in ("gtin", "lot", "expires", "once")}
        number = await act(hears, **{**PACK, **label})
        again = await ask(hears, "scan", text=right)
        assert (again["pack"], again["item"], again["ware"]) == (number, "dr-01", "drug")
        twice = await ask(hears, "act", act={**PACK, **label})
        assert f"this pack is there as {number}" in twice["detail"]


async def test_who_has_a_pin_signs_with_it_and_five_wrong_ones_lock_for_a_minute(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, PEOPLE) as one:
        await one.say(acts.ChooseClinic("KN"))
        given = await one.saying.answer(SetPin(id="1", by="AS", pin="1234"))
        assert isinstance(given, Answer)
        assert given.result is Result.RECORDED
        again = await one.saying.answer(SetPin(id="1", by="AS", pin="9999"))
        assert isinstance(again, Answer)
        assert again.reason is Refusal.PIN_ASKED
        await one.say(acts.Mark("ultrasound", ("us-01",), "kit"))
        await one.say(acts.Register("us", "ultrasound", "Make", "1", "kit"))
        await one.say(acts.Mark("ultrasound", ("us-01",), "us"))
        sign = acts.Sign("ultrasound", "us")
        assert (await one.say(sign)).reason is Refusal.PIN_ASKED
        for _ in range(4):
            assert (await one.say(sign, pin="0000")).reason is Refusal.PIN_WRONG
        fifth = await one.say(sign, pin="0000")
        assert fifth.reason is Refusal.PIN_LOCKED
        assert fifth.because == Because(Why.LOCKED, about="AS", value=60)
        assert (await one.say(sign, pin="1234")).reason is Refusal.PIN_LOCKED
        await one.clock.move(61.0)
        assert (await one.say(sign, pin="1234")).result is Result.RECORDED
        assert b"1234" not in b"".join(
            path.read_bytes() for path in tmp_path.iterdir() if path.is_file()
        )


async def test_nobody_signs_where_the_pins_cannot_be_read_and_all_else_goes_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "pins").write_text("nothing")
    (tmp_path / "pins").chmod(0o600)
    async with room(tmp_path) as one:
        await one.say(acts.Register("us", "ultrasound", "Make", "1", "kit"))
        assert (await one.say(acts.ChooseClinic("KN"))).result is Result.RECORDED
        await one.say(acts.Mark("ultrasound", ("us-01",), "us"))
        answer = await one.say(acts.Sign("ultrasound", "us"))
        assert answer.result is Result.REFUSED
        assert "is damaged" in answer.detail


async def test_nobody_signs_without_a_pin_where_one_is_required(tmp_path: Path) -> None:
    async with room(tmp_path, "[pins]\nrequired = true\n") as one:
        await one.say(acts.ChooseClinic("KN"))
        await one.say(acts.Register("us", "ultrasound", "Make", "1", "kit"))
        await one.say(acts.Mark("ultrasound", ("us-01",), "us"))
        answer = await one.say(acts.Sign("ultrasound", "us"))
        assert answer.reason is Refusal.PIN_UNSET


async def test_words_that_look_like_a_name_are_taken_and_flagged(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        await one.say(acts.Receive("dr-01", Ware.DRUG, "A", date(2027, 6, 30), 5, "kit"))
        answer = await one.say(acts.Discard(1, 1, "given to Liv Holm"))
        assert (answer.result, answer.flags) == (Result.RECORDED, ("named",))


async def test_a_code_is_read_while_others_speak(tmp_path: Path) -> None:
    async with room(tmp_path) as one:
        scan = Scan(id="s", by="AS", text="nothing that is a code")
        read, said = await asyncio.gather(one.saying.answer(scan), one.say(acts.ChooseClinic("KN")))
        assert isinstance(read, Scanning)
        assert read.refused == "unreadable"
        assert said.result is Result.RECORDED
