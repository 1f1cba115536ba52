"""`make bench`: every promise beside its floor, measured in one run, as a table and a JSON file.

Exits with 1 when a promise is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from bench.bed import bed
from bench.dashboard import dashboard
from bench.decode import decode
from bench.latency import latency
from bench.outbox import outbox
from bench.report import report
from bench.row import status, verdict
from bench.streams import streams


def main() -> int:
    """Measure, print the table, write the JSON; return the status to exit with."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "-o", type=Path, default=Path("build/bench.json"), help="default: %(default)s"
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="that the bed is watched")
    arguments = parser.parse_args()
    seconds = arguments.seconds
    rows = [*decode(), *asyncio.run(bed(seconds)), *asyncio.run(latency(seconds))]
    rows += asyncio.run(dashboard(seconds))
    rows += [*asyncio.run(outbox(seconds)), *asyncio.run(streams(seconds))]
    rows += report()
    for row in rows:
        print(row.line())
    arguments.o.parent.mkdir(parents=True, exist_ok=True)
    arguments.o.write_text(json.dumps([row.document() for row in rows], indent=1) + "\n")
    print(verdict(rows))
    return status(rows)


if __name__ == "__main__":
    sys.exit(main())
