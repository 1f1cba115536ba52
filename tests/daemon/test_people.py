from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from clinics import BED, clinic, daemon, ear, oximeter

from checklists.people import Person
from daemon.config import ConfigError, parsed
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from monitoring.treatments import Activation
from vitals.competence import Certificate, Competence
from vitals.role import Role
from vitals.vocabulary import Word

PEOPLE = """
[[person]]
initials = "AS"
roles = ["anaesthesiologist", "owner"]
insured_to = 2027-06-30

[[person.certificate]]
competence = "us_blocks"
approved_on = 2020-01-01
sent_on = 2020-02-01

[[person]]
initials = "MK"
roles = ["recovery"]

[[person]]
initials = "JB"
roles = ["technician"]
valid_to = 2020-01-01

[[activation]]
code = "5000"
region = "Region Syddanmark"
since = 2026-01-01
reference = "letter of 3 December 2025"
"""
GOOD = '[site]\nname = "Klinik Nord"\ncode = "KN"\n[[bed]]\nname = "Stue 1"\n' + PEOPLE


def test_people_are_read_with_their_certificates_and_dates() -> None:
    config = parsed(GOOD, "c.toml")
    blocks = Certificate(
        Competence.US_BLOCKS, approved_on=date(2020, 1, 1), sent_on=date(2020, 2, 1)
    )
    owner, *_ = config.people
    assert owner.roles == (Role.ANAESTHESIOLOGIST, Role.OWNER)
    assert owner == Person("AS", owner.roles, (blocks,), insured_to=date(2027, 6, 30))
    assert config.activations == (
        Activation("5000", "Region Syddanmark", date(2026, 1, 1), "letter of 3 December 2025"),
    )


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('roles = ["recovery"]', 'roles = ["nurse"]', "[[person]] 2: roles[0]"),
        ('roles = ["recovery"]', "roles = []", "[[person]] 2: roles"),
        ('roles = ["recovery"]', "", "[[person]] 2: roles: is missing: add it"),
        ('initials = "MK"', 'initials = "M K"', "[[person]] 2: initials"),
        ('initials = "MK"', 'initials = "AS"', "[[person]] initials 'AS' stands twice: keep one"),
        ("us_blocks", "blocks", "[[person]] 1: certificate[0].competence"),
        ("sent_on = 2020-02-01", "sent_on = 2019-02-01", "do not stand in order"),
        ("insured_to", "insured", "[[person]] 1: insured: is unknown: remove it"),
        ("2027-06-30", '"next summer"', "[[person]] 1: insured_to"),
        ('code = "5000"', 'code = ""', "[[activation]] 1: code: is empty: write a text"),
        (
            'roles = ["recovery"]',
            'roles = ["nurse"]',
            "write anaesthesiologist, recovery, owner or technician",
        ),
        ('roles = ["recovery"]', "roles = []", "roles: is empty: add at least one"),
        ('initials = "MK"', 'initials = "M K"', "write 1 to 16 letters, digits, dots or hyphens"),
        ("us_blocks", "blocks", "write us_blocks, musculoskeletal, "),
        ("sent_on", "send_on", "[[person]] 1: certificate[0].send_on: is unknown: remove it"),
        ("2027-06-30", "2027-06-31", "line 10, column 14: 2027-06-31 does not exist"),
        ("since = 2026-01-01", "", "[[activation]] 1: since: is missing: add it"),
        ("[[activation]]", "[activation]", "write [[activation]] with two brackets"),
    ],
)
def test_a_fault_of_a_person_is_named(before: str, after: str, says: str) -> None:
    assert before in GOOD
    with pytest.raises(ConfigError) as refused:
        parsed(GOOD.replace(before, after, 1), "c.toml")
    assert any(line.startswith("c.toml: ") and says in line for line in refused.value.errors)


async def test_unknown_initials_are_refused_with_the_list_of_those_who_are_known(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=PEOPLE)
    with daemon(place):
        async with ear(place) as listener:
            for by in ("XX", "as", "JB"):
                answer = await listener.ask("start", code="3021", age="4y", by=by)
                assert (answer["result"], answer["reason"]) == ("refused", "unknown_initials")
                assert answer["detail"].endswith("; initials: AS, MK")
                left = "JB has left: the last day was 2020-01-01"
                wrong = left if by == "JB" else f"no initials {by!r}"
                assert answer["detail"].startswith(wrong)
            assert not listener.of("case")
            started = await listener.ask("start", code="3021", age="4y", by="AS")
            assert started["result"] == "recorded"
            refused = [
                await listener.ask("enter", deed={"do": "observation"}, by="XX"),
                await listener.ask("assign", device="nonin", by="XX"),
            ]
            assert [one["reason"] for one in refused] == ["unknown_initials"] * 2
            # Nobody is kept from an airway, a call or an end, whoever it is.
            for do, fields in (("airway", {"airway": "lma"}), ("call", {}), ("end", {})):
                answer = await listener.ask("enter", deed={"do": do, **fields}, by="XX")
                assert answer["result"] == "recorded"


async def test_nobody_is_kept_from_acknowledging_an_alarm(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=PEOPLE)
    blue = Patient(PatientRow(bed=BED, age="4y", spo2=80, pulse_rate=118))
    async with oximeter(place, blue):
        with daemon(place):
            async with ear(place) as listener:
                await listener.ask("start", code="3021", age="4y", by="AS")
                await listener.hear(lambda: listener.of("alarm", id="spo2_low", state="active"))
                answer = await listener.ask("acknowledge", alarm="spo2_low", by="locum")
                assert answer["result"] == "recorded"


async def test_where_no_people_are_configured_any_initials_will_do(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as listener:
            answer = await listener.ask("start", code="3021", age="4y", by="XX")
            assert answer["result"] == "recorded"


async def test_monitoring_is_ended_by_an_anaesthesiologist_or_by_whom_the_patient_was_handed_to(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=PEOPLE)
    signed = {"do": "conclude", "words": list(Word)}
    with daemon(place):
        async with ear(place) as listener:
            await listener.ask("start", code="3021", age="4y", by="AS")
            await listener.say("end")
            await listener.say("recover")
            early = await listener.ask("enter", deed=signed, by="MK")
            assert (early["result"], early["reason"]) == ("refused", "no_signer")
            assert early["detail"] == "MK may not sign: hand the patient over, or let AS sign"
            handed = await listener.say("hand_over", to="MK", instruction="x", bp_lowering=False)
            assert handed["result"] == "recorded"
            await listener.say("recover")
            taken_back = await listener.ask("enter", deed=signed, by="MK")
            assert taken_back["reason"] == "no_signer"
            await listener.say("hand_over", to="MK", instruction="x", bp_lowering=False)
            assert (await listener.ask("enter", deed=signed, by="MK"))["result"] == "recorded"
