"""What a clinic's own rule files may say, and what they may not take away."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants import without
from ownrules import FILES, Wanted, edited, wanting

from daemon.contract import breaches
from daemon.library import RuleFile, load, read

SERVICES = sorted(name for name in FILES if name.startswith("service_"))
LONG = "limits.toml", "alarms.toml", "coverage.toml", "tones.toml", "signals.toml"
"""Proposals as a whole: nothing of them is in the contract."""
KEYS = "id", "row", "drug", "site", "code"


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    return wanting(tmp_path)


def contract_rows() -> Iterator[tuple[str, str, int, str]]:
    """Yield file, table, number and name of each row that is neither advice nor a proposal.

    Of the printed procedures, which are all of one kind, a few.
    """
    for file, one in FILES.items():
        if file in LONG:
            continue
        for table, rows in tomllib.loads(one.text).items():
            for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
                seldom = table == "procedure" and number % 19 != 1
                if isinstance(row, dict) and not row.get("proposal") and not seldom:
                    name = next(row[key] for key in KEYS if key in row)
                    yield file, table, number, str(name)


@pytest.mark.parametrize(
    ("file", "table"), sorted({(file, table) for file, table, *_ in contract_rows()})
)
def test_no_row_of_the_contract_can_be_left_out(file: str, table: str) -> None:
    ours = load()
    for number, name in [row[2:] for row in contract_rows() if row[:2] == (file, table)]:
        text = without(FILES[file].text, table, number)
        theirs, faults = read({**FILES, file: RuleFile(text, "own")}, FILES)
        lines = [line for line in breaches(theirs, ours) if line.startswith("own: ")]
        named = re.compile(rf"(?<![\w.]){re.escape(name)}[:)]")
        assert any(line.startswith("own: ") for line in faults) or any(map(named.search, lines)), (
            name
        )


@pytest.mark.parametrize("name", SERVICES)
def test_a_file_as_it_ships_is_in_order(wanted: Wanted, name: str) -> None:
    assert wanted(**{name.removesuffix(".toml"): FILES[name].text}) == ()


NIBP = 'modality = "nibp"\nobligation = "required"'
OXIMETRY = 'modality = "pulse_oximetry"\nobligation = "required"\nphase = "during"'


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((NIBP, NIBP.replace("required", "optional")), "3023.nibp: is optional, less than nibp, "),
        ((OXIMETRY, OXIMETRY.replace("during", "after")), "pulse_oximetry, during, required"),
        (
            ('basis = "contract"', 'basis = "advisory"'),
            "no contract row has clinical_observation, during, required (3023.observation): put",
        ),
        (('["lma", "tube"] }', '["tube"] }'), "3023.capnography: is conditional when airway tube,"),
        (("proposal = false", "proposal = true"), "is required as a proposal, less than clinical"),
        (('below = "2y"', 'below = "1y"'), "[[ban]] 3023.age: has airway lma or tube, below 1y: "),
        (("level = 3", "level = 2"), "[service]: level: is 2, and 3 in the contract: write that"),
        (('"mask_ga", ', ""), "[service]: allows: is ga_airway or ga_no_device or sedation, and"),
        (
            ('id = "3023.observation"', 'id = "x"\nreadings = 1'),
            "x: is required with readings 1, less than clinical_observation, during, required",
        ),
    ],
    ids=[
        "optional",
        "another phase",
        "advice",
        "narrower condition",
        "a proposal",
        "a lower age",
        "a lower level",
        "another technique",
        "now and then",
    ],
)
def test_what_the_contract_asks_for_cannot_be_made_less(
    wanted: Wanted, change: tuple[str, str], says: str
) -> None:
    found = wanted(service_3023=edited("service_3023", change))
    assert found[0].startswith("own/service_3023.toml: service 3023: ")
    assert says in found[0]


def test_rows_and_editions_that_begin_later_than_the_contract_leave_a_gap(wanted: Wanted) -> None:
    head, row, rest = FILES["service_3021.toml"].text.partition('id = "3021.oximetry"')
    later = head + row + rest.replace("valid_from = 2019-04-01", "valid_from = 2027-01-01", 1)
    (line,) = wanted(service_3021=later)
    assert "3021.oximetry: valid_from: is 2027-01-01, later than the contract: write 2019-" in line
    first, *_ = wanted(service_3021=edited("service_3021", ("2019-04-01", "2026-01-01")))
    assert first.startswith("own/service_3021.toml: [service]: is 3021 from 2026-01-01 on, in the")


def test_an_edition_that_has_yet_to_begin_is_held_to_the_contract_today(wanted: Wanted) -> None:
    text = edited("service_3023", (NIBP, NIBP.replace("required", "optional")))
    (line,) = wanted(service_3023_2027=text.replace("2019-04-01", "2027-01-01"))
    assert line.startswith("own/service_3023_2027.toml: service 3023: [[requirement]] 3023.nibp: ")


def test_a_clinic_asks_for_more_adds_signs_and_words_as_it_likes(wanted: Wanted) -> None:
    asks = edited("service_3025", ('id = "3025.ecg"', 'id = "ours.ecg"'), ("en = ", "en = "))
    asks = asks.replace("Anaesthesia with intubation", "Long anaesthesia with intubation", 1)
    proposal = 'proposal = true\napproved_by = ""'
    signed = edited("service_3021", (proposal, 'proposal = false\napproved_by = "AS"'))
    dropped = without(FILES["service_3022.toml"].text, "requirement", 6)
    assert "3022.capnography.peer" not in dropped
    ceiling = FILES["treatments.toml"].text + (
        '\n[[ceiling]]\nid = "ours"\ncode = "2620"\nmost_mg = 20\nweight = "notice"\n'
        'approved_by = "AS"\nsource = { document = "Our instruction", place = "2" }\n'
    )
    assert not wanted(
        service_3025=asks,
        service_3021=signed,
        service_3022=dropped,
        treatments=ceiling,
        limits=edited("limits", ("lo = 100, hi = 190", "lo = 105, hi = 190")),
        procedures=edited("procedures", ('approved_by = ""', 'approved_by = "AS"')),
    )


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "durations",
            ("title_body_conflict", "within_band"),
            "3022.mask_ga: reason: is within_",
        ),
        (
            "treatments",
            ("most_mg = 40", "most_mg = 80"),
            "2620.steroid: most_mg: is 80.0, and 40.0",
        ),
        ("treatments", ('weight = "hold"', 'weight = "notice"'), "weight: is notice, and hold in"),
        (
            "roles",
            ('roles = ["anaesthesiologist"]', 'roles = ["anaesthesiologist", "owner"]'),
            "[[may]] roles.anaesthetic: roles: is ",
        ),
        ("competence", ('"approved", "sent"', '"sent"'), "[[demand]] 2622.competence: needs: is "),
        (
            "steroids",
            ("corresponds_mg = 40", "corresponds_mg = 20"),
            "methylprednisolone_acetate: ",
        ),
        (
            "steroids",
            ("proposal = true", "proposal = false"),
            "triamcinolone: proposal: is false, ",
        ),
        ("withdrawn", ('"0112"', '"0113"'), "[[withdrawn]] 0112: is missing, and the contract has"),
        ("procedures", ('code = "3021"', 'code = "3022"'), "[[procedure]] 1: code: is 3022, and "),
        ("procedures", ('3109 = "3009"\n', ""), '[contralateral]: 3109: is missing: write "3009"'),
        (
            "procedures",
            ("in_airway = true", "in_airway = false"),
            "in_airway: is false, and true in",
        ),
        ("procedures", ('specialty = "ent"', 'specialty = "eye"'), "specialty: 'ent' has no table"),
        (
            "service_3021",
            ("proposal = true", "proposal = false"),
            "and nobody has signed: write tr",
        ),
    ],
)
def test_what_the_contract_says_stands_as_it_is(
    wanted: Wanted, name: str, change: tuple[str, str], says: str
) -> None:
    found = wanted(**{name: edited(name, change)})
    assert any(line.startswith(f"own/{name}.toml: ") and says in line for line in found)


def test_a_reading_of_the_print_is_otherwise_once_a_doctor_has_confirmed_it(wanted: Wanted) -> None:
    change = 'in_airway = true\nconfirmed_by = ""', 'in_airway = false\nconfirmed_by = "AS"'
    assert wanted(procedures=edited("procedures", change)) == ()


def test_a_further_procedure_does_not_answer_for_printed_numbers(wanted: Wanted) -> None:
    text = FILES["procedures.toml"].text
    row = text[text.index("[[procedure]]\nrow = 1\n") : text.index("[[procedure]]\nrow = 2\n")]
    more = text + "\n" + row.replace("row = 1\n", "row = 58\n")
    assert (
        "own/procedures.toml: [[procedure]] 58: required: 3006 are those of row 1 of the contract:"
        " take them out" in wanted(procedures=more)
    )
    other = row.replace("row = 1\n", "row = 58\n").replace("3006", "3998").replace("3106", "3999")
    assert wanted(procedures=text + "\n" + other) == ()


def test_a_higher_code_asks_for_all_that_a_lower_one_asks_for(wanted: Wanted) -> None:
    asked = 'modality = "ecg"\nobligation = "required"\nphase = "during"\nbasis = "advisory"'
    text = edited("service_3021", (asked, asked.replace("advisory", "contract")))
    (line,) = wanted(service_3021=text)
    assert line.startswith("service_3022.toml: service 3022: has to ask for all that 3021 does")
    assert "(own/service_3021.toml): [[requirement]] 3022.ecg: is optional, less than ecg" in line


def test_a_further_anaesthetic_is_no_way_below_the_ladder(wanted: Wanted) -> None:
    text = FILES["service_3021.toml"].text.replace("3021", "3010")
    assert wanted(service_3010=text) == ()
    early = text.replace('"mask_ga", ', '"ga_airway", ')
    (line,) = wanted(service_3010=early)
    assert line.startswith("own/service_3010.toml: service 3010: [service]: allows: ga_airway is")
    assert line.endswith("from level 2 on, and this is level 1: take it out, or raise the level")
    bare = without(without(text, "requirement", 2), "requirement", 1)
    found = wanted(service_3010=bare)
    assert all(line.startswith("own/service_3010.toml: service 3010: has to ask") for line in found)
    assert {"clinical_observation", "pulse_oximetry"} == {
        line.split(" has ", 2)[2].split(",")[0] for line in found
    }


@pytest.mark.parametrize("code", ["0112", "0120", "2625", "2631", "3020", "5010"])
def test_a_file_for_a_withdrawn_code_is_refused_by_name(wanted: Wanted, code: str) -> None:
    text = FILES["service_2622.toml"].text.replace("2622", code)
    (line,) = wanted(**{f"service_{code}": text})
    assert line.startswith(f"own/service_{code}.toml: [service] code: {code} (")
    assert "is withdrawn and may not be used" in line
    assert ("2624 has taken it up" in line) is (code == "2625")


def test_a_file_of_another_code_is_the_cause_and_what_follows_names_it(wanted: Wanted) -> None:
    found = wanted(service_3025=edited("service_3025", ('code = "3025"', 'code = "3099"')))
    assert found[0].startswith("own/service_3025.toml: [service]: is 3099 from 2019-04-01 on, in")
    (other,) = [line for line in found[1:] if "durations.toml" in line]
    assert other.startswith("durations.toml: [[band]] 3025.ga_airway: code: no anaesthetic has")


def test_what_follows_from_a_kind_or_a_day_names_the_file_that_has_it(wanted: Wanted) -> None:
    found = wanted(service_3025=edited("service_3025", ("2019-04-01", "2026-01-01")))
    near = "(in own/service_3025.toml it is of kind anaesthesia from 2026-01-01 on)"
    assert any(line.startswith("durations.toml: [[band]] 3025.") and near in line for line in found)


def test_a_duration_cannot_be_made_longer(wanted: Wanted) -> None:
    text = edited("durations", ("hi = 900", "hi = 1200"), ("lo = 900", "lo = 1200"))
    first, other = wanted(durations=text)
    assert "[[band]] 3021.mask_ga: hi: is 1200, and 900 in the contract: write that" in first
    assert "[[band]] 3022.mask_ga: lo: is 1200, and 900 in the contract: write that" in other


def test_faults_within_a_file_do_not_hide_those_between_files(wanted: Wanted) -> None:
    found = wanted(
        limits="schema =",
        service_3023=edited("service_3023", ("level = 3", "level = 2")),
    )
    assert [line.split(": ")[0] for line in found] == ["own/limits.toml", "own/service_3023.toml"]


def test_no_clinic_makes_what_sounds_silent_for_longer(wanted: Wanted) -> None:
    longer = edited("signals", ("seconds = 120.0", "seconds = 600.0"))
    assert wanted(signals=longer) == ("own/signals.toml: [pause] seconds: 600: at most 120",)


def test_an_acknowledgement_of_what_is_no_condition_cannot_be_limited(wanted: Wanted) -> None:
    row = '[[lapse]]\ncondition = "link_gone"\nafter_s = 60.0\n'
    source = 'source = { document = "x", place = "y" }\n\n'
    found = wanted(signals=edited("signals", ("[[lapse]]", f"{row}{source}[[lapse]]")))
    line = "own/signals.toml: [[lapse]] 'link_gone' is no condition: remove it"
    assert found == (line,)
