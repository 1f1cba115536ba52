"""A page printed as PDF by WeasyPrint: a program of its own, so that its memory goes when it ends.

`python -m vagt.report.printing PAGE.html FILE.pdf`; 3 where what it prints with is not there.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any, NoReturn

LACKING = 3


def run(page: str, file: str) -> int:
    """Print a page; nothing outside it is read."""
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]  # it comes without types
    except (ImportError, OSError) as error:  # OSError: pango is not there
        sys.stderr.write(f"{str(error).splitlines()[0]}\n")
        return LACKING
    gc.disable()  # it ends before what it leaves behind would matter
    text = Path(page).read_text("utf-8")
    HTML(string=text, url_fetcher=_refused).write_pdf(file)
    return 0


def _refused(url: str, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 - what WeasyPrint gives it
    raise ValueError(f"a report reads nothing from outside: {url[:60]}")


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
