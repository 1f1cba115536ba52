"""`vagt report`: days of the practice as a file, also without the daemon; `verify` checks one."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path

from msgspec import structs

from daemon import checkbook, config, hindsight, rulebook
from daemon.clock import SystemClock, local_date
from daemon.config import Config, ConfigError
from daemon.journal.store import FILE
from daemon.month.bounds import Period
from daemon.report.making import Place, ReportError, made
from daemon.report.scope import Reader, Scope
from daemon.report.stamp import Stamp
from vagt import output
from vagt.main import UsageError
from vagt.placed import placed
from vagt.report import filing, forms
from vagt.report.fhir.form import NAME as FHIR
from vagt.report.forms import WRITERS
from vagt.report.verifying import Verified, verified
from vagt.show import LANGUAGES
from vitals.practice import Country
from words.catalogue import Language

VERIFY = "verify"
SPOKEN = {Country.DENMARK: Language.DANISH, Country.NORWAY: Language.NORWEGIAN}
"""What pages are written in where nobody says otherwise."""
OWN = "a case is the anaesthetist's own: --for clinic has days alone"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which days, for whom, as what and where to; or which file is checked."""
    parser.add_argument("words", nargs="*", metavar="verify FILE", help="check a report again")
    group = parser.add_argument_group("of which days")
    group.add_argument("--to", dest="last", type=_day, metavar="DAY", help="default: --from alone")
    days = group.add_mutually_exclusive_group()
    days.add_argument("--from", dest="first", type=_day, metavar="DAY", help="as 2026-11-01")
    days.add_argument("--month", type=_month, metavar="MONTH", help="as 2026-11")
    days.add_argument("--last-month", action="store_true", help="the one before this")
    days.add_argument("--case", default="", metavar="CASE", help="of one case, by its number")
    parser.add_argument("--cases", action="store_true", help="with a sheet for each case")
    parser.add_argument("--format", choices=tuple(WRITERS), help="default: by the file's name")
    parser.add_argument("--lang", choices=LANGUAGES, help="of pages; default: the country's")
    parser.add_argument("-o", dest="file", type=Path, metavar="FILE", help="where it goes")
    parser.add_argument("--filed", action="store_true", help="in the [report] folder instead")
    parser.add_argument(
        "--for", dest="reader", choices=tuple(Reader), default=Reader.OWNER, help="who reads it"
    )
    parser.add_argument("--clinic", default="", metavar="CODE", help="of this clinic alone")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--config", type=Path, help="of the daemon that keeps the journal")
    place.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds it")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Write a report, or verify one: 1 where its figures are others than the journal's."""
    try:
        if arguments.words:
            return _told(arguments, verified(_checked(arguments), _place(arguments)))
        return _written(arguments)
    except ReportError as error:
        raise UsageError(str(error)) from error


def _checked(arguments: argparse.Namespace) -> Path:
    word, *files = arguments.words
    if word != VERIFY or len(files) != 1:
        raise UsageError("say what to check: vagt report verify FILE")
    return Path(files[0])


def _written(arguments: argparse.Namespace) -> int:
    if arguments.filed:
        return _filed(arguments)
    if arguments.file is None:
        raise UsageError("say where it goes: -o FILE, or --filed")
    form: str = arguments.format or forms.asked(arguments.file)
    if form == FHIR and (not arguments.case or Reader(arguments.reader) is Reader.CLINIC):
        raise UsageError("FHIR is of one case, for its anaesthetist: name it by --case")
    place = _place(arguments)
    read = {place.folder / FILE, arguments.config or config.DEFAULT_PATH}
    if arguments.file.resolve() in {one.resolve() for one in read}:
        raise UsageError(f"{arguments.file}: is what a report is made from: name another by -o")
    document = made(place, _scope(arguments, place.config))
    language = _language(arguments, place)
    placed(arguments.file, lambda file: WRITERS[form](document, language, file))
    stamp = document.stamp
    told: dict[str, object] = {"file": str(arguments.file), "format": form}
    told |= {"last": stamp.last, "head": stamp.head, "tables": len(document.tables)}
    if arguments.json:
        output.json_line(told)
    else:
        output.line(f"{arguments.file}: as of event {stamp.last}, head {stamp.head[:12]}")
    _warn(stamp)
    return 0


