"""One case as a FHIR R4B bundle: the same bytes of the same report, with its stamp inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from itertools import chain

import msgspec

from daemon.report.document import Document
from daemon.report.sheet import Sheet, Stage
from daemon.report.stamp import Stamp
from vagt.report.fhir import codes
from vagt.report.fhir.codes import Json
from vagt.report.fhir.marks import marks
from vagt.report.fhir.missing import absences
from vagt.report.fhir.naming import (
    CASE,
    HISTORY,
    PHASE,
    REPORT,
    SERVICE,
    STAMP,
    Naming,
    concept,
    person,
)
from vagt.report.fhir.observing import MONITOR, observations
from vagt.report.fhir.taken import Taken, kept, numbers, pressures
from vitals.reading import Origin
from vitals.vocabulary import Phase
from words.catalogue import Language, Words

VAGT = "Vagt"
_CLASS = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
_EMERGENCY = concept("http://terminology.hl7.org/CodeSystem/v3-ActPriority", "EM")


def written(document: Document, language: Language) -> bytes:
    """Return the bundle of the one case that a report is of, as JSON."""
    return msgspec.json.format(msgspec.json.encode(bundle(document, language)), indent=1) + b"\n"


def bundle(document: Document, language: Language) -> Json:
    """Return it as plain values."""
    stamp, (sheet,) = document.stamp, document.sheets
    naming, taken = Naming(sheet.case), tuple(_taken(sheet))
    entries = chain(
        (_stamped(naming, stamp, language),),
        _devices(naming, document, taken, language),
        (_encounter(naming, sheet),),
        _procedures(naming, sheet),
        observations(taken, codes.load(), naming),
        absences(sheet.lanes, naming),
    )
    return {
        "resourceType": "Bundle",
        "meta": {"tag": [{"system": HISTORY, "code": sheet.history.value}]},
        "language": language.value,
        "identifier": {"system": REPORT, "value": stamp.digest},
        "type": "collection",
        "timestamp": stamp.at,
        "entry": list(entries),
    }


def _taken(sheet: Sheet) -> Iterator[Taken]:
    """Yield everything that was said, then what monitors gave, each as it happened."""
    said = chain(pressures(sheet.pressures), numbers(sheet.entries))
    yield from sorted(said, key=lambda one: one.at)
    yield from sorted(kept(sheet.curves, sheet.readings), key=lambda one: one.at)


def _stamped(naming: Naming, found: Stamp, language: Language) -> Json:
    attachment = {"contentType": "application/json", "title": STAMP}
    attachment["data"] = b64encode(msgspec.json.encode(found)).decode("ascii")
    document = {
        "resourceType": "DocumentReference",
        "status": "current",
        "date": found.at,
        "description": _intended(language),
        "content": [{"attachment": attachment}],
    }
    return naming.entry(document)


def _devices(
    naming: Naming, document: Document, taken: tuple[Taken, ...], language: Language
) -> Iterator[Json]:
    """Yield the recorder, and each monitor that is named: by its name in the configuration."""
    (sheet,) = document.sheets
    recorder = {
        "resourceType": "Device",
        "status": "active",
        "deviceName": [{"name": VAGT, "type": "model-name"}],
        "version": [{"value": document.stamp.made_by}],
        "note": [{"text": _intended(language)}],
    }
    yield naming.entry(recorder, VAGT)
    told = {one.device for one in sheet.alarms if one.device}
    told |= {one.source.device for one in taken if not one.source.history}
    for name in sorted((told | {one.source.device for one in taken}) - {""}):
        meta = {} if name in told else {"meta": marks(Origin.MEASURED, history=True)}
        monitor = {"deviceName": [{"name": name, "type": "user-friendly-name"}]}
        yield naming.entry({"resourceType": "Device"} | meta | monitor, MONITOR, name)


def _intended(language: Language) -> str:
    words = Words(language)
    return f"{words.text('use.supplement')}. {words.text('use.intended')}"


def _encounter(naming: Naming, sheet: Sheet) -> Json:
    stays = [
        {"location": {"display": one.bed}, "period": _period(one.begin, one.end)}
        for one in sheet.stays
    ]
    encounter = {
        "resourceType": "Encounter",
        "identifier": [{"system": CASE, "value": sheet.case}],
        "status": "finished" if sheet.over else "in-progress",
        "class": _CLASS,
        "subject": naming.patient,
        "period": _period(sheet.opened, sheet.over),
        "reasonCode": [{"text": one} for one in sheet.procedures],
        "priority": _EMERGENCY if sheet.emergency else None,
        "location": stays,
    }
    return naming.entry({name: value for name, value in encounter.items() if value})


def _procedures(naming: Naming, sheet: Sheet) -> Iterator[Json]:
    """Yield each anaesthetic, treatment and recovery of the case."""
    for number, stage in enumerate(sheet.stages, 1):
        yield naming.entry(_procedure(naming, sheet, stage), number)


def _procedure(naming: Naming, sheet: Sheet, stage: Stage) -> Json:
    code = concept(PHASE, stage.phase.value)
    code["text"] = f"{sheet.kind.value} {stage.phase.value}"
    if stage.phase is Phase.DURING and sheet.code:
        code["coding"].append({"system": SERVICE, "code": sheet.code})
    by = stage.by or ((sheet.by,) if stage.phase is Phase.DURING else ())
    procedure = {
        "resourceType": "Procedure",
        "status": "completed" if stage.end else "in-progress",
        "code": code,
        "subject": naming.patient,
        "encounter": naming.to("Encounter"),
        "performedPeriod": _period(stage.begin, stage.end),
        "performer": [{"actor": person(one)} for one in by],
        "usedReference": [naming.to("Device", VAGT)],
    }
    return {name: value for name, value in procedure.items() if value}


def _period(begin: str, end: str | None) -> Json:
    return {"start": begin} | ({"end": end} if end else {})
