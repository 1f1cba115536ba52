from __future__ import annotations

from datetime import date

from checklists.people import Person, doubled, known
from vitals.competence import Certificate, Competence
from vitals.role import Role

DAY = date(2026, 11, 21)
OWNER = (Role.ANAESTHESIOLOGIST, Role.OWNER)


def test_who_has_left_is_known_up_to_the_last_day() -> None:
    people = [
        Person("MK", (Role.RECOVERY,), valid_to=DAY),
        Person("AS", OWNER),
        Person("JB", (Role.TECHNICIAN,), valid_to=date(2026, 11, 20)),
    ]
    assert known(people, DAY) == ("AS", "MK")


def test_a_persons_certificates_stand_once() -> None:
    blocks = Certificate(Competence.US_BLOCKS)
    people = {2: Person("AS", OWNER, (blocks, blocks)), 5: Person("MK", OWNER, (blocks,))}
    assert list(doubled(people)) == [
        "[[person]] 2: certificate 'us_blocks' stands twice: keep one",
    ]
