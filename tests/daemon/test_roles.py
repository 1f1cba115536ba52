"""Who may say what, over the real socket, in a practice that lists its people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, READY, Clinic, Ear, clinic, daemon, ear

from vitals.vocabulary import Word

PEOPLE = "".join(
    f'[[person]]\ninitials = "{initials}"\nroles = ["{role}"]\n'
    for initials, role in (
        ("AS", "anaesthesiologist"),
        ("LN", "anaesthesiologist"),
        ("MK", "recovery"),
        ("PO", "recovery"),
        ("OW", "owner"),
        ("TE", "technician"),
    )
)
FIVE = list(Word)
GONE = '[[person]]\ninitials = "XA"\nroles = ["anaesthesiologist"]\nvalid_to = 2020-01-01\n'


def practice(root: Path, signers: str = "") -> Clinic:
    place = clinic(root, extra=PEOPLE + GONE)
    if signers:
        text = place.config.read_text()
        place.config.write_text(
            text.replace('code = "KN"\n', f'code = "KN"\ndischarge_signers = {signers}\n', 1)
        )
    return place


@pytest.fixture
async def hears(tmp_path: Path) -> AsyncIterator[Ear]:
    place = practice(tmp_path)
    with daemon(place):
        async with ear(place) as found:
            yield found


async def say(hears: Ear, by: str, do: str, **fields: Any) -> dict[str, Any]:
    return await hears.ask("enter", by=by, deed={"do": do, **fields})


async def taken(hears: Ear, by: str, do: str, **fields: Any) -> None:
    answer = await say(hears, by, do, **fields)
    assert answer["result"] == "recorded", (do, answer)


async def refused(hears: Ear, by: str, do: str, **fields: Any) -> str:
    answer = await say(hears, by, do, **fields)
    assert answer["result"] == "refused", (do, answer)
    return f"{answer['reason']}: {answer['detail']}"


async def recovering(hears: Ear, *, handed: str = "") -> None:
    await hears.ask("start", code="3021", age="4y", by="AS")
    await taken(hears, "AS", "end")
    await taken(hears, "AS", "recover")
    if handed:
        await taken(hears, "AS", "hand_over", to=handed, instruction="ilt", bp_lowering=False)


async def test_an_anaesthetic_is_the_anaesthesiologists_to_begin(hears: Ear) -> None:
    for by in ("MK", "OW", "TE"):
        answer = await hears.ask("start", code="3021", age="4y", by=by)
        assert (answer["result"], answer["reason"]) == ("refused", "wrong_role")
        assert answer["detail"] == f"{by} may not say begin: that is for AS, LN"
    assert not hears.of("case")
    await hears.ask("plan", code="3021", age="4y", by="MK")
    for by in ("MK", "OW"):
        assert (await refused(hears, by, "check", checks=READY["checks"])).startswith("wrong_role")
        assert (await refused(hears, by, "begin", anyway=True)).startswith("wrong_role")
    await taken(hears, "LN", "begin", anyway=True)


async def test_who_watches_recovery_says_what_is_seen_and_not_where_the_patient_goes(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y", by="AS")
    await taken(hears, "AS", "end")
    assert (await refused(hears, "MK", "recover")).startswith("wrong_role")
    await taken(hears, "AS", "recover")
    handed = {"to": "PO", "instruction": "ilt", "bp_lowering": False}
    assert (await refused(hears, "MK", "hand_over", **handed)).startswith("wrong_role")
    assert (await refused(hears, "MK", "resume", code="3022")).startswith("wrong_role")
    assert (await refused(hears, "MK", "anaesthetist", to="LN")).startswith("wrong_role")
    await taken(hears, "MK", "reading", measure="spo2", value=98)
    await taken(hears, "MK", "observation")
    await taken(hears, "MK", "ventilation", ventilation="spontaneous")
    await taken(hears, "MK", "contact", contact=True)
    await taken(hears, "MK", "upset")
    await taken(hears, "MK", "repeat", minutes=3)
    await taken(hears, "MK", "transfer", to="Rigshospitalet", reason="blødning")


async def test_an_owner_and_a_technician_say_nothing_of_a_patient(hears: Ear) -> None:
    await hears.ask("start", code="3021", age="4y", by="AS")
    for by in ("OW", "TE"):
        assert (await refused(hears, by, "reading", measure="spo2", value=98)) == (
            f"wrong_role: {by} may not say reading: that is for AS, LN, MK, PO"
        )
        assert (await refused(hears, by, "observation")).startswith("wrong_role")
    moved = await hears.ask("assign", device="nonin", by="TE")
    assert moved["result"] == "recorded"


async def test_an_airway_a_call_an_end_and_an_emergency_are_anybodys(hears: Ear) -> None:
    assert (await hears.ask("emergency", by="OW"))["result"] == "recorded"
    for by in ("OW", "TE", "XX", "XA"):
        await taken(hears, by, "airway", airway="tube")
        await taken(hears, by, "call")
    await taken(hears, "TE", "end")


@pytest.mark.parametrize(
    ("do", "to", "says"),
    [
        ("anaesthetist", "MK", "anaesthetist to MK: it may be to AS, LN"),
        ("anaesthetist", "OW", "anaesthetist to OW: it may be to AS, LN"),
        ("hand_over", "OW", "hand_over to OW: it may be to AS, LN, MK, PO"),
        ("hand_over", "TE", "hand_over to TE: it may be to AS, LN, MK, PO"),
    ],
)
async def test_a_patient_is_given_to_nobody_who_may_not_have_one(
    hears: Ear, do: str, to: str, says: str
) -> None:
    await recovering(hears)
    more = {"instruction": "ilt", "bp_lowering": False} if do == "hand_over" else {}
    assert await refused(hears, "AS", do, to=to, **more) == f"wrong_role: {says}"
    assert (await refused(hears, "AS", do, to="XA", **more)).startswith("wrong_role")


async def test_a_waiver_is_the_anaesthesiologists_or_of_whom_the_patient_is_handed_to(
    hears: Ear,
) -> None:
    await recovering(hears, handed="MK")
    waived = {"modality": "nibp", "reason": "vågen"}
    assert (await refused(hears, "PO", "waive", **waived)).startswith("wrong_role")
    await taken(hears, "MK", "waive", **waived)
    await taken(hears, "AS", "waive", **waived)


async def test_people_correct_their_own_entries_and_an_anaesthesiologist_every_one(
    hears: Ear,
) -> None:
    await recovering(hears)
    await taken(hears, "MK", "observation")
    await taken(hears, "MK", "observation")
    await taken(hears, "OW", "call")
    entries = hears.of("case")[-1]["entries"]
    mine, other, called = (one["number"] for one in entries[-3:])
    begin = next(one["number"] for one in entries if one["deed"]["do"] == "end")
    assert (await refused(hears, "PO", "correct", entry=mine, reason="x")).startswith("wrong_role")
    assert (await refused(hears, "MK", "correct", entry=begin, reason="x")).startswith("wrong_role")
    await taken(hears, "MK", "correct", entry=mine, reason="x")
    await taken(hears, "OW", "correct", entry=called, reason="x")
    await taken(hears, "AS", "correct", entry=other, reason="x")


async def test_going_home_is_signed_by_an_anaesthesiologist_where_nothing_else_is_set(
    hears: Ear,
) -> None:
    await recovering(hears, handed="MK")
    await taken(hears, "MK", "conclude", words=FIVE)
    assert (await refused(hears, "MK", "discharge")).startswith("no_signer: MK may not sign")
    await taken(hears, "AS", "discharge")


async def test_a_site_may_let_whom_the_patient_was_handed_to_sign_and_nobody_else(
    tmp_path: Path,
) -> None:
    place = practice(tmp_path, '["anaesthesiologist", "recovery"]')
    with daemon(place):
        async with ear(place) as hears:
            await recovering(hears, handed="MK")
            await taken(hears, "MK", "conclude", words=FIVE)
            assert (await refused(hears, "PO", "discharge")).startswith("no_signer")
            assert (await refused(hears, "OW", "discharge")).startswith("no_signer")
            await taken(hears, "MK", "discharge")


async def test_who_is_no_specialist_injects_as_a_delegate_and_an_owner_not_at_all(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="2620", age="40y", case_kind="block", by="MK")
    give = {"drug": "lidokain", "site": "skulder", "side": "left", "part": "arm"}
    assert (await refused(hears, "OW", "give", **give)).startswith("wrong_role")
    assert "delegation" in await refused(hears, "MK", "give", **give)


async def test_where_nobody_is_listed_anybody_says_anything(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            assert (await hears.ask("start", code="3021", age="4y", by="OW"))["case"]
            for do in ("end", "recover"):
                await taken(hears, "XX", do)
            await taken(hears, "XX", "conclude", words=FIVE)
            await taken(hears, "YY", "discharge")
            assert hears.of("case", bed=BED)[-1]["state"] == "discharged"
