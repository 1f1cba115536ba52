from __future__ import annotations

from pathlib import Path

import pytest
from capnostat_frames import counted, items
from damage import CAPTURES, captured, notes, numbers, told, waves

from devices.contract import Counts
from vagt.main import main
from vitals.measure import Measure
from vitals.reading import Note, Quality

NAMES = sorted(path.stem for path in (CAPTURES / "capnostat5").glob("*.vagt"))
ETCO2, RATE = Measure.ETCO2, Measure.RESPIRATORY_RATE


def test_a_start_is_printed_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    path = CAPTURES / "capnostat5" / "started-in-kpa.vagt"
    assert main(["decode", "capnostat5", str(path)]) == 0
    wave = '{"kind":"wave","channel":"co2","rate_hz":100,"unit":"kPa","samples":[5.13]}'
    assert capsys.readouterr().out.splitlines() == [
        '{"kind":"device","state":"receiving"}',
        '{"kind":"device","state":"rebooted"}',
        wave,
        '{"kind":"reading","measure":"etco2","value":5.1,"unit":"kPa","quality":"valid"}',
        wave,
        '{"kind":"reading","measure":"respiratory_rate","value":14,"unit":"/min","quality":"valid"}',
        wave,
        '{"kind":"reading","measure":"fico2","value":0.0,"unit":"kPa","quality":"valid"}',
        wave,
        wave,
        wave.replace("5.13", "0.0"),
        '{"kind":"summary","frames":11,"bad_frames":0,"discarded_bytes":0}',
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_capture_prints_the_same_as_its_bytes(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes(captured("capnostat5", name))
    assert main(["decode", "capnostat5", str(raw)]) == 0
    printed = capsys.readouterr().out
    main(["decode", "capnostat5", str(CAPTURES / "capnostat5" / f"{name}.vagt")])
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("capnostat5", name)
    assert items(data, portion) == items(data)
    assert counted(data, portion) == counted(data)


@pytest.mark.parametrize(
    ("name", "counts"),
    [("bad-sum", Counts(1, 1, 6)), ("cut-frame", Counts(1, 0, 4)), ("lost-frames", Counts(3))],
)
def test_damage_is_counted(name: str, counts: Counts) -> None:
    assert counted(captured("capnostat5", name)) == counts


def test_lost_frames_are_printed_as_null() -> None:
    assert waves(items(captured("capnostat5", "lost-frames"))) == [0.0, None, None, None, 0.01]


def test_old_numbers_in_apnoea_are_printed_as_null() -> None:
    found = items(captured("capnostat5", "apnoea"))
    assert told(found, ETCO2) == told(found, RATE) == [(None, Quality.INVALID)]
    assert waves(found) == [0.0] * 3


def test_nothing_is_believed_of_an_open_adapter_and_a_cold_sensor() -> None:
    found = items(captured("capnostat5", "adapter-off-then-warm"))
    assert told(found, ETCO2) == [
        (None, Quality.INVALID),
        (None, Quality.INVALID),
        (None, Quality.UNAVAILABLE),
    ]
    assert notes(found) == [
        {Note.CHECK_ADAPTER},
        {Note.WARMING_UP, Note.COMPENSATION_NOT_SET},
        set(),
    ]


def test_without_a_unit_only_the_rate_is_a_number() -> None:
    found = items(captured("capnostat5", "unit-unknown"))
    assert numbers(found, ETCO2) == [None]
    assert told(found, RATE) == [(14, Quality.QUESTIONABLE)]
    assert waves(found) == [None] * 3
