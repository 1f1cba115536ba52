"""The text of a filed report beside the one that its figures make now, where this version made it.

What came from the local history is left out: it may be gone by now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from daemon.report.document import Document
from vagt.report import pages, plain
from vagt.report.fhir import bundle, reading
from vagt.report.filed import Filed, Kind
from words.catalogue import Language


class _Form(NamedTuple):
    made: Callable[[Document, Language], bytes]
    lasting: Callable[[bytes], object]
    """Leaves out what came from the history."""


def _page(document: Document, language: Language) -> bytes:
    return pages.html(document, language).encode()


def _whole(document: Document, _language: Language) -> bytes:
    return plain.written(document)


_FORMS: Mapping[Kind | None, _Form] = MappingProxyType(
    {
        Kind.PAGE: _Form(_page, pages.lasting),
        Kind.BUNDLE: _Form(bundle.written, reading.lasting),
        Kind.WHOLE: _Form(_whole, plain.lasting),
    }
)


def exact(found: Filed, again: Document) -> bool:
    """Tell whether a text is read, and is word for word what its figures make."""
    return found.kind in _FORMS and found.text in _texts(found, again)


def same(found: Filed, again: Document) -> bool:
    """Tell whether a text is what its figures make, but for the history; or cannot be read."""
    form = _FORMS.get(found.kind)
    if form is None:
        return True
    told = form.lasting(found.text)
    return any(form.lasting(one) == told for one in _texts(found, again))


def _texts(found: Filed, again: Document) -> Iterator[bytes]:
    yield from (_FORMS[found.kind].made(again, one) for one in Language)