def _filed(arguments: argparse.Namespace) -> int:
    """File the reports of some days as the configuration says: the owner's and the clinics'."""
    chosen = arguments.file, arguments.case, arguments.clinic, arguments.format, arguments.cases
    if any(chosen) or Reader(arguments.reader) is not Reader.OWNER:
        raise UsageError("--filed takes days alone: what it files is in [report]")
    place = _place(arguments)
    files: dict[str, Stamp] = {}
    today, language = local_date(SystemClock().now()), _language(arguments, place)
    for file, stamp in filing.filed(place, _period(arguments), language, today):
        files[str(file)] = stamp
        if not arguments.json:
            output.line(str(file))
    if arguments.json:
        output.json_line({"files": list(files)})
    for stamp in list(files.values())[:1]:
        _warn(stamp)
    return 0


def _warn(stamp: Stamp) -> None:
    if stamp.broken is not None:
        output.error(f"vagt report: the journal is broken at event {stamp.broken}: so it says")


def _language(arguments: argparse.Namespace, place: Place) -> Language:
    told = arguments.lang or place.config.outward.report.lang
    return Language(told or SPOKEN[place.config.site.country])


def _told(arguments: argparse.Namespace, found: Verified) -> int:
    if arguments.json:
        output.json_line(found)
    else:
        output.line(found.line)
    return 0 if found.same else 1


def _scope(arguments: argparse.Namespace, settings: Config) -> Scope:
    codes = [one.code for one in settings.practice.clinics]
    if arguments.clinic and arguments.clinic not in codes:
        known = ", ".join(codes) or "none: name the configuration by --config"
        raise UsageError(f"there is no clinic {arguments.clinic}; there are: {known}")
    if arguments.case:
        return _of_case(arguments)
    days = _period(arguments)
    reader = Reader(arguments.reader)
    if reader is Reader.CLINIC and arguments.cases:
        raise UsageError(f"--cases: {OWN}")
    if reader is Reader.CLINIC and not arguments.clinic and len(codes) > 1:
        raise UsageError(f"say for which clinic: --clinic with one of {', '.join(codes)}")
    cases = arguments.cases
    return Scope(days.first, days.last, sheets=cases, reader=reader, clinic=arguments.clinic)


def _of_case(arguments: argparse.Namespace) -> Scope:
    if Reader(arguments.reader) is Reader.CLINIC:
        raise UsageError(OWN)
    if arguments.clinic:
        raise UsageError("a case is of one clinic already: leave out --clinic")
    return Scope(case=arguments.case)


def _period(arguments: argparse.Namespace) -> Period:
    if arguments.last is not None and arguments.first is None:
        raise UsageError("--to goes with --from: say both")
    today = local_date(SystemClock().now())
    if arguments.month is not None:
        chosen: Period = arguments.month
        return chosen
    if arguments.last_month:
        return Period.month(f"{today.replace(day=1) - timedelta(days=1):%Y-%m}")
    if arguments.first is None:
        raise UsageError(
            "say which days: --from DAY --to DAY, --month 2026-11, --last-month, or --case CASE"
        )
    days = Period(arguments.first, arguments.last or arguments.first)
    if days.last < days.first:
        raise UsageError("--to is before --from: give them the other way round")
    return days


def _place(arguments: argparse.Namespace) -> Place:
    """Return where the journal lies, and the rules and lists in force today."""
    try:
        settings = hindsight.UNSAID
        if arguments.data is None:
            settings = config.read(arguments.config or config.DEFAULT_PATH)
    except ConfigError as error:
        raise UsageError(str(error)) from error
    folder = arguments.data or settings.data.dir
    settings = structs.replace(settings, data=structs.replace(settings.data, dir=folder))
    today = local_date(SystemClock().now())
    rules, book = rulebook.chosen(settings, today), checkbook.chosen(settings, today)
    return Place(folder, settings, rules, book)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day as 2026-11-01") from error


def _month(text: str) -> Period:
    try:
        return Period.month(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no month as 2026-11") from error
