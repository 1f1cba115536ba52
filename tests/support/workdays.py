"""One whole morning on a real daemon: how it is said by script, and what the journal has of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
from clinics import VAGT, Clinic

from daemon.clock import SystemClock, local_date
from daemon.protocol.practice import Checklist
from vitals import acts
from vitals.practice import Gas, Use, Ware

PEOPLE = """
[[clinic]]
name = "Klinik Nord"
code = "KN"
orders = { o2 = "operating_clinic" }

[[clinic]]
name = "Klinik Syd"
code = "KS"

[[kit]]
name = "kit"
travels = true

[[person]]
initials = "AS"
roles = ["anaesthesiologist", "owner"]

[[person]]
initials = "OLD"
roles = ["anaesthesiologist"]
valid_to = 2020-01-01
"""
PIN = "470811194713"
ARTICLE = "05712345678909"
LISTS = (("machine", "kit"), ("machine", "KN"), ("emergency", "kit"), ("airway", "kit"))
"""Gone through in this order; of the third, somebody signs."""
SIGNED = ("emergency", "kit")
OPEN = ("due", "overdue")
_LABEL = ("--gas", "o2", "--capacity-l", "10", "--fill-bar", "200", "--place", "KN")
PACK = ("--item", "dr-01", "--ware", "drug", "--quantity", "10", "--yes")


def last() -> date:
    """Return the expiry on the label of the pack."""
    return local_date(SystemClock().now()) + timedelta(days=400)


def code() -> str:
    """Return what the scanner types of the pack."""
    return f"01{ARTICLE}17{last():%y%m%d}10A1B2\x1d21Z9Y8X7W6V5"


def script(lists: Iterable[Checklist], pin: str) -> Iterator[tuple[str, ...]]:
    """Yield the morning after its clinic was said, as somebody would put it into a script."""
    known = {(one.id, one.target): one for one in lists}
    for name, target in LISTS:
        for group, _ in asked(known[name, target]):
            said = ("--group", group, "--all", "--yes", "--took-s", "30")
            yield ("checklist", "tick", name, "--target", target, *said)
        if (name, target) == SIGNED:
            yield ("checklist", "sign", name, "--target", target, "--pin-file", pin)
    yield ("stock", "scan", code(), *PACK)
    yield ("gas", "cylinder", "O2-1", *_LABEL, "--use", "in_use")
    yield ("gas", "read", "O2-1", "137,5")


def bodies(lists: Iterable[Checklist]) -> list[dict[str, Any]]:
    """Return what the journal is to have of the morning, whoever says it and how."""
    return [shared(msgspec.json.decode(msgspec.json.encode(one))) for one in _morning(lists)]


def _morning(lists: Iterable[Checklist]) -> Iterator[acts.Done]:
    known = {(one.id, one.target): one for one in lists}
    yield acts.ChooseClinic("KN")
    for name, target in LISTS:
        for _, rows in asked(known[name, target]):
            yield acts.Mark(name, rows, target)
        if (name, target) == SIGNED:
            yield acts.Sign(name, target)
    yield acts.Receive("dr-01", Ware.DRUG, "A1B2", last(), 10, "kit", gtin=ARTICLE)
    yield acts.Cylinder("O2-1", Gas.OXYGEN, 10, 200, "KN", Use.IN_USE)
    yield acts.Gauge("O2-1", 137.5)


def asked(listed: Checklist) -> list[tuple[str, tuple[str, ...]]]:
    """Return the groups that have rows to look at, each with those."""
    rows = {
        group: tuple(row.id for row in listed.rows if row.group == group and row.state in OPEN)
        for group in listed.groups
    }
    return [(group, names) for group, names in rows.items() if names]


def shared(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body without what is of one telling: how long it took, the serial's own digest."""
    return {name: value for name, value in body.items() if name not in ("took_s", "once")}


def kept(place: Clinic) -> list[dict[str, Any]]:
    """Return what the journal has of the practice, in its order."""
    line = [*VAGT, "journal", "export", "--data", str(place.data)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return [row["body"]["act"] for row in rows if row["kind"] == "act"]
