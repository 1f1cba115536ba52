from __future__ import annotations

from itertools import pairwise

import pytest
from beds import limits_shipped, text

from monitoring.age import age
from monitoring.limits import Band, Pressure, Range, limit_set
from vitals.rows import RowsError

SHIPPED = limits_shipped()
BANDS = {band.id: band for band in SHIPPED.bands}
HEAD = 'schema = 1\nprofile = "x"\nproposal = true\napproved_by = ""\napproved_on = ""\n'

# hr lo-hi, ext_lo-ext_hi; sbp; map; rr; spo2 lo, desat; etco2 spontaneous, ventilated; apnoea.
TABLE = {
    "neonate": (100, 190, 80, 220, 50, 90, 32, 70, 20, 65, 90, 85, 3.3, 7.3, 4.0, 6.7, 15),
    "infant": (90, 180, 70, 210, 60, 105, 37, 80, 15, 60, 92, 85, 3.3, 7.5, 4.0, 6.7, 15),
    "y1_2": (80, 170, 65, 200, 63, 110, 40, 85, 12, 55, 92, 85, 3.3, 7.5, 4.0, 6.7, 20),
    "y2_5": (70, 155, 60, 185, 66, 115, 42, 88, 10, 50, 92, 85, 3.3, 7.5, 4.0, 6.7, 20),
    "y5_12": (60, 140, 50, 170, 72, 130, 45, 95, 8, 40, 92, 85, 3.5, 7.5, 4.0, 6.7, 20),
    "y12_18": (50, 125, 40, 160, 82, 150, 52, 105, 6, 30, 92, 85, 3.5, 7.5, 4.0, 6.7, 20),
    "adult": (45, 120, 35, 150, 90, 160, 60, 110, 6, 30, 90, 85, 3.5, 7.5, 4.0, 6.7, 20),
}


def numbers(band: Band) -> tuple[float, ...]:
    rate = (band.hr.lo, band.hr.hi, band.hr.ext_lo, band.hr.ext_hi)
    pressure = (band.sbp.lo, band.sbp.hi, band.map.lo, band.map.hi)
    breath = (band.rr.lo, band.rr.hi, band.spo2.lo, band.spo2.desat)
    spontaneous = (band.etco2_spont.lo, band.etco2_spont.hi)
    ventilated = (band.etco2_vent.lo, band.etco2_vent.hi)
    return (*rate, *pressure, *breath, *spontaneous, *ventilated, band.apnoea_s)


def test_there_is_a_band_for_each_row_of_the_table_and_no_other() -> None:
    assert list(BANDS) == list(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_band_holds_the_numbers_of_the_table(name: str) -> None:
    assert numbers(BANDS[name]) == TABLE[name]
    assert BANDS[name].fico2_hi == 0.7


def test_bands_begin_at_birth_and_follow_each_other_without_a_gap() -> None:
    assert [band.since for band in SHIPPED.bands] == ["0d", "28d", "1y", "2y", "5y", "12y", "18y"]


@pytest.mark.parametrize(
    ("below", "band", "above", "following"),
    [
        ("27d", "neonate", "28d", "infant"),
        ("11m", "infant", "12m", "y1_2"),
        ("11m", "infant", "1y", "y1_2"),
        ("23m", "y1_2", "24m", "y2_5"),
        ("4y", "y2_5", "60m", "y5_12"),
        ("11y", "y5_12", "12y", "y12_18"),
        ("17y", "y12_18", "18y", "adult"),
    ],
)
def test_a_band_ends_where_the_next_begins(
    below: str, band: str, above: str, following: str
) -> None:
    assert (SHIPPED.band(age(below)).id, SHIPPED.band(age(above)).id) == (band, following)


def test_the_youngest_and_the_oldest_have_a_band() -> None:
    assert (SHIPPED.band(age("0d")).id, SHIPPED.band(age("120y")).id) == ("neonate", "adult")


@pytest.mark.parametrize("band", SHIPPED.bands, ids=lambda band: band.id)
def test_limits_stand_in_order_and_oxygen_above_its_floor(band: Band) -> None:
    assert band.hr.ext_lo < band.hr.lo < band.hr.hi < band.hr.ext_hi
    assert all(s.lo < s.hi for s in (band.sbp, band.map, band.rr, band.etco2_spont))
    assert band.etco2_vent.lo < band.etco2_vent.hi
    assert band.spo2.lo >= 85
    assert band.spo2.desat < band.spo2.lo


def test_rate_limits_never_rise_with_age() -> None:
    for younger, older in pairwise(SHIPPED.bands):
        rates = [
            (b.hr.ext_lo, b.hr.lo, b.hr.hi, b.hr.ext_hi, b.rr.lo, b.rr.hi) for b in (younger, older)
        ]
        assert all(old <= young for young, old in zip(*rates, strict=True))


def test_low_pressure_limits_never_fall_with_age_nor_within_the_years() -> None:
    bands = [(band.sbp.lo, band.map.lo) for band in SHIPPED.bands]
    years = [(row.sbp_lo, row.map_lo) for row in SHIPPED.pressures]
    around = [bands[1], *years, bands[-1]]
    for lows in (bands, around):
        assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(lows))


