from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.config import TABLES, ConfigError, parsed, read

GOOD = """
[site]
name = "Klinik Nord"
code = "KN"

[[bed]]
name = "Stue 1"

[[device]]
name = "nonin"
protocol = "nonin-df2"
port = "/dev/ttyUSB0"
bed = "Stue 1"
"""


def errors(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        parsed(text, "c.toml")
    return caught.value.errors


def test_a_good_file_has_the_defaults_of_a_clinic() -> None:
    config = parsed(GOOD, "c.toml")
    assert config.socket.path == Path("/run/vagt/vagt.sock")
    assert config.data.dir == Path("/var/lib/vagt")
    assert config.monitoring.induction_grace_s is None
    assert config.devices[0].origin is None
    assert not config.beds[0].same_limb


@pytest.mark.parametrize(
    ("written", "meant"),
    [("own", "/etc/vagt/own"), ("/srv/rules", "/srv/rules"), ("../r", "/etc/vagt/../r")],
)
def test_a_folder_of_rules_begins_where_the_file_lies(written: str, meant: str) -> None:
    text = f'{GOOD}[rules]\ndir = "{written}"\n'
    assert parsed(text, "/etc/vagt/config.toml").rules.dir == Path(meant)
    assert parsed(GOOD, "/etc/vagt/config.toml").rules.dir is None


def test_a_bed_may_have_probe_and_cuff_on_one_limb() -> None:
    limb = GOOD.replace('[[bed]]\nname = "Stue 1"', '[[bed]]\nname = "Stue 1"\nsame_limb = true')
    assert [bed.same_limb for bed in parsed(limb, "c.toml").beds] == [True]


def test_a_bed_sounds_as_a_theatre_does_unless_it_is_said_otherwise() -> None:
    said = GOOD.replace('name = "Stue 1"\n', 'name = "Stue 1"\nprofile = "recovery"\n', 1)
    assert [parsed(text, "c.toml").beds[0].profile for text in (GOOD, said)] == [
        "theatre",
        "recovery",
    ]
    wrong = said.replace('"recovery"', '"silent"')
    assert any("profile" in line and "theatre" in line for line in errors(wrong))


@pytest.mark.parametrize(
    ("written", "good"),
    [("+45 12 34 56 78", True), ("12345678", True), ("", True), ("ring AS", False), ("+", False)],
)
def test_a_number_to_ring_is_digits_and_blanks(written: str, *, good: bool) -> None:
    said = GOOD.replace('code = "KN"', f'code = "KN"\nphone = "{written}"')
    if good:
        assert parsed(said, "c.toml").site.phone == written
    else:
        assert any("phone" in line for line in errors(said))


def test_every_fault_is_listed_at_once_with_table_and_key() -> None:
    text = GOOD.replace('code = "KN"', 'code = "k n"').replace("port =", "prot =") + "[dta]\n"
    found = errors(text)
    assert any(line.startswith("c.toml: 'dta' is unknown") for line in found)
    assert any(line.startswith("c.toml: [site]: code: ") for line in found)
    assert "c.toml: [[device]] 1: prot: is unknown: remove it" in found
    assert "c.toml: [[device]] 1: port: is missing: add it" in found
    assert len(found) == 4
    assert not any("\n" in line for line in found)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("nonin-df2", "nonin-df9", "protocol: 'nonin-df9' is unknown: use one of "),
        ('bed = "Stue 1"', 'bed = "Stue 2"', "bed: 'Stue 2' is no [[bed]]: use one of Stue 1"),
        ('[[bed]]\nname = "Stue 1"', "", "no [[bed]]: add at least one"),
        ("[[bed]]", "[bed]", "write [[bed]] with two brackets"),
        ("[site]", "[site", "line 2"),
        ('name = "Klinik Nord"', "name = 4", "[site]: name: Expected `str`, got `int`"),
        ("[[device]]", "[data]\ndir = 7\n[[device]]", "[data]: dir: is no path"),
        ("[[device]]", "[monitoring]\ninduction_grace_s = -1\n[[device]]", "induction_grace_s"),
        ("[[device]]", "[rules]\ndir = 7\n[[device]]", "[rules]: dir: "),
        ("port =", 'origin = "guessed"\nport =', "origin: "),
        (GOOD, "", "[site]: "),
        ("/dev/ttyUSB0", "/dev/\\u0000", "[[device]] 1: port: "),
        ("Klinik Nord", "  ", "[site]: name: "),
        ("Stue 1", "Stue\\n1", "[[bed]] 1: name: "),
        ('"KN"', '"KN\\n"', "[site]: code: "),
        ("[[device]]", '[data]\ndir = "a\\u0000"\n[[device]]', "[data]: dir: is no path"),
        ("[[device]]", '[socket]\npath = "/"\n[[device]]', "[socket]: path: is no path"),
        (GOOD, "a = " + "[" * 3000, "is nested too deeply"),
    ],
)
def test_a_fault_says_what_and_how_to_mend_it(before: str, after: str, says: str) -> None:
    assert before in GOOD
    assert any(says in line for line in errors(GOOD.replace(before, after, 1)))


