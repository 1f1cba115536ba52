"""Words of the command line turned into what is said of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import msgspec

from vagt.main import UsageError
from vitals.deed import Deed
from vitals.deeds import Said

DEEDS: dict[str, type[Deed]] = {one.name(): one for one in get_args(Said)}
ANSWERS = {"yes": "true", "no": "false"}
LISTED = f"one of {', '.join(DEEDS)}, and what belongs to it: airway lma; pair 98 120 70"


def deed(words: Sequence[str]) -> Said:
    """Return the deed of `airway lma` or `airway airway=lma`, or raise UsageError.

    Words without a name fill the fields in their order; the last takes what is left, if it is many.
    Of one that has a name, many stand with commas between them.
    """
    name, *rest = words
    kind = DEEDS.get(name)
    if kind is None:
        raise UsageError(f"nothing is called {name!r}: say one of {', '.join(DEEDS)}")
    fields = msgspec.structs.fields(kind)
    many = {one.encode_name for one in fields if str(one.type).startswith("tuple")}
    named = [word.partition("=") for word in rest if _names(word, kind)]
    bare = [word for word in rest if not _names(word, kind)]
    given: dict[str, Any] = {
        key: value.split(",") if key in many else ANSWERS.get(value, value)
        for key, _, value in named
    }
    free = [one for one in fields if one.encode_name not in given]
    for field in free:
        if not bare:
            break
        word = ANSWERS.get(bare[0], bare[0])
        whole = field.encode_name in many
        given[field.encode_name], bare = (bare, []) if whole else (word, bare[1:])
    if bare:
        raise UsageError(f"{name}: {' '.join(bare)!r} is too much: it has {_fields(kind)}")
    try:
        return msgspec.convert({"do": name, **given}, Said, strict=False)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}: {error}: it has {_fields(kind)}") from error


def _names(word: str, kind: type[Deed]) -> bool:
    key, equals, _ = word.partition("=")
    return bool(equals) and key in kind.__struct_fields__


def _fields(kind: type[Deed]) -> str:
    return ", ".join(kind.__struct_fields__) or "nothing more"
