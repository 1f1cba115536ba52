from __future__ import annotations

import json
from itertools import takewhile

import pytest

from devices.catalogue import PROTOCOLS
from devices.wiring import WIRING
from vagt.main import main

HEADINGS = ["PROTOCOL", "LINE", "EVIDENCE", "USE", "CHECK"]


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["protocols"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return the table, by protocol: each row, and what is indented under it."""
    told: dict[str, str] = {}
    for line in takewhile(bool, printed(capsys)[1:]):
        if line.startswith(" "):
            told[list(told)[-1]] += "\n" + line
        else:
            told[line.split()[0]] = line
    return told


def test_the_table_says_of_each_protocol_what_it_reads_and_how(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = rows(capsys)
    assert list(told) == list(PROTOCOLS)
    assert told["nonin-df2"].splitlines() == [
        "nonin-df2      9600 8N1    document  clinical  checked",
        "    for     pulse_oximetry",
        "    numbers spo2, pulse_rate",
        "    waves   pleth",
        "    wiring  USB cable by Nonin (FTDI 0403:6001), or Bluetooth serial; levels of",
        "            a bare board: see its manual",
    ]


def test_how_each_is_joined_is_told_to_people_and_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, text in rows(capsys).items():
        _, wiring = text.split("    wiring  ")
        assert " ".join(wiring.split()) == WIRING[name]
    main(["protocols", "--json"])
    entries = json.loads(capsys.readouterr().out)["protocols"]
    assert {entry["name"]: entry["wiring"] for entry in entries} == WIRING


def test_every_measure_wave_and_modality_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in rows(capsys).items():
        entry = PROTOCOLS[name]
        measures = () if entry.mapped else entry.measures
        words = set(text.replace(",", " ").split())
        assert {*entry.modalities, *measures, *entry.channels} <= words, name
        assert ("register map" in text) == (entry.mapped is not None)


def test_a_protocol_without_a_check_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = rows(capsys)
    for name, entry in PROTOCOLS.items():
        ending = "checked" if entry.checked else "no checksum"
        assert told[name].splitlines()[0].endswith(f"  {ending}")
    unchecked = {name for name, entry in PROTOCOLS.items() if not entry.checked}
    assert {"nonin-df1", "nonin-df8", "contec-old", "berry", "healthypi-v4"} <= unchecked
    assert "no checksum: a damaged byte" in "\n".join(printed(capsys))


def test_its_columns_stand_under_their_headings_and_fit_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    heading, *lines = printed(capsys)
    assert heading.split() == HEADINGS
    assert max(map(len, lines)) <= 80
    for name in HEADINGS[1:]:
        column = heading.index(name)
        table = [line for line in lines if line.split()[:1] and line.split()[0] in PROTOCOLS]
        assert all(line[column - 1] == " " != line[column] for line in table), name


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in document["protocols"]] == list(PROTOCOLS)
    assert document["protocols"][0] == {
        "name": "nonin-df2",
        "modalities": ["pulse_oximetry"],
        "line": "9600 8N1",
        "measures": ["spo2", "pulse_rate"],
        "channels": ["pleth"],
        "quiet_s": 1.0,
        "interval_s": 0.333,
        "evidence": "document",
        "standing": "clinical",
        "checked": True,
        "wiring": WIRING["nonin-df2"],
    }


def test_a_protocol_whose_next_word_nobody_knows_has_no_longest_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["protocols", "--json"])
    entries = json.loads(capsys.readouterr().out)["protocols"]
    assert [entry["name"] for entry in entries if entry["quiet_s"] is None] == ["nonin-df13"]


def test_an_argument_too_many_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "nonin-df2"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "vagt protocols: unrecognized arguments: nonin-df2; see vagt protocols --help\n"
