from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ticks import shipped, texts

from checklists.intervals import rarer
from checklists.lists import Lists, lists
from checklists.template import Row
from vitals.practice import Interval
from vitals.role import Role
from vitals.rows import RowsError

HEAD = """
schema = 1
valid_from = 2026-11-16
id = "{list}"
label = {{ en = "Ours", da = "Vores", nb = "Vår" }}
"""
ROW = """
[[row]]
id = "{id}"
label = {{ en = "A", da = "B", nb = "C" }}
group = "{group}"
interval = "{interval}"
scope = "{scope}"
hold = {hold}
responsible = "anaesthesiologist"
source = {{ document = "Our own instruction", place = "p. 1" }}
{more}
"""
SUCTION = {"id": "mc-10", "group": "supply", "scope": "site", "hold": "true"}
PADS = {"id": "em-05", "group": "defibrillator", "interval": "week", "hold": "true"}
"""Of the documents the one, a proposal the other."""


def own(name: str = "machine", **fields: str) -> str:
    """Return a clinic's file with one row; `more` is what stands below it."""
    row = {"id": "kn-01", "group": "supply", "interval": "day", "scope": "kit", "hold": "false"}
    return HEAD.format(list=name) + ROW.format(**(row | {"more": ""} | fields))


def union(*files: str) -> Lists:
    return lists(texts(), {f"/etc/own{number}.toml": file for number, file in enumerate(files)})


def faults(*files: str) -> tuple[str, ...]:
    with pytest.raises(RowsError) as caught:
        union(*files)
    return caught.value.errors


def row(found: Lists, name: str, one: str) -> Row:
    return found.asks[name, one].row


def test_lists_stand_in_the_order_of_a_day() -> None:
    assert [one.id for one in shipped().templates][:5] == [
        "machine", "site", "emergency", "airway", "drugs",
    ]  # fmt: skip


def test_a_clinic_adds_a_row_after_those_that_ship() -> None:
    machine = union(own()).templates[0]
    assert [one.id for one in machine.rows][-2:] == ["mb-04", "kn-01"]
    assert machine.label.da == "Vores"
    assert machine.codes == shipped().templates[0].codes


def test_a_clinic_has_a_list_of_its_own_after_those_that_ship() -> None:
    group = '[[group]]\nid = "ours"\nlabel = { en = "A", da = "B", nb = "C" }\n'
    found = union(own("garage", group="ours", more=group))
    assert found.templates[-1].id == "garage"
    assert len(found.templates) == len(shipped().templates) + 1


def test_a_row_of_an_id_that_ships_takes_its_place_and_keeps_its_order() -> None:
    found = union(own(**SUCTION, more='roles = []\nkind = ""'))
    assert [one.id for one in found.templates[0].rows] == [
        one.id for one in shipped().templates[0].rows
    ]
    assert row(found, "machine", "mc-10").label.da == "B"


def test_what_stands_in_the_rooms_of_a_clinic_need_not_travel() -> None:
    found = union(own(id="mc-01", scope="site", hold="true"))
    assert row(found, "machine", "mc-01").scope == "site"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"hold": "false"}, "hold: is false, and true in what ships: write true"),
        ({"interval": "week"}, "interval: is week, and day in what ships: write that"),
        ({"interval": "use"}, "interval: is use, and day in what ships: write that"),
        ({"scope": "person"}, "scope: is person, and site in what ships: write that"),
        ({"more": 'country = "no"'}, "country: is no, and absent in what ships: write that"),
        ({"more": 'codes = ["3021"]'}, "codes: is 3021, and absent in what ships: write that"),
        ({"more": 'roles = ["owner"]'}, "roles: is owner, and absent in what ships: write that"),
        ({"more": 'kind = "pump"'}, "kind: is pump, and absent in what ships: write that"),
    ],
)
def test_a_row_that_asks_less_than_a_document_is_refused_and_says_how(
    fields: dict[str, str], says: str
) -> None:
    signed = fields | {"more": fields.get("more", "") + '\napproved_by = "AS"'}
    line = f"/etc/own0.toml: [[row]] mc-10: {says}"
    assert faults(own(**(SUCTION | fields))) == (line,)
    assert faults(own(**(SUCTION | signed))) == (line,)


def test_a_proposal_is_weakened_by_whoever_signs_it_and_by_nobody_else() -> None:
    weak = PADS | {"interval": "month"}
    (line,) = faults(own("emergency", **weak, more="proposal = true"))
    assert line.endswith("month, and week in what ships: write that, or sign it in approved_by")
    signed = 'proposal = true\napproved_by = "AS"'
    found = union(own("emergency", **weak, more=signed))
    assert row(found, "emergency", "em-05").interval == "month"


