"""`make bench`: every promise beside its floor, measured in one run, as a table and a JSON file."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path

from bench.bed import bed
from bench.decode import decode


def main() -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "-o", type=Path, default=Path("build/bench.json"), help="default: %(default)s"
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="that the bed is watched")
    arguments = parser.parse_args()
    rows = [*decode(), *asyncio.run(bed(arguments.seconds))]
    for row in rows:
        print(row.line())
    arguments.o.parent.mkdir(parents=True, exist_ok=True)
    arguments.o.write_text(json.dumps([row.document() for row in rows], indent=1) + "\n")
    missed = [row.name for row in rows if not row.met]
    print(
        f"{len(rows) - len(missed)} of {len(rows)} promises met"
        + "".join(f"; missed: {m}" for m in missed)
    )


main()
