"""SR-050, SR-073, SR-075 to SR-082: where, beside what, with what, by whom, how soon again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from beds import text
from blocks import DAY, KNOWN, found, given, only
from msgspec.structs import replace

from monitoring.treatmentrules import treatment_rules
from monitoring.treatments import Activation, Apparatus
from vitals.rows import RowsError
from vitals.vocabulary import Part, Side, Weight

ACTIVE = replace(KNOWN, activations=(Activation("5000", "Region Nordjylland", DAY, "no. 7"),))
ANAESTHETICS = ("3021", "3022", "3023", "3024", "3025")


@pytest.mark.parametrize("part", [*Part, None])
def test_2635_is_given_in_the_lumbar_or_sacral_part_alone(part: Part | None) -> None:
    allowed = part in {Part.LUMBAR, Part.SACRAL}
    assert found([], given("2635", part=part)) == ([] if allowed else ["hold 2635.place"])


@pytest.mark.parametrize("part", [*Part, None])
def test_5000_is_given_in_arms_and_legs_alone(part: Part | None) -> None:
    allowed = part in {Part.ARM, Part.LEG}
    expected = [] if allowed else ["hold 5000.place"]
    assert found([given("3023")], given("5000", part=part), ACTIVE) == expected


@pytest.mark.parametrize(
    ("part", "side", "meant"),
    [
        (Part.CERVICAL, Side.LEFT, True),
        (Part.THORACIC, Side.RIGHT, True),
        (Part.LUMBAR, Side.LEFT, True),
        (Part.SACRAL, Side.LEFT, False),
        (Part.LUMBAR, Side.BOTH, False),
        (Part.LUMBAR, None, False),
    ],
)
def test_2637_is_meant_for_one_side_from_neck_to_low_back(
    part: Part, side: Side | None, *, meant: bool
) -> None:
    expected = [] if meant else ["notice 2637.place"]
    assert found([], given("2637", part=part, side=side)) == expected


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_5000_goes_with_an_anaesthetic_of_the_same_day(code: str) -> None:
    assert found([given(code)], given("5000"), ACTIVE) == []
    assert found([given(code, -1)], given("5000"), ACTIVE) == ["hold 5000.company"]
    assert found([given(code, patient="b2")], given("5000"), ACTIVE) == ["hold 5000.company"]


def test_5000_exists_only_where_and_from_when_the_region_has_activated_it() -> None:
    day = [given("3023")]
    assert found(day, given("5000")) == ["hold 5000.region"]
    assert found(day, given("5000"), ACTIVE) == []
    later = [replace(ACTIVE.activations[0], since=DAY + timedelta(days=1))]
    assert found(day, given("5000"), replace(KNOWN, activations=later)) == ["hold 5000.region"]


@pytest.mark.parametrize("code", ["2265", "2266"])
def test_an_interpreters_addition_goes_with_an_anaesthetic(code: str) -> None:
    for other in ANAESTHETICS:
        assert found([given(other)], given(code)) == []
    assert found([], given(code)) == [f"notice {code}.company"]


def test_2641_is_combined_with_2626_and_2637_and_with_others_on_advice() -> None:
    scan = given("2641")
    assert found([given("2626"), given("2637")], scan) == []
    for code in ("2620", "2622", "2623", "2624", "2635", "2638", "2639", "2640"):
        told = only([given(code)], scan)
        assert (told.weight, told.rule) == (Weight.ADVICE, "2641.combination")
        assert not told.approved


NEEDS = {
    "2620": {Apparatus.COUCH},
    "2622": {Apparatus.COUCH, Apparatus.ULTRASOUND, Apparatus.OXIMETER},
    "2623": {Apparatus.COUCH},
    "2624": {Apparatus.COUCH},
    "2626": {Apparatus.COUCH, Apparatus.ULTRASOUND},
    "2635": {
        Apparatus.COUCH,
        Apparatus.PRESSURE,
        Apparatus.OXIMETER,
        Apparatus.COMPLICATIONS,
    },
    "2637": set(Apparatus),
    "2638": {Apparatus.COUCH},
    "2639": {Apparatus.COUCH},
    "2640": {Apparatus.COUCH},
    "2641": {Apparatus.ULTRASOUND},
    "5000": {Apparatus.ULTRASOUND},
}


@pytest.mark.parametrize("code", NEEDS)
@pytest.mark.parametrize("missing", Apparatus)
def test_what_a_service_needs_stands_ready_and_nothing_else_is_asked(
    code: str, missing: Apparatus
) -> None:
    setting = replace(ACTIVE, ready=frozenset(set(Apparatus) - {missing}))
    expected = [f"hold {code}.equipment"] if missing in NEEDS[code] else []
    assert found([given("3023")], given(code), setting) == expected


def test_where_nobody_said_what_stands_ready_nothing_is_found_missing() -> None:
    assert found([], given("2637"), replace(KNOWN, ready=None)) == []


def test_a_lidocaine_patch_is_put_on_once_a_day() -> None:
    assert only([given("2638")], given("2638")).earliest == DAY + timedelta(days=1)
    assert found([given("2638")], given("2638", 1)) == []


@pytest.mark.parametrize("code", ["2639", "2640"])
def test_capsaicin_and_botulinum_toxin_come_again_after_three_calendar_months(code: str) -> None:
    past = [given(code, day=date(2026, 11, 30))]
    early = only(past, given(code, day=date(2027, 2, 27)))
    assert (early.weight, early.rule) == (Weight.HOLD, f"{code}.spacing")
    assert early.earliest == date(2027, 2, 28)
    assert found(past, given(code, day=date(2027, 2, 28))) == []
    assert found(past, given(code, day=date(2027, 1, 1), site="there")) == []


@pytest.mark.parametrize("code", ["2623", "2624"])
def test_a_course_has_six_treatments_and_no_seventh(code: str) -> None:
    past = [given(code, n, effect=True) for n in range(6)]
    assert found(past[:5], past[5]) == []
    assert found(past, given(code, 6)) == [f"hold {code}.course"]
    assert found(past, given(code, 6, course="another")) == []


def test_acupuncture_ends_after_three_without_effect() -> None:
    past = [given("2624", n, effect=False) for n in range(3)]
    assert found(past[:2], past[2]) == []
    assert found(past, given("2624", 3)) == ["hold 2624.without_effect"]
    for effect in (True, None):
        judged = [*past[:2], given("2624", 2, effect=effect)]
        assert found(judged, given("2624", 3)) == []


def test_the_first_acupuncture_and_needles_on_the_thorax_are_the_specialists() -> None:
    first = given("2624", by_specialist=False)
    assert found([], first) == ["hold 2624.first"]
    assert found([], given("2624")) == []
    assert found([given("2624")], given("2624", 1, by_specialist=False)) == []
    thorax = given("2624", 1, by_specialist=False, part=Part.THORACIC)
    assert found([given("2624")], thorax) == ["hold 2624.thorax"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("most_mg = 40", "most_mg = inf", "[[ceiling]] 1: most_mg"),
        ("most_mg = 40", 'most_mg = "40"', "[[ceiling]] 1: most_mg"),
        ('id = "2622.series"', 'id = "2620.series"', "'2620.series' stands twice"),
        ('id = "2622.fee"', 'id = "2622.series"', "'2622.series' stands twice"),
        ('counts = "steroid"', 'counts = "some"', "[[series]] 1: counts"),
        ("least_days = 14", "", "[[interval]] 1: least_days: is missing: add it"),
        ('parts = ["arm", "leg"]', 'parts = ["wing"]', "[[place]] 3: parts"),
        ("months = 6", "months = 0", "[[renewal]] 1: months"),
        ('of = "points"', 'of = "needles"', "[[amount]] 1: of"),
        ("[[amount]]", "[[amuont]]", "amuont: is unknown: remove it"),
        ('of = "long_gap"', 'of = "mixed_gap"', "[[reading]] of 'long_gap' is missing: add it"),
        ('id = "2622.renewal"\ncode = "2622"', 'id = "x"\ncode = "2623"', "[[renewal]]: a series"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_of_a_treatment_row_is_named(old: str, new: str, said: str) -> None:
    shipped = text("treatments.toml")
    assert old in shipped
    with pytest.raises(RowsError) as refused:
        treatment_rules(shipped.replace(old, new, 1), "treatments.toml")
    assert all(error.startswith("treatments.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)


def test_a_row_without_a_source_does_not_load() -> None:
    bare = text("treatments.toml").replace("source = ", "# ")
    with pytest.raises(RowsError) as refused:
        treatment_rules(bare, "t")
    assert all("source: is missing" in error for error in refused.value.errors)
