from __future__ import annotations

import pytest
from damage import CAPTURES

from vagt.main import main


def lines(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    assert main(["decode", "medibus", str(CAPTURES / "medibus" / f"{name}.vagt")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_a_gas_page_is_printed_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "gas-page") == [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"reading","measure":"etco2","value":5.07,"unit":"kPa","quality":"questionable"}',
        '{"kind":"reading","measure":"fico2","value":0.0,"unit":"kPa","quality":"valid"}',
        (
            '{"kind":"reading","measure":"respiratory_rate","value":14,"unit":"/min",'
            '"quality":"questionable"}'
        ),
        '{"kind":"summary","frames":1,"bad_frames":0,"discarded_bytes":0}',
    ]


def test_a_failing_supply_is_printed_as_what_the_device_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lines(capsys, "supply-alarms") == [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"device","state":"gas_supply"}',
        '{"kind":"summary","frames":4,"bad_frames":0,"discarded_bytes":0}',
    ]


def test_an_apnoea_is_printed_with_nulls(capsys: pytest.CaptureFixture[str]) -> None:
    printed = lines(capsys, "apnoea-then-breath")
    lost = '{"kind":"reading","measure":"etco2","value":null,"unit":"kPa","quality":"invalid"}'
    assert printed.count(lost) == 2
    assert printed.count('{"kind":"device","state":"no_breath"}') == 1


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("misprints", '{"kind":"summary","frames":2,"bad_frames":2,"discarded_bytes":16}'),
        ("interleaved-page", '{"kind":"summary","frames":3,"bad_frames":0,"discarded_bytes":3}'),
        ("session", '{"kind":"summary","frames":7,"bad_frames":0,"discarded_bytes":0}'),
        ("texts-primus", '{"kind":"summary","frames":2,"bad_frames":0,"discarded_bytes":0}'),
        ("oximeter-page", '{"kind":"summary","frames":2,"bad_frames":0,"discarded_bytes":0}'),
    ],
)
def test_every_byte_of_a_capture_is_accounted_for(
    capsys: pytest.CaptureFixture[str], name: str, summary: str
) -> None:
    assert lines(capsys, name)[-1] == summary
