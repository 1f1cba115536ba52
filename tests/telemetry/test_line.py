"""Line protocol: any text stays one line, and comes back as it was from the real engine."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from engines import influxd
from hypothesis import given
from hypothesis import strategies as st

from telemetry.line import line
from telemetry.series import Point, Series

AT = 1_795_000_000_123
ODD = st.text(st.characters(), max_size=12)
NASTY = ("Stue 1", "a,b", "a=b", r"a\\", r"\ b", "æøå ✓", '"quoted"', "two\nlines", "#", "a\\,b")


def point(bed: str = "1", value: float = 97.0, field: str = "spo2") -> Point:
    return Point(Series("vitals", field, "%", (("bed", bed), ("device", "d"))), AT, value)


def parsed(text: str) -> tuple[str, dict[str, str], str, str, str]:
    """Read a line back, by the rules of the documentation and none of ours."""
    parts, now, escaped = [[""]], 0, False
    for sign in text:
        if escaped:
            parts[now][-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == " ":
            parts.append([""])
            now += 1
        elif sign in ",=":
            parts[now].append("")
        else:
            parts[now][-1] += sign
    head, values, at = parts
    tags = dict(zip(head[1::2], head[2::2], strict=True))
    return head[0], tags, values[0], values[1], at[0]


def test_a_point_is_a_line_of_floats_and_nanoseconds() -> None:
    assert line(point(), "KN") == "vitals,site=KN,bed=1,device=d spo2=97.0 1795000000123000000"


@given(ODD, ODD, ODD)
def test_any_text_is_one_line_and_is_read_back(site: str, bed: str, field: str) -> None:
    text = line(point(bed, 1.5, f"f{field}"), f"s{site}")
    assert len(text.encode().splitlines()) == len(text.splitlines()) == 1
    name, tags, key, value, at = parsed(text)
    assert (name, value, at) == ("vitals", "1.5", f"{AT}000000")
    assert set(tags) <= {"site", "bed", "device"}
    assert key.startswith("f")
    if bed.isprintable() and bed and "\\" not in bed:
        assert tags["bed"] == bed


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_value_is_a_float_that_reads_back_exactly(value: float) -> None:
    told = parsed(line(point(value=value), "KN"))[3]
    assert float(told) == value
    assert any(sign in told for sign in ".e")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_line(value: float) -> None:
    with pytest.raises(ValueError, match="no finite number"):
        line(point(value=value), "KN")


@pytest.mark.timeout(60)
def test_the_real_engine_takes_every_line_and_keeps_every_tag_and_type(tmp_path: Path) -> None:
    with influxd(tmp_path / "engine") as engine:
        text = "\n".join(line(point(bed, number), "KN") for number, bed in enumerate(NASTY, 1))
        status, body = engine.write(text)
        assert (status, body) == (204, b"")
        (kinds,) = engine.query("SHOW FIELD KEYS FROM vitals")
        assert kinds["values"] == [["spo2", "float"]]
        found = engine.query('SELECT "spo2" FROM vitals GROUP BY "bed"')
        beds = {one["tags"]["bed"]: one["values"] for one in found}
    wanted = {bed.replace("\n", " ").replace("\\", "/") for bed in NASTY}
    assert beds.keys() == wanted
    assert {values[0][0] for values in beds.values()} == {AT}
