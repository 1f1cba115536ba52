"""An age on the command line: `--age 8m`, or `--age-years 4`."""

from __future__ import annotations

import argparse

from monitoring.age import Age, AgeError, age
from vagt.main import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two ways to say it; both at once are refused."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--age", metavar="AGE", help="20d, 8m or 4y; without it no age rule")
    ways.add_argument("--age-years", metavar="N", help="the same in completed years: 4")


def given(arguments: argparse.Namespace) -> Age | None:
    """Return the age, or None where none was said; UsageError for what is none."""
    years: str | None = arguments.age_years
    if years is not None and not (years.isascii() and years.isdigit()):
        raise UsageError(f"--age-years {years!r} is no number of years: write 4, or --age 8m")
    said = arguments.age if years is None else f"{years}y"
    try:
        return None if said is None else age(said)
    except AgeError as error:
        raise UsageError(str(error)) from error