def test_a_row_of_the_doctor_stays_the_doctors_until_somebody_signs_otherwise() -> None:
    doctor = {"id": "an-10", "group": "people", "interval": "month", "hold": "true"}
    (line,) = faults(own("anaphylaxis", **doctor, more="proposal = true"))
    said = "ticks: is absent, and anaesthesiologist in what ships: write that"
    assert line.endswith(f"{said}, or sign it in approved_by")
    signed = 'proposal = true\napproved_by = "AS"'
    assert row(union(own("anaphylaxis", **doctor, more=signed)), "anaphylaxis", "an-10").ticks == ()


def test_who_signs_a_list_that_ships_is_not_widened_by_a_file() -> None:
    head = own().replace('label = { en = "Ours"', 'signers = ["owner"]\nlabel = { en = "Ours"', 1)
    (line,) = faults(head)
    assert "signers: ships with anaesthesiologist: leave it out" in line
    assert union(own()).templates[0].signers == (Role.ANAESTHESIOLOGIST,)


def test_a_proposal_does_not_become_a_document_unsigned() -> None:
    (line,) = faults(own("emergency", **PADS))
    assert line.endswith(
        "proposal: is false, and nobody has signed: write true, or sign in approved_by"
    )


def test_the_date_of_a_pack_is_not_dropped() -> None:
    less = {"id": "em-04", "group": "defibrillator", "hold": "true", "more": "proposal = true"}
    (line,) = faults(own("emergency", **less))
    assert "dates: is absent, and week in what ships: write that" in line


def test_the_five_words_stay_as_they_are() -> None:
    less = {"id": "rc-05", "group": "words", "interval": "case", "scope": "case"}
    (line,) = faults(own("recovery", **less))
    assert line.endswith("always: is false, and true in what ships: write true")


def test_a_change_has_a_source_of_its_own() -> None:
    ships = row(shipped(), "machine", "mc-13")
    source = f'document = "{ships.source.document}", place = "{ships.source.place}"'
    file = own(id="mc-13", group="breathing", hold="true").replace(
        'document = "Our own instruction", place = "p. 1"', source
    )
    (line,) = faults(file)
    assert line.endswith("source: is that of the row that ships: say where the change comes from")
    reworded = row(union(file.replace("hold = true", "hold = false")), "machine", "mc-13")
    assert (reworded.label.da, reworded.source) == ("B", ships.source)


def test_a_group_that_is_nowhere_is_told_with_those_that_are() -> None:
    (line,) = faults(own("site"))
    assert line.endswith("group: there is no 'supply': write rooms, or add the group")


def test_a_row_of_another_list_is_refused() -> None:
    (line,) = faults(own("site", id="mc-01", group="rooms", hold="true"))
    assert line.endswith("mc-01: is a row of machine: write it under that id, or name it otherwise")


def test_two_files_for_one_list_are_refused() -> None:
    assert faults(own(), own(id="kn-02")) == (
        "/etc/own1.toml: id machine stands in /etc/own0.toml too: keep one",
    )


def test_fewer_services_for_a_whole_list_are_refused() -> None:
    few = own().replace('id = "machine"', 'id = "machine"\ncodes = ["3021"]')
    (line,) = faults(few)
    assert "codes: ships with 3021, 3022, 3023, 3024, 3025: leave it out, or name these" in line


def test_what_is_asked_before_the_start_stays_before_it() -> None:
    late = '[[group]]\nid = "patient"\nlabel = { en = "A", da = "B", nb = "C" }\n'
    (line,) = faults(own(more=late))
    assert line.endswith("[[group]] patient: before_start: is true in what ships: write true")


def test_the_faults_of_every_file_are_told_at_once() -> None:
    found = faults(own(hold="maybe"), own("site", group="rooms", scope="house"))
    assert [line.split(":")[0] for line in found] == ["/etc/own0.toml", "/etc/own1.toml"]


def test_a_file_for_a_later_day_is_named() -> None:
    found = union(own())
    day = found.begins[-1][1]
    assert found.early(day) == []
    assert found.early(day.replace(day=15)) == [
        "/etc/own0.toml: valid_from: 2026-11-16 has not come yet: put the file there on that day"
    ]


@given(st.sampled_from(Interval), st.sampled_from(Interval))
def test_of_two_intervals_at_most_one_is_not_rarer_than_the_other(
    one: Interval, other: Interval
) -> None:
    assert rarer(one, other) or rarer(other, one) or one is other


def test_a_row_that_saves_a_life_does_so_in_the_place_of_a_clinic_too() -> None:
    assert row(union(own(**SUCTION)), "machine", "mc-10").vital


def test_a_clinic_does_not_say_by_itself_that_a_row_may_be_left_out() -> None:
    (line,) = faults(own(**(SUCTION | {"more": "may_na = true"})))
    assert line.endswith("may_na: is true, and false in what ships: leave it out")
