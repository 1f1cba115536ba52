from __future__ import annotations

import json

import pytest

from devices.catalogue import PROTOCOLS
from vagt.main import main


def test_the_table_says_of_each_protocol_what_it_reads_and_how(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["protocols"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split() == [
        "PROTOCOL", "MODALITY", "LINE", "MEASURES", "WAVES", "EVIDENCE", "USE",
    ]  # fmt: skip
    assert [row.split()[0] for row in rows] == list(PROTOCOLS)
    nonin = rows[0].split(maxsplit=4)
    assert nonin[:4] == ["nonin-df2", "pulse_oximetry", "9600", "8N1"]
    assert nonin[4].split("  ") == ["spo2, pulse_rate", "pleth", "document", "clinical"]


def test_its_columns_stand_under_their_headings(capsys: pytest.CaptureFixture[str]) -> None:
    main(["protocols"])
    heading, *rows = capsys.readouterr().out.splitlines()
    for name in heading.split()[1:]:
        column = heading.index(name)
        assert all(row[column - 1] == " " != row[column] for row in rows)


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in document["protocols"]] == list(PROTOCOLS)
    assert document["protocols"][0] == {
        "name": "nonin-df2",
        "modality": "pulse_oximetry",
        "line": "9600 8N1",
        "measures": ["spo2", "pulse_rate"],
        "channels": ["pleth"],
        "quiet_s": 1.0,
        "interval_s": 0.333,
        "evidence": "document",
        "standing": "clinical",
    }


def test_an_argument_too_many_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "nonin-df2"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "vagt protocols: unrecognized arguments: nonin-df2; see vagt protocols --help\n"
