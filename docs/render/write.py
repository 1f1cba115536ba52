"""`make docs`: write the pages that are made from rows, traces and types."""

from __future__ import annotations

import sys

import chapters
import documents
import hazards
import payloads
import tracing
from chapters import rules_page
from documents import report_page
from hazards import risks_page
from payloads import payloads_page
from rowset import ROOT
from taken import RenderError
from traces import TraceError
from tracing import tracing_page


def main() -> int:
    """Write the pages and return 0; 1 with a line for each thing to mend, and nothing written."""
    try:
        pages = {
            chapters.PAGE: rules_page(),
            tracing.PAGE: tracing_page(),
            payloads.PAGE: payloads_page(),
            documents.PAGE: report_page(),
            hazards.PAGE: risks_page(),
        }
    except (RenderError, TraceError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, text in pages.items():
        (ROOT / "docs" / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