def test_every_year_from_the_first_to_adulthood_has_its_own_pressures() -> None:
    assert [row.age for row in SHIPPED.pressures] == list(range(1, 18))


@pytest.mark.parametrize("row", SHIPPED.pressures, ids=lambda row: str(row.age))
def test_low_systolic_pressure_is_a_share_of_the_life_support_value(row: Pressure) -> None:
    teens = 82 if row.age <= 13 else 86
    assert row.sbp_lo == (round(0.88 * (70 + 2 * row.age)) if row.age <= 10 else teens)


def test_low_mean_pressure_rises_in_steps() -> None:
    steps = {1: 40, 2: 42, 5: 45, 8: 48, 12: 52, 15: 56}
    expected = [steps[max(begin for begin in steps if begin <= year)] for year in range(1, 18)]
    assert [row.map_lo for row in SHIPPED.pressures] == expected


def test_labels_of_neighbouring_bands_do_not_overlap() -> None:
    assert [band.label.da for band in SHIPPED.bands] == [
        "Nyfødt (< 28 dage)",
        "Spædbarn (28 dage-11 mdr.)",
        "1 år (12-23 mdr.)",
        "2-4 år",
        "5-11 år",
        "12-17 år",
        "Voksen (≥ 18 år)",
    ]


def test_nobody_has_approved_the_shipped_limits() -> None:
    assert SHIPPED.approved_by == ""


def test_recovery_is_held_to_the_life_support_value_of_each_year() -> None:
    given = {row.age: row.recovery_sbp_lo for row in SHIPPED.pressures}
    assert given == {year: 70 + 2 * year if year <= 10 else 90 for year in range(1, 18)}


def test_recovery_asks_for_more_oxygen_and_more_breaths_the_younger_the_patient() -> None:
    given = {row.band: (row.sbp_lo, row.rr_lo, row.spo2.lo) for row in SHIPPED.awakes}
    assert given == {
        "neonate": (60, 20, 94),
        "infant": (70, 20, 94),
        "y1_2": (72, 15, 94),
        "y2_5": (74, 15, 94),
        "y5_12": (80, 12, 94),
        "y12_18": (90, 10, 94),
        "adult": (90, 8, 94),
    }


def test_recovery_is_nowhere_held_to_less_than_anaesthesia() -> None:
    for band in SHIPPED.bands:
        awake = SHIPPED.awake(band)
        assert awake.sbp_lo >= band.sbp.lo
        assert awake.rr_lo >= band.rr.lo
        assert awake.spo2.lo > band.spo2.lo
    assert all(row.recovery_sbp_lo > row.sbp_lo for row in SHIPPED.pressures)


def test_what_is_shown_and_no_alarm_has_an_age_of_its_own() -> None:
    assert (SHIPPED.infant.below, SHIPPED.infant.hr_lo, SHIPPED.usual.since) == ("6m", 100, "3m")


@pytest.mark.parametrize(
    "given", [{"lo": 9, "hi": 9}, {"ext_lo": 9, "lo": 9}, {"hi": 9, "ext_hi": 8}]
)
def test_a_range_that_does_not_stand_in_order_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        Range(**given)


