"""Where reports are filed and in which forms: `[report]` of the configuration."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct


class Form(StrEnum):
    """A form in which a report is written."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class Filing(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of a report that is made by itself, or asked for at the dashboard."""

    folder: Path | None = None
    """Absent: none is filed. A relative path begins where the configuration lies."""
    forms: Annotated[tuple[Form, ...], Meta(min_length=1)] = (Form.HTML, Form.JSON)
    lang: Literal["da", "nb", "en"] | None = None
    """Of its pages; absent: the country's."""
    cases: bool = False
    """With a page for each case."""
