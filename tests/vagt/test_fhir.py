"""A case as FHIR: valid by itself, the same bytes each time, and nobody's name in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import reports
from fhir.resources.R4B.bundle import Bundle
from filed import filed, place_of, report
from months import BED, Journal, Made, moment
from msgspec import structs

from daemon.journal.events import CaseEntered
from daemon.report.making import ReportError
from daemon.report.sheet import Gap, Lane, Pressure
from vagt.report.fhir import bundle, codes, form
from vagt.report.fhir.marks import KEPT
from vagt.report.fhir.missing import absences
from vagt.report.fhir.naming import CASE, Naming
from vagt.report.fhir.observing import UCUM, observations
from vagt.report.fhir.reading import lasting
from vagt.report.fhir.taken import Source, Taken, Value, curve, pressures
from vagt.report.fhir.validating import checked
from vitals import deeds
from vitals.measure import Measure
from vitals.reading import Origin
from vitals.vocabulary import Basis, CaseKind, GapCause, Modality, Phase
from words.catalogue import Language

pytestmark = pytest.mark.timeout(120)
AT = "2026-11-02T08:06:00Z"
MONDAY = date(2026, 11, 2)
SECRET = ("Karen", "Hansen", "ring til mor", "010190-1234", "0101901234")
Resources = dict[str, list[dict[str, Any]]]


def written() -> tuple[Journal, str, str]:
    """Return a day of a case of which much was typed, and of one that is still open."""
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    case = journal.case(moment(MONDAY, "08:05"), Made(alarms=("spo2_low",)))
    still = journal.case(moment(MONDAY, "09:05"), Made(home=False))
    told: tuple[deeds.Said, ...] = (
        deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=104.0),
        deeds.Measured(measure=Measure.SPO2, value=97.0),
        deeds.Measured(measure=Measure.ETCO2, value=5.2),
        deeds.Measured(measure=Measure.HEART_RATE, value=333.0),
        deeds.Correct(entry=93, reason="Karen Hansen, 010190-1234"),
        deeds.HandOver(to="MK", instruction="ring til mor, Karen Hansen", bp_lowering=False),
    )
    for place, deed in enumerate(told, 90):
        at = moment(MONDAY, "08:10") + place
        journal.add(at, CaseEntered(case, BED, place, deed, 0.0, "AS"))
    return journal, case, still


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str, Path]:
    journal, case, still = written()
    place = place_of(tmp_path_factory.mktemp("clinic"), journal)
    return place, case, still, fhir(place, "case.fhir.json", case)


def fhir(place: Path, name: str, case: str, *words: str) -> Path:
    return filed(place, name, "--format", "fhir", *words, days=("--case", case))


def resources(text: bytes) -> Resources:
    """Return what is in a bundle by its kind."""
    found: Resources = {}
    for entry in json.loads(text)["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def coded(resource: dict[str, Any]) -> set[str]:
    return {one["code"] for one in resource["code"].get("coding", ())}


def observed(*rows: Taken) -> list[dict[str, Any]]:
    found = observations(rows, codes.load(), Naming("KN-261102-001"))
    return [one["resource"] for one in found]


def held(entries: Iterable[dict[str, Any]]) -> None:
    checked(
        msgspec.json.encode({"resourceType": "Bundle", "type": "collection", "entry": [*entries]})
    )


def test_a_case_is_a_bundle_that_fhir_resources_takes(
    made: tuple[Path, str, str, Path],
) -> None:
    _, case, _, file = made
    found = Bundle.model_validate_json(file.read_bytes())
    assert found.type == "collection"
    assert set(resources(file.read_bytes())) == {
        "DocumentReference",
        "Device",
        "Encounter",
        "Procedure",
        "Observation",
    }
    (encounter,) = resources(file.read_bytes())["Encounter"]
    assert encounter["identifier"] == [{"system": CASE, "value": case}]
    assert (encounter["status"], encounter["location"][0]["location"]["display"]) == (
        "finished",
        BED,
    )


def test_every_reference_within_it_leads_to_something_in_it(
    made: tuple[Path, str, str, Path],
) -> None:
    text = made[3].read_text("utf-8")
    urls = [entry["fullUrl"] for entry in json.loads(text)["entry"]]
    assert len(urls) == len(set(urls))
    led = {line.split('"')[3] for line in text.splitlines() if '"reference"' in line}
    assert led
    assert led <= set(urls)


def test_the_patient_is_the_number_of_the_case_and_nothing_else(
    made: tuple[Path, str, str, Path],
) -> None:
    _, case, _, file = made
    found = resources(file.read_bytes())
    assert "Patient" not in found
    told = [one["subject"] for kind in ("Procedure", "Observation") for one in found[kind]]
    assert told == [Naming(case).patient] * len(told)
    assert not any(secret in file.read_text("utf-8") for secret in SECRET)


def test_what_was_typed_has_its_codes_its_unit_and_who_typed_it(
    made: tuple[Path, str, str, Path],
) -> None:
    found = resources(made[3].read_bytes())["Observation"]
    by = {one["code"].get("text"): one for one in found}
    spo2, co2 = by["spo2"], by["etco2"]
    assert {"150456", "59408-5", "2708-6"} == coded(spo2)
    assert (spo2["valueQuantity"]["value"], spo2["valueQuantity"]["code"]) == (97, "%")
    assert (co2["valueQuantity"]["value"], co2["valueQuantity"]["code"]) == (5.2, "kPa")
    assert spo2["performer"] == [{"type": "Practitioner", "display": "AS"}]
    assert spo2["effectiveDateTime"].startswith("2026-11-02T")
    (share,) = (one for one in found if coded(one) == {"NPU27280"})
    assert (share["valueQuantity"]["value"], share["valueQuantity"]["code"]) == (0.97, "1")
    assert share["derivedFrom"]


def test_what_a_correction_struck_is_not_told(made: tuple[Path, str, str, Path]) -> None:
    text = made[3].read_text("utf-8")
    assert '"heart_rate"' not in text
    assert "333" not in text


def test_a_pressure_that_was_not_told_is_absent_and_no_number(
    made: tuple[Path, str, str, Path],
) -> None:
    found = resources(made[3].read_bytes())["Observation"]
    (panel,) = (one for one in found if one["code"].get("text") == "nibp")
    assert coded(panel) == {"150020", "85354-9"}
    assert "valueQuantity" not in panel
    high, low = panel["component"]
    assert coded(high) == {"150021", "8480-6", "NPU57947"}
    assert (high["valueQuantity"]["value"], high["valueQuantity"]["code"]) == (104, "mm[Hg]")
    assert coded(low) == {"150022", "8462-4", "NPU57948"}
    assert low["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert "valueQuantity" not in low


def test_rows_of_a_monitor_are_told_as_its_own() -> None:
    said = Pressure(AT, 120, 70, "AS", manual=False)
    (taken_over,) = observed(*pressures([said]))
    assert taken_over["method"]["coding"][0]["code"] == "measured"
    nonin = Source(Origin.MEASURED, device="nonin")
    (absent,) = observed(Taken(AT, (Value(Measure.SPO2, None),), nonin))
    assert absent["dataAbsentReason"]
    assert "valueQuantity" not in absent
    assert absent["device"] == Naming("KN-261102-001").to("Device", "monitor", "nonin")
    (bare,) = observed(Taken(AT, (Value(Measure.TOF_RATIO, 90.0),)))
    assert bare["code"] == {"text": "tof_ratio"}


def test_a_curve_is_means_with_their_lowest_and_highest_marked_as_of_the_history() -> None:
    source = Source(Origin.SIMULATED, device="co2", history=True)
    rows = curve(Measure.ETCO2, "mm[Hg]", [(AT, 38.0, 35.0, 41.0)], source)
    (one,) = observed(*rows)
    assert one["meta"] in KEPT
    assert one["meta"]["security"][0]["code"] == "HTEST"
    told = {"value": 38.0, "unit": "mm[Hg]", "system": UCUM, "code": "mm[Hg]"}
    assert one["valueQuantity"] == told
    assert [part["valueQuantity"]["value"] for part in one["component"]] == [35.0, 41.0]


def test_what_is_of_the_history_is_not_held_to_the_journal() -> None:
    said = Taken(AT, (Value(Measure.SPO2, 97.0),))
    kept = Taken(AT, (Value(Measure.SPO2, 96.0),), Source(Origin.MEASURED, history=True))
    whole, gone = (
        msgspec.json.encode({"entry": list(observations(rows, codes.load(), Naming("X")))})
        for rows in ((kept, said), (said,))
    )
    assert whole != gone
    assert lasting(whole) == lasting(gone)


def test_a_gap_is_absent_with_its_reason_and_a_dead_recorder_is_another() -> None:
    since, until = "2026-11-02T08:05:00Z", "2026-11-02T08:08:00Z"
    gaps = (
        Gap(since, AT, (GapCause.NOT_ATTACHED,), counts=True, documented=True),
        Gap(AT, until, (GapCause.RECORDER_DOWN,), counts=True, documented=False),
    )
    lanes = [
        Lane(basis, Modality.PULSE_OXIMETRY, Phase.DURING, 0, "r", (), gaps, 0, 0, 0, 0, 0)
        for basis in (Basis.CONTRACT, Basis.ADVISORY)
    ]
    entries = list(absences(lanes, Naming("KN-261102-001")))
    found = [one["resource"] for one in entries]
    told = [[code["code"] for code in one["dataAbsentReason"]["coding"]] for one in found]
    assert told == [["not-performed", "not_attached"], ["unknown", "recorder_down"]]
    assert not any("valueQuantity" in one for one in found)
    held(entries)


@pytest.mark.parametrize("measure", tuple(Measure))
def test_every_measure_is_told_as_valid_fhir(measure: Measure) -> None:
    rows = [Taken(AT, (Value(measure, 7.0),)), Taken(AT, (Value(measure, 7.0, 6.0, 8.0),))]
    held(observations(rows, codes.load(), Naming("KN-261102-001")))


def test_each_measure_with_a_number_of_11073_has_its_name_and_none_other() -> None:
    assert set(codes.load().names) == {one for one in Measure if one.form.mdc is not None}


def test_every_odd_case_is_valid_and_tells_each_cause_of_a_gap_and_each_monitor(
    tmp_path: Path,
) -> None:
    whole = reports.place(tmp_path, reports.busy(4)).month(sheets=True)
    first, *others = whole.sheets
    odd = structs.replace(
        reports.gapped(first), emergency=True, procedures=("ent:3022",), kind=CaseKind.BLOCK
    )
    texts = [
        bundle.written(structs.replace(whole, sheets=(one,)), Language.DANISH)
        for one in (odd, *others)
    ]
    for text in texts:
        checked(text)
    found = resources(texts[0])
    gaps = [one for one in found["Observation"] if "effectivePeriod" in one]
    causes = {code["code"] for one in gaps for code in one["dataAbsentReason"]["coding"][1:]}
    assert causes == {cause.value for cause, *_ in reports.CAUSES}
    names = [one["deviceName"][0]["name"] for one in found["Device"]]
    assert names == ["Vagt", "ox"]
    assert "æøå" not in texts[0].decode()


def test_the_same_case_is_the_same_bytes(made: tuple[Path, str, str, Path]) -> None:
    place, case, _, file = made
    assert fhir(place, "again.fhir.json", case).read_bytes() == file.read_bytes()


def test_a_case_that_is_open_is_told_as_that(made: tuple[Path, str, str, Path]) -> None:
    place, _, still, _ = made
    text = fhir(place, "open.fhir.json", still).read_bytes()
    (encounter,) = resources(text)["Encounter"]
    assert encounter["status"] == "in-progress"
    assert "end" not in encounter["period"]
    assert {one["status"] for one in resources(text)["Procedure"]} == {"completed", "in-progress"}


@pytest.mark.parametrize("language", tuple(Language))
def test_it_says_what_it_is_for_in_each_language_and_is_verified(
    made: tuple[Path, str, str, Path], language: Language
) -> None:
    place, case, _, _ = made
    file = fhir(place, f"{language.value}.fhir.json", case, "--lang", language.value)
    recorder, *_ = resources(file.read_bytes())["Device"]
    told = {"da": "Supplement", "nb": "Supplement", "en": "Supplement"}
    assert recorder["note"][0]["text"].startswith(told[language.value])
    code, said, _ = report(place, "verify", str(file))
    assert (code, said.split(":")[0]) == (0, "same")


@pytest.mark.parametrize(
    ("old", "new"), [('"value": 97,', '"value": 98,'), ('"display": "AS"', '"display": "BS"')]
)
def test_a_bundle_that_was_altered_is_told(
    made: tuple[Path, str, str, Path], old: str, new: str
) -> None:
    place, _, _, file = made
    text = file.read_text("utf-8")
    assert old in text
    (place / "altered.json").write_text(text.replace(old, new, 1), "utf-8")
    code, said, _ = report(place, "verify", str(place / "altered.json"))
    assert code == 1
    assert "bundle" in said
    assert "altered" in said


@pytest.mark.parametrize(
    "text",
    ['{"resourceType": "Bundle", "entry": []}', '{"resourceType": "Patient"}', "{"],
)
def test_other_fhir_is_no_report(made: tuple[Path, str, str, Path], text: str) -> None:
    place = made[0]
    (place / "other.json").write_text(text, "utf-8")
    code, _, wrong = report(place, "verify", str(place / "other.json"))
    assert (code, wrong.count("\n")) == (2, 1)
    assert "is no report of vagt" in wrong


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-11-02"),
        ("--case", "KN-261102-001", "--for", "clinic"),
        ("--from", "2026-11-02", "--for", "clinic", "--clinic", "KN"),
    ],
)
def test_fhir_of_days_or_for_a_clinic_is_refused_in_one_line(
    made: tuple[Path, str, str, Path], words: tuple[str, ...]
) -> None:
    place = made[0]
    code, out, wrong = report(place, *words, "--format", "fhir", "-o", str(place / "none.json"))
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert "FHIR is of one case" in wrong
    assert not (place / "none.json").exists()


def test_without_what_validates_it_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(form, "find_spec", lambda _: None)
    document: Any = None
    with pytest.raises(ReportError, match=r"pip install 'vagt\[fhir\]'"):
        form.write(document, Language.ENGLISH, tmp_path / "none.json")
    assert not (tmp_path / "none.json").exists()


def test_a_bundle_that_is_no_fhir_is_not_written() -> None:
    with pytest.raises(ReportError, match="no FHIR R4B"):
        checked(b'{"resourceType": "Bundle", "type": "heap"}')
