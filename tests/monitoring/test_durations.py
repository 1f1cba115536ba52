"""Each `DUR` test is one row of the analysis of the bounds between the services' durations."""

from __future__ import annotations

from fractions import Fraction

import pytest
from beds import text
from hypothesis import given
from hypothesis import strategies as st

from monitoring.durations import Band, Reason, durations
from monitoring.elapsed import elapsed
from monitoring.technique import TechniqueError
from vitals.rows import RowsError
from vitals.vocabulary import Airway, Technique

FILE = "durations.toml"
SHIPPED = durations(text(FILE), FILE)
ORDER = ["3021", "3022", "3023", "3024", "3025"]
SECONDS = st.fractions(0, 86400)
PLAIN, TITLE = Reason.WITHIN_BAND, Reason.TITLE_BODY_CONFLICT
HUMAN = Reason.HUMAN_DECIDES


def asked(minutes: str, manner: str) -> tuple[str | None, Reason]:
    """Return the code and why; a manner is a technique, or a technique and an airway."""
    technique, _, airway = manner.partition(" ")
    found = SHIPPED.code(elapsed(minutes), Technique(technique), Airway(airway) if airway else None)
    return found.code, found.reason


DUR: dict[str, list[tuple[str, str, str | None, Reason]]] = {
    "DUR-01 15:00 by mask or sedated is 3022": [
        ("14:59.999", "mask_ga", "3021", PLAIN),
        ("15:00", "mask_ga", "3022", TITLE),
        ("14:59.999", "sedation", "3021", PLAIN),
        ("15:00", "sedation", "3022", PLAIN),
    ],
    "DUR-02 30:00 is 3023": [
        ("29:59.999", "ga tube", "3022", PLAIN),
        ("30:00", "ga tube", "3023", PLAIN),
        ("29:59.999", "sedation", "3022", PLAIN),
        ("30:00", "sedation", "3023", PLAIN),
        ("30:00", "ga none", "3023", TITLE),
    ],
    "DUR-03 60:00 is 3023": [
        ("60:00", "ga tube", "3023", PLAIN),
        ("60:00.001", "ga tube", "3024", PLAIN),
        ("60:00", "sedation", "3023", PLAIN),
        ("60:00.001", "sedation", "3024", PLAIN),
    ],
    "DUR-04 120:00 is 3024": [
        ("120:00", "ga lma", "3024", PLAIN),
        ("120:00.001", "ga lma", "3025", PLAIN),
        ("120:00", "sedation", "3024", PLAIN),
    ],
    "DUR-05 between 60 and 61 there is no gap": [
        ("60:30", "ga tube", "3024", PLAIN),
        ("60.5", "sedation", "3024", PLAIN),
    ],
    "DUR-06 a short one with a tube or mask in the larynx is 3022": [
        ("0", "ga lma", "3022", PLAIN),
        ("10", "ga tube", "3022", PLAIN),
        ("14:59", "ga lma", "3022", PLAIN),
    ],
    "DUR-07 a short sedation is 3021 and 3022 only with a device": [
        ("0", "sedation", "3021", PLAIN),
        ("10", "sedation none", "3021", PLAIN),
        ("10", "sedation mask", "3021", PLAIN),
        ("10", "sedation lma", "3022", PLAIN),
        ("29:59.999", "sedation tube", "3022", PLAIN),
        ("30", "sedation tube", "3023", PLAIN),
        ("60", "sedation tube", "3023", PLAIN),
        ("60:01", "sedation tube", "3024", PLAIN),
        ("120:01", "sedation tube", None, HUMAN),
    ],
    "DUR-08 by mask from 15 to 30 is 3022 against its title": [
        ("20", "mask_ga", "3022", TITLE),
        ("20", "ga mask", "3022", TITLE),
        ("29:59.999", "mask_ga", "3022", TITLE),
    ],
    "DUR-09 by mask from 30 is 3023 against its title and nothing after 60": [
        ("30", "mask_ga", "3023", TITLE),
        ("60", "mask_ga", "3023", TITLE),
        ("60:00.001", "mask_ga", None, HUMAN),
        ("121", "ga mask", None, HUMAN),
    ],
    "DUR-10 sedated over 120 has no code": [
        ("120", "sedation", "3024", PLAIN),
        ("120:00.001", "sedation", None, HUMAN),
    ],
    "DUR-11 intravenous without a device is 3022 or 3023 and never 3021": [
        ("0", "ga none", "3022", TITLE),
        ("29:59.999", "ga none", "3022", TITLE),
        ("30", "ga none", "3023", TITLE),
        ("60", "ga none", "3023", TITLE),
        ("60:00.001", "ga none", None, HUMAN),
    ],
    "DUR-12 a block has no duration": [
        ("5", "block", None, Reason.NO_DURATION),
        ("200", "block none", None, Reason.NO_DURATION),
    ],
}


@pytest.mark.parametrize("row", DUR)
def test_the_code_of_a_duration(row: str) -> None:
    for minutes, manner, code, reason in DUR[row]:
        assert asked(minutes, manner) == (code, reason), (minutes, manner)