def errors(old: str, new: str) -> tuple[str, ...]:
    """Return what is said of the shipped file with its first `old` made `new`."""
    shipped = text("limits.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        limit_set(shipped.replace(old, new, 1), "limits.toml")
    return refused.value.errors


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lo = 100, hi = 190", "lo = 100", "[[band]] 1: hr.hi: is missing: add it"),
        ("lo = 100, hi = 190", "lo = 190, hi = 100", "[[band]] 1: hr: ext_lo < lo"),
        ("ext_lo = 80", "ext_lo = 100", "[[band]] 1: hr: ext_lo < lo"),
        ("ext_lo = 80", "ext_lo = nan", "[[band]] 1: hr.ext_lo"),
        ("lo = 50, hi = 90", "lo = 90, hi = 90", "[[band]] 1: sbp: lo < hi"),
        ("lo = 90, desat = 85", "lo = 85, desat = 85", "[[band]] 1: spo2: desat < lo"),
        ("lo = 90, desat = 85", "lo = 920, desat = 85", "[[band]] 1: spo2.lo"),
        ("lo = 90, desat = 85", "lo = 84, desat = 80", "[[band]] neonate: spo2.lo: 84 is below"),
        ('from = "28d"', 'from = "28"', "[[band]] 2: from: age '28' cannot be read"),
        ('from = "28d"', 'from = "2y"', "[[band]]: from: the first is 0d"),
        ('from = "0d"', 'from = "1d"', "[[band]]: from: the first is 0d"),
        ('from = "1y"', 'from = "12m"\nform = "1y"', "[[band]] 3: form: is unknown"),
        ('id = "infant"', 'id = "neonate"', "[[band]] 'neonate' stands twice"),
        (', nb = "2-4 år"', "", "[[band]] 4: label.nb: is missing: add it"),
        ("apnoea_s = 15", "apnoea_s = inf", "[[band]] 1: apnoea_s"),
        ('band = "infant"', 'band = "neonate"', "[[recovery]] 'neonate' stands twice"),
        ('band = "infant"', 'band = "neonate"', "[[recovery]] 'infant' is missing: add it"),
        ('band = "infant"', 'band = "baby"', "[[recovery]] 'baby' is no band: remove it"),
        (
            "lo = 94, desat = 85",
            "lo = 84, desat = 80",
            "[[recovery]] neonate: spo2.lo: 84 is below",
        ),
        ("rr_lo = 20", "rr_lo = nan", "[[recovery]] 1: rr_lo"),
        ('below = "6m"', 'below = "half"', "infant: below: age 'half' cannot be read"),
        ('from = "3m"', 'from = "3"', "usual: from: age '3' cannot be read"),
        ("recovery_sbp_lo = 72", "", "[[pressure]] 1: recovery_sbp_lo: is missing"),
        ("age = 3", "age = 2", "[[pressure]] 'age 2' stands twice"),
        ("spo2_floor = 85", "", "spo2_floor: is missing"),
        ("schema = 1", "schema = 2", "schema:"),
        ("[[pressure]]", "[[presure]]", "presure: is unknown"),
    ],
)
def test_a_fault_is_named_with_its_file_its_row_and_its_key(old: str, new: str, said: str) -> None:
    found = errors(old, new)
    assert all(error.startswith("limits.toml: ") for error in found)
    assert any(said in error for error in found)


@pytest.mark.parametrize("row", [1, 3])
def test_a_band_without_a_source_does_not_load(row: int) -> None:
    head, *bands = text("limits.toml").split("[[band]]")
    parts = "[[band]]".join(["", *bands]).split("source = { document")
    parts[row] = parts[row].split("}", 1)[1]
    parts[row - 1] += parts.pop(row)
    with pytest.raises(RowsError, match=rf"\[\[band\]\] {row}: source: is missing"):
        limit_set(head + "source = { document".join(parts), "limits.toml")


def test_every_fault_of_a_file_is_listed_and_not_the_first_alone() -> None:
    bad = text("limits.toml")
    for old, new in [
        ("schema = 1", "schema = 7"),
        ("lo = 100, hi = 190", "lo = 190, hi = 100"),
        ("lo = 50, hi = 90", "lo = 90, hi = 50"),
        ('from = "28d"', 'from = "a while"'),
        ("age = 17", 'age = "seventeen"'),
    ]:
        bad = bad.replace(old, new, 1)
    with pytest.raises(RowsError) as refused:
        limit_set(bad, "limits.toml")
    said = ["schema", "1: hr", "1: sbp", "2: from", "17: age"]
    assert [part for part in said if not any(part in e for e in refused.value.errors)] == []
    assert len(refused.value.errors) == len(said)


@pytest.mark.parametrize("band", ["band = 3", "band = []", "[band]\nid = 1", "band = [1, 2]"])
def test_bands_in_another_shape_are_refused_and_not_stumbled_over(band: str) -> None:
    with pytest.raises(RowsError) as refused:
        limit_set(f"{HEAD}spo2_floor = 85\n{band}", "limits.toml")
    assert any("band" in error for error in refused.value.errors)


def test_a_file_that_is_no_toml_is_refused_with_the_line() -> None:
    with pytest.raises(RowsError, match="line 2"):
        limit_set("schema = 1\nband = ?\n", "limits.toml")
