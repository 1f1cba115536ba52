"""Codes on packs, as a scanner types them: the only file that imports biip.

Source: GS1 General Specifications, sections 3.2 to 3.5 and 7.8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from checklists.doubt import Doubt, Refusal
from checklists.expiry import plausible, stamped
from checklists.swallowed import ARTICLE, DATES, EXPIRY, LOT, SERIAL, Field, swallowed

if TYPE_CHECKING:
    from biip.gs1_messages import GS1Message

GS = "\x1d"
"""What stands between fields, as scanners send it unless they are told otherwise."""
LONGEST = 500
"""More characters than any code on a pack has."""
_VALUE = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]")
"""What a field may hold (GS1 General Specifications, figure 7.11-1)."""
_ASKED = {ARTICLE: Doubt.NO_ARTICLE, EXPIRY: Doubt.NO_EXPIRY, LOT: Doubt.NO_LOT}


class Scan(Struct, frozen=True):
    """What a pack says of itself; it is shown before it is kept."""

    gtin: str
    lot: str
    expires: date
    """The last day on which it may be used."""
    once: str
    """A digest of article and serial number, 16 hexadecimal digits; empty where it has none."""


def separates(text: str) -> bool:
    """Tell whether a scanner may be set to send this between fields: no field can hold it."""
    return len(text) == 1 and text.isascii() and not _VALUE.match(text)


def scanned(text: str, today: date, separator: str = GS) -> Scan | Refusal:
    """Return what a scanned code says, or why it is not taken; no text makes it raise.

    `separator` is what the scanner sends between fields, as `separates` tells; GS always is one.
    """
    found = _message(text.strip().replace(separator, GS))
    if isinstance(found, Doubt):
        return Refusal(found)
    fields = _fields(found)
    lost = swallowed(fields, today, parted=GS in found.value)
    doubt = Doubt.SWALLOWED if lost else _amiss(fields, today) or _unchecked(found)
    return Refusal(doubt) if doubt else _scan(fields, today)


def _message(text: str) -> GS1Message | Doubt:
    # It reads large tables when it is imported: not before somebody scans.
    from biip import ParseConfig, ParseError, parse

    if len(text) > LONGEST or not text.isascii():
        return Doubt.UNREADABLE
    # It asks the machine's clock for a date's century; here dates are judged by the day given.
    config = ParseConfig(gs1_element_strings_verify_date=False, separator_chars=(GS,))
    try:
        found = parse(text, config=config)
    except (ParseError, ValueError, LookupError):  # a link that is none; half a prefix
        return Doubt.UNREADABLE
    if found.gs1_message is not None and found.gs1_message.element_strings:
        return found.gs1_message
    if found.gtin is not None and found.gs1_digital_link_uri is None:
        return Doubt.NO_EXPIRY
    return Doubt.CHECK_DIGIT if re.fullmatch("[0-9]{12,14}", text) else Doubt.UNREADABLE


def _fields(found: GS1Message) -> tuple[Field, ...]:
    fields, rest = [], found.value
    for one in found.element_strings:
        rest = rest[len(one) :]
        cut = one.ai.separator_required and rest != "" and not rest.startswith(GS)
        fields.append(Field(one.ai.ai, one.value, cut))
        rest = rest.lstrip(GS)
    return tuple(fields)


def _amiss(fields: Sequence[Field], today: date) -> Doubt | None:
    """Return what of the fields is missing, is there twice, or is no date."""
    codes = [one.code for one in fields]
    for code, missing in _ASKED.items():
        if code not in codes:
            return missing
    if any(codes.count(code) > 1 for code in (*_ASKED, SERIAL)):
        return Doubt.TWICE
    dates = [stamped(one.value, today) for one in fields if one.code in DATES]
    return Doubt.IMPOSSIBLE if None in dates else None


def _unchecked(found: GS1Message) -> Doubt | None:
    """Return that the article number fails its check digit."""
    article = found.element_strings.get(ai=ARTICLE)
    return Doubt.CHECK_DIGIT if article is None or article.gtin is None else None


def _scan(fields: Sequence[Field], today: date) -> Scan | Refusal:
    said = {one.code: one.value for one in fields}
    expires = stamped(said[EXPIRY], today)
    if expires is None or not plausible(expires, today):
        return Refusal(Doubt.FAR)
    article, serial = said[ARTICLE], said.get(SERIAL, "")
    once = sha256(f"{article}{serial}".encode()).hexdigest()[:16] if serial else ""
    return Scan(article, said[LOT], expires, once)
