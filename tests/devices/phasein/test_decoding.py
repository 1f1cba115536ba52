from __future__ import annotations

from pathlib import Path

import pytest
from damage import CAPTURES, captured
from phasein_frames import counted, items

from devices.contract import Counts
from vagt.main import main

NAMES = sorted(path.stem for path in (CAPTURES / "phasein").glob("*.vagt"))


def printed(capsys: pytest.CaptureFixture[str], path: Path) -> list[str]:
    assert main(["decode", "phasein", str(path)]) == 0
    return capsys.readouterr().out.splitlines()


def of_capture(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    return printed(capsys, CAPTURES / "phasein" / f"{name}.vagt")


def reading(measure: str, value: str, unit: str, quality: str) -> str:
    head = f'{{"kind":"reading","measure":"{measure}","value":{value}'
    return f'{head},"unit":"{unit}","quality":"{quality}"}}'


def wave(sample: str) -> str:
    return f'{{"kind":"wave","channel":"co2","rate_hz":20,"unit":"kPa","samples":[{sample}]}}'


def test_the_recorded_frame_is_printed_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert of_capture(capsys, "recorded-frame") == [
        '{"kind":"device","state":"receiving"}',
        reading("respiratory_rate", "null", "/min", "unavailable"),
        wave("0.0"),
        '{"kind":"summary","frames":1,"bad_frames":0,"discarded_bytes":0}',
    ]


def test_gases_are_printed_to_the_letter_once_the_pressure_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert of_capture(capsys, "breath-with-sevoflurane") == [
        '{"kind":"device","state":"receiving"}',
        reading("fico2", "null", "kPa", "unavailable"),
        reading("n2o_inspired", "55", "%", "valid"),
        reading("agent_inspired", "null", "%", "unavailable"),
        reading("fio2", "40", "%", "valid"),
        wave("null"),
        reading("respiratory_rate", "14", "/min", "valid"),
        wave("5.318"),
        reading("fico2", "0.1", "kPa", "valid"),
        reading("n2o_inspired", "55", "%", "valid"),
        reading("agent_inspired", "0.0", "%", "valid"),
        reading("fio2", "40", "%", "valid"),
        wave("0.122"),
        reading("etco2", "5.27", "kPa", "valid"),
        reading("n2o_expired", "54", "%", "valid"),
        reading("agent_expired", "1.8", "%", "valid"),
        reading("eto2", "36", "%", "valid"),
        wave("5.318"),
        '{"kind":"summary","frames":4,"bad_frames":0,"discarded_bytes":0}',
    ]


def test_apnoea_and_an_open_adapter_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert of_capture(capsys, "apnoea-adapter-off")[3:-1] == [
        '{"kind":"device","state":"check_adapter"}',
        '{"kind":"device","state":"no_breath"}',
        reading("respiratory_rate", "null", "/min", "invalid"),
        wave("null"),
    ]


def test_a_required_zero_is_printed_with_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    lines = of_capture(capsys, "zero-required")
    assert lines[1] == '{"kind":"device","state":"zero_required"}'
    assert reading("etco2", "5.27", "kPa", "questionable") in lines


@pytest.mark.parametrize("name", ["bad-sum", "too-much-gas"])
def test_damage_is_counted_and_not_printed(name: str) -> None:
    assert counted(captured("phasein", name)) == Counts(1, 1, 21)
    assert len(items(captured("phasein", name))) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_capture_prints_the_same_as_its_bytes(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes(captured("phasein", name))
    assert printed(capsys, raw) == of_capture(capsys, name)


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("phasein", name)
    assert items(data, portion) == items(data)
    assert counted(data, portion) == counted(data)