@pytest.mark.parametrize(
    ("minutes", "code", "reason"),
    [
        ("14:59.999", None, Reason.AIRWAY_NEEDED),
        ("15:00", "3022", PLAIN),
        ("60:00", "3023", PLAIN),
        ("60:00.001", None, Reason.AIRWAY_NEEDED),
        ("121", None, Reason.AIRWAY_NEEDED),
    ],
)
def test_without_the_airway_there_is_a_code_only_where_all_three_agree(
    minutes: str, code: str | None, reason: Reason
) -> None:
    assert asked(minutes, "ga") == (code, reason)
    three = {asked(minutes, f"ga {airway}")[0] for airway in ("tube", "none", "mask")}
    assert (len(three) == 1) == (code is not None)


@pytest.mark.parametrize("airway", [Airway.LMA, Airway.TUBE])
def test_a_mask_anaesthetic_with_a_device_is_refused(airway: Airway) -> None:
    with pytest.raises(TechniqueError, match="mask_ga has no device in the airway"):
        SHIPPED.code(60, Technique.MASK_GA, airway)


def test_an_answer_says_what_it_rests_on_and_what_of_it_was_decided_here() -> None:
    found = SHIPPED.code(3600, Technique.GA, Airway.TUBE)
    assert found.source.endswith("chapter 8, service 3023, Undersøgelse/behandling, p. 80")
    assert [decision[:5] for decision in found.decisions] == ["60:00"]
    assert SHIPPED.approved_by == ""


def test_where_the_airway_is_missing_every_service_in_question_is_named() -> None:
    source = SHIPPED.code(60, Technique.GA).source
    assert [line.split(", ")[3] for line in source.split("; ")] == ["service 3021", "service 3022"]


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (-1, "3021"),
        (0, "3021"),
        (899.999, "3021"),
        (900, "3022"),
        (1799.999, "3022"),
        (1800, "3023"),
        (3600, "3023"),
        (3600.001, "3024"),
        (7200, "3024"),
        (7200.001, "3025"),
        (1e9, "3025"),
    ],
)
def test_the_level_of_the_time_elapsed_is_the_lowest_code_that_still_fits(
    seconds: float, code: str
) -> None:
    assert SHIPPED.level(seconds) == code
    assert f"service {code}" in SHIPPED.level_source(seconds)


@given(SECONDS, SECONDS)
def test_the_level_never_falls_as_time_goes_by(one: Fraction, other: Fraction) -> None:
    assert SHIPPED.level(min(one, other)) <= SHIPPED.level(max(one, other))


@given(
    st.sampled_from(Technique),
    st.sampled_from(Airway),
    st.tuples(SECONDS, SECONDS).map(sorted),
)
def test_in_no_manner_does_a_code_fall_or_come_back_as_time_goes_by(
    technique: Technique, airway: Airway, moments: list[Fraction]
) -> None:
    if technique is Technique.MASK_GA:
        airway = Airway.MASK
    early, late = (SHIPPED.code(moment, technique, airway).code for moment in moments)
    rank = [*ORDER, None].index
    assert rank(early) <= rank(late)


@given(st.sampled_from(Technique), st.sampled_from(Airway), SECONDS)
def test_no_code_lies_below_the_level_of_its_time(
    technique: Technique, airway: Airway, moment: Fraction
) -> None:
    if technique is Technique.MASK_GA:
        airway = Airway.MASK
    code = SHIPPED.code(moment, technique, airway).code
    assert code is None or code >= SHIPPED.level(moment)


@pytest.mark.parametrize("band", SHIPPED.bands, ids=lambda band: band.id)
def test_no_band_can_be_taken_out(band: Band) -> None:
    number = SHIPPED.bands.index(band)
    parts = text(FILE).split("[[band]]")
    with pytest.raises(RowsError, match="mend the bounds"):
        durations("[[band]]".join(parts[: number + 1] + parts[number + 2 :]), FILE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('manner = "block"', 'manner = "blok"', "[[band]] 21: manner"),
        ("lo = 900\nlo_incl = true", "lo = 901\nlo_incl = true", "mask_ga: from 0 s without end"),
        ("hi = 900\nhi_incl = false", "hi = 900\nhi_incl = true", "mask_ga: from 0 s without end"),
        ("hi = 900", "hi = 0", "[[band]] 1: lo < hi does not hold"),
        ('code = "3021"\n', "", "[[band]] 1: reason: a row with a code fits it"),
        ('code = "3021"', 'code = "3023"', "no code after a higher one"),
        ('code = "3021"', 'code = "3021\\n"', "[[band]] 1: code"),
        ('code = "3025"\nlo = 7200', "lo = 7200", "reason: a row with a code fits it"),
        ("device = false\n", "", "sedation with a device: from 0 s"),
        ('id = "3022.mask_ga"', 'id = "3021.mask_ga"', "'3021.mask_ga' stands twice"),
        ("valid_from = 2019-04-01", 'valid_from = "now"', "valid_from"),
        ('approved_by = ""', "", "approved_by: is missing: add it"),
    ],
)
def test_a_fault_is_named_with_its_file_and_its_row(old: str, new: str, said: str) -> None:
    assert old in text(FILE)
    with pytest.raises(RowsError) as refused:
        durations(text(FILE).replace(old, new, 1), FILE)
    assert all(error.startswith(f"{FILE}: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors), refused.value.errors


def test_bands_that_leave_every_manner_without_a_code_at_some_time_do_not_load() -> None:
    ends = 'code = "3025"\nlo = 7200\nlo_incl = false\nreason = "within_band"'
    assert ends in text(FILE)
    endless = text(FILE).replace(ends, 'lo = 7200\nlo_incl = false\nreason = "human_decides"')
    with pytest.raises(RowsError, match="no manner has a code at every duration"):
        durations(endless, FILE)
