"""Whatever is written into the journal is read back from it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from daemon import journal
from daemon.journal.event import Event
from daemon.journal.events import Known


def kinds(parent: type[Event]) -> Iterator[type[Event]]:
    """Yield every kind of event that a row can be."""
    for kind in parent.__subclasses__():
        if kind.__struct_config__.tag is not None and not kind.__subclasses__():
            yield kind
        yield from kinds(kind)


def test_every_kind_of_event_is_read_back() -> None:
    for module in pkgutil.iter_modules(journal.__path__):
        importlib.import_module(f"{journal.__name__}.{module.name}")
    unread = {kind.__name__ for kind in kinds(Event)} - {kind.__name__ for kind in Known.__args__}
    assert unread == set()
