"""Bilag 2 as printed, and its number expressions spelt out by a reading of their own.

Numbers of the other side (31xx beside 30xx, 51xx beside 50xx) never stand alone. Where a row is for
both sides and all of those numbers are written `+/-`, at least one of them must be there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parents[1] / "monitoring" / "bilag2.csv"
PART = re.compile(r"(og evt\.|og|\+/-|\+|^)\s*([0-9]{4}(?:/[0-9]{4})*)\s*")


class Printed(NamedTuple):
    """One row; `numbers` is the expression in the column of numbers."""

    row: int
    section: str
    procedure: str
    numbers: str
    laterality: str
    site: str
    service: str

    @property
    def name(self) -> str:
        return f"B2-{self.row:02}"

    @property
    def spelt(self) -> list[frozenset[str]]:
        """Return every set of numbers that the expression allows and an operation can have."""
        parts = PART.findall(self.numbers)
        assert "".join(chain(*parts)).replace(" ", "") == self.numbers.replace(" ", "")
        must = [part.split("/") for sign, part in parts if sign in ("", "+", "og")]
        may = [part for sign, part in parts if sign in ("+/-", "og evt.")]
        bases = [frozenset(chosen) for chosen in product(*must)]
        found = {base.union(added) for base in bases for added in _subsets(may)}
        return [numbers for numbers in found if self._stands(numbers, may)]

    def _stands(self, numbers: frozenset[str], may: list[str]) -> bool:
        others = {number for number in numbers if other_side(number)}
        if self.laterality == "bilat" and any(map(other_side, may)) and not others:
            return False
        return all(base(number) in numbers for number in others)


def other_side(number: str) -> bool:
    return re.match("[35]1", number) is not None


def base(number: str) -> str:
    return number[0] + "0" + number[2:]


def rows() -> list[Printed]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Printed(int(row["row"]), *list(row.values())[1:]) for row in csv.DictReader(file)]


def _subsets(numbers: list[str]) -> Iterator[Iterable[str]]:
    return chain.from_iterable(combinations(numbers, n) for n in range(len(numbers) + 1))
