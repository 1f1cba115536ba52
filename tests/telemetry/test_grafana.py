"""The dashboard's queries on a real InfluxQL engine, with points as Vagt writes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from clinicserver import View, dashboard, document, panels
from engines import Influxd, influxd

from telemetry.line import line
from telemetry.series import Point, Series

SITE, BED, OTHER_BED, OTHER_SITE = "KN", "Stue 1/2 (nord)", "Stue 3", "AB"
NOW = round(time.time()) * 1000
START = NOW - 60_000
GAP = range(20, 30)
WINDOW = View(SITE, [BED], START, NOW)
TIMELINES = [name for name in panels() if "(table)" not in name]


def _vital(field: str, value: float, at_s: int, **tags: str) -> Point:
    said = {"bed": BED, "device": "nonin", "origin": "measured"} | tags
    return Point(
        Series("vitals", field, "1", tuple(sorted(said.items()))), START + at_s * 1000, value
    )


def _state(measurement: str, field: str, value: float, at_s: int, **tags: str) -> Point:
    said = {"bed": BED} | tags
    series = Series(measurement, field, "1", tuple(sorted(said.items())))
    return Point(series, START + at_s * 1000, value)


def _course() -> Iterator[Point]:
    """Yield a minute at a bed: one dip of the saturation, and a gap of ten seconds."""
    for second in range(60):
        if second not in GAP:
            yield _vital("spo2", 80.0 if second == 40 else 97.0, second)
            yield _vital("pulse_rate", 110.0, second)
        yield _vital("heart_rate", 112.0, second, device="ivy")
        yield _vital("etco2", 5.2, second, device="capno")
        yield _vital("respiratory_rate", 22.0, second, device="capno")
    yield _vital("spo2", 55.0, 25, kind="spot")
    for name, value in {"systolic": 90.0, "mean": 65.0, "diastolic": 50.0}.items():
        yield _vital(f"nibp_{name}", value, 15, device="suntech")
        yield _vital(f"nibp_{name}", value + 4, 45, device="suntech", quality="questionable")


def _states() -> Iterator[Point]:
    yield _state("alarm", "priority", 2.0, 21, id="spo2_probe_off", device="nonin")
    yield _state("alarm", "priority", 0.0, 30, id="spo2_probe_off", device="nonin")
    yield _state("alarm", "priority", 2.0, 39, id="spo2_low")
    yield _state("alarm", "priority", 3.0, 40, id="spo2_low")
    yield _state("device", "receiving", 1.0, 0, device="nonin", origin="measured")
    yield _state("device", "receiving", 0.0, 20, device="nonin", origin="measured")
    yield _state("device", "receiving", 1.0, 30, device="nonin", origin="measured")
    yield _state("device", "receiving", 1.0, 0, device="ivy", origin="simulated")
    yield _state("case", "running", 1.0, 5)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Influxd]:
    with influxd(tmp_path_factory.mktemp("influxd")) as found:
        mine = [line(point, SITE) for point in (*_course(), *_states())]
        mine.append(line(_vital("spo2", 99.0, -600, bed=OTHER_BED), SITE))
        theirs = [line(_vital("spo2", 33.0, second), OTHER_SITE) for second in range(60)]
        status, said = found.write("\n".join([*mine, *theirs]))
        assert status == 204, said
        yield found


def _drawn(
    engine: Influxd, name: str, target: int = 0, view: View = WINDOW
) -> list[dict[str, Any]]:
    return engine.query(view.asked(panels()[name]["targets"][target]["query"]))


def _values(series: dict[str, Any]) -> list[Any]:
    return [value for _, value, *_ in series["values"]]


@pytest.mark.parametrize("name", panels())
def test_every_query_finds_something(engine: Influxd, name: str) -> None:
    for number in range(len(panels()[name]["targets"])):
        assert _drawn(engine, name, number)


@pytest.mark.parametrize("name", panels())
def test_another_clinic_is_not_among_what_a_query_finds(engine: Influxd, name: str) -> None:
    nobody = View("XX", [BED], START, NOW)
    for number in range(len(panels()[name]["targets"])):
        assert _drawn(engine, name, number, nobody) == []


def test_a_gap_is_told_as_a_gap_and_a_spot_check_does_not_fill_it(engine: Influxd) -> None:
    (series,) = _drawn(engine, "SpO2 (timeseries)")
    assert series["tags"] == {"device": "nonin", "origin": "measured", "quality": ""}
    at = {round((when - START) / 1000): value for when, value in series["values"]}
    assert all(at[second] is None for second in GAP)
    assert at[19] == at[30] == 97.0
    assert at[40] == 80.0


def test_from_afar_the_lowest_saturation_stays_to_be_seen(engine: Influxd) -> None:
    far = View(SITE, [BED], START, NOW, "1m")
    (mean,), (lowest,) = (_drawn(engine, "SpO2 (timeseries)", which, far) for which in (0, 1))
    assert min(found for found in _values(mean) if found is not None) > 90.0
    assert min(found for found in _values(lowest) if found is not None) == 80.0


@pytest.mark.parametrize(
    ("name", "target", "device", "value"),
    [
        ("Heart and pulse rate (/min) (timeseries)", 0, "ivy", 112.0),
        ("Heart and pulse rate (/min) (timeseries)", 1, "nonin", 110.0),
        ("EtCO2 (kPa) (timeseries)", 0, "capno", 5.2),
        ("Respiratory rate (/min) (timeseries)", 0, "capno", 22.0),
    ],
)
def test_a_number_is_drawn_for_its_device(
    engine: Influxd, name: str, target: int, device: str, value: float
) -> None:
    (series,) = _drawn(engine, name, target)
    assert series["tags"]["device"] == device
    assert {found for found in _values(series) if found is not None} == {value}


@pytest.mark.parametrize(("target", "value"), [(0, 90.0), (1, 65.0), (2, 50.0)])
def test_a_blood_pressure_is_a_point_and_a_questionable_one_stands_apart(
    engine: Influxd, target: int, value: float
) -> None:
    found = _drawn(engine, "NIBP (mmHg) (timeseries)", target)
    told = {one["tags"]["quality"]: [v for v in _values(one) if v is not None] for one in found}
    assert told == {"": [value], "questionable": [value + 4]}


def test_an_alarm_that_ended_is_not_among_those_that_last(engine: Influxd) -> None:
    (series,) = _drawn(engine, "Alarms that last (table)")
    assert series["tags"] == {"bed": BED, "device": "", "id": "spo2_low"}
    assert series["values"] == [[START + 40_000, 3]]


def test_every_change_of_an_alarm_is_drawn(engine: Influxd) -> None:
    found = {one["tags"]["id"]: _values(one) for one in _drawn(engine, "Alarms (state-timeline)")}
    assert found == {"spo2_probe_off": [2, 0], "spo2_low": [2, 3]}


def test_where_each_device_stands_is_its_last_word(engine: Influxd) -> None:
    found = {one["tags"]["device"]: one for one in _drawn(engine, "Devices (table)")}
    assert found["nonin"]["values"] == [[START + 30_000, 1]]
    assert found["ivy"]["tags"]["origin"] == "simulated"


def test_every_change_of_a_device_and_of_a_case_is_drawn(engine: Influxd) -> None:
    devices = _drawn(engine, "Devices (state-timeline)")
    assert {one["tags"]["device"]: _values(one) for one in devices}["nonin"] == [1, 0, 1]
    (case,) = _drawn(engine, "Case (state-timeline)")
    assert _values(case) == [1]


def test_the_newest_number_of_each_bed_has_its_own_time(engine: Influxd) -> None:
    both = View(SITE, [BED, OTHER_BED], START, NOW)
    found = _drawn(engine, "Newest number of each bed (table)", view=both)
    times = {one["tags"]["bed"]: [row[0] for row in one["values"]] for one in found}
    assert times == {BED: [START + 59_000], OTHER_BED: [START - 600_000]}


def test_clinics_and_their_beds_can_be_chosen(engine: Influxd) -> None:
    site, bed = (one["query"] for one in dashboard()["templating"]["list"])
    (sites,) = engine.query(site)
    assert [value for _, value in sites["values"]] == [OTHER_SITE, SITE]
    (beds,) = engine.query(WINDOW.asked(bed))
    assert [value for _, value in beds["values"]] == [BED, OTHER_BED]


@pytest.mark.parametrize("name", TIMELINES)
def test_nothing_is_drawn_across_a_gap(name: str) -> None:
    panel = panels()[name]
    assert panel["fieldConfig"]["defaults"]["custom"]["spanNulls"] is False
    queries = " ".join(target["query"] for target in panel["targets"])
    assert ("fill(null)" in queries) == (panel["type"] == "timeseries")
    assert "fill(linear)" not in queries
    assert "fill(previous)" not in queries


def test_every_panel_asks_the_data_source_that_is_provisioned() -> None:
    (source,) = document("grafana/provisioning/datasources/influxdb.yaml")["datasources"]
    assert source["jsonData"]["version"] == "InfluxQL"
    assert source["uid"] == "vagt"
    asking = [*panels().values(), *dashboard()["templating"]["list"]]
    assert {panel["datasource"]["uid"] for panel in asking} == {"vagt"}


def test_no_number_is_coloured_by_a_limit_that_nobody_set() -> None:
    assert all("thresholds" not in panel["fieldConfig"]["defaults"] for panel in panels().values())
