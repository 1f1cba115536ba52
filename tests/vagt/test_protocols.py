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
        "PROTOCOL", "MODALITY", "LINE", "MEASURES", "WAVES", "EVIDENCE", "USE", "CHECK",
    ]  # fmt: skip
    assert [row.split()[0] for row in rows] == list(PROTOCOLS)
    nonin = [cell.strip() for cell in rows[0].split("  ") if cell.strip()]
    assert nonin[:3] == ["nonin-df2", "pulse_oximetry", "9600 8N1"]
    assert nonin[3:] == ["spo2, pulse_rate", "pleth", "document", "clinical", "checked"]


def test_a_protocol_without_a_check_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    main(["protocols"])
    rows = {row.split()[0]: row for row in capsys.readouterr().out.splitlines()[1:]}
    for name, entry in PROTOCOLS.items():
        assert rows[name].endswith("checked" if entry.checked else "no checksum")
    unchecked = {name for name, entry in PROTOCOLS.items() if not entry.checked}
    assert {"nonin-df1", "nonin-df8", "contec-old", "berry", "healthypi-v4"} <= unchecked


def test_its_columns_stand_under_their_headings(capsys: pytest.CaptureFixture[str]) -> None:
    main(["protocols"])
    heading, *rows = capsys.readouterr().out.splitlines()
    for name in heading.split()[1:]:
        column = heading.index(name)
        assert all(row[column - 1] == " " != row[column] for row in rows), name


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
    }


def test_an_argument_too_many_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["protocols", "nonin-df2"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "vagt protocols: unrecognized arguments: nonin-df2; see vagt protocols --help\n"
