"""A report as a page that opens anywhere and prints on A4: HTML with pictures in it, no outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from daemon.report.document import Document
from daemon.report.scope import Reader
from daemon.report.sheet import Sheet
from daemon.report.stamp import Stamp
from vagt.report import casework, overview, upkeep
from vagt.report.folio import folio
from vagt.report.section import Section
from vagt.report.speech import ABSENT, Speech
from words.catalogue import Language

DIGITS = 12
"""Of a hash on a page; all of them are in the stamp."""


SHORT = 18
"""Letters of a cell that stays on one line, as a day with its time does."""
_HISTORY = re.compile(rb"<!--history-->.*?<!--/history-->", re.DOTALL)
"""What of a page rests on the local history."""
_LONG = re.compile(r"(\S{24})(?=\S)")


def html(document: Document, language: Language) -> str:
    """Return the whole page, the same text each time."""
    return "".join(page(document, language, document.sheets, cover=True))


def write(document: Document, language: Language, file: Path) -> None:
    """Write the whole page to a file, part by part."""
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(page(document, language, document.sheets, cover=True))


def lasting(page: bytes) -> bytes:
    """Return a page without what came from the local history, which may be gone by now."""
    return _HISTORY.sub(b"", page)


def page(
    document: Document,
    language: Language,
    sheets: Iterable[Sheet],
    *,
    cover: bool,
    numbers: bool = True,
) -> Iterator[str]:
    """Yield a page with some of the sheets; `cover`: with all else that a report has.

    `numbers`: each printed page has its own; without, somebody else writes them.
    """
    speech, stamp = Speech(language), document.stamp
    yield from (
        _environment()
        .get_template("report.html")
        .generate(
            language=language.value,
            title=title(document, speech),
            numbers=numbers,
            foot=foot(stamp, speech),
            stamp=_script(msgspec.json.encode(stamp)) if cover else None,
            head=_head(document, speech) if cover else None,
            folios=(folio(speech, one) for one in sheets),
            said=speech.text("table.entries"),
            gaps=speech.text("table.gaps"),
            picture=Markup,
        )
    )


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("vagt.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["SHORT"] = SHORT
    found.filters["quoted"] = _quoted
    found.filters["broken"] = _broken
    return found


def _quoted(text: str) -> Markup:
    """Return a text as CSS quotes it: it ends neither its quotes nor the style sheet."""
    kept = "".join(one if one.isalnum() or one in " .,:-" else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{kept}"')  # noqa: S704 - every sign of weight is escaped


def _broken(text: str) -> str:
    """Return a text in which a word that is too long for a column may be broken."""
    return _LONG.sub("\\1\u200b", text)


def title(document: Document, speech: Speech) -> str:
    """Return what the report is of."""
    if document.term is None:
        return f"{speech.text('title')} {document.stamp.scope.case}"
    first, last = document.term.first, document.term.last
    days = dict.fromkeys((speech.day(first), speech.day(last)))
    return f"{speech.text('title')} {' – '.join(days)}"


def foot(stamp: Stamp, speech: Speech) -> tuple[str, str]:
    """Return what stands at the foot of each page: the intended use, and what it rests on."""
    rests = speech.text(
        "page",
        first=stamp.first,
        last=stamp.last,
        head=stamp.head[:DIGITS],
        rules=_rules(stamp, speech),
        made_by=stamp.made_by,
        zone=stamp.zone,
        digest=stamp.digest[:DIGITS],
    )
    return speech.words.text("use.intended"), rests


def _rules(stamp: Stamp, speech: Speech) -> str:
    """Return the rules that cases are judged by, and that nobody has approved all of them."""
    known = ", ".join(one[:DIGITS] for one in stamp.rules) or ABSENT
    return f"{known} ({speech.words.text('morning.unapproved')})" if stamp.unapproved else known


def _script(text: bytes) -> Markup:
    """Return JSON that ends no script, whatever is in it."""
    said = text.decode().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(said)  # noqa: S704 - what could end the script is escaped


def _head(document: Document, speech: Speech) -> dict[str, Any]:
    """Return what stands before the sheets."""
    stamp, term = document.stamp, document.term
    clinic = stamp.scope.reader is Reader.CLINIC
    told = [document.practice or speech.text("for_clinic", clinic=stamp.scope.clinic)]
    told.append(speech.text("as_of", at=speech.moment(stamp.at), zone=stamp.zone))
    if stamp.broken is not None:
        told.append(speech.text("broken", event=stamp.broken))
    if stamp.unapproved:
        files = ", ".join(one.removesuffix(".toml") for one in stamp.unapproved)
        told.append(speech.text("unapproved", files=files))
    if term is not None and term.sums.since:
        told.append(speech.text("since", at=speech.moment(term.sums.since)))
    found: dict[str, Any] = {"told": told, "broken": stamp.broken is not None, "term": None}
    return found if term is None else found | {"term": _term(document, speech, clinic=clinic)}


def _term(document: Document, speech: Speech, *, clinic: bool) -> dict[str, Any]:
    term = document.term
    assert term is not None  # noqa: S101 - asked before
    sums, words = term.sums, speech.words
    return {
        "ready": words.text("owner.ready"),
        "weekdays": words.text("owner.weekdays").split(),
        "weeks": overview.calendar(sums.days),
        "legend": overview.legend(speech, sums.days),
        "facts": () if clinic else tuple(overview.facts(speech, sums)),
        "totals": None if clinic else overview.totals(speech, sums),
        "required": words.text("owner.title"),
        "sections": tuple(_sections(document, speech, clinic=clinic)),
    }


def _sections(document: Document, speech: Speech, *, clinic: bool) -> Iterator[Section]:
    term = document.term
    assert term is not None  # noqa: S101 - asked before
    own = () if clinic else casework.sections(speech, term)
    yield from chain(own, upkeep.sections(speech, term, clinic=clinic))
