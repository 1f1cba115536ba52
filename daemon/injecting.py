"""Injections held to their rules: before they are given, while the block is open, at its end."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from daemon.clock import local_date
from daemon.config import Config
from daemon.journal.injections import patient
from daemon.library import Library
from daemon.patients import loaded
from daemon.picture import Picture
from daemon.protocol.because import Because, Why
from daemon.protocol.cases import Found
from daemon.protocol.commands import Command, Enter
from daemon.protocol.messages import Refusal
from daemon.refused import HeldError, RefusedError
from daemon.state import Holder
from monitoring.case import Case, Entry
from monitoring.findings import Finding
from monitoring.injection import BlockRules, Circumstances, block_findings, violations
from monitoring.note import names_person
from monitoring.treatmentrules import of
from monitoring.treatments import Treatment
from vitals.competence import Certificate
from vitals.deeds import Give
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.practice import Country
from vitals.series import History
from vitals.vocabulary import CaseKind, Weight


class Injecting:
    """Knows the patient by a key alone, and what was given to the same key before."""

    def __init__(self, config: Config, library: Library, picture: Picture, ward: Holder) -> None:
        clinics = config.practice.clinics
        self._countries = {config.site.code: config.site.country}
        self._countries |= {one.code: one.country for one in clinics}
        self._country = config.site.country
        self._people = {person.initials: person for person in config.people}
        file, countries = config.patients.key_file, {self._country, *self._countries.values()}
        self._patients = {one: loaded(file, one) for one in countries}
        self._picture = picture
        self._ward = ward
        self._rules = BlockRules(
            injection=library.injection,
            treatments=library.treatments,
            steroids=library.steroids,
            competence=library.competence,
            delegation=library.delegation,
        )
        self._after = frozenset(row.id for row in library.injection.pairs if row.when == "after")

    def key(self, case: Case, give: Give, command: Command) -> str:
        """Return the key that goes with an injection, or raise RefusedError.

        Empty where nobody said who it is, and of a service that knows no series. A number typed
        where words belong is refused, for these are kept.
        """
        typed = command.patient if isinstance(command, Enter) else None
        reason = command.reason if isinstance(command, Enter) else ""
        if any(names_person(text) for text in (give.drug, give.site, give.steroid, reason)):
            detail = "a patient's number stands among the words: leave it out, these are kept"
            raise RefusedError(Refusal.BAD_NUMBER, detail, because=Because(Why.PERSON))
        key = "" if typed is None else self._patients[self._at(case)].key(typed)
        before = patient(case)
        if not of(self._rules.treatments.series, case.code):
            return ""
        if key and before and key != before:
            detail = f"another patient's number than before in {case.number}: correct one of them"
            raise RefusedError(Refusal.BAD_NUMBER, detail)
        return key or before

    def holds(self, case: Case, give: Give, now: Instant) -> tuple[str, ...]:
        """Return in spite of what a case has its last injection; refused where nobody said so."""
        held = [one for one in self._found(case, now) if one.weight is Weight.HOLD]
        if held and not give.anyway:
            listed = "; ".join(map(_named, held))
            detail = f"held by {listed}: see to it, or give anyway"
            raise HeldError(detail, _rules(held), tuple(map(_source, held)))
        return _rules(held)

    def findings(self, case: Case, now: Instant) -> tuple[Found, ...]:
        """Return what the rules say of an open block; a reading missing after it is a notice."""
        if case.kind is not CaseKind.BLOCK or case.state.over:
            return ()
        return tuple(
            Found(
                rule=one.rule,
                weight=Weight.NOTICE if one.rule in self._after else one.weight,
                source=one.source,
                approved=one.approved,
            )
            for one in self._found(case, now)
        )

    def violations(self, case: Case, scene: Circumstances) -> tuple[Finding, ...]:
        """Return what was given against a text."""
        return violations(self._rules, case, scene)

    def scene(self, case: Case) -> Circumstances:
        """Return what is so beside a case: by the day and the person of its last injection."""
        given = [one for one in case.told if isinstance(one.deed, Give)]
        last = given[-1] if given else None
        at, key = case.opened if last is None else last.at, patient(case)
        return Circumstances(
            day=local_date(at),
            country=self._at(case),
            patient=key,
            past=self._past(case, key, at) if key else (),
            history=_history(last),
            held=self._certificates(case.by if last is None else _injector(last)),
        )

    def _at(self, case: Case) -> Country:
        """Return whose rules hold of a case: of the clinic by whose code its number begins."""
        return self._countries.get(case.number.partition("-")[0], self._country)

    def _found(self, case: Case, now: Instant) -> tuple[Finding, ...]:
        """Return what the rules say of a case; what has a number just now has been seen."""
        seen = structs.replace(case, seen=case.seen | self._numbers(case, now))
        return block_findings(self._rules, seen, self.scene(case))

    def _past(self, case: Case, key: str, until: Instant) -> tuple[Treatment, ...]:
        """Return what the patient of a key was given in other cases up to a moment."""
        return tuple(
            one.treatment
            for number, given in self._ward.state.given.items()
            for one in given
            if number != case.number
            and one.treatment.patient == key
            and one.at.monotonic <= until.monotonic
        )

    def _certificates(self, initials: str) -> tuple[Certificate, ...] | None:
        """Return the documents of who injects; None where nobody's are on file."""
        person = self._people.get(initials)
        return None if person is None else person.certificate

    def _numbers(self, case: Case, now: Instant) -> frozenset[Measure]:
        """Return what has a current number at the bed of a case."""
        return frozenset(
            measure
            for device in self._picture.views(case.bed, now)
            for measure in device.samples
            if (sample := device.current(measure)) is not None and sample.value is not None
        )


def _injector(entry: Entry) -> str:
    """Return who injected, as far as an entry says: who says so, where nobody else did."""
    give = entry.deed
    if isinstance(give, Give) and give.delegated:
        return give.delegated_to
    return entry.by


def _history(entry: Entry | None) -> History:
    given = None if entry is None else entry.deed
    return given.history if isinstance(given, Give) else History.UNKNOWN


def _rules(held: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(one.rule for one in held)


def _named(found: Finding) -> str:
    return f"{found.rule} ({_source(found)})"


def _source(found: Finding) -> str:
    return found.source if found.approved else f"{found.source}, NOT APPROVED"
