"""What every saying of a case is, and the texts that stand in one."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Initials = Annotated[str, Meta(pattern=r"\A[\w.-]{1,16}\Z")]
"""Of staff, or a role; never a name."""
MaybeInitials = Annotated[str, Meta(pattern=r"\A[\w.-]{0,16}\Z")]
"""The same, or nobody."""
Line = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,120}\Z")]
"""One line, without anything that names the patient."""
Remark = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{0,120}\Z")]
"""The same, or nothing."""
Code = Annotated[str, Meta(pattern=r"\A[0-9]{4}\Z")]
MaybeCode = Annotated[str, Meta(pattern=r"\A(?:[0-9]{4})?\Z")]
"""Empty in an emergency, until one is named."""
Bed = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f]{1,32}\Z")]


class Deed(Struct, frozen=True, tag_field="do"):
    """Anything that is said of a case."""

    @classmethod
    def name(cls) -> str:
        """Return the word by which it is kept and shown."""
        return str(cls.__struct_config__.tag)
