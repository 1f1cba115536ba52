from __future__ import annotations

import pytest
from damage import CAPTURES

from vagt.main import main


def lines(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    assert main(["decode", "capnostream", str(CAPTURES / "capnostream" / f"{name}.vagt")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_breathing_is_printed_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "breathing") == [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"reading","measure":"etco2","value":5.07,"unit":"kPa","quality":"valid"}',
        '{"kind":"reading","measure":"fico2","value":0.0,"unit":"kPa","quality":"valid"}',
        '{"kind":"reading","measure":"respiratory_rate","value":14,"unit":"/min","quality":"valid"}',
        '{"kind":"reading","measure":"spo2","value":98,"unit":"%","quality":"valid"}',
        '{"kind":"reading","measure":"pulse_rate","value":72,"unit":"/min","quality":"valid"}',
        '{"kind":"wave","channel":"co2","rate_hz":20,"unit":"kPa","samples":[1.667]}',
        '{"kind":"wave","channel":"co2","rate_hz":20,"unit":"kPa","samples":[4.966]}',
        '{"kind":"wave","channel":"co2","rate_hz":20,"unit":"kPa","samples":[4.966]}',
        '{"kind":"summary","frames":5,"bad_frames":0,"discarded_bytes":0}',
    ]


def test_a_line_that_is_off_is_printed_as_nulls_and_as_what_the_device_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = lines(capsys, "sampling-line-off")
    assert '{"kind":"device","state":"check_sampling_line"}' in printed
    wave = '{"kind":"wave","channel":"co2","rate_hz":20,"unit":"kPa","samples":[null]}'
    assert printed.count(wave) == 1


def test_a_patients_identity_is_never_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "PATIENT" not in "".join(lines(capsys, "patient-named"))


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("damaged", '{"kind":"summary","frames":1,"bad_frames":3,"discarded_bytes":39}'),
        ("no-breath-probe-off", '{"kind":"summary","frames":1,"bad_frames":0,"discarded_bytes":0}'),
        ("patient-named", '{"kind":"summary","frames":3,"bad_frames":0,"discarded_bytes":0}'),
        ("volume-percent", '{"kind":"summary","frames":2,"bad_frames":0,"discarded_bytes":0}'),
    ],
)
def test_every_byte_of_a_capture_is_accounted_for(
    capsys: pytest.CaptureFixture[str], name: str, summary: str
) -> None:
    assert lines(capsys, name)[-1] == summary
