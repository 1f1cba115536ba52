"""What every journalled event is."""

from __future__ import annotations

from msgspec import Struct


class Event(Struct, frozen=True, tag_field="kind"):
    """Anything that is journalled; readers ignore fields they do not know."""

    @classmethod
    def kind(cls) -> str:
        """Return the name under which it is kept."""
        return str(cls.__struct_config__.tag)
