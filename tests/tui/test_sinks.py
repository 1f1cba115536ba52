"""The streams in the first row: all of them in a wide one, in a narrow one those with trouble."""

from __future__ import annotations

import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.telemetry import Sink, Telemetry
from tui.header import header
from vitals.outward import Link
from words.catalogue import Language

NAMES = {Language.DANISH: "afvist", Language.NORWEGIAN: "avvist", Language.ENGLISH: "refused"}


def sink(name: str, link: Link, oldest_s: float | None = None) -> Sink:
    return Sink(name, link, 0 if oldest_s is None else 9, oldest_s, 5, 0, 1.0)


WELL = (sink("influxdb", Link.UP, 1.0), sink("mqtt", Link.UP))
BEHIND = (sink("influxdb", Link.DOWN, 12.4), sink("mqtt", Link.UP))


def row(
    sinks: tuple[Sink, ...], width: int, language: Language = Language.DANISH, **of: str
) -> str:
    told = Telemetry(scenes.AT, sinks, 0.0, 0, **of)
    sight = sight_of(*scenes.greeting(scenes.DEVICE), told, language=language)
    (found,) = header(sight, width, 1)
    return "".join(span.text for span in found)


def test_in_a_wide_row_every_stream_is_named_with_what_waits() -> None:
    assert "influx ✓  mqtt ✓" in row(WELL, 120)
    assert "influx 12 s  mqtt ✓" in row(BEHIND, 120)


def test_in_a_narrow_row_only_what_is_behind_is_named() -> None:
    assert "influx" not in row(WELL, 80)
    assert "influx 12 s" in row(BEHIND, 80)
    assert "mqtt" not in row(BEHIND, 80)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_what_somebody_has_to_mend_is_said_beside_bed_and_time(
    language: Language, width: int
) -> None:
    refused = (sink("influxdb", Link.REFUSED, 4000.0), sink("mqtt", Link.REFUSED))
    shown = row(refused, width, language)
    assert f"influx {NAMES[language]}  mqtt {NAMES[language]}" in shown
    assert "10:42:07" in shown
    assert f" {scenes.BED} " in shown
    assert "…" not in shown


def test_a_stream_that_is_down_with_nothing_to_send_says_so() -> None:
    assert "mqtt –" in row((sink("mqtt", Link.DOWN),), 120)


def test_a_history_that_is_not_kept_is_said_without_any_server() -> None:
    assert "HISTORIK FEJLER" in row((), 80, failing="disk full")
    assert "HISTORIK" not in row((), 120)
