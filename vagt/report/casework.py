"""What the cases of some days came to, in sections."""

from __future__ import annotations

from collections.abc import Iterator

from daemon.month.totals import totals
from daemon.protocol.month import CaseLine, Month
from daemon.report.term import Term
from tui.balance import without
from tui.verdict import ground
from vagt.report.overview import RESULTS, counts
from vagt.report.section import Section, section
from vagt.report.speech import ABSENT, Speech, joined, local
from vitals.practice import Responsible

_OWN = (Responsible.ANAESTHESIOLOGIST,)


def sections(speech: Speech, term: Term) -> Iterator[Section]:
    """Yield what was done and what it came to."""
    sums = term.sums
    yield _performed(speech, term)
    heads = " ".join(("code +cases", *(f"+{one}" for one in RESULTS)))
    yield section(speech, "codes", heads, _codes(speech, sums), _OWN)
    yield section(
        speech, "cases", "case at code result advised remarks", _cases(speech, sums), _OWN
    )
    yield section(speech, "waivers", "case at what reason by", _waivers(speech, sums), _OWN)
    yield section(speech, "cancelled", "day case why", _cancelled(speech, sums), _OWN)
    heads = "alarm priority +count +per_hour"
    yield section(speech, "alarms", heads, _alarms(speech, sums), _OWN)
    yield section(speech, "downtime", "begin end +watched", _downtime(speech, sums), _OWN)


def _performed(speech: Speech, term: Term) -> Section:
    rows = (
        (one.by, one.code or ABSENT, joined((*one.procedures, one.drug), " "), str(one.cases))
        for one in term.performed
    )
    return section(speech, "performed", "by code procedures +cases", rows, _OWN)


def _codes(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    """Yield each service with what its cases came to by the contract."""
    for one in sums.codes:
        own = [case for case in sums.cases if case.code == one.code]
        named = one.code or speech.words.text("owner.uncoded")
        yield named, str(one.cases), *counts(totals(own, lambda case: case.result))


def _cases(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    for one in sums.cases:
        result = verdict(speech, one)
        advised = ABSENT
        if one.advised is not None:
            advised = speech.words.named("verdict", one.advised.value)
        code = one.code or speech.words.text("owner.uncoded")
        yield one.case, speech.moment(one.at), code, result, advised, joined(_remarks(speech, one))


def verdict(speech: Speech, one: CaseLine) -> str:
    """Return what a case came to by the contract, or why nothing is said of it."""
    if one.result is not None:
        return speech.words.named("verdict", one.result.value)
    return speech.words.text("owner.running" if one.open else "owner.unjudged")


def _remarks(speech: Speech, one: CaseLine) -> Iterator[str]:
    words = speech.words
    yield from (ground(words, reason) for reason in one.reasons)
    yield from (speech.text("advised", what=ground(words, reason)) for reason in one.advice)
    if one.emergency:
        yield words.text("case.was_emergency")
    if one.fits:
        yield speech.text("fits", code=one.fits)
    if one.waived:
        yield words.text("owner.waiver")


def _waivers(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    words = speech.words
    for case in sums.cases:
        for one in case.waived:
            what = without(words, one, (), emergency=case.emergency) or ABSENT
            reason = one.reason or words.text("summary.unreasoned")
            yield case.case, speech.moment(one.at), what, reason, one.by


def _cancelled(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    for one in sums.cancelled:
        why = "owner.otherwise" if one.why is None else f"cancellation.{one.why.value}"
        case = one.case or speech.words.text("owner.unopened")
        yield speech.brief(one.day), case, speech.words.text(why)


def _alarms(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    for one in sums.alarms.conditions:
        priority = speech.words.named("priority", one.priority.value)
        often = speech.number(one.per_hour, 2)
        yield speech.words.named("alarm", one.alarm), priority, str(one.count), often


def _downtime(speech: Speech, sums: Month) -> Iterator[tuple[str, ...]]:
    for one in sums.holes:
        end = speech.moment(one.end) if local(one.begin).date() != local(one.end).date() else ""
        yield speech.moment(one.begin), end or speech.clock(one.end), str(one.cases)
