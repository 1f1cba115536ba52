"""A report as tables for a spreadsheet: a zip with one CSV for each, and its stamp."""

from __future__ import annotations

import csv
import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from daemon.report.document import Document
from daemon.report.table import Table, Value

STAMP = "stamp.json"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""Of every file in it: the same report is the same bytes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is a formula to a spreadsheet."""


def written(document: Document) -> bytes:
    """Return the whole zip."""
    files = {named(one.name): cut(one) for one in document.tables}
    files[STAMP] = msgspec.json.encode(document.stamp)
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text)
    return whole.getvalue()


def named(table: str) -> str:
    """Return the name of the file of a table."""
    return f"{table}.csv"


def cut(table: Table) -> bytes:
    """Return a table as CSV: RFC 4180 in UTF-8 with its mark, absent is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    """Return what stands in a cell: true and false as JSON has them, and no formula."""
    match value:
        case bool():
            return str(value).lower()
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value
