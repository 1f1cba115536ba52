from __future__ import annotations

from datetime import date

from checklists.people import Person, Role, faults, known
from vitals.competence import Certificate, Competence

DAY = date(2026, 11, 21)
OWNER = (Role.ANAESTHESIOLOGIST, Role.OWNER)


def test_who_has_left_is_known_up_to_the_last_day() -> None:
    people = [
        Person("MK", (Role.RECOVERY,), valid_to=DAY),
        Person("AS", OWNER),
        Person("JB", (Role.TECHNICIAN,), valid_to=date(2026, 11, 20)),
    ]
    assert known(people, DAY) == ("AS", "MK")


def test_initials_and_a_persons_certificates_stand_once() -> None:
    blocks = Certificate(Competence.US_BLOCKS)
    people = [Person("AS", OWNER, (blocks, blocks)), Person("AS", OWNER, (blocks,))]
    assert list(faults(people)) == [
        "[[person]] initials 'AS' stands twice: keep one",
        "[[person]] 1: certificate 'us_blocks' stands twice: keep one",
    ]
    assert list(faults(people[1:])) == []
