"""A block: what peers watch, the readings that the contract asks for, and who observed."""

from __future__ import annotations

from collections.abc import Iterator

from second.asked import Lane, firm
from second.course import standing
from second.journal import Case, Entry, UnreckonedError
from second.rows import Row, file, services

Reason = tuple[str, str | None, str, str]
"""Result, modality, rule and why."""


def lanes(case: Case, now: float) -> Iterator[Lane]:
    """Yield what peers would watch of a block in which something was injected."""
    told = standing(case)
    given = [one.at for one in told if one.word == "give"]
    left = [one.at for one in told if one.word in {"leave", "abandon", "transfer"}]
    for row in _rows(case, "advisory") if given else ():
        every_s = row.get("every_s")
        begin = given[0] if every_s is None else given[-1]
        lasts_s = _after(case) if every_s is None else row.get("readings", 1) * every_s
        end = min(now, given[-1] + lasts_s, *left)
        if end > begin:
            lane = Lane("advisory", row["modality"], row["phase"], 0, begin, every_s=every_s)
            lane.rules, lane.asked = [(row["id"], firm(row))], [(begin, end)]
            yield lane


def reasons(case: Case) -> Iterator[Reason]:
    """Yield what of the contract is missing: readings, and who observed."""
    told = standing(case)
    given = [place for place, one in enumerate(told) if one.word == "give"]
    for row in _rows(case, "contract") if given else ():
        before, after = told[: given[0]], told[given[-1] + 1 :]
        if row["phase"] not in {"before", "after"}:
            raise UnreckonedError(f"{row['id']} asks while it is given: that is not reckoned")
        side = before if row["phase"] == "before" else after
        if row["modality"] == "clinical_observation":
            if not _witnessed(told, given, row["phase"]):
                yield "review", row["modality"], row["id"], "not_attested"
            continue
        pairs = [one for one in side if one.word == "pair"]
        if len(pairs) < row.get("readings", 1):
            late = row["phase"] == "after" and any(one.word == "pair" for one in told[given[0] :])
            failed = firm(row) and not pairs and not late
            yield "fail" if failed else "review", row["modality"], row["id"], "no_reading"


def _rows(case: Case, basis: str) -> list[Row]:
    found = services()[case.opened["code"]].get("requirement", ())
    return [one for one in found if one["basis"] == basis and one["obligation"] == "required"]


def _after(case: Case) -> float:
    for row in file("coverage")["injection"]:
        if row["code"] == case.opened["code"]:
            return float(row["after_s"])
    return 0.0


def _witnessed(told: list[Entry], given: list[int], phase: str) -> bool:
    if phase == "before":
        return any(one.word in {"observation", "give"} for one in told[: given[0] + 1])
    return any(one.word in {"observation", "observe"} for one in told[given[-1] :])