def test_a_row_that_does_not_fit_hides_nothing_of_the_others() -> None:
    broken = '[[bed]]\nname = "Stue 2"\nsize = 1\n'
    people = (
        '[[person]]\ninitials = "AS"\nroles = []\n[[person]]\ninitials = "AS"\nroles = ["owner"]\n'
    )
    people += 2 * '[[person.certificate]]\ncompetence = "us_blocks"\n'
    device = '[[device]]\nname = "nonin"\nprotocol = "none"\nbed = "Stue 3"\n'
    here = '[[device]]\nname = "b"\nprotocol = "nonin-df2"\nport = "b"\nbed = "Stue 2"\n'
    found = errors(GOOD + broken + people + device + here)
    assert [line.removeprefix("c.toml: ").split(": use one")[0] for line in found] == [
        "[[bed]] 2: size: is unknown: remove it",
        "[[device]] 2: port: is missing: add it",
        "[[person]] 1: roles: is empty: add at least one",
        "[[device]] name 'nonin' stands twice: keep one",
        "[[person]] initials 'AS' stands twice: keep one",
        "[[device]] 2: protocol: 'none' is unknown",
        "[[device]] 2: bed: 'Stue 3' is no [[bed]]",
        "[[person]] 2: certificate 'us_blocks' stands twice: keep one",
    ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"KN"', '"k n"', "[site]: code: cannot be used: write 1 to 6 capital letters or digits"),
        ('"Klinik Nord"', '""', "[site]: name: cannot be used: write 1 to 32 letters, digits, "),
        ("port =", 'origin = "guessed"\nport =', "write measured, simulated, replayed or manual"),
    ],
)
def test_a_word_that_may_not_stand_there_is_answered_with_those_that_may(
    before: str, after: str, says: str
) -> None:
    (line,) = errors(GOOD.replace(before, after, 1))
    assert says in line
    assert "regex" not in line


def test_names_and_ports_stand_once() -> None:
    device = GOOD[GOOD.index("[[device]]") :]
    found = errors(GOOD + device + '[[bed]]\nname = "Stue 1"\n')
    assert [line.split(": ", 1)[1] for line in found] == [
        "[[bed]] name 'Stue 1' stands twice: keep one",
        "[[device]] name 'nonin' stands twice: keep one",
        "[[device]] port '/dev/ttyUSB0' stands twice: keep one",
    ]


def test_a_port_stands_once_however_it_is_spelt() -> None:
    device = GOOD[GOOD.index("[[device]]") :].replace('"nonin"', '"other"')
    for spelling in ("/dev//ttyUSB0", "/dev/./ttyUSB0", "/dev/serial/../ttyUSB0"):
        assert errors(GOOD + device.replace("/dev/ttyUSB0", spelling)) == (
            "c.toml: [[device]] port '/dev/ttyUSB0' stands twice: keep one",
        )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: no such file or directory"):
        read(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="is a directory"):
        read(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        read(binary)


@given(st.text())
def test_no_text_raises_anything_but_a_config_error(text: str) -> None:
    with pytest.raises(ConfigError):
        parsed(text, "c.toml")


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("value", ["1", '"text"', "[1]", "[[]]"])
def test_any_value_in_place_of_a_table_is_a_fault(value: str, table: str) -> None:
    found = errors(f"{table} = {value}")
    assert any(f"[{table}]" in line for line in found)
